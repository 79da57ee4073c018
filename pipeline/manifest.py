"""The manifest of a run: what whoever fetched the files knew of each, from a CSV file.

Columns `file`, `url`, `agency`, `year` and `published_on`, of which only `file` must be there;
further ones are kept as they are. A file is named by its path as it is in the database, or by its
last part where only one file has it. Nothing that is wrong is passed over: every bad line is told
with its value and what to do, before anything is read.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extract.encodings import decode
from extract.errors import ExtractError
from normalize.given import Given
from store.manifest import ManifestRow

NAMED = ("file", "url", "agency", "year", "published_on")
FIRST_YEAR = 2008
"""The regulation on disclosure came into force, and the first reports are of this year."""

_MOST_BYTES = 500_000_000
_YEAR = re.compile(r"(\d{4})(?:\.0+|\s*年度?)?")
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}\S*)?)?"
)
_FORMULA = re.compile(r"[=@]|[+\-](?!\s*$)|#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)")
_NOTHING = frozenset(("-", "--", "—", "——", "/", "\\", "无", "N/A", "n/a", "null", "NULL", "None"))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one line of the file, and what to do; lines count from 1."""

    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}; {self.remedy}"


class BadManifest(Exception):
    """The file cannot be used; says all that is wrong with it."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        told = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"the manifest {path} cannot be used, nothing was read:{told}")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a manifest."""

    line: int
    file: str
    url: str | None
    given: Given
    further: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The rows by the sources that they name, and (file, reason) of those that name none."""

    rows: tuple[ManifestRow, ...]
    unmatched: tuple[tuple[str, str], ...]


def read_manifest(path: Path) -> tuple[Entry, ...]:
    """The entries of a file, in its order. Raises BadManifest."""
    text = _read_text(path)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count) if "," not in first else ","
    # A field may be as long as any text; the module's own limit is lower.
    csv.field_size_limit(_MOST_BYTES)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    problems: list[Problem] = []
    entries: list[Entry] = []
    try:
        head = _read_head(path, next(lines, []))
        last = 1
        for cells in lines:
            line, last = last + 1, lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                what = f"{len(cells)} cells where the head names {len(head)}"
                problems.append(Problem(line, what, "quote what holds a comma or a line break"))
                continue
            found = _cells_to_entry(line, dict(zip(head, cells, strict=True)))
            problems += found.problems
            entries.append(found.entry)
    except csv.Error as error:
        problems.append(Problem(lines.line_num, str(error), "correct the quotes in it"))
    problems += _doubled(entries)
    if problems:
        raise BadManifest(path, sorted(problems, key=lambda problem: problem.line))
    return tuple(entries)


def match_entries(path: Path, entries: Sequence[Entry], sources: Sequence[str]) -> Matched:
    """The entries with the sources they name. Raises BadManifest when two name the same."""
    by_path = {_plain(source): source for source in sources}
    by_name: dict[str, list[str]] = {}
    for source in sources:
        by_name.setdefault(_plain(source).rpartition("/")[2], []).append(source)
    rows: dict[str, ManifestRow] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    unmatched: list[tuple[str, str]] = []
    for entry in entries:
        name = _plain(entry.file)
        candidates = by_name.get(name, [])
        named = by_path.get(name) or (candidates[0] if len(candidates) == 1 else None)
        if named is None:
            reason = (
                f"line {entry.line}: {len(candidates)} files have this name, write the path"
                if candidates
                else f"line {entry.line}: no such file among those of this run"
            )
            unmatched.append((entry.file, reason))
        elif named in rows:
            what = f"{entry.file!r} is the file {named}, which line {lines[named]} names already"
            problems.append(Problem(entry.line, what, "keep one of the two lines"))
        else:
            rows[named] = ManifestRow(named, entry.file, entry.url, entry.given, entry.further)
            lines[named] = entry.line
    if problems:
        raise BadManifest(path, problems)
    return Matched(tuple(rows.values()), tuple(unmatched))


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be read"
        raise BadManifest(path, [Problem(1, why, "name a CSV file")]) from error
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        problem = Problem(1, "this is a workbook, not CSV", "save it as CSV UTF-8")
        raise BadManifest(path, [problem])
    try:
        return decode(data).text.removeprefix("\ufeff")
    except ExtractError as error:
        problem = Problem(1, error.problem, "save it as CSV UTF-8")
        raise BadManifest(path, [problem]) from error


def _read_head(path: Path, cells: Sequence[str]) -> list[str]:
    """The names of the columns, the known ones in small letters."""
    names = [cell.strip() for cell in cells]
    head = [name.lower() if name.lower() in NAMED else name for name in names]
    if "file" not in head:
        found = ", ".join(filter(None, names)) or "none"
        what = f"there is no column file; the columns are {found}"
        raise BadManifest(path, [Problem(1, what, f"name columns {', '.join(NAMED)}")])
    if doubled := sorted({name for name in head if head.count(name) > 1}):
        what = f"the column {doubled[0]!r} is there more than once"
        raise BadManifest(path, [Problem(1, what, "name each column once")])
    return head


@dataclass(frozen=True, slots=True)
class _Found:
    entry: Entry
    problems: tuple[Problem, ...]


def _cells_to_entry(line: int, cells: dict[str, str]) -> _Found:
    problems: list[Problem] = []

    def said(name: str) -> str | None:
        text = cells.get(name, "").strip()
        if not text or text in _NOTHING:
            return None
        if _FORMULA.match(text):
            what = f"{name} {text!r} looks like a formula"
            problems.append(Problem(line, what, "put the value there that it stands for"))
            return None
        return text

    file = cells["file"].strip()
    if not file:
        problems.append(Problem(line, "no file is named", "name one or remove the line"))
    elif file.startswith(("=", "@")):
        what = f"file {file!r} looks like a formula"
        problems.append(Problem(line, what, "put the file's name there"))
    agency, year, day = said("agency"), said("year"), said("published_on")
    given = Given(
        None if agency is None else "".join(agency.split()),
        None if year is None else _to_year(line, year, problems),
        None if day is None else _to_date(line, day, problems),
    )
    further = tuple((name, text) for name, text in cells.items() if name not in NAMED)
    return _Found(Entry(line, file, said("url"), given, further), tuple(problems))


def _to_year(line: int, text: str, problems: list[Problem]) -> int | None:
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", text))
    latest = date.today().year
    if found and FIRST_YEAR <= int(found[1]) <= latest:
        return int(found[1])
    what = f"year {text!r} cannot be the year of a report"
    remedy = f"write one of {FIRST_YEAR} to {latest}, or nothing"
    problems.append(Problem(line, what, remedy))
    return None


def _to_date(line: int, text: str, problems: list[Problem]) -> date | None:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        if found:
            day = date(int(found[1]), int(found[2]), int(found[3]))
            if FIRST_YEAR <= day.year <= date.today().year:
                return day
    except ValueError:
        pass
    what = f"published_on {text!r} is no day on which a report can have been published"
    problems.append(Problem(line, what, "write it as 2024-01-31, or nothing"))
    return None


def _doubled(entries: Sequence[Entry]) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for entry in entries:
        if not entry.file:
            continue
        name = _plain(entry.file)
        if name in lines:
            what = f"{entry.file!r} is named in line {lines[name]} already"
            yield Problem(entry.line, what, "keep one of the two lines")
        lines.setdefault(name, entry.line)


def _plain(name: str) -> str:
    """A path as all systems would write it."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/")
    return re.sub(r"^(?:\./)+", "", text)
