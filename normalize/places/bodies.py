"""What kind of body an agency is, of which level, and an id that outlives its renamings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from normalize.labels import simplify
from normalize.places.gazetteer import Place, Rank
from normalize.places.locate import Location, locate, place_before, place_by_short, place_within

_LEVEL_OF_RANK = {Rank.PROVINCE: "province", Rank.CITY: "city", Rank.COUNTY: "county"}
_TOWN = re.compile(r"^(?:人民政府)?.{1,12}?(?:街道|镇|乡|苏木)(?=$|人民政府|政府|办事处|党)")
_LEFT_OUT = re.compile(r"不(?:含|包含|包括|计入|汇总)[^，。；,;]*")
_BRANCH = re.compile(r"局(?P<place>[^局]{2,8})分局$")
_OWN_KIND = re.compile(r"^[市县区州盟旗省](?=[^市县区州盟旗省]{2,}$)")
_VILLAGE = re.compile(r"(?:村民委员会|村委会|社区居民委员会|居委会)$")

_DIVISIONS = ("省", "市", "区", "县", "镇", "乡", "街道", "人民政府", "政府")

ADVERTISING = "the agency's name holds words of advertising"
NAMESAKES = "several places are named so: {names}"


@dataclass(frozen=True, slots=True)
class Body:
    """`level` is national, province, city, county, township or village, None where unknown.

    `kind` is government, government_office, township_government, street_office, department,
    zone, institution, association or company. `region_code` is the code of the division of the
    county or above that the body belongs to, in the report's year. `agency_id` is the same for
    the same body under its earlier and later names.
    """

    agency_id: str
    region_code: str | None
    level: str | None
    kind: str | None
    doubts: tuple[str, ...] = ()


@cache
def _words() -> Mapping[str, Any]:
    text = files("normalize.places").joinpath("bodies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def agency_to_body(agency: str, year: int, texts: Sequence[str] = ()) -> Body:
    """The body of that name in that year; `texts` are words around it that may name its place."""
    name = simplify(re.sub(r"\s", "", agency))
    if name.startswith(tuple(_words()["names_of_their_own"]["beginnings"])):
        found = Location(None, name)
    else:
        found = _find_place(name, year, texts)
    kind, level = _kind_of(found.rest or name)
    place = found.place
    return Body(
        agency_id=_id_of(place, found.rest) if place else f"-:{name}",
        region_code=place.code if place else None,
        level=level or _level_of(name, found),
        kind=kind or ("government" if place and not found.rest else None),
        doubts=tuple(_doubts(name, found)),
    )


def holds_advertising(name: str) -> bool:
    """True for a name into which a mirror has put words of advertising."""
    return any(word in simplify(name) for word in _words()["advertising"]["words"])


def without_advertising(name: str) -> str | None:
    """The name behind words of advertising; None where these took a part of it."""
    ends = [name.rfind(w) + len(w) for w in _words()["advertising"]["words"] if w in name]
    rest = name[max(ends, default=0) :]
    return rest if rest and not rest.startswith(_DIVISIONS) else None


def scopes_in(texts: Sequence[str]) -> frozenset[str]:
    """`own` where a report says it is of the body alone, `territory` of all below it."""
    words = _words()["scope"]
    included = [_LEFT_OUT.sub("", text) for text in texts]
    return frozenset(
        scope for scope in words for text in included if any(w in text for w in words[scope])
    )


def _find_place(name: str, year: int, texts: Sequence[str]) -> Location:
    """The place in the name, else one that the texts print before it or that it shortens."""
    found = _locate(name, year, texts)
    if found.place is not None:
        branch = _BRANCH.search(found.rest)
        county = place_within(branch["place"], found.place, year) if branch else None
        return replace(found, place=county or found.place)
    if found.namesakes:
        return found
    town = _TOWN.match(name)
    for printed in dict.fromkeys((name, town.group() if town else name)):
        if place := place_before(printed, year, texts):
            return Location(place, _OWN_KIND.sub("", name))
    return place_by_short(name, year, texts) or _zone(name, year) or found


def _zone(name: str, year: int) -> Location | None:
    """The place of a zone that is no division and is known by its name alone."""
    for zone, where in _words()["zones_in"].items():
        if name.startswith(zone) and (place := locate(where, year).place):
            return Location(place, name)
    return None


def _locate(name: str, year: int, texts: Sequence[str]) -> Location:
    """The place; where the name of a national body stands before it, that of its branch."""
    for lead in _words()["national"]["before_places"]:
        if name.startswith(lead):
            branch = locate(name[len(lead) :], year, texts)
            if branch.place is not None:
                return Location(branch.place, lead + branch.rest)
    return locate(name, year, texts)


def _kind_of(rest: str) -> tuple[str | None, str | None]:
    """(kind, level) as the ending tells them."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", rest)
    for entry in _words()["kinds"]:
        if bare.endswith(tuple(entry["endings"])):
            return entry["kind"], entry.get("level")
    return None, None


def _level_of(name: str, found: Location) -> str | None:
    if _VILLAGE.search(name):
        return "village"
    if _TOWN.match(found.rest) and not found.namesakes:
        return "township"
    if found.place is not None:
        return _LEVEL_OF_RANK[found.place.rank]
    ranks = {place.rank for place in found.namesakes}
    if len(ranks) == 1:
        return _LEVEL_OF_RANK[ranks.pop()]
    national = _words()["national"]
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    if name.startswith(tuple(national["beginnings"])) or bare in national["ministries"]:
        return "national"
    return None


def _id_of(place: Place, rest: str) -> str:
    """The place's lasting code and the body's present name."""
    same = _words()["same"]
    whole = rest in same or rest in same.values()
    body = rest if whole else rest.removeprefix("人民政府")
    while body in same:
        body = same[body]
    for old, new in same.items():
        if body.endswith(old) and not body.endswith(new):
            body = body.removesuffix(old) + new
            break
    return f"{place.stable}:{body or '人民政府'}"


def _doubts(name: str, found: Location) -> list[str]:
    doubts = []
    if holds_advertising(name):
        doubts.append(ADVERTISING)
    if found.namesakes:
        names = ", ".join(place.code for place in found.namesakes)
        doubts.append(NAMESAKES.format(names=names))
    return doubts
