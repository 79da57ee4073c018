"""The rules of a form: what they say, and how a form file writes them.

`a + b = c`, `a <= b` and `a >= b` compare sums; `each a + b <= c` compares every name on the left;
`a = 0 => b = 0` and `a = 0 <=> b = 0` speak of nothing; `count` is a whole number in every cell;
`a + b = printed head, head` compares with a column that the form lacks but some agencies print;
`pattern <name>` is no arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from normalize.errors import FormError

Scope = Literal["row", "column", "table", "cell"]
Relation = Literal["=", "<=", ">=", "0=>0", "0<=>0", "count", "pattern", "printed"]
Kind = Literal["H", "S", "I", "X"]
"""How much a broken rule says: an identity of the form, a rule with lawful exceptions, a remark,
a suspicion of misreading."""

_SCOPES: dict[str, Scope] = {"row": "row", "column": "column", "table": "table", "cell": "cell"}
_KINDS: dict[str, Kind] = {"H": "H", "S": "S", "I": "I", "X": "X"}
_RELATIONS: tuple[Relation, ...] = ("<=", ">=", "=")

PATTERN_NAMES = (
    "all zero",
    "few columns",
    "same rows",
    "lone total",
    "no number",
    "empty",
    "unit of money",
    "stock for change",
    "price of a project",
    "power of regulations",
    "order",
    "slip shift",
    "slip split",
    "slip glue",
    "slip swap",
    "slip sign",
    "slip digit",
)
"""What a rule `pattern <name>` can look for (see `normalize.catalogue`)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`sum(left) relation sum(right)` for each row, each column, or once; `count` for each cell.

    A `count` cell is a whole number, not negative unless its column is signed; money is not
    negative. `0=>0` says that where the left side is nothing, the right side is nothing, and
    `0<=>0` that it is so in both directions. `spread` applies the rule to each name of the left
    side alone. `only` are the rows or columns it applies to, all of them where it is empty; names
    are `row.column` where a rule of the whole table needs both. `shortfall` is the kind when the
    left side is merely the smaller one; `implied` rules hold wherever all hard ones do. Of a
    `printed` rule `right` are the heads that the printed column may have. A `pattern` is no
    arithmetic of its own: `left` names what is looked for.
    """

    check: str
    each: Scope
    relation: Relation
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    kind: Kind = "H"
    shortfall: Kind | None = None
    spread: bool = False
    only: tuple[str, ...] = ()
    implied: bool = False


def load_rule(data: Mapping[str, object], origin: str) -> Rule:
    """The rule of one `[[table.check]]`; FormError when it cannot be read."""
    check, rule = text_of(data, "id", origin), text_of(data, "rule", origin)
    each = text_of(data, "each", origin)
    scope = _SCOPES.get(each)
    if scope is None:
        raise FormError(f"{origin}: {check}: 'each' must be one of {', '.join(_SCOPES)}")
    relation, left, right = _split_rule(rule, f"{origin}: {check}")
    return Rule(
        check=check,
        each=scope,
        relation=relation,
        left=_split_sum(left.removeprefix("each ")),
        right=_split_sum(right),
        kind=_kind(data, "kind", origin) or "H",
        shortfall=_kind(data, "shortfall", origin),
        spread=left.startswith("each "),
        only=texts_of(data, "only"),
        implied=bool(data.get("implied")),
    )


def _split_rule(rule: str, place: str) -> tuple[Relation, str, str]:
    """(relation, left, right) of a rule: `a + b = c`, `each a + b <= c`, `a = 0 => b = 0`."""
    if rule == "count":
        return "count", "", ""
    if rule.startswith("pattern "):
        name = rule.removeprefix("pattern ")
        if name not in PATTERN_NAMES:
            known = ", ".join(PATTERN_NAMES)
            raise FormError(f"{place}: there is no pattern {name!r}; known are {known}")
        return "pattern", name, ""
    left, found, heads = rule.partition(" = printed ")
    if found:
        return "printed", left, heads.replace(",", " + ")
    implications: tuple[tuple[str, Relation], ...] = (("<=>", "0<=>0"), ("=>", "0=>0"))
    for arrow, relation in implications:
        left, found, right = rule.partition(f" = 0 {arrow} ")
        if found and right.endswith(" = 0"):
            return relation, left, right.removesuffix(" = 0")
    for relation in _RELATIONS:
        left, found, right = rule.partition(f" {relation} ")
        if found:
            return relation, left, right
    raise FormError(f"{place}: cannot read the rule {rule!r}; write a + b = c, a <= b or count")


def _kind(data: Mapping[str, object], key: str, origin: str) -> Kind | None:
    if key not in data:
        return None
    kind = _KINDS.get(text_of(data, key, origin))
    if kind is None:
        raise FormError(f"{origin}: '{key}' must be one of {', '.join(_KINDS)}")
    return kind


def _split_sum(side: str) -> tuple[str, ...]:
    names = (name.strip() for name in side.split(" + "))
    return tuple(name for name in names if name not in ("", "0"))


def text_of(data: Mapping[str, object], key: str, origin: str) -> str:
    """A text that must be there; FormError when it is not."""
    value = data.get(key)
    if not isinstance(value, str) or not value:
        within = next((str(data[n]) for n in ("name", "id", "label", "banner") if n in data), "")
        place = f", in {within}" if within else ""
        raise FormError(f"{origin}: '{key}' must be a text, found {value!r}{place}")
    return value


def texts_of(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of texts, empty where there is none."""
    values = data.get(key, [])
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
