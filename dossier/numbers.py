"""Values as the page shows them: digits as stored, a mark of its own for each kind of none."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from dossier.content import Pair
from dossier.words import Words
from normalize.report import Observation, Status
from store.values import decimal_to_text

FLAG = "⚑"
ABSENT = "·"
_MARKS = {Status.PLACEHOLDER: "—", Status.UNREADABLE: "?", Status.MISSING: "×"}


def value_to_text(value: object) -> str:
    """A number in plain digits; nothing for none."""
    return "" if value is None else decimal_to_text(Decimal(str(value)))


def change_to_text(value: Decimal) -> str:
    """A difference with its sign; that of equal numbers is 0."""
    digits = decimal_to_text(value)
    if value == 0:
        return digits
    return digits.replace("-", "−") if value < 0 else f"+{digits}"


def cell_to_html(cell: Observation | None, words: Words) -> str:
    """The number, or the mark of what stands in its place; in doubt with a flag."""
    if cell is None:
        return f'<span class="none">{ABSENT}</span>'
    flag = f'<b class="flag">{FLAG}</b>' if cell.flagged else ""
    if cell.value is not None:
        # The head prints 万元 where the value is in yuan.
        unit = f" {words.name(cell.unit)}" if cell.unit == "yuan" else ""
        return f"{escape(value_to_text(cell.value))}{escape(unit)}{flag}"
    mark = _MARKS.get(cell.status, words("blank_mark"))
    return f'<span class="none">{escape(mark)}</span>{flag}'


def pair_to_html(pair: Pair | None, words: Words) -> str:
    """Two cells of a table, those of one column in both years; a change is shaded and named."""
    if pair is None:
        return '<td class="was"></td><td class="now"></td>'
    was, now = cell_to_html(pair.before, words), cell_to_html(pair.after, words)
    difference = pair.difference
    if difference:
        now += f'<span class="diff">{escape(change_to_text(difference))}</span>'
    kind = "now changed" if is_changed(pair) else "now"
    return f'<td class="was">{was}</td><td class="{kind}">{now}</td>'


def is_changed(pair: Pair) -> bool:
    """Whether the numbers differ, or one of two that are both there is none."""
    one, two = pair.before, pair.after
    if one is None or two is None:
        return False
    return one.value != two.value
