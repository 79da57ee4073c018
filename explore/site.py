"""What every page is made from."""

from __future__ import annotations

from dataclasses import dataclass

from explore.database import Database
from explore.pictures import Pictures
from explore.sources import Sources
from explore.summary import Summaries

DATABASE = "data"
"""What the database is called in addresses, whatever its file is called."""


@dataclass(frozen=True, slots=True)
class Site:
    """The database, the documents, their pictures, and what all reports together come to."""

    database: Database
    sources: Sources
    pictures: Pictures
    summaries: Summaries

    def close(self) -> None:
        self.sources.stop()
        self.pictures.close()
        self.summaries.stop()
        self.database.close()
