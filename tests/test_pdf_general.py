"""Tables of general documents: English, ruled in part or not at all, and what is none."""

from collections.abc import Sequence
from types import ModuleType

import pytest

from extract.pdf.tables.chunks import is_value, is_year
from tests.pdf_drawing import READERS, Sheet, grid, spans, tables, texts

pytestmark = pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])

SANS, SERIF, BOLD = "Helvetica", "Times-Roman", "Helvetica-Bold"
PROSE = (
    "The agencies reported data during the fiscal year and program costs were estimated",
    "by state offices, which increased from prior levels in most of the regions as shown",
    "below. Costs of the program rose in each year, and the results were described to the",
    "committee before the end of the year by the offices that had been asked to do so.",
)


def row(
    sheet: Sheet,
    top: float,
    cells: Sequence[str],
    xs: Sequence[float],
    sides: str,
    font: str = SANS,
    size: float = 8,
) -> None:
    """Texts set to the left (l), to the right (r) or around (c) their x."""
    for text, x, side in zip(cells, xs, sides, strict=True):
        width = sheet.canvas.stringWidth(text, font, size)
        shift = {"l": 0.0, "r": width, "c": width / 2}[side]
        if text:
            sheet.text(x - shift, top, text, size, font)


def prose(sheet: Sheet, x: float, top: float, lines: int, size: float = 10) -> None:
    for number in range(lines):
        sheet.text(x, top + 12 * number, PROSE[number % len(PROSE)], size, SERIF)


def leaders(sheet: Sheet, text: str, top: float, to: float) -> None:
    x = 72 + sheet.canvas.stringWidth(text, SANS, 8) + 2
    while x < to:
        sheet.text(x, top, ".", 8, SANS)
        x += 4


