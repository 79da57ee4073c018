"""Which reports a page speaks of: year, level, kind, province, as its address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from explore.errors import BadAddress
from explore.summary import Group

UNKNOWN = "unknown"
"""Asks for reports of which year, level, kind or province is not known."""

STATUSES = ("accepted", "needs_review", "quarantined")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """Each as text, UNKNOWN, or empty for all; `words` stand in the agency's name or title."""

    year: str = ""
    level: str = ""
    kind: str = ""
    province: str = ""
    status: str = ""
    words: str = ""

    def takes(self, group: Group) -> bool:
        """Whether a group of the summary is among them."""
        wanted = (self.year, self.level, self.kind, self.province)
        return all(
            not wish or wish == (UNKNOWN if value is None else str(value))
            for wish, value in zip(wanted, group, strict=True)
        )

    def to_sql(self) -> tuple[str, dict[str, object]]:
        """A condition on `reports AS r`, and its parameters."""
        columns = {
            "year": "r.year",
            "level": "r.level",
            "kind": "r.agency_kind",
            "province": "substr(r.region_code, 1, 2)",
            "status": "r.status",
        }
        conditions, named = ["r.superseded_by IS NULL"], dict[str, object]()
        for name, column in columns.items():
            wish = getattr(self, name)
            if wish == UNKNOWN:
                conditions.append(f"{column} IS NULL")
            elif wish:
                conditions.append(f"{column} = :{name}")
                named[name] = int(wish) if name == "year" else wish
        if self.words:
            conditions.append(
                "(instr(r.agency, :words) OR instr(r.title, :words) OR instr(r.source, :words))"
            )
            named["words"] = self.words
        return " AND ".join(conditions), named

    def changed(self, **parts: object) -> str:
        """The query of an address with some of these changed and the rest kept."""
        own = {name: getattr(self, name) for name in Filters.__slots__}
        said = {name: value for name, value in (own | parts).items() if value not in ("", None)}
        return urlencode(said)


def text_to_filters(args: Mapping[str, str]) -> Filters:
    """The filters of an address; BadAddress for a year that is none."""
    given = {name: args[name].strip()[:_LONGEST] for name in Filters.__slots__ if name in args}
    filters = Filters(**given)
    year = filters.year
    if year and year != UNKNOWN and not (year.isascii() and year.isdecimal() and len(year) <= 4):
        raise BadAddress(f"{year!r} is no year", "write it with four digits")
    return filters
