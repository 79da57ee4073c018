"""Every check of the catalogue: a sound report, the smallest error, what cannot be told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest

from extract.document import Document, Text
from normalize.observations import TWICE
from normalize.placed import NOT_SEPARABLE
from normalize.report import Section, Status, Verdict
from normalize.rules import Key
from normalize.tables import HIDDEN_TEXT
from normalize.titles import YEAR_CONFLICT
from tests.catalogue_examples import BODY, IDENTITY, SECTIONS, flagged, outcome, sound, subject
from tests.reading import text_to_report
from tests.requests_text import one_row_a_line, sound_figures

NOT_ASSESSABLE_WHEN_SOUND = {"A-FEE0", "L-SPLIT"}
"""Nothing in the sound reports speaks of fees, and none is on pages."""


@pytest.mark.parametrize("year", [2016, 2020, 2023])
def test_a_sound_report_fails_nothing_and_nothing_is_flagged(year: int) -> None:
    found = outcome(subject(year))
    assert [(c.check, c.row, c.column) for c in found.checks if c.passed is False] == []
    open_ = {c.check for c in found.checks if c.passed is None}
    across = {"P-REL2"} if year < 2019 else set()
    sections = {"L-ORD", "L-MISS"} if year < 2019 else set()
    assert open_ == NOT_ASSESSABLE_WHEN_SOUND | across | sections
    assert flagged(found) == []


IDS = {
    2023: "A-INT A-PARSE A-EMPTY A-FORCE A-REG A-UNIT Q-ROW Q-OUT Q-BAL Q-INT Q-LE1 Q-LE2 Q-LE3 Q-ZERO "
    "Q-ALL0 Q-GRP Q-DUP Q-SHIFT Q-SPLIT Q-GLUE Q-SWAP Q-SIGN Q-DIGIT Q-TOTALCOL P-SUM P-INT P-ORDER "
    "P-ALL0 P-REL2 A-FEE0",
    2020: "B-INT B-CHG B-NEW B-SIGN B-PRO1 B-PRO2 Q-ROW Q-OUT Q-BAL Q-INT Q-LE1 Q-LE2 Q-LE3 Q-ZERO "
    "Q-ALL0 Q-GRP Q-DUP Q-SHIFT Q-SPLIT Q-GLUE Q-SWAP Q-SIGN Q-DIGIT Q-TOTALCOL P-SUM P-INT P-ORDER "
    "P-ALL0 P-REL2 A-FEE0",
    2016: "T-RECV T-CONC T-ANS T-REF T-REC T-LIT T-STAFF T-LEAD1 T-LEAD2 T-NORM1 T-INT T-NORM2 T-CHAN "
    "T-RESP T-DONE T-TRAIN T-OFFICE T-MONEY T-ORDER P-REL2 A-FEE0",
}
EVERYWHERE = (
    "C-NUM C-PLACE C-DEC C-BOX C-FONT C-HIDDEN C-2READ C-OCR C-DATE L-LABEL L-COUNT L-SPLIT L-FORM "
    "L-TWO L-IMG L-ORD L-EMPTY L-MISS M-YEAR M-AGENCY M-DATE M-FORMYEAR M-ENC M-TYPE M-SHORT"
)


@pytest.mark.parametrize("year", IDS)
def test_ids_and_their_order_are_stable(year: int) -> None:
    found = dict.fromkeys(c.check for c in outcome(subject(year)).checks)
    assert list(found) == f"{IDS[year]} {EVERYWHERE}".split()


@dataclass(frozen=True)
class Planted:
    """The smallest error that breaks a rule: what is printed instead, and what the check says.

    `operand` is a cell without whose number the rule cannot be applied at that place.
    """

    check: str
    kind: str
    year: int
    printed: dict[Key, str | None]
    anchor: Key
    expected: str | None
    actual: str | None
    operand: Key | None = None
    flags: bool = field(default=True)


def total(row: str) -> Key:
    return row, "total"


def zeros(table: str, form: str, figures: str = "0") -> dict[Key, str | None]:
    return dict.fromkeys(sound(table, form), figures)


def value(row: str) -> Key:
    return row, "value"


PLANTED = [
    Planted(
        "Q-ROW",
        "H",
        2023,
        {total("granted"): "52"},
        total("granted"),
        "51",
        "52",
        ("granted", "business"),
    ),
    Planted(
        "Q-OUT",
        "H",
        2023,
        {("concluded", "business"): "206"},
        ("concluded", "business"),
        "205",
        "206",
        ("granted", "business"),
    ),
    Planted(
        "Q-BAL",
        "H",
        2023,
        {("carried_over", "business"): "4"},
        ("concluded", "business"),
        "212",
        "211",
        ("received", "business"),
    ),
    Planted(
        "Q-INT", "H", 2023, {("granted", "business"): "-4"}, ("granted", "business"), None, "-4"
    ),
    Planted(
        "Q-LE1",
        "S",
        2023,
        {("granted", "business"): "999"},
        total("granted"),
        "999",
        "51",
        ("granted", "business"),
    ),
    Planted(
        "Q-LE2",
        "S",
        2023,
        {("carried_forward", "business"): "999"},
        ("carried_forward", "business"),
        "211",
        "999",
        ("carried_over", "business"),
    ),
    Planted(
        "Q-LE3",
        "S",
        2023,
        {total("received"): "1"},
        total("carried_forward"),
        "1",
        "45",
        total("received"),
    ),
    Planted(
        "Q-ZERO",
        "S",
        2023,
        {("received", "business"): "0", ("carried_over", "business"): "0"},
        ("granted", "business"),
        "0",
        "416",
        ("carried_over", "business"),
    ),
    Planted("Q-ALL0", "I", 2023, zeros("requests", "2021"), ("", ""), None, None, flags=False),
    Planted(
        "Q-GRP",
        "I",
        2023,
        {k: "" for k in sound("requests", "2021") if k[1] not in ("natural_person", "total")},
        ("", ""),
        None,
        None,
        flags=False,
    ),
    Planted("Q-TOTALCOL", "X", 2023, {total("granted"): "0"}, total("granted"), None, "0"),
    Planted(
        "Q-DUP",
        "X",
        2023,
        {
            ("refused_prohibited_by_law", column): raw
            for (row, column), raw in sound("requests", "2021").items()
            if row == "refused_state_secret"
        },
        total("refused_prohibited_by_law"),
        None,
        "59",
    ),
    Planted(
        "Q-SIGN",
        "X",
        2023,
        {("granted", "natural_person"): "-1"},
        ("granted", "natural_person"),
        "1",
        "-1",
    ),
    Planted(
        "Q-DIGIT",
        "X",
        2023,
        {("granted", "natural_person"): "7"},
        ("granted", "natural_person"),
        "1",
        "7",
    ),
    Planted(
        "Q-GLUE", "X", 2023, {("granted", "business"): "47"}, ("granted", "business"), "4", "47"
    ),
    Planted(
        "Q-SWAP",
        "X",
        2023,
        {("granted", "business"): "7", ("granted", "research"): "4"},
        ("granted", "business"),
        "4",
        "7",
    ),
    Planted(
        "Q-SPLIT",
        "X",
        2023,
        {
            ("partially_granted", "research"): "1",
            ("partially_granted", "public_interest"): "4",
            **{
                (row, column): str(int(sound("requests", "2021")[row, column] or 0) - 17)
                for row, column in (
                    total("partially_granted"),
                    ("concluded", "public_interest"),
                    total("concluded"),
                    ("received", "public_interest"),
                    total("received"),
                )
            },
        },
        ("partially_granted", "research"),
        "14",
        "1",
    ),
    Planted(
        "P-SUM",
        "H",
        2023,
        {("reconsideration", "upheld"): "4"},
        total("reconsideration"),
        "11",
        "10",
        ("reconsideration", "other"),
    ),
    Planted(
        "P-INT",
        "H",
        2023,
        {("reconsideration", "upheld"): "1.5"},
        ("reconsideration", "upheld"),
        None,
        "1.5",
    ),
    Planted("P-ALL0", "I", 2023, zeros("proceedings", "2021"), ("", ""), None, None, flags=False),
    Planted(
        "P-REL2",
        "S",
        2023,
        {total("received"): "3", total("carried_over"): "3"},
        total("reconsideration"),
        "6",
        "36",
        total("received"),
    ),
    Planted(
        "A-INT", "H", 2023, {("permits", "decisions"): "1.5"}, ("permits", "decisions"), None, "1.5"
    ),
    Planted(
        "A-PARSE",
        "X",
        2023,
        {("permits", "decisions"): "见附件"},
        ("permits", "decisions"),
        None,
        None,
    ),
    Planted(
        "A-EMPTY",
        "I",
        2023,
        {("permits", "decisions"): ""},
        ("permits", "decisions"),
        None,
        None,
        flags=False,
    ),
    Planted(
        "A-FORCE",
        "S",
        2023,
        {("normative_documents", "in_force"): "3"},
        ("normative_documents", "issued"),
        "3",
        "4",
        ("normative_documents", "in_force"),
    ),
    Planted(
        "A-UNIT", "X", 2023, {("fees", "amount"): "12500元"}, ("fees", "amount"), None, "125000000"
    ),
    Planted(
        "B-INT", "H", 2020, {("permits", "decisions"): "-5"}, ("permits", "decisions"), None, "-5"
    ),
    Planted(
        "B-CHG",
        "H",
        2020,
        {("fees", "change"): "-4"},
        ("fees", "change"),
        "-1",
        "-4",
        ("fees", "items_last_year"),
    ),
    Planted(
        "B-NEW",
        "S",
        2020,
        {("regulations", "newly_disclosed"): "3"},
        ("regulations", "produced"),
        "3",
        "2",
        ("regulations", "produced"),
    ),
    Planted(
        "B-SIGN", "X", 2020, {("permits", "change"): "151"}, ("permits", "change"), None, "151"
    ),
    Planted(
        "B-PRO1",
        "S",
        2020,
        {("procurement", "amount"): "0"},
        ("procurement", "amount"),
        "9",
        "0",
        ("procurement", "projects"),
    ),
    Planted(
        "B-PRO2",
        "X",
        2020,
        {("procurement", "amount"): "477"},
        ("procurement", "amount"),
        None,
        "477",
    ),
    *(
        Planted(
            check, "H", 2016, {value(part): figure}, value(whole), expected, actual, value(part)
        )
        for check, part, figure, whole, expected, actual in (
            ("T-RECV", "received_fax", "3", "requests_received", "31", "30"),
            ("T-CONC", "concluded_extended", "3", "requests_concluded", "30", "29"),
            ("T-ANS", "answered_granted", "6", "requests_answered", "30", "29"),
            ("T-REF", "refused_privacy", "4", "answered_refused", "13", "12"),
            ("T-REC", "reconsiderations_other", "2", "reconsiderations", "7", "6"),
            ("T-LIT", "litigations_other", "2", "litigations", "5", "4"),
            ("T-STAFF", "staff_part_time", "8", "staff", "12", "11"),
            ("T-LEAD1", "press_conferences_by_leader", "6", "press_conferences", "6", "5"),
            ("T-LEAD2", "online_interviews_by_leader", "5", "online_interviews", "5", "4"),
            ("T-NORM1", "disclosed_normative_documents", "121", "disclosed_total", "121", "120"),
        )
    ),
    Planted("T-INT", "H", 2016, {value("meetings"): "0.5"}, value("meetings"), None, "0.5"),
    *(
        Planted(
            check, "S", 2016, {value(part): figure}, value(anchor), expected, actual, value(part)
        )
        for check, part, figure, anchor, expected, actual in (
            ("T-REC", "reconsiderations_other", "0", "reconsiderations", "5", "6"),
            (
                "T-NORM2",
                "disclosed_normative_documents",
                "10",
                "normative_documents_issued",
                "10",
                "9",
            ),
            ("T-CHAN", "channel_website", "121", "disclosed_total", "121", "120"),
            ("T-RESP", "policy_interpretations", "21", "responses_total", "21", "20"),
            ("T-DONE", "requests_answered", "30", "requests_concluded", "30", "29"),
            ("T-TRAIN", "trainees", "0", "trainees", "2", "0"),
            ("T-OFFICE", "staff", "0", "dedicated_offices", "0", "3"),
        )
    ),
    Planted(
        "T-CHAN",
        "S",
        2016,
        {value("disclosed_total"): "149"},
        value("disclosed_total"),
        "148",
        "149",
        value("channel_wechat"),
    ),
    Planted(
        "T-RESP",
        "S",
        2016,
        {value("responses_total"): "28"},
        value("responses_total"),
        "27",
        "28",
        value("responses_other"),
    ),
    Planted(
        "T-MONEY",
        "X",
        2016,
        {value("fees_charged"): "0.1234567"},
        value("fees_charged"),
        None,
        "1234.5670",
    ),
    Planted(
        "C-NUM",
        "X",
        2023,
        {("permits", "decisions"): "见附件"},
        ("permits", "decisions"),
        None,
        None,
    ),
    Planted(
        "C-PLACE",
        "I",
        2023,
        {("permits", "decisions"): "—"},
        ("permits", "decisions"),
        None,
        None,
        flags=False,
    ),
    Planted(
        "C-DEC", "X", 2023, {("permits", "decisions"): "058"}, ("permits", "decisions"), None, "58"
    ),
    Planted(
        "C-FONT",
        "X",
        2023,
        {("permits", "decisions"): "(cid:17)"},
        ("permits", "decisions"),
        None,
        None,
    ),
    Planted(
        "L-LABEL",
        "X",
        2023,
        {k: None for k in sound("requests", "2021") if k[0] == "granted"},
        ("granted", ""),
        None,
        None,
        flags=False,
    ),
]


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda p: f"{p.check}-{p.kind}")
def test_the_smallest_error_is_found_at_its_place(plant: Planted) -> None:
    found = outcome(subject(plant.year, plant.printed))
    anchors = found.failed(plant.check)
    assert (*plant.anchor, number(plant.expected), number(plant.actual)) in anchors
    assert {c.kind for c in found.of(plant.check) if c.passed is False} == {plant.kind}
    cells = [key for key in flagged(found) if key[1:] == plant.anchor]
    assert bool(cells) is plant.flags


ASSESSABLE = [p for p in PLANTED if p.operand is not None]


@pytest.mark.parametrize("plant", ASSESSABLE, ids=lambda p: f"{p.check}-{p.kind}")
@pytest.mark.parametrize(
    "printed", ["", "/", None, "见附件"], ids=["blank", "placeholder", "missing", "unreadable"]
)
def test_without_an_operand_a_rule_cannot_be_applied(plant: Planted, printed: str | None) -> None:
    assert plant.operand is not None
    found = outcome(subject(plant.year, {plant.operand: printed}))
    at_anchor = [c for c in found.of(plant.check) if (c.row, c.column) in (plant.anchor, ("", ""))]
    outcomes = {c.passed for c in at_anchor if plant.check != "Q-LE1" or not c.row}
    assert outcomes == {None}
    known = {c.blank_as_zero for c in at_anchor if plant.kind == "H"}
    assert known <= ({None} if printed in (None, "见附件") else {True, False})


@pytest.mark.parametrize("plant", [p for p in PLANTED if p.kind == "S"], ids=lambda p: p.check)
def test_a_lawful_exception_flags_cells_and_breaks_no_identity_of_its_own(plant: Planted) -> None:
    found = outcome(subject(plant.year, plant.printed))
    anchor = next(o for (_, *key), o in found.observations.items() if tuple(key) == plant.anchor)
    assert anchor.flagged
    assert anchor.status is Status.REPORTED


def test_a_lawful_exception_sends_to_review_and_never_to_quarantine() -> None:
    figures = sound_figures()
    for row in (0, 22):
        figures[row] = [0] * 7
    figures[1], figures[22] = list(figures[21]), [0] * 7
    figures[1][0] += 5
    figures[22][0] += 5
    figures[1][6] += 5
    figures[22][6] += 5
    report = text_to_report(one_row_a_line(figures))
    assert report.verdict is Verdict.NEEDS_REVIEW
    assert report.reasons == ("1 soft check broken: Q-LE3 requests.carried_forward",)
    assert [o.row for o in report.observations if o.flagged] == ["received", "carried_forward"]


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


def test_what_arithmetic_suggests_is_stored_beside_the_printed_value() -> None:
    found = outcome(subject(2023, {("granted", "business"): "77"}))
    cell = found.observations["requests", "granted", "business"]
    assert (cell.value, cell.suggestion) == (77, 4)
    assert (
        cell.suggested_by == "the only cell whose change makes Q-ROW granted, Q-OUT business hold"
    )
    assert [k for k, o in found.observations.items() if o.suggested_by] == [
        ("requests", "granted", "business")
    ]


def test_a_missing_cell_is_suggested_and_stays_missing() -> None:
    found = outcome(subject(2023, {("granted", "business"): None}))
    cell = found.observations["requests", "granted", "business"]
    assert (cell.value, cell.status, cell.suggestion) == (None, Status.MISSING, 4)
    assert cell.suggested_by == "demanded by Q-ROW granted, Q-OUT business"


def test_a_blank_that_must_be_a_number_is_suggested_and_stays_blank() -> None:
    found = outcome(subject(2023, {("reconsideration", "upheld"): ""}))
    cell = found.observations["proceedings", "reconsideration", "upheld"]
    assert (cell.status, cell.suggestion, cell.flagged) == (Status.BLANK, 3, True)


def test_where_several_cells_may_be_wrong_they_are_named_without_a_value() -> None:
    found = outcome(subject(2023, {("reconsideration", "upheld"): "4"}))
    named = {
        k[2]: (o.suggestion, o.suggested_by)
        for k, o in found.observations.items()
        if o.suggested_by
    }
    how = "one of 5 cells of which 1 may be wrong: a change of it makes P-SUM reconsideration hold"
    assert named == dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), (None, how))


def test_figures_shifted_by_one_cell_are_put_back() -> None:
    """The last kind of organisation has none, and a lost blank shifts the others into its place."""
    order = [column for row, column in sound("requests", "2021") if row == "granted"]
    whole = {k: int(raw or 0) for k, raw in sound("requests", "2021").items()}
    last = whole["granted", "other_organization"]
    for row, column in (
        ("granted", "other_organization"),
        ("granted", "total"),
        ("concluded", "other_organization"),
        ("concluded", "total"),
        ("received", "other_organization"),
        ("received", "total"),
    ):
        whole[row, column] -= last
    right = [whole["granted", column] for column in order]
    shifted = [right[0], 0, *right[1:5], right[6]]
    printed = {k: str(v) for k, v in whole.items()}
    printed |= {("granted", c): str(v) for c, v in zip(order, shifted, strict=True)}
    found = outcome(subject(2023, printed))
    expected = [
        ("granted", c, r, s) for c, r, s in zip(order, right, shifted, strict=True) if r != s
    ]
    assert found.failed("Q-SHIFT") == expected


def test_a_row_of_the_annex_too_many_is_taken_out() -> None:
    figures = [raw or "0" for raw in sound("statistics", "2014").values()]
    printed = [*figures[:20], "8", *figures[20:-1]]
    names = list(sound("statistics", "2014"))
    found = outcome(subject(2016, dict(zip(names, printed, strict=True))))
    right = {row: Decimal(figure) for (row, _), figure in zip(names, figures, strict=True)}
    mended = {row: expected for row, _, expected, _ in found.failed("T-ORDER")}
    assert mended["received_letter"] == 3
    assert mended.items() <= right.items()


@pytest.mark.parametrize("figures", [14, 16])
def test_fifteen_figures_with_one_lost_or_too_many_are_aligned(figures: int) -> None:
    whole = [raw or "" for raw in sound("proceedings", "2021").values()]
    wrong = [*whole[:7], *whole[8:]] if figures == 14 else [*whole[:7], "99", *whole[7:]]
    raw = " | ".join(wrong)
    found = outcome(subject(2023, dict.fromkeys(sound("proceedings", "2021"), raw)))
    cells = {k[1:]: o.suggestion for k, o in found.observations.items() if k[0] == "proceedings"}
    right = {key: Decimal(text or "0") for key, text in sound("proceedings", "2021").items()}
    assert {
        key: value for key, value in cells.items() if value is not None
    }.items() <= right.items()
    assert sum(value is not None for value in cells.values()) >= 10
    assert all(c.passed is False for c in found.of("P-ORDER"))
