"""`checks.toml` read: the formulas between two years, and what peers are compared by."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Literal, TypedDict, cast

from normalize.errors import FormError
from normalize.forms import Kind
from normalize.panel.history import Key

Relation = Literal["=", "<=", ">=", "~", "0=>0"]

_RELATIONS: tuple[tuple[str, Relation], ...] = (
    (" <= ", "<="),
    (" >= ", ">="),
    (" ~ ", "~"),
    (" = ", "="),
)
_TERM = re.compile(r"([+-]?) ?(last )?([a-z_0-9]+)\.([a-z_0-9]+)\.([a-z_0-9]+)")
_KINDS: dict[str, Kind] = {"H": "H", "S": "S", "I": "I", "X": "X"}


@dataclass(frozen=True, slots=True)
class Term:
    """A cell of this year's report or of the year before's, added or taken away."""

    sign: int
    last: bool
    key: Key


@dataclass(frozen=True, slots=True)
class Formula:
    """`left relation right` at one place; `right` is the anchor.

    `forms` are the pairs of editions, of the year before and this year, that it speaks of.
    """

    check: str
    kind: Kind
    forms: frozenset[tuple[str, str]]
    relation: Relation
    left: tuple[Term, ...]
    right: Term
    unless: re.Pattern[str] | None = None
    share: Decimal = Decimal(0)
    least: Decimal = Decimal(0)

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.left, self.right)


@dataclass(frozen=True, slots=True)
class PeerMeasure:
    """A cell, or with `per` a rate, of bodies where `per` is at least `least`."""

    cell: Key
    per: Key | None
    least: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return (self.cell,) if self.per is None else (self.cell, self.per)


class _Check(TypedDict, total=False):
    id: str
    kind: str
    forms: list[str]
    each: list[str]
    rule: str
    unless: str
    share: float
    least: int


class _Peer(TypedDict, total=False):
    cell: str
    per: str
    least: int


class _Cells(TypedDict):
    cells: list[str]


class _File(TypedDict):
    check: list[_Check]
    peer: list[_Peer]
    money: _Cells
    territory: _Cells


@cache
def formulas() -> tuple[Formula, ...]:
    """Every formula at every place; FormError for one that cannot be read."""
    return tuple(
        _to_formula(entry, entry["rule"].replace("{}", name))
        for entry in _file()["check"]
        for name in entry.get("each", [""])
    )


@cache
def peer_measures() -> tuple[PeerMeasure, ...]:
    return tuple(
        PeerMeasure(
            _to_key(entry["cell"]),
            _to_key(entry["per"]) if "per" in entry else None,
            entry.get("least", 0),
        )
        for entry in _file()["peer"]
    )


@cache
def summed_cells() -> tuple[Key, ...]:
    """Cells of which a whole territory has at least what each part has."""
    return tuple(_to_key(name) for name in _file()["territory"]["cells"])


@cache
def money_cells() -> tuple[Key, ...]:
    """Cells that hold money, whose unit may have been mistaken."""
    return tuple(_to_key(name) for name in _file()["money"]["cells"])


@cache
def rules_digest() -> str:
    """Changes with every rule and every line of code here, so that all is checked anew then."""
    folder = resources.files("normalize.panel")
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith((".py", ".toml")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _file() -> _File:
    text = (resources.files("normalize.panel") / "checks.toml").read_text(encoding="utf-8")
    return cast("_File", tomllib.loads(text))


def _to_formula(entry: _Check, rule: str) -> Formula:
    relation, left, right = _split(rule)
    return Formula(
        check=entry["id"],
        kind=_KINDS[entry["kind"]],
        forms=frozenset(_to_pair(pair) for pair in entry["forms"]),
        relation=relation,
        left=_to_terms(left, rule),
        right=_to_terms(right, rule)[0],
        unless=re.compile(entry["unless"]) if "unless" in entry else None,
        share=Decimal(str(entry.get("share", 0))),
        least=Decimal(entry.get("least", 0)),
    )


def _split(rule: str) -> tuple[Relation, str, str]:
    left, found, right = rule.partition(" = 0 => ")
    if found:
        return "0=>0", left, right.removesuffix(" = 0")
    for sign, relation in _RELATIONS:
        left, found, right = rule.partition(sign)
        if found:
            return relation, left, right
    raise FormError(f"checks between years: cannot read the rule {rule!r}")


def _to_terms(side: str, rule: str) -> tuple[Term, ...]:
    terms = tuple(
        Term(-1 if sign == "-" else 1, bool(last), (table, row, column))
        for sign, last, table, row, column in _TERM.findall(side)
    )
    if not terms or _TERM.sub("", side).strip():
        raise FormError(f"checks between years: cannot read {side!r} in {rule!r}")
    return terms


def _to_key(name: str) -> Key:
    table, row, column = name.split(".")
    return table, row, column


def _to_pair(pair: str) -> tuple[str, str]:
    before, after = pair.split(" ")
    return before, after
