"""Every hostile text of the benchmark on every page: nothing runs, nothing fails."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("datasette", reason="the extra 'web' is not installed")

from benchmarks.hostile.catalogue import lay_traps
from benchmarks.hostile.content_traps import KINDS
from extract import ExtractError, read
from normalize import interpret
from normalize.forms import all_fields
from normalize.report import Report
from store.database import load_fields, open_database
from store.save import save_several
from tests.explore_site import Client, make_served
from tests.test_explore_safety import active_parts


def hostile_reports(folder: Path) -> list[Report]:
    """What is understood of the traps that hold hostile words and figures."""
    traps = folder / "traps"
    # Words of formulas and of SQL are in the agencies' names as well.
    kinds = [kind for kind in KINDS if kind.name not in ("formulas", "statements")]
    lay_traps(kinds, "explore", 0, traps, folder / "elsewhere")
    reports = []
    for file in sorted(
        path for path in traps.rglob("*") if path.is_file() and path.suffix != ".docx"
    ):
        try:
            reports.append(interpret(read(file, source=file.relative_to(traps).as_posix())))
        except ExtractError:
            continue
    return reports


def test_hostile_documents_are_shown_as_the_text_they_are(tmp_path: Path) -> None:
    file = tmp_path / "hostile.db"
    engine = open_database(f"sqlite:///{file}")
    load_fields(engine, all_fields())
    save_several(engine, [(report, False) for report in hostile_reports(tmp_path)])
    engine.dispose()
    served = make_served(file, None)
    client = Client(served)
    rows = served.site.database.rows(
        "SELECT report_id, coalesce(agency_id, agency) AS agency FROM reports"
    )
    assert len(rows) > 50
    addresses = ["/", "/reports", "/charts", "/data/cells", "/data/sections", "/data/reports"]
    addresses += [f"/reports/{row['report_id']}" for row in rows]
    agencies = sorted({row["agency"] for row in rows if row["agency"]})
    addresses += [f"/agencies/{quote(agency, safe='')}" for agency in agencies]
    addresses += [f"/search?q={quote(agency[:60])}" for agency in agencies]
    first, second = rows[0]["report_id"], rows[-1]["report_id"]
    addresses.append(f"/compare?a={first}&b={second}")
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert active_parts(answer.text) == [], address
    client.close()
    served.close()
