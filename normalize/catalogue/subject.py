"""What the catalogue's checks look at: one report on its way to a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from extract.document import Document, Text
from normalize.given import NOTHING_GIVEN, Given
from normalize.places.bodies import Body
from normalize.report import Observation, Section
from normalize.tables import TableReading
from normalize.titles import Identity


@dataclass(frozen=True)
class Subject:
    """One document, what it says it is, its sections and its tables.

    `scopes` are `own`, `territory`, or both, as the report says of what it speaks. `own` is what
    the document itself says it is, silent where `identity` has what is `given`.
    """

    document: Document
    identity: Identity
    body: Body | None
    sections: tuple[Section, ...]
    tables: tuple[TableReading, ...]
    scopes: frozenset[str] = frozenset()
    own: Identity | None = None
    given: Given = NOTHING_GIVEN

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        return tuple(o for table in self.tables for o in table.observations)

    @cached_property
    def characters(self) -> int:
        """Characters of text, those in tables included."""
        return sum(
            len(block.text) if isinstance(block, Text) else sum(len(c.text) for c in block.cells)
            for block in self.document.blocks
        )

    def has_table(self, name: str) -> bool:
        return any(table.table == name for table in self.tables)
