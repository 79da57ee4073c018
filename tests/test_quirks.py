"""Every kind of mess of real reports, held against what the program makes of it."""

from decimal import Decimal
from pathlib import Path

import pytest

from normalize.cells import read_cell
from normalize.report import Status
from tests.quirks import CELLS, PRINTED, PROVEN, Quirk
from tests.reading import text_to_report

HERE = Path(__file__).parent


@pytest.mark.parametrize("quirk", PRINTED, ids=lambda quirk: f"{quirk.section} {quirk.says}")
def test_a_row_is_read_as_a_careful_person_reads_it(quirk: Quirk) -> None:
    report = text_to_report(quirk.text)
    cells = [
        o
        for o in report.observations
        if (o.table, o.row) == quirk.row and o.form == form_of(report.observations, quirk)
    ]
    found = tuple(o.value if o.value is not None else o.status.value for o in cells)
    assert found == tuple(
        value if value in set(Status) else Decimal(str(value)) for value in quirk.values
    )
    flagged = [o.flagged for o in cells]
    assert {"": not any(flagged), "some": any(flagged), "all": all(flagged)}[quirk.flagged]


def form_of(observations, quirk: Quirk) -> str:
    """The edition in which the row is printed, or is missing."""
    forms = [o.form for o in observations if (o.table, o.row) == quirk.row]
    return forms[0]


@pytest.mark.parametrize(
    ("says", "text", "value", "status"),
    [pytest.param(*rest, id=f"{section} {rest[0]}") for section, *rest in CELLS],
)
def test_a_cell_is_read_as_printed(
    says: str, text: str, value: Decimal | None, status: Status
) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.status) == (value, status)


@pytest.mark.parametrize(("section", "says", "tests"), PROVEN, ids=lambda value: str(value)[:60])
def test_what_other_tests_prove_they_prove(section: int, says: str, tests: tuple[str, ...]) -> None:
    for test in tests:
        module, name = test.split("::")
        assert f"\ndef {name}(" in (HERE / module).read_text(encoding="utf-8"), test


def test_every_section_of_oddities_has_examples() -> None:
    sections = {quirk.section for quirk in PRINTED} | {one[0] for one in (*CELLS, *PROVEN)}
    assert sections == set(range(1, 12))
