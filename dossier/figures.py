"""The charts of a report on an agency: all its years, a year without a number being a gap."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.find import Found, Row
from dossier.words import Words
from explore.charts import Chart, Series, chart_to_svg
from store.measures import all_measures

_CHARTS = (
    ("lines", "chart_requests", ("received", "concluded", "carried_forward")),
    (
        "stack",
        "chart_outcomes",
        ("granted", "partially_granted", "refused", "unavailable", "not_processed", "other"),
    ),
    ("lines", "chart_proceedings", ("reconsiderations", "litigations")),
)


def found_to_charts(found: Found, words: Words) -> tuple[str, ...]:
    """One SVG element for each matter of which any year has a number."""
    years = range(min(found.years), max(found.years) + 1)
    charts = []
    for kind, title, measures in _CHARTS:
        series = tuple(
            Series(measure_label(name, words), _values(found, years, name)) for name in measures
        )
        if any(value is not None for one in series for value in one.values):
            charts.append(
                chart_to_svg(
                    Chart(
                        kind=kind,
                        title=words(title),
                        unit=words("unit_count"),
                        categories=tuple(map(str, years)),
                        series=series,
                        note=words("chart_note"),
                    )
                )
            )
    return tuple(charts)


def measure_label(name: str, words: Words) -> str:
    """What the codebook calls a measure."""
    measure = next(measure for measure in all_measures() if measure.name == name)
    return measure.label_zh if words.language == "zh" else measure.label_en


def _values(found: Found, years: Sequence[int], name: str) -> tuple[float | None, ...]:
    return tuple(_to_float(found.rows.get(year), name) for year in years)


def _to_float(row: Row | None, name: str) -> float | None:
    value = None if row is None else row[name]
    return None if value is None else float(str(value))
