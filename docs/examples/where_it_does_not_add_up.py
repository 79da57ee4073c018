"""Which identities of the form fail most, and where to look: from the check to the page.

python docs/examples/where_it_does_not_add_up.py sqlite:///gongkai.db docs/examples
"""

import sys
from pathlib import Path

import gongkai


def main(place: str, folder: Path) -> None:
    db = gongkai.open(place)
    checks = db.checks()
    identities = checks[checks["kind"] == "H"]
    assessed = identities.dropna(subset=["passed"])
    share = 1 - assessed["passed"].astype(float).groupby(assessed["check"]).mean()
    failing = share[share > 0].sort_values(ascending=False).to_frame("fails")
    print(f"{len(identities)} identities, {len(assessed)} of them assessable")
    print(failing.round(4).to_string())
    picture = gongkai.chart(
        failing, "bars", "Share of identities that fail", labels={"fails": "fails"}, as_share=True
    )
    print(picture.save(folder / "failing_identities.svg").name)

    # Each failed identity flags its cells: every number leads back to its place on the page.
    broken = assessed[~assessed["passed"].astype(bool)]
    cells = db.cells(flagged=True, table="requests", column="total")
    cells = cells[cells["report_id"].isin(broken["report_id"])]
    shown = cells[["source", "page", "row_label", "raw", "doubts"]]
    print(shown.head(5).to_string(index=False, max_colwidth=40))

    # What sentences say of the same reports, beside what the tables say.
    said = db.statements(measure="requests.received.total")
    tables = db.panel()[["report_id", "received"]]
    both = said[said["scope"] == "own"].merge(tables, on="report_id")
    differ = both[both["value"] != both["received"]]
    print(f"{len(both)} sentences state the requests received, {len(differ)} differ from the table")
    for quote in differ["quote"]:
        print(f"  {quote}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
