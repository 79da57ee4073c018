"""Reading, interpreting and saving, one against the other, by kind of document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import extract
from benchmarks.speed.timing import take_turns
from extract import Document
from extract.errors import ExtractError
from normalize import interpret
from normalize.forms import all_fields
from normalize.report import Report
from pipeline.writing import MOST_REPORTS
from store.database import load_fields, open_database
from store.save import save_several

ALL = "all"


@dataclass(frozen=True, slots=True)
class StageCost:
    """Median milliseconds a document of one kind, and how many there were."""

    kind: str
    documents: int
    reading: float
    interpreting: float
    saving: float

    @property
    def whole(self) -> float:
        return self.reading + self.interpreting + self.saving


def stage_costs(files: Sequence[Path], repeats: int) -> list[StageCost]:
    """The cost of each stage for each kind of file, and for all of them."""
    by_kind: dict[str, list[Path]] = {}
    for file in files:
        by_kind.setdefault(file.suffix[1:], []).append(file)
    costs = [one_stage_cost(kind, by_kind[kind], repeats) for kind in sorted(by_kind)]
    return [*costs, _together(costs)]


def one_stage_cost(kind: str, files: Sequence[Path], repeats: int) -> StageCost:
    """The cost of each stage for these files, under one name."""
    contents = [file.read_bytes() for file in files]
    documents = _read_all(contents)
    reports = _interpret_all(documents)
    with TemporaryDirectory() as folder:
        empty = [empty_database(Path(folder, f"{number}.db")) for number in range(repeats)]
        seconds = take_turns(
            {
                "reading": partial(_read_all, contents),
                "interpreting": partial(_interpret_all, documents),
                "saving": lambda: save_all(reports, empty.pop()),
            },
            repeats,
        )
    each = {name: 1000 * taken / len(contents) for name, taken in seconds.items()}
    return StageCost(kind, len(contents), **each)


def _together(costs: Sequence[StageCost]) -> StageCost:
    count = sum(cost.documents for cost in costs)

    def mean(stage: str) -> float:
        return sum(cost.documents * float(getattr(cost, stage)) for cost in costs) / count

    return StageCost(ALL, count, mean("reading"), mean("interpreting"), mean("saving"))


def _read_all(contents: Sequence[bytes]) -> list[Document]:
    """By the first reader of its kind; what cannot be read costs its reading and no more."""
    documents: list[Document] = []
    for number, data in enumerate(contents):
        try:
            documents.append(extract.read_bytes(data, f"{number}"))
        except ExtractError:
            continue
    return documents


def _interpret_all(documents: Sequence[Document]) -> list[Report]:
    return [interpret(document) for document in documents]


def empty_database(file: Path) -> Path:
    """A new SQLite file with all tables, and no report in them."""
    engine = open_database(f"sqlite:///{file}")
    load_fields(engine, all_fields())
    engine.dispose()
    return file


def save_all(reports: Sequence[Report], file: Path, together: int = MOST_REPORTS) -> None:
    """Into a file that has the tables, so many in a transaction: as many as a run puts there."""
    engine = open_database(f"sqlite:///{file}")
    for start in range(0, len(reports), together):
        save_several(engine, [(report, False) for report in reports[start : start + together]])
    engine.dispose()
