"""What recognition leaves open although the sums hold: marks for zeros, lost parts of units."""

from decimal import Decimal

import pytest

from normalize.cells import read_cell
from normalize.forms import tables_named
from normalize.observations import NO_UNIT, PICTURED_UNIT, table_to_observations
from normalize.placed import PlacedRow, PlacedTable
from normalize.printed import Kind, Printed
from normalize.recognised import BLANK_OR_ZERO, RECOGNITION, UNSURE, _Candidate, _doubts


def candidates(*pairs: tuple[str, float]) -> tuple[_Candidate, ...]:
    return tuple(_Candidate(text, p, read_cell(text)) for text, p in pairs)


@pytest.mark.parametrize(
    ("pairs", "chosen", "doubts"),
    [
        ((("1", 0.76), ("-", 0.1), ("0", 0.016)), 1, (BLANK_OR_ZERO, UNSURE)),
        ((("1", 0.76), ("-", 0.1)), 1, (BLANK_OR_ZERO, UNSURE)),
        ((("", 0.5), ("\ufffd", 0.5)), 0, (BLANK_OR_ZERO, UNSURE)),
        ((("6", 0.5), ("0", 0.4)), 1, (UNSURE,)),
        ((("0", 0.99), ("-", 0.01)), 0, ()),
        ((("-", 0.97), ("0", 0.01)), 0, ()),
    ],
)
def test_sums_do_not_tell_a_mark_from_a_zero(
    pairs: tuple[tuple[str, float], ...], chosen: int, doubts: tuple[str, ...]
) -> None:
    found = candidates(*pairs)
    assert _doubts(found, found[chosen], RECOGNITION) == doubts


@pytest.mark.parametrize(
    ("text", "head", "is_picture", "value", "doubts"),
    [
        ("2084.81", "本年收费金额（单位：元）", True, "2084.81", (PICTURED_UNIT,)),
        ("2084.81", "本年收费金额（单位：元）", False, "2084.81", ()),
        ("2084.81", "本年收费金额（单位：万元）", True, "20848100", ()),
        ("2084.81元", "本年收费金额（单位：元）", True, "2084.81", ()),
        ("0", "本年收费金额（单位：元）", True, "0", ()),
    ],
)
def test_a_unit_that_may_have_lost_its_scale_is_doubted(
    text: str, head: str, is_picture: bool, value: str, doubts: tuple[str, ...]
) -> None:
    table = next(table for table in tables_named("proactive") if table.form == "2021")
    seen = ((text, 1.0),) if is_picture else ()
    cell = Printed(text, Kind.FIGURE, 0, candidates=seen)
    row = PlacedRow(table, ("fees",), ("amount",), (cell,), heads=(head,))
    observations = table_to_observations(PlacedTable(table, (row,), ()), "ocr")
    fees = next(o for o in observations if (o.row, o.column) == ("fees", "amount"))
    assert fees.value == Decimal(value)
    assert tuple(d for d in fees.doubts if d in (PICTURED_UNIT, NO_UNIT)) == doubts
