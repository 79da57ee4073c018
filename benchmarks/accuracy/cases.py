"""Reports with gold: one folder each, as the generator writes them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

Cell = tuple[str, str, str]
"""(table, row, column)."""

METADATA = ("agency", "year", "title", "published_on")


@dataclass(frozen=True, slots=True)
class Case:
    """One folder. `gold` holds (value, status) by cell; `groups` what results are broken down by.

    `metadata` holds what gold tells of METADATA, `sections` the (section, heading) printed, None
    where gold does not tell; `is_report` is False for traps.
    """

    name: str
    source: Path
    gold: Mapping[Cell, tuple[Decimal | None, str]]
    metadata: Mapping[str, object]
    sections: tuple[tuple[str, str], ...] | None
    is_report: bool
    groups: Mapping[str, tuple[str, ...]]


def load_cases(folder: Path) -> Iterator[Case]:
    """The reports under a folder that have gold, by name."""
    for gold in sorted(folder.glob("*/gold.csv")):
        sources = sorted(gold.parent.glob("source.*"))
        if sources:
            yield _load_case(gold.parent, sources[0], gold)


def _load_case(folder: Path, source: Path, gold: Path) -> Case:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    with gold.open(encoding="utf-8", newline="") as file:
        cells = {
            (row["table"], row["row"], row["column"]): (
                Decimal(row["value"]) if row["value"] else None,
                row["status"],
            )
            for row in csv.DictReader(file)
        }
    said = f"{meta.get('kind', '')} {meta.get('expect', '')}".lower()
    return Case(
        name=folder.name,
        source=source,
        gold=cells,
        metadata=_metadata(meta),
        sections=_sections(meta),
        is_report="not a report" not in said and (bool(cells) or "quarantined" not in said),
        groups={
            "layout": (str(meta.get("layout") or source.suffix.removeprefix(".")),),
            "form": tuple(sorted({f"{form} {table}" for table, form in _forms(meta)})) or ("none",),
            "kind of mess": tuple(meta.get("mess") or ()) or ("none",),
        },
    )


def _metadata(meta: Mapping[str, Any]) -> dict[str, object]:
    told: dict[str, object | None] = {
        "agency": _printed_agency(meta.get("agency")),
        "year": meta["year"] if isinstance(meta.get("year"), int) else None,
        "title": meta.get("title"),
        "published_on": meta.get("published_on") and date.fromisoformat(meta["published_on"]),
    }
    return {name: value for name, value in told.items() if value is not None}


def _sections(meta: Mapping[str, Any]) -> tuple[tuple[str, str], ...] | None:
    if "sections" not in meta:
        return None
    return tuple((one["section"], one["heading"]) for one in meta["sections"])


def _forms(meta: Mapping[str, object]) -> list[tuple[str, str]]:
    forms = meta.get("forms")
    return [(str(t), str(f)) for t, f in forms.items()] if isinstance(forms, dict) else []


def _printed_agency(text: str | None) -> str | None:
    """The agency where gold gives a name, not a description of one."""
    name = re.sub(r"\s*[(（].*", "", text or "")
    return name if name and "某" not in name else None
