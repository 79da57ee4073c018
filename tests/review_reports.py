"""A small database with something to review, and the application that reviews it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from explore.app import Served, Settings, settings_to_app
from explore.review.attached import attach_review
from explore.safety import App
from normalize.forms import all_fields
from pipeline.plan import Task
from pipeline.work import task_to_report
from store.database import load_fields, open_database
from store.save import save

SAMPLES = Path(__file__).parents[1] / "fixtures" / "reports"
BROKEN_SUMS = "county2022-rows-broken-sums"
"""Text: two cells are located by arithmetic, many stand in the sums that fail with them."""

PRINTED = "audit2021-pdf-cut-in-a-row"
"""PDF: a sum of five cells fails, and two of them may be wrong."""


_kept = TemporaryDirectory(prefix="gongkai-review-")


@cache
def template() -> tuple[Path, Path]:
    """A database with the two reports, made once, to be copied; and the folder of its documents."""
    folder = Path(_kept.name)
    documents = folder / "documents"
    engine = open_database(f"sqlite:///{folder / 'a.db'}")
    load_fields(engine, all_fields())
    for name in (BROKEN_SUMS, PRINTED):
        shutil.copytree(SAMPLES / name, documents / name)
        [source] = (SAMPLES / name).glob("source.*")
        save(engine, task_to_report(Task(source, f"{name}/{source.name}"), None))
    engine.dispose()
    return folder / "a.db", documents


def copy_database(folder: Path) -> str:
    """The URL of a copy of its own in the folder."""
    shutil.copy(template()[0], folder / "a.db")
    return f"sqlite:///{folder / 'a.db'}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The application with review, and the URL of its database."""

    served: Served
    url: str

    @property
    def app(self) -> App:
        return self.served.app

    def close(self) -> None:
        self.served.close()


def open_review(url: str, token: str | None = None, who: str = "") -> Reviewed:
    settings = Settings(url, template()[1], token=token)
    served = settings_to_app(settings)
    served.site.sources.wait(20)
    return Reviewed(attach_review(served, settings, who), url)
