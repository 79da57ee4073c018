"""Figures whose measure the figures beside them tell: 上年为9件, 共12件 after a change, 其中2件."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.statements.claims import Claim
from normalize.statements.quantities import Quantity
from normalize.statements.vocabulary import lexicon

_LISTED_APART = ("result", "outcome")


def is_the_same(plain: str, front: str, quantity: Quantity, was_change: bool) -> bool:
    """True for words that give one measure again: 增加到12件, 上年为9件, 下降8%，共12件."""
    patterns = lexicon().patterns
    if patterns["changes.level"].search(front):
        return True
    if was_change and patterns["row.whole"].fullmatch(front):
        return True
    same = patterns["row.same"].fullmatch(front)
    if same is None:
        return False
    verb = patterns["row.verb"].search(same[0])
    before = plain[: quantity.start - len(front)]
    return verb is None or verb[0] in before


def is_told_behind(plain: str, front: str, quantity: Quantity) -> bool:
    """True for 与上年的12件相比, whose measure the next figure tells."""
    compared = ("相比", "相较")
    told = lexicon().patterns["row.ahead"].fullmatch(front)
    is_compared = front.startswith(compared) or plain.startswith(compared, quantity.end)
    return told is not None and is_compared


def is_part_of_the_same(claim: Claim, said: Sequence[Claim], plain: str) -> bool:
    """True for a part that goes by the name of its whole: 解读9篇，其中负责人解读2篇."""
    for earlier in said:
        alike = (earlier.measure, earlier.year, earlier.scope)
        if alike == (claim.measure, claim.year, claim.scope):
            # 维持3件，驳回2件 are two kinds of what the forms call one.
            is_listed = claim.group in _LISTED_APART
            return is_listed or "其中" in plain[earlier.position : claim.position]
    return False


def is_in_brackets(plain: str, position: int) -> bool:
    """True between brackets: 共9件（甲县3件、乙县6件）."""
    return plain.rfind("（", 0, position) > plain.rfind("）", 0, position)
