"""A property of matching labels: one damaged label moves no figure to another row."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import text_to_report, values
from tests.requests_text import LABELS, NAMES, one_row_a_line, sound_figures

FIGURES = sound_figures()
TEXT = one_row_a_line(FIGURES)


@st.composite
def damaged_labels(draw: st.DrawFn) -> tuple[str, str]:
    """A label of the form, and the same one with a character lost, doubled or wrong, or spaced."""
    label = draw(st.sampled_from(LABELS))
    at = draw(st.integers(0, len(label) - 1))
    letter = label[at]
    instead = draw(st.sampled_from(("", letter * 2, "某", f" {letter}", f"{letter}\u3000", "?")))
    return label, label[:at] + instead + label[at + 1 :]


@given(damaged_labels())
@settings(max_examples=60, deadline=None)
def test_one_damaged_label_moves_no_figure(labels: tuple[str, str]) -> None:
    label, damaged = labels
    report = text_to_report(TEXT.replace(f" {label} |", f" {damaged} |", 1))
    for name, row in zip(NAMES, FIGURES, strict=True):
        found = values(report, "requests", name)
        read = [value for value in found if isinstance(value, Decimal)]
        flagged = any(o.flagged for o in report.observations if o.row == name)
        assert read == [Decimal(figure) for figure in row] or (flagged and not read), (name, found)
