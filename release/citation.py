"""How a release is cited and under which licence it is: `CITATION.cff` and `LICENSE`."""

from __future__ import annotations

import json
from pathlib import Path

from release.given import Given
from release.summary import Summary


def write_citation(folder: Path, given: Given, summary: Summary) -> None:
    """Write both files. The citation is of the format 1.2.0."""
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use these data, please cite them as below."',
        "type: dataset",
        f"title: {_quoted(given.title)}",
        "authors:",
        *(f"  - name: {_quoted(author)}" for author in given.authors),
        f"version: {_quoted(given.day.isoformat())}",
        f"date-released: {given.day.isoformat()}",
        f"license: {given.licence.name}",
        *([f"url: {_quoted(given.url)}"] if given.url else []),
        f"abstract: {_quoted(_abstract(summary))}",
        "keywords:",
        *(f"  - {_quoted(word)}" for word in KEYWORDS),
    ]
    (folder / "CITATION.cff").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "LICENSE").write_text(_licence_text(given), encoding="utf-8")


KEYWORDS = (
    "China",
    "freedom of information",
    "open government information",
    "政府信息公开",
    "annual reports",
)


def citation(given: Given) -> str:
    """The release in one line, as in a list of references."""
    names = "; ".join(given.authors)
    where = f" {given.url}" if given.url else ""
    return (
        f"{names} ({given.day.year}). {given.title}. "
        f"Version {given.day.isoformat()} [data set].{where}"
    )


def _abstract(summary: Summary) -> str:
    years = f" for {summary.years_text}" if summary.years_text else ""
    return (
        f"{summary.reports} annual reports on government information disclosure (政府信息公开工作"
        f"年度报告) of {summary.agencies} agencies{years}, every number with its place on the page."
    )


def _licence_text(given: Given) -> str:
    return (
        f"{given.title}, version {given.day.isoformat()}, by {'; '.join(given.authors)}, "
        f"is made available under\n\n    {given.licence.title} ({given.licence.name})\n\n"
        f"whose text is at {given.licence.url}\n\n"
        "The texts of the reports that it quotes are those of the agencies that published them.\n"
    )


def _quoted(text: str) -> str:
    """Text for YAML: of JSON's strings all are YAML's too."""
    return json.dumps(text, ensure_ascii=False)
