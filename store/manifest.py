"""What whoever fetched the files knew of them: one row a name, kept for every later run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, select

from normalize.report import Given
from store.connections import reading, writing
from store.schema import manifest
from store.values import text_to_storable


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the manifest says of `source`; `file` is the name as it is written there.

    `further` are its other columns by name, verbatim and in its order.
    """

    source: str
    file: str
    url: str | None
    given: Given
    further: tuple[tuple[str, str], ...] = ()


def keep_manifest(engine: Engine, rows: Iterable[ManifestRow]) -> int:
    """Store rows in place of those of the same sources; how many are new or say other things."""
    stored = stored_manifest(engine)
    changed = [row for row in map(_storable, rows) if stored.get(row.source) != row]
    if not changed:
        return 0
    with writing(engine) as connection:
        for row in changed:
            connection.execute(delete(manifest).where(manifest.c.source == row.source))
        connection.execute(insert(manifest), [_row_to_values(row) for row in changed])
    return len(changed)


def stored_manifest(engine: Engine) -> dict[str, ManifestRow]:
    """Every row by its source."""
    with reading(engine) as connection:
        return {
            row["source"]: ManifestRow(
                source=row["source"],
                file=row["file"],
                url=row["url"],
                given=Given(row["agency"], row["year"], row["published_on"]),
                further=tuple(json.loads(row["further"]).items()),
            )
            for row in connection.execute(select(manifest)).mappings()
        }


def _storable(row: ManifestRow) -> ManifestRow:
    return ManifestRow(
        text_to_storable(row.source),
        text_to_storable(row.file),
        None if row.url is None else text_to_storable(row.url),
        Given(
            None if row.given.agency is None else text_to_storable(row.given.agency),
            row.given.year,
            row.given.published_on,
        ),
        tuple((text_to_storable(name), text_to_storable(said)) for name, said in row.further),
    )


def _row_to_values(row: ManifestRow) -> dict[str, object]:
    return {
        "source": row.source,
        "file": row.file,
        "url": row.url,
        "agency": row.given.agency,
        "year": row.given.year,
        "published_on": row.given.published_on,
        "further": json.dumps(dict(row.further), ensure_ascii=False),
    }