def test_heads_over_several_columns_dots_and_wrapped_labels(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.text(72, 60, "Table 1. Employed persons by industry, 2009 and 2010", 9, BOLD)
    sheet.line(72, 74, 540, 74)
    row(sheet, 80, ["2009", "2010"], [330, 470], "cc")
    sheet.line(270, 92, 390, 92)
    sheet.line(410, 92, 530, 92)
    heads = ["Industry", "Number", "Percent", "Number", "Percent"]
    row(sheet, 96, heads, [72, 300, 360, 440, 500], "lcccc")
    sheet.line(72, 108, 540, 108)
    body = [
        ("Total, all industries", "139,877", "100.0", "139,064", "100.0"),
        ("Agriculture", "2,103", "1.5", "2,206", "1.6"),
        ("Nonagricultural:", "", "", "", ""),
        ("Mining", "707", "0.5", "731", "0.5"),
        ("Durable goods manufacturing including", "", "", "", ""),
        ("transportation equipment", "8,927", "6.4", "8,789", "6.3"),
    ]
    for number, cells in enumerate(body):
        top = 114 + 12 * number
        row(sheet, top, cells, [72, 310, 370, 450, 510], "lrrrr")
        if cells[1]:
            leaders(sheet, cells[0], top, 255)
    sheet.line(72, 188, 540, 188)
    sheet.text(72, 192, "NOTE: Detail may not sum to totals because of rounding.", 7, SANS)
    (table,) = tables(reader.read(sheet.done()))
    assert spans(table)[:3] == [
        (0, 0, 2, 1, "Industry"),
        (0, 1, 1, 2, "2009"),
        (0, 3, 1, 2, "2010"),
    ]
    assert grid(table)[1:] == [
        ["Number", "Percent", "Number", "Percent"],
        ["Total, all industries", "139,877", "100.0", "139,064", "100.0"],
        ["Agriculture", "2,103", "1.5", "2,206", "1.6"],
        ["Nonagricultural:", "", "", "", ""],
        ["Mining", "707", "0.5", "731", "0.5"],
        [
            "Durable goods manufacturing including\ntransportation equipment",
            "8,927",
            "6.4",
            "8,789",
            "6.3",
        ],
    ]


def test_currency_signs_stand_with_their_figures(reader: ModuleType) -> None:
    sheet = Sheet()
    row(sheet, 100, ["2010", "2009"], [440, 530], "cc", BOLD)
    body = [
        ("Fund balance", "1,234", "1,134"),
        ("Receivable, net", "(123)", "34"),
        ("Total", "1,111", "1,168"),
    ]
    for number, (label, *figures) in enumerate(body):
        top = 114 + 13 * number
        row(sheet, top, [label, *figures], [72, 460, 550], "lrr")
        if number != 1:
            row(sheet, top, ["$", "$"], [410, 500], "ll")
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [
        ["", "2010", "2009"],
        ["Fund balance", "$ 1,234", "$ 1,134"],
        ["Receivable, net", "(123)", "34"],
        ["Total", "$ 1,111", "$ 1,168"],
    ]


def test_a_table_beside_prose_shares_no_lines_with_it(reader: ModuleType) -> None:
    sheet = Sheet()
    prose(sheet, 40, 60, 12, size=7)
    body = [("Item", "2008", "2009"), ("Corn", "4.06", "3.55"), ("Wheat", "6.78", "4.87")]
    for number, cells in enumerate(body):
        row(sheet, 64 + 11 * number, cells, [318, 460, 540], "lrr")
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [list(cells) for cells in body]


def test_words_between_level_rules_make_rows(reader: ModuleType) -> None:
    sheet = Sheet()
    rows_of_lines = [
        (["Program"], ["Purpose"], ["Agency"]),
        (["Head Start"], ["Provides early childhood", "education to children"], ["Health"]),
        (["Special Milk"], ["Reimburses schools"], ["Department of", "Agriculture"]),
    ]
    top = 68.0
    sheet.line(72, 64, 540, 64)
    for cells in rows_of_lines:
        for x, lines in zip((72, 200, 420), cells, strict=True):
            for number, text in enumerate(lines):
                sheet.text(x, top + 10 * number, text, 8, SANS)
        top += 10 * max(map(len, cells)) + 4
        sheet.line(72, top, 540, top)
        top += 4
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [["\n".join(lines) for lines in cells] for cells in rows_of_lines]


def test_rules_around_the_head_alone(reader: ModuleType) -> None:
    sheet = Sheet()
    sheet.table(
        [72, 220, 300, 380],
        [80, 95, 110],
        [
            (0, 0, 2, 1, "Region"),
            (0, 1, 1, 2, "Insured"),
            (1, 1, 1, 1, "Banks"),
            (1, 2, 1, 1, "Sum"),
        ],
    )
    for number, cells in enumerate([("North", "120", "1,234"), ("South", "310", "3,334")]):
        row(sheet, 114 + 12 * number, cells, [74, 280, 360], "lrr")
    (table,) = tables(reader.read(sheet.done()))
    assert spans(table) == [
        (0, 0, 2, 1, "Region"),
        (0, 1, 1, 2, "Insured"),
        (1, 1, 1, 1, "Banks"),
        (1, 2, 1, 1, "Sum"),
        (2, 0, 1, 1, "North"),
        (2, 1, 1, 1, "120"),
        (2, 2, 1, 1, "1,234"),
        (3, 0, 1, 1, "South"),
        (3, 1, 1, 1, "310"),
        (3, 2, 1, 1, "3,334"),
    ]


def test_rules_between_groups_of_rows(reader: ModuleType) -> None:
    sheet = Sheet()
    for top in (80, 96, 132, 148):
        sheet.line(72, top, 400, top)
    for x in (72, 180, 400):
        sheet.line(x, 80, x, 148)
    body = [
        ("Answer", "Number", "Percent"),
        ("kept", "344", "75.2"),
        ("sold some", "53", "11.6"),
        ("sold all", "61", "13.2"),
        ("Total", "458", "100.0"),
    ]
    for top, cells in zip((84, 99, 110, 121, 136), body, strict=True):
        row(sheet, top, cells, [76, 190, 300], "lll")
    (table,) = tables(reader.read(sheet.done()))
    assert grid(table) == [list(cells) for cells in body]


@pytest.mark.parametrize("kind", ["prose", "list", "contents", "memo", "axes", "two columns"])
def test_what_is_no_table(reader: ModuleType, kind: str) -> None:
    sheet = Sheet()
    if kind == "prose":
        prose(sheet, 72, 60, 30)
    elif kind == "list":
        for number in range(6):
            sheet.text(72, 60 + 26 * number, f"{number + 1}.", 10, SERIF)
            sheet.text(92, 60 + 26 * number, PROSE[number % 4], 10, SERIF)
            sheet.text(92, 72 + 26 * number, "in 2010 and 2011.", 10, SERIF)
    elif kind == "contents":
        for number, (title, page) in enumerate(
            [("Introduction", "1"), ("Methods", "3"), ("Findings", "12"), ("Annex", "31")]
        ):
            row(sheet, 60 + 14 * number, [title, page], [72, 540], "lr")
            leaders(sheet, title, 60 + 14 * number, 520)
    elif kind == "memo":
        lines = [("To:", "Director"), ("From:", "Inspector"), ("Date:", "March 12, 2010")]
        for number, cells in enumerate(lines):
            row(sheet, 60 + 12 * number, cells, [72, 120], "ll")
    elif kind == "axes":
        for number in range(6):
            row(sheet, 60 + 20 * number, [str(500 - 100 * number)], [100], "r")
            sheet.line(105, 64 + 20 * number, 500, 64 + 20 * number, 0.3)
        years = [str(2000 + number) for number in range(8)]
        row(sheet, 180, years, [130 + 45 * n for n in range(8)], "cccccccc")
    else:
        prose(sheet, 30, 60, 30, size=6.5)
        prose(sheet, 310, 64, 30, size=6.5)
    reading = reader.read(sheet.done())
    assert tables(reading) == []
    assert texts(reading) != []


def test_a_title_on_its_side_is_a_line_of_its_own(reader: ModuleType) -> None:
    sheet = Sheet()
    prose(sheet, 72, 60, 8)
    sheet.canvas.saveState()
    sheet.canvas.translate(60, 842 - 300)
    sheet.canvas.rotate(90)
    sheet.canvas.setFont(SANS, 8)
    sheet.canvas.drawString(0, 0, "Cases per 100,000 population")
    sheet.canvas.restoreState()
    reading = reader.read(sheet.done())
    assert "Cases per 100,000 population" in [text for _, text in texts(reading)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", True),
        ("(1,234)", True),
        ("$ 12.5", True),
        ("12.5 %", True),
        ("1269 (19.9%)", True),
        ("n.a.", True),
        ("--", True),
        ("15 455", True),
        ("(000)", False),
        ("(%)", False),
        ("Total", False),
        ("1. Introduction", False),
    ],
)
def test_values(reader: ModuleType, text: str, value: bool) -> None:
    assert is_value(text) is value


@pytest.mark.parametrize(
    ("text", "year"), [("1995", True), ("2007-08", True), ("1992/3", True), ("1234", False)]
)
def test_years(reader: ModuleType, text: str, year: bool) -> None:
    assert is_year(text) is year
