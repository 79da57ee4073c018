"""Checks of a report as a whole: its tables together, its sections, what it says it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extract.document import Document, Text
from normalize.observations import TWICE
from normalize.placed import NOT_SEPARABLE
from normalize.report import Section
from normalize.tables import HIDDEN_TEXT
from normalize.titles import YEAR_CONFLICT
from tests.catalogue_examples import BODY, IDENTITY, SECTIONS, flagged, outcome, sound, subject


def section(name: str, text: str) -> tuple[Section, ...]:
    return tuple(replace(s, text=text) if s.section == name else s for s in SECTIONS)


def doubted(year: int, doubt: str) -> dict[str, object]:
    """The report with one cell in doubt."""
    tables = subject(year).tables
    first = tables[0].observations[0]
    observations = (replace(first, doubts=(doubt,)), *tables[0].observations[1:])
    return {"tables": (replace(tables[0], observations=observations), *tables[1:])}


def boxed(
    *boxes: tuple[float, float, float, float], pages: tuple[int, ...] = (1, 1)
) -> dict[str, object]:
    tables = subject().tables
    pairs = zip(tables[0].observations, boxes, pages, strict=False)
    placed = tuple(replace(o, bbox=box, page=page) for o, box, page in pairs)
    observations = (*placed, *tables[0].observations[len(placed) :])
    return {"tables": (replace(tables[0], observations=observations), *tables[1:])}


def document(**changed: object) -> dict[str, object]:
    plain = Document(
        "a.txt", "0" * 64, "text/plain", "text", None, (Text("paragraph", "政" * 400),)
    )
    return {"document": replace(plain, **changed)}


def identity(**changed: object) -> dict[str, object]:
    return {"identity": replace(IDENTITY, **changed)}


WHOLE = [
    ("A-REG", {"body": replace(BODY, level="county")}, "S"),
    ("A-FEE0", {"sections": section("proactive", "全年未收取行政事业性收费。")}, "S"),
    ("C-BOX", boxed((10, 10, 30, 20), (12, 11, 32, 21)), "X"),
    ("C-BOX", boxed((10, 10, 10, 20)), "X"),
    ("C-HIDDEN", doubted(2023, HIDDEN_TEXT), "X"),
    ("C-2READ", doubted(2023, "pdfplumber reads '8'"), "X"),
    ("C-OCR", doubted(2023, "recognised without certainty"), "X"),
    ("L-LABEL", doubted(2023, TWICE), "X"),
    ("L-COUNT", doubted(2023, NOT_SEPARABLE), "X"),
    ("L-FORM", identity(year=2019), "I"),
    ("L-TWO", {"tables": tuple(replace(t, doubled=True) for t in subject().tables)}, "I"),
    ("L-IMG", document(pages=3, recognised_pages=(2,)), "I"),
    ("L-ORD", {"sections": SECTIONS[1:]}, "I"),
    ("L-ORD", {"sections": (SECTIONS[1], SECTIONS[0], *SECTIONS[2:])}, "I"),
    ("L-EMPTY", {"sections": section("problems", "无")}, "I"),
    ("L-MISS", {"tables": subject().tables[:2]}, "I"),
    ("M-YEAR", identity(doubts=(YEAR_CONFLICT.format(title=2023, period=2022),)), "X"),
    (
        "M-AGENCY",
        identity(doubts=("one name stands above the title, another below it: 青砚市民政局, 甲",)),
        "X",
    ),
    ("M-DATE", identity(published_on=date(2024, 6, 1)), "I"),
    ("M-FORMYEAR", identity(year=2019), "I"),
    ("M-ENC", {"sections": section("overview", "\ufffd" * 30)}, "X"),
    ("M-TYPE", document(source="a.pdf"), "X"),
    (
        "M-SHORT",
        {**identity(title=None), **document(blocks=(Text("paragraph", "短"),)), "tables": ()},
        "X",
    ),
]


BOTH = frozenset({"own", "territory"})
SCOPES = [
    (2023, frozenset(), None, None),
    (2023, {"own"}, True, None),
    (2023, BOTH, False, None),
    (2016, {"own"}, True, True),
    (2016, {"territory"}, True, False),
    (2016, BOTH, False, None),
    (2016, frozenset(), None, None),
]


@pytest.mark.parametrize(("year", "scopes", "one", "own"), SCOPES)
def test_of_whom_a_report_speaks(
    year: int, scopes: frozenset[str], one: bool | None, own: bool | None
) -> None:
    found = outcome(subject(year, scopes=frozenset(scopes)))
    assert [c.passed for c in found.of("G-SCOPE")] == [one]
    assert [c.passed for c in found.of("T-SUMSCOPE")] == [own]


@pytest.mark.parametrize(("check", "given", "kind"), WHOLE, ids=[w[0] for w in WHOLE])
def test_checks_of_the_report_as_a_whole(check: str, given: dict[str, object], kind: str) -> None:
    found = outcome(subject(**given))
    assert [c.passed for c in found.of(check)][:1] == [False]
    assert {c.kind for c in found.of(check)} == {kind}
    if kind == "I":
        assert flagged(found) == []


def test_a_date_that_has_strayed_into_a_cell_is_suspected_only_where_it_is_doubted() -> None:
    year = {("granted", "business"): "2023"}
    assert [f[:2] for f in outcome(subject(2023, year)).failed("C-DATE")] == []
    rows = [row for row, column in sound("requests", "2021") if column == "business"]
    counted = {(row, "business"): str(at) for at, row in enumerate(rows, start=1)}
    found = outcome(subject(2023, counted)).failed("C-DATE")
    assert [row for row, *_ in found] == rows


def test_a_table_over_pages_has_every_row_once() -> None:
    parted = boxed((10, 10, 30, 20), (10, 30, 30, 40), pages=(1, 2))
    assert [c.passed for c in outcome(subject(**parted)).of("L-SPLIT")] == [True]
