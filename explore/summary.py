"""What all current reports together come to, kept in memory and made anew when they change.

Groups are a year, level, kind and province; there are some thousand of them whatever the number
of reports, so that every page about collections is made from them in milliseconds. Sums are of the
numbers that were printed: how many reports had one, and how many had none, is always beside them.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from explore.database import Database
from explore.sums import Counts, Sum, groups_query, row_to_counts, row_to_sums

Group = tuple[int | None, str | None, str | None, str | None]
"""Year, level, kind, and the first two digits of the division's code; None where unknown."""

LEVELS = ("national", "province", "city", "county", "township", "village")

COMPARED = ("received", "outcomes", "granted", "refused", "reconsiderations", "litigations")
"""The measures of which peers are kept apart, for medians."""

LEAST_PEERS = 5
_LAST_SECONDS = 2.0
_REST = 4.0
"""Times as long as making a summary took that it is kept at least."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Quartiles of a measure among peers that print a number."""

    count: int
    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Summary:
    """`peers` are by (year, level, kind) and measure, where there are LEAST_PEERS or more."""

    made_at: datetime
    agencies: int
    superseded: int
    statements: int
    corrections: int
    counts: Mapping[Group, Counts]
    sums: Mapping[Group, Mapping[str, Sum]]
    peers: Mapping[tuple[int, str, str], Mapping[str, Spread]]

    def counted(self, wanted: Callable[[Group], bool] = lambda _: True) -> Counts:
        return sum((c for group, c in self.counts.items() if wanted(group)), Counts())

    def sums_by(
        self, place: int, wanted: Callable[[Group], bool]
    ) -> dict[int | str | None, list[Mapping[str, Sum]]]:
        """The sums of the wanted groups by what stands at one place of them."""
        found = defaultdict[int | str | None, list[Mapping[str, Sum]]](list)
        for group, sums in self.sums.items():
            if wanted(group):
                found[group[place]].append(sums)
        return dict(found)

    def values(self, place: int) -> tuple[int | str | None, ...]:
        """What stands at one place of the groups, sorted, None last."""
        found = {group[place] for group in self.counts}
        known = sorted((value for value in found if value is not None), key=_in_order)
        return (*known, *([None] if None in found else []))


class Summaries:
    """The summary of the database as it is now, or as it was a moment ago."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._summary: Summary | None = None
        self._version = ""
        self._maker: threading.Thread | None = None
        self._next = 0.0

    def current(self) -> Summary:
        """The newest summary there is; where the database changed since, a newer is being made."""
        version = self._database.version()
        with self._lock:
            if self._summary is None:
                self._version, self._summary = version, read_summary(self._database)
            elif version != self._version and self._may_make():
                self._maker = threading.Thread(target=self._renew, args=(version,), daemon=True)
                self._maker.start()
            return self._summary

    def stop(self) -> None:
        if self._maker is not None:
            self._maker.join(_LAST_SECONDS)

    def _may_make(self) -> bool:
        """Not twice at once, nor all the time while somebody writes."""
        is_making = self._maker is not None and self._maker.is_alive()
        return not is_making and time.monotonic() >= self._next

    def _renew(self, version: str) -> None:
        begin = time.monotonic()
        made = read_summary(self._database)
        end = time.monotonic()
        self._next = end + _REST * (end - begin)
        with self._lock:
            self._version, self._summary = version, made


def read_summary(database: Database) -> Summary:
    """Everything in three readings of the reports; some seconds for a hundred thousand."""
    [one] = database.rows(_COUNTED)
    counts: dict[Group, Counts] = {}
    sums: dict[Group, dict[str, Sum]] = {}
    for row in database.rows(groups_query(_KEYS, _CURRENT)):
        group = (row["year"], row["level"], row["kind"], row["province"])
        counts[group] = row_to_counts(row)
        sums[group] = row_to_sums(row, len(group))
    return Summary(
        made_at=datetime.now(UTC),
        agencies=one["agencies"],
        superseded=one["superseded"],
        statements=one["statements"],
        corrections=one["corrections"],
        counts=counts,
        sums=sums,
        peers=_read_peers(database),
    )


_KEYS = (
    "r.year AS year, r.level AS level, r.agency_kind AS kind, "
    "substr(r.region_code, 1, 2) AS province"
)
_CURRENT = "r.superseded_by IS NULL"
_COUNTED = """
SELECT
    (SELECT count(DISTINCT coalesce(agency_id, agency)) FROM reports
     WHERE superseded_by IS NULL) AS agencies,
    (SELECT count(*) FROM reports WHERE superseded_by IS NOT NULL) AS superseded,
    (SELECT count(*) FROM statement_rows) AS statements,
    (SELECT count(*) FROM corrections) AS corrections
"""


def _read_peers(database: Database) -> dict[tuple[int, str, str], Mapping[str, Spread]]:
    columns = ", ".join(f"p.{name} AS {name}" for name in COMPARED)
    values: defaultdict[tuple[int, str, str], defaultdict[str, list[float]]] = defaultdict(
        lambda: defaultdict(list)
    )
    query = (
        f"SELECT r.year, r.level, r.agency_kind AS kind, {columns} FROM reports AS r "
        f"JOIN panel_rows AS p ON p.report_id = r.report_id WHERE {_CURRENT}"
    )
    for row in database.rows(query):
        if row["year"] is None or row["level"] is None or row["kind"] is None:
            continue
        own = values[row["year"], row["level"], row["kind"]]
        for name in COMPARED:
            if row[name] is not None:
                own[name].append(row[name])
    return {
        group: {name: values_to_spread(v) for name, v in own.items() if len(v) >= LEAST_PEERS}
        for group, own in values.items()
    }


def _in_order(value: int | str) -> tuple[int, str]:
    """Levels from the highest down, everything else by its digits or letters."""
    return (LEVELS.index(value) if value in LEVELS else len(LEVELS), str(value))


def values_to_spread(values: Iterable[float]) -> Spread:
    """The quartiles of some numbers, each of them one of the numbers."""
    ordered = sorted(values)
    at = [ordered[round((len(ordered) - 1) * share)] for share in (0.25, 0.5, 0.75)]
    return Spread(len(ordered), *at)
