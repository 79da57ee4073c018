"""Charts of many reports: trends, outcomes, grounds of refusal, proceedings, regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from explore.charts import Chart, Series
from explore.database import Database
from explore.filters import UNKNOWN, Filters
from explore.labels import measure_label
from explore.pages.home import PROVINCE, YEAR
from explore.places import division_name, province_name
from explore.summary import Summary
from explore.sums import GROUNDS, OUTCOMES, PROCEEDINGS, Sum, read_cities, total
from explore.tile_map import Legend, Tile, all_squares
from explore.wording import Words

RANKED = {
    "received_mean": ("received", None),
    "granted_share": ("outcome.granted", "outcome.outcomes"),
    "refused_share": ("outcome.refused", "outcome.outcomes"),
    "unavailable_share": ("outcome.unavailable", "outcome.outcomes"),
    "not_processed_share": ("outcome.not_processed", "outcome.outcomes"),
    "litigations_mean": ("litigations", None),
    "reconsiderations_mean": ("reconsiderations", None),
}
"""What provinces are ranked by: a mean of a report, or a share of a whole."""

CHARTED = ("received", *OUTCOMES, *GROUNDS, *PROCEEDINGS)
"""The measures that the charts show."""

Groups = Sequence[Mapping[str, Sum]]
"""The sums of several groups of reports."""

LEAST_CASES = 10
"""Reports that a province needs to be ranked, when nothing else is said."""


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The charts by name, with what was left out of the ranking for having too few reports."""

    filters: Filters
    ranked_by: str
    least: int
    charts: dict[str, Chart]
    reports: int
    too_few: int


def figures_page(
    database: Database, summary: Summary, filters: Filters, ranked_by: str, least: int, words: Words
) -> FiguresPage:
    """All charts of the reports that the filters take; years are their own axis."""
    every_year = replace(filters, year="")
    years = _every_year(summary.sums_by(YEAR, every_year.takes))
    places = _sums_by_place(database, summary, filters, words)
    regions, too_few = _regions(places, ranked_by, least, words)
    charts = {
        "requests": _means(years, ("received",), words, "chart_mean"),
        "totals": _totals(years, words),
        "outcomes": _outcomes(years, words),
        "grounds": _grounds(summary, filters, words),
        "proceedings": _means(years, PROCEEDINGS, words, "chart_proceedings_mean"),
        "map": _map(summary, filters, ranked_by, least, words),
        "regions": regions,
    }
    reports = summary.counted(filters.takes).reports
    return FiguresPage(filters, ranked_by, least, charts, reports, too_few)


def _every_year(found: Mapping[int | str | None, Groups]) -> dict[str, Groups]:
    """The groups of each year from the first to the last, none for a year without reports."""
    known = sorted(int(year) for year in found if year is not None)
    every = range(known[0], known[-1] + 1) if known else range(0)
    return {str(year): found.get(year, ()) for year in every}


def _means(years: Mapping[str, Groups], names: Sequence[str], words: Words, title: str) -> Chart:
    """Means of the reports that print a number."""
    sums = {name: [total(groups, name) for groups in years.values()] for name in names}
    series = [Series(measure_label(n, words), tuple(map(_mean, own))) for n, own in sums.items()]
    note = _note(sums[names[0]], words)
    return Chart("lines", words(title), words("unit_mean"), tuple(years), tuple(series), note)


def _totals(years: Mapping[str, Groups], words: Words) -> Chart:
    sums = [total(groups, "received") for groups in years.values()]
    values = tuple(s.total if s.reports else None for s in sums)
    series = (Series(measure_label("received", words), values),)
    unit, note = words("unit_requests"), _note(sums, words)
    return Chart("lines", words("chart_totals"), unit, tuple(years), series, note)


def _outcomes(years: Mapping[str, Groups], words: Words) -> Chart:
    """Shares of all outcomes, of the reports that print every part."""
    whole = [total(groups, "outcome.outcomes") for groups in years.values()]
    series = []
    for name in OUTCOMES:
        parts = [total(groups, f"outcome.{name}") for groups in years.values()]
        shares = tuple(_share(p, w) for p, w in zip(parts, whole, strict=True))
        series.append(Series(measure_label(name, words), shares))
    note = _note(whole, words)
    title = words("chart_outcome_shares")
    return Chart("stack", title, "", tuple(years), tuple(series), note, as_share=True)


