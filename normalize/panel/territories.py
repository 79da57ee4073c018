"""G-GE: a government that reports its whole territory has at least what each part of it has.

The sum over the parts (G-SUM) is not assessed: whether all of them have a report is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from normalize.panel.declared import summed_cells
from normalize.panel.history import PanelCheck, YearReport


def is_within(code: str, territory: str) -> bool:
    """Whether a division is a part of another one, by their codes of six digits."""
    stem = territory.removesuffix("00").removesuffix("00") if len(territory) == 6 else ""
    return code != territory and len(stem) in (2, 4) and code.startswith(stem)


def territory_checks(whole: YearReport, parts: Sequence[YearReport]) -> Iterator[PanelCheck]:
    """One check a cell, against the part that has most; `expected` is what that has.

    Not assessable where the whole is blank; left out where no part prints the cell.
    """
    for cell in summed_cells():
        most = _most(cell, parts)
        figure = whole.figures.get(cell)
        if most is None or figure is None:
            continue
        value, part = most
        own = figure.value
        yield PanelCheck(
            whole.report_id,
            whole.agency_id,
            whole.year,
            "G-GE",
            "S",
            part.report_id,
            figure.form,
            *cell,
            expected=value,
            actual=own,
            passed=None if own is None else own >= value,
            blank_as_zero=(own or Decimal(0)) >= value,
        )


def _most(
    cell: tuple[str, str, str], parts: Iterable[YearReport]
) -> tuple[Decimal, YearReport] | None:
    """The largest figure among the parts; of equals, that of the first id."""
    found = [
        (figure.value, part)
        for part in sorted(parts, key=lambda part: part.report_id)
        if (figure := part.figures.get(cell)) is not None and figure.value is not None
    ]
    return max(found, key=lambda one: one[0], default=None)
