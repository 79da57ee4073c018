"""Pictures of frames: lines, stacked bars and ranked bars as SVG, with no further library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from explore.charts import Chart, Series, chart_to_svg

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG text, which notebooks show by themselves."""

    svg: str

    def save(self, path: str | Path) -> Path:
        """Write the picture; what comes back is its path."""
        place = Path(path)
        place.write_text(self.svg + "\n", encoding="utf-8")
        return place

    def _repr_svg_(self) -> str:
        return self.svg


def chart(
    frame: pandas.DataFrame,
    kind: Literal["lines", "stack", "bars"],
    title: str,
    *,
    unit: str = "",
    note: str = "",
    labels: Mapping[str, str] | None = None,
    as_share: bool = False,
) -> Picture:
    """The columns of a frame over its index, six at most; NA is a gap.

    `labels` are what columns are called, as `attrs["labels_en"]` has them; of bars there is one
    column. With `as_share` numbers are shown as percentages.
    """
    words = labels or {}
    in_percent = as_share and kind == "lines"
    scale = 100 if in_percent else 1
    series = tuple(
        Series(words.get(str(name), str(name)), _to_numbers(frame[name], scale))
        for name in frame.columns
    )
    categories = tuple(str(value) for value in frame.index)
    # An axis of lines reaches as far as they do, that of a stack of shares to the whole.
    drawn = Chart(
        kind,
        title,
        "%" if in_percent and not unit else unit,
        categories,
        series,
        note,
        as_share and not in_percent,
    )
    return Picture(chart_to_svg(drawn))


def _to_numbers(values: pandas.Series, scale: int) -> tuple[float | None, ...]:
    numbers = values.astype("Float64") * scale
    return tuple(
        None if is_none else float(n) for n, is_none in zip(numbers, numbers.isna(), strict=True)
    )
