"""What `gongkai run` prints when it is done: counts, and every file that needs a look."""

from __future__ import annotations

from rich.console import Console

from pipeline.plain_text import on_one_line
from pipeline.plan import Plan
from pipeline.results import Summary


def print_summary(summary: Summary, db: str, plan: Plan) -> None:
    print_out = Console(soft_wrap=True, highlight=False).print
    accepted, review = summary.accepted, summary.needs_review
    print_out(f"{accepted + review} reports into {db}: {accepted} accepted, {review} need review")
    print_out(
        f"{summary.cells} cells, {summary.flagged} flagged; {summary.failed_checks} checks fail"
    )
    if summary.readers:
        asked = ", ".join(f"{name} {count}" for name, count in _most_first(summary.readers))
        print_out(f"readers asked: {asked}")
    if summary.unchanged:
        print_out(f"{summary.unchanged} files unchanged since they were read")
    if summary.manifest_rows or summary.manifest_unmatched:
        rows = summary.manifest_rows + len(summary.manifest_unmatched)
        print_out(f"{summary.manifest_rows} of {rows} rows of the manifest name a file of this run")
    if plan.older:
        print_out(f"{plan.older} files modified before the date passed over")
    if plan.passed_over:
        print_out(
            f"{plan.passed_over} folders, covering letters and system files in packages passed over"
        )
    if summary.copies:
        print_out(f"{len(summary.copies)} with the same bytes as another file, stored once:")
    for source in summary.copies:
        print_out(f"  {on_one_line(source)}", markup=False)
    for source in summary.superseded:
        name = on_one_line(source)
        print_out(f"  takes the place of other bytes under that name: {name}", markup=False)
    _print_pairs(
        f"{len(summary.manifest_unmatched)} rows of the manifest name none",
        summary.manifest_unmatched,
    )
    _print_pairs(f"{len(summary.review)} to review", summary.review)
    if summary.still_quarantined:
        _print_pairs(
            f"{len(summary.still_quarantined)} quarantined before and unchanged, "
            "read again with --retry-quarantined",
            summary.still_quarantined,
        )
    _print_pairs(f"{len(summary.quarantined)} quarantined", summary.quarantined, always=True)


def _print_pairs(head: str, pairs: list[tuple[str, str]], *, always: bool = False) -> None:
    """The head, and a line for each source with its reason; nothing for none, unless `always`."""
    print_out = Console(soft_wrap=True, highlight=False).print
    if pairs or always:
        print_out(f"{head}{':' if pairs else ''}")
    for source, reason in pairs:
        print_out(on_one_line(f"  {source}: {reason}"), markup=False)


def _most_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])
