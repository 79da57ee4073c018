"""Where a public body is, from the places that its name begins with.

广州市越秀区人民政府北京街道办事处 begins with a city and a district. Two districts are called
通州区; of which one 通州区统计局 is, only the rest of the document can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.places.gazetteer import Gazetteer, Place, Rank, gazetteer

_NOT_BEHIND_SHORT = ("省", "市", "区", "县", "州", "盟", "旗", "镇", "乡", "街道", "村", "社区")
"""What makes another place of a name without its kind: 大同镇 is not in 大同."""

_LONGEST_CHAIN = 30
"""Characters that the names of a province, a city and a county have together."""


@dataclass(frozen=True, slots=True)
class Location:
    """`place` is None where the name begins with no place, or with one that is not the only one.

    `rest` is what follows the places; `namesakes` are the places that the name may mean.
    """

    place: Place | None
    rest: str
    namesakes: tuple[Place, ...] = ()


def locate(name: str, year: int, texts: Sequence[str] = ()) -> Location:
    """The place that a body's name begins with, in that year's divisions.

    `texts` are words around the name, such as the page's title and the publisher; a place of
    several that share the name is chosen when only its own city or province is named there.
    """
    places = gazetteer(year)
    readings = list(_readings(name, 0, None, places))
    if not readings:
        return Location(None, name)
    longest = max(end for end, _ in readings)
    found = tuple(dict.fromkeys(place for end, place in readings if end == longest))
    rest = name[longest:]
    if len(found) > 1:
        named = [place for place in found if _is_named(place, texts, places)]
        if len(named) != 1:
            return Location(None, rest, found)
        found = (named[0],)
    return Location(found[0], rest)


def place_before(name: str, year: int, texts: Sequence[str]) -> Place | None:
    """The one place that stands right before a body's name wherever the texts have it."""
    before = {
        text[max(0, match.start() - _LONGEST_CHAIN) : match.start()]
        for text in texts
        for match in re.finditer(re.escape(name), text)
    }
    found = {place for words in before if (place := _place_at_end(words, year, texts))}
    return found.pop() if len(found) == 1 else None


def _place_at_end(words: str, year: int, texts: Sequence[str]) -> Place | None:
    """The place that the words end in, with those that it lies in before it."""
    for start in range(len(words)):
        found = locate(words[start:], year, texts)
        if found.place is not None and found.rest in ("", "人民政府"):
            return found.place
    return None


def place_by_short(name: str, year: int, texts: Sequence[str]) -> Location | None:
    """The one county whose name without its kind begins the name, as 青砚工业园区 may be 青砚县's.

    Only where the texts print the county's whole name; None where none or several are meant.
    """
    places = gazetteer(year)
    found = {
        place
        for end in range(2, min(len(name) - 2, places.longest) + 1)
        for place in places.by_word.get(name[:end], ())
        if place.rank is Rank.COUNTY and place.short == name[:end]
        if not name[end:].startswith(_NOT_BEHIND_SHORT) and any(place.name in t for t in texts)
    }
    if len(found) != 1:
        return None
    place = found.pop()
    return Location(place, name[len(place.short) :])


def place_within(word: str, above: Place, year: int) -> Place | None:
    """The one county of a city or province that goes by a word, with its kind or without."""
    found = {
        place
        for place in gazetteer(year).by_code.values()
        if place.rank is Rank.COUNTY and word in (place.name, place.short)
        if _lies_in(place, above)
    }
    return found.pop() if len(found) == 1 else None


def _readings(
    name: str, at: int, within: Place | None, places: Gazetteer
) -> Iterator[tuple[int, Place]]:
    """(end, place) of every way to read the name's beginning as places within each other."""
    for end in range(min(len(name), at + places.longest), at + 1, -1):
        word = name[at:end]
        for place in places.by_word.get(word, ()):
            if within is not None and not _lies_in(place, within):
                continue
            deeper = list(_readings(name, end, place, places))
            yield from deeper
            if not deeper and (word == place.name or _may_be_short(place, name[end:], within)):
                yield end, place


def _may_be_short(place: Place, rest: str, within: Place | None) -> bool:
    """Whether a name without its kind may be meant: 重庆海关, but not 大同镇."""
    first = within is None or within.rank is Rank.PROVINCE
    return first and place.rank < Rank.COUNTY and not rest.startswith(_NOT_BEHIND_SHORT)


def _lies_in(place: Place, within: Place) -> bool:
    if within.rank is Rank.PROVINCE:
        return place.rank > within.rank and place.province == within.code
    return place.rank is Rank.COUNTY and within.rank is Rank.CITY and place.city == within.code


def _is_named(place: Place, texts: Sequence[str], places: Gazetteer) -> bool:
    """Whether one of the place's parents is named in full, or without its kind."""
    parents = [places.by_code.get(code) for code in (place.city, place.province)]
    words = [
        word
        for parent in parents
        if parent is not None and parent is not place
        for word in (parent.name, parent.short)
        if word
    ]
    return any(word in text for text in texts for word in words)