def _grounds(summary: Summary, filters: Filters, words: Words) -> Chart:
    groups = [g for own in summary.sums_by(YEAR, filters.takes).values() for g in own]
    whole = total(groups, "ground.refused")
    sums = [(name, total(groups, f"ground.{name}")) for name in GROUNDS]
    ranked = sorted(sums, key=lambda pair: -pair[1].total)
    labels = tuple(_short(measure_label(name, words)) for name, _ in ranked)
    series = (Series(words("share"), tuple(_share(own, whole) for _, own in ranked)),)
    note = _note([whole], words)
    return Chart("bars", words("chart_grounds"), "", labels, series, note, as_share=True)


def _sums_by_place(
    database: Database, summary: Summary, filters: Filters, words: Words
) -> dict[str, Groups]:
    """The groups by the names of provinces; of cities where one province is chosen."""
    if filters.province and filters.province != UNKNOWN:
        cities = read_cities(database, *filters.to_sql())
        return {division_name(f"{code}00", words): [sums] for code, sums in cities.items() if code}
    provinces = summary.sums_by(PROVINCE, filters.takes)
    return {province_name(code, words): groups for code, groups in provinces.items()}


def _regions(
    places: Mapping[str, Groups], ranked_by: str, least: int, words: Words
) -> tuple[Chart, int]:
    """The places with enough reports, the highest first, and how many had too few."""
    name, whole = RANKED[ranked_by]
    ranked: list[tuple[str, float]] = []
    too_few = 0
    for place, groups in places.items():
        own = total(groups, name)
        value = _share(own, total(groups, whole)) if whole else _mean(own)
        if value is None:
            continue
        if own.reports < least:
            too_few += 1
        else:
            ranked.append((f"{place} ({own.reports})", value))
    ranked.sort(key=lambda entry: -entry[1])
    title = words(f"rank.{ranked_by}")
    labels, values = tuple(label for label, _ in ranked), tuple(value for _, value in ranked)
    note = words("regions_note", least=least, few=too_few)
    is_share = whole is not None
    return Chart("bars", title, "", labels, (Series(title, values),), note, is_share), too_few


def _map(summary: Summary, filters: Filters, ranked_by: str, least: int, words: Words) -> Chart:
    """All provinces as squares, whichever of them is chosen."""
    everywhere = replace(filters, province="")
    found = summary.sums_by(PROVINCE, everywhere.takes)
    name, whole = RANKED[ranked_by]
    tiles = []
    for square in all_squares():
        groups = found.get(square.code, ())
        own = total(groups, name)
        value = _share(own, total(groups, whole)) if whole else _mean(own)
        address = f"/reports?{everywhere.changed(province=square.code)}"
        few = own.reports < least
        called = square.name(words.language)
        tiles.append(Tile(square, called, value, own.reports, few, address))
    values = tuple(None if tile.few else tile.value for tile in tiles)
    counts = tuple(float(tile.reports) for tile in tiles)
    title = words(f"rank.{ranked_by}")
    elsewhere = total(found.get(None, ()), name).reports
    return Chart(
        kind="tiles",
        title=words("map_title", measure=title),
        unit="",
        categories=tuple(tile.name for tile in tiles),
        series=(Series(title, values), Series(words("nav_reports"), counts, as_count=True)),
        note=words("map_note", elsewhere=elsewhere),
        as_share=whole is not None,
        tiles=tuple(tiles),
        legend=Legend(words("map_few", least=least), words("map_nothing")),
    )


def _mean(own: Sum) -> float | None:
    return own.total / own.reports if own.reports else None


def _share(part: Sum, whole: Sum) -> float | None:
    return part.total / whole.total if whole.total else None


def _note(sums: Sequence[Sum], words: Words) -> str:
    """How many reports the numbers are of, how many had none, how many are in doubt."""
    reports, doubtful = sum(s.reports for s in sums), sum(s.doubtful for s in sums)
    return words(
        "reports_note", reports=reports, doubtful=doubtful, without=sum(s.without for s in sums)
    )


def _short(label: str) -> str:
    """A ground without the group that it stands in."""
    return label.rpartition("：")[2].rpartition(": ")[2]
