"""How wide a printed table's rows are, and each row's cells brought to the form's columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.forms import Block, Rule
from normalize.placed import BLANKS_LOST, CUT_SHORT, LAST_LOST, SURPLUS
from normalize.printed import Kind, Line, Printed
from normalize.regions import TableLine
from normalize.rows import (
    Cells,
    Usual,
    blank_padded_windows,
    fit_to_width,
    may_go_on,
    may_have_moved,
    may_lack_a_cell,
    surplus_column,
    usual_columns,
    usual_start,
    with_last_at_end,
    without_one,
)
from normalize.rules import holds_in_row
from normalize.shapes.heads import HeadRows, head_rows
from normalize.shapes.plans import Plan, plan_columns


@dataclass(frozen=True, slots=True)
class Width:
    """How the rows of one printed table are wide, from all of them together.

    `plan` is set where heads tell that the columns are not the form's; `surplus` is the place of
    a column that the form does not have, where no head tells it. The rest counts with either.
    """

    usual: Usual
    start: int | None
    surplus: int | None = None
    plan: Plan | None = None

    @classmethod
    def of(
        cls, members: Sequence[TableLine], block: Block, rules: Sequence[Rule], year: int | None
    ) -> Width:
        lines = [member.line.values for member in members]
        plan = None
        if members:
            first = members[0]
            plan = plan_columns(_heads_of(first), lines, block, rules, year, first.line.listed)
        surplus = None
        if plan is None:
            surplus = surplus_column(
                lines, block.width, lambda row: holds_in_row(row, block, rules)
            )
        width = plan.width if plan else block.width + (surplus is not None)
        return cls(usual_columns(lines, width), usual_start(lines, width), surplus, plan)

    def planned(self, values: Sequence[Printed]) -> Cells | None:
        """The cells of one line under the plan's heads, those of other columns among them."""
        if self.plan is None:
            return None
        return fit_to_width(values, self.plan.width, self.usual, self.start)


def _heads_of(member: TableLine) -> HeadRows:
    """The rows of heads in front of a table's first line."""
    line, best = member.line, member.best
    own = line.labels[: len(line.labels) - best.words - best.rest] if best else ()
    return head_rows((*line.before, *own), line.block)


def fit_row(
    line: Line, block: Block, rules: Sequence[Rule], width: Width
) -> tuple[Cells | None, tuple[str, ...]]:
    columns = block.width
    if width.plan is not None:
        planned = width.planned(line.values)
        if planned is None:
            return None, ()
        return width.plan.pick(planned), (BLANKS_LOST,) if may_have_moved(planned) else ()
    if width.surplus is not None:
        wider = fit_to_width(line.values, columns + 1, width.usual, width.start)
        if wider is not None:
            return wider[: width.surplus] + wider[width.surplus + 1 :], ()
    if line.last and (cut := _cut_short(line.values, columns, width.start)):
        return cut, (CUT_SHORT,)
    cells = fit_to_width(line.values, columns, width.usual, width.start)
    if cells is not None and _is_refuted(cells, line.values, block, rules, width.start):
        return None, ()
    if cells is not None and may_have_moved(cells):
        moved = with_last_at_end(cells, lambda row: holds_in_row(row, block, rules))
        return moved or cells, (BLANKS_LOST,)
    if cells is not None and line.is_open and may_go_on(line.values):
        chosen = [cell for cell in cells if cell is not None]
        proven = len(chosen) == columns > 1 and holds_in_row(chosen, block, rules)
        return cells, () if proven else (CUT_SHORT,)
    if cells is not None:
        return cells, (LAST_LOST,) if may_lack_a_cell(line.values, cells) else ()
    if line.last and len(line.values) < columns:
        return (*line.values, *(None,) * (columns - len(line.values))), (CUT_SHORT,)
    if len(line.values) == columns + 1:
        found = without_one(line.values, lambda kept: holds_in_row(kept, block, rules))
        if found is not None:
            return found[0], () if found[1] else (SURPLUS,)
    return None, ()


def _cut_short(values: Sequence[Printed], columns: int, start: int | None) -> Cells | None:
    """The cells of a document's last line of text that ends too soon; None where it does not.

    Blank cells stand for labels in front of its figures as in the table's other rows; without
    them too few are left.
    """
    if any(value.column is not None for value in values):
        return None
    filled = (at for at, value in enumerate(values) if value.kind is not Kind.BLANK)
    lead = min(start or 0, next(filled, 0))
    if not lead or len(values) >= lead + columns:
        return None
    return (*values[lead:], *(None,) * (lead + columns - len(values)))


def _is_refuted(
    cells: Cells,
    values: Sequence[Printed],
    block: Block,
    rules: Sequence[Rule],
    start: int | None,
) -> bool:
    """True for a cut out of a padded line of text that does not add up where it should.

    It should where another cut adds up, where the table's other rows begin elsewhere among their
    cells, and where words stand among the figures: they may be the next row's.
    """
    chosen = [cell for cell in cells if cell is not None]
    padded = len(values) > len(chosen) == block.width
    if not padded or values[0].column is not None or holds_in_row(chosen, block, rules):
        return False
    windows = blank_padded_windows(values, block.width)
    starts = [at for at, window in windows if window == cells]
    return (
        any(cell.kind is Kind.WORDS for cell in chosen)
        or any(start is not None and at != start for at in starts)
        or any(holds_in_row(window, block, rules) for _, window in windows)
    )
