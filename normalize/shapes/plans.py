"""Which printed column is which of the form, where heads say that it is not as printed there.

The heads must be beyond doubt: scraped ones are cut, doubled or made up, and then the form's order
is the better guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.forms import Block, Rule
from normalize.labels import fold, words_of
from normalize.placed import OTHER_ORDER
from normalize.printed import Kind, Printed
from normalize.rows import Cells, fit_to_width
from normalize.rules import holds_in_row
from normalize.shapes.heads import HeadRows, Leaf, heads_to_leaves, is_another_column

ONE_COLUMN = "the only column of figures, taken for the total"

_MOST_COLUMNS = 14


@dataclass(frozen=True, slots=True)
class Plan:
    """`places` says where among the printed columns each of the form's stands, None for absent.

    `others` are the printed columns that the form lacks, each with its head. `doubts` concern every
    cell.
    """

    width: int
    places: tuple[int | None, ...]
    others: tuple[tuple[int, str], ...] = ()
    doubts: tuple[str, ...] = ()

    def pick(self, row: Cells) -> Cells:
        """The form's cells of a printed row of `width` cells."""
        return tuple(None if place is None else row[place] for place in self.places)


def plan_columns(
    heads: HeadRows,
    lines: Sequence[Sequence[Printed]],
    block: Block,
    rules: Sequence[Rule],
    year: int | None,
    listed: bool = False,
) -> Plan | None:
    """The plan that the heads give and most lines fit; None where the form's own order holds.

    In a list a number in front of a label stands behind the figures of the line before: then
    heads do not tell which is which.
    """
    if not heads or (listed and _have_codes(heads)):
        return None
    for width in _widths(lines, len(block.columns)):
        leaves = _with_this_year(heads_to_leaves(heads, block, width), block, year)
        plan = _leaves_to_plan(leaves, block) if leaves else None
        plan = plan or _plan_of_one(leaves, block) or _plan_of_another_time(leaves, block)
        if plan is not None and not _is_refuted(plan, lines, block, rules):
            return plan
    return None


def _have_codes(heads: HeadRows) -> bool:
    codes = words_of("other_columns")["codes"]
    return any(code in fold(word.text).core for row in heads for word in row for code in codes)


def _widths(lines: Sequence[Sequence[Printed]], usual: int) -> list[int]:
    """Numbers of cells that most lines have or can be brought to, the likeliest first."""
    counts: dict[int, int] = {}
    for line in lines:
        inked = [at for at, cell in enumerate(line) if cell.kind is not Kind.BLANK]
        for width in {len(line), inked[-1] + 1 if inked else len(line)}:
            counts[width] = counts.get(width, 0) + 1
    most = [n for n, count in counts.items() if count * 2 > len(lines) and n <= _MOST_COLUMNS]
    return sorted(most, key=lambda n: (-counts[n], abs(n - usual)))


def _leaves_to_plan(leaves: Sequence[Leaf], block: Block) -> Plan | None:
    names = [column.name for column in block.columns]
    found = [leaf.column for leaf in leaves if leaf.column]
    complete = set(found) == set(names)
    strangers = [leaf for leaf in leaves if leaf.column is None]
    if not found or len(set(found)) != len(found):
        return None
    if not complete and not all(is_another_column(leaf, block) for leaf in strangers):
        return None
    if found == names and not strangers:
        return None
    at = {leaf.column: place for place, leaf in enumerate(leaves) if leaf.column}
    others = tuple((n, leaf.label) for n, leaf in enumerate(leaves) if leaf.column is None)
    places = tuple(at.get(name) for name in names)
    doubts = () if _in_order(block, found) else (OTHER_ORDER,)
    return Plan(len(leaves), places, others, doubts)


def _plan_of_one(leaves: Sequence[Leaf], block: Block) -> Plan | None:
    """A single column of numbers that has no applicant's head, as the last one, the total."""
    if len(leaves) != 1 or len(block.columns) == 1:
        return None
    if fold(leaves[0].label).core not in words_of("other_columns")["numbers"]:
        return None
    nothing: tuple[int | None, ...] = (None,) * (len(block.columns) - 1)
    return Plan(1, (*nothing, 0), (), (ONE_COLUMN,))


def _plan_of_another_time(leaves: Sequence[Leaf], block: Block) -> Plan | None:
    """A single column whose head says that it is of another time: nothing in it is the form's."""
    if len(leaves) != 1 or len(block.columns) > 1 or leaves[0].column:
        return None
    core = fold(leaves[0].label).core
    if not any(word in core for word in words_of("other_columns")["another_time"]):
        return None
    return Plan(1, (None,), ((0, leaves[0].label),))


def _in_order(block: Block, found: Sequence[str]) -> bool:
    """True when all but the total stand in the form's order: arithmetic proves the total."""
    names = [column.name for column in block.columns[:-1]]
    return [name for name in found if name in names] == [name for name in names if name in found]


def _with_this_year(leaves: tuple[Leaf, ...], block: Block, year: int | None) -> tuple[Leaf, ...]:
    """The leaves of a block of one column with that of the report's year named as the form's."""
    if len(block.columns) != 1 or any(leaf.column for leaf in leaves):
        return leaves
    named = [at for at, leaf in enumerate(leaves) if _is_this_year(leaf.label, year)]
    if len(named) != 1:
        return leaves
    known = block.columns[0].name
    return tuple(replace(x, column=known) if n in named else x for n, x in enumerate(leaves))


def _is_this_year(label: str, year: int | None) -> bool:
    years = re.findall(r"(?:19|20)\d\d", label)
    if years:
        return year is not None and years == [str(year)]
    return fold(label).core in words_of("other_columns")["this_year"]


def _is_refuted(
    plan: Plan, lines: Sequence[Sequence[Printed]], block: Block, rules: Sequence[Rule]
) -> bool:
    """True when the telling lines do not add up under the plan, or do so in the form's order."""
    if len(block.columns) == 1 or None in plan.places:
        return False
    rows = [row for line in lines if (row := fit_to_width(line, plan.width, frozenset(), 0))]
    whole = [cells for row in rows if (cells := tuple(cell for cell in row if cell))]
    telling = [row for row in whole if len(row) == plan.width and len({c.text for c in row}) > 1]
    planned = [_adds_up(plan.pick(row), block, rules) for row in telling]
    if sum(planned) * 2 < len(planned):
        return True
    same = plan.width == len(block.columns)
    return same and all(_adds_up(row, block, rules) for row in telling) and not all(planned)


def _adds_up(row: Cells, block: Block, rules: Sequence[Rule]) -> bool:
    return holds_in_row([cell for cell in row if cell], block, rules)
