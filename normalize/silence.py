"""A document's own word about itself, completed by what is given where it is silent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from normalize.given import Given
from normalize.labels import simplify
from normalize.places.bodies import agency_to_body
from normalize.places.gazetteer import LAST_YEAR
from normalize.titles import NO_AGENCY, NO_YEAR, Identity

GIVEN_CHECK = "M-MANIFEST"
"""The check of what a document says against what is given; it has reasons of its own."""

TAKEN = "{silence}; the manifest says {said}"
CONTRADICTED = "the manifest says {what} {given}, the document {own}"
_WORDS = {"agency": "agency", "year": "year", "published_on": "date of publication"}


@dataclass(frozen=True, slots=True)
class Completed:
    """An identity without silence where something is given; `taken` names what was filled.

    A date that is given is no doubt: few documents name theirs. The doubts of the identity say of
    agency and year that they are given. `contradicted` has a phrase for each thing of which the
    document says otherwise.
    """

    identity: Identity
    taken: tuple[str, ...]
    contradicted: tuple[str, ...]


def complete(own: Identity, given: Given) -> Completed:
    """What the document says it is, with what is given where it says nothing."""
    taken: dict[str, object] = {}
    for name in _WORDS:
        if getattr(own, name) is None and getattr(given, name) is not None:
            taken[name] = getattr(given, name)
    doubts = tuple(_explained(doubt, taken) for doubt in own.doubts)
    contradicted = tuple(
        CONTRADICTED.format(what=word, given=getattr(given, name), own=getattr(own, name))
        for name, word in _WORDS.items()
        if agrees(own, given, name) is False
    )
    filled = replace(
        own,
        agency=own.agency or given.agency,
        year=own.year if own.year is not None else given.year,
        published_on=own.published_on or given.published_on,
        doubts=(*doubts, *contradicted),
    )
    return Completed(filled, tuple(taken), contradicted)


def agrees(own: Identity, given: Given, name: str) -> bool | None:
    """Whether document and given say the same of `name`; None where one of them is silent."""
    ours, theirs = getattr(own, name), getattr(given, name)
    if ours is None or theirs is None:
        return None
    if name == "agency":
        return _is_same_agency(str(ours), str(theirs), own.year or given.year or LAST_YEAR)
    return bool(ours == theirs)


def _is_same_agency(one: str, other: str, year: int) -> bool:
    """True for one name, one with the places above it in front, or one body by two names."""
    plain = ["".join(simplify(name).split()) for name in (one, other)]
    if plain[0].endswith(plain[1]) or plain[1].endswith(plain[0]):
        return True
    return len({agency_to_body(name, year, plain).agency_id for name in plain}) == 1


def _explained(doubt: str, taken: dict[str, object]) -> str:
    for silence, name in ((NO_AGENCY, "agency"), (NO_YEAR, "year")):
        if doubt == silence and name in taken:
            return TAKEN.format(silence=silence, said=taken[name])
    return doubt
