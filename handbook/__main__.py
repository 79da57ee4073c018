"""Makes what the documentation consists of.

python -m handbook reference            writes the pages of docs/reference that follow from code
python -m handbook transcripts PAGE...  puts what commands print under them
python -m handbook pictures             has the program draw the pictures
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.reference import PAGES
from handbook.samples import with_samples
from handbook.transcripts import filled

DOCS = Path(__file__).parents[1] / "docs"


def write_reference(folder: Path) -> None:
    """Write the generated pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, to_page in PAGES.items():
        (folder / name).write_text(to_page(), encoding="utf-8")


def fill_transcripts(pages: Sequence[Path]) -> None:
    """Put what commands print under them, page by page."""
    for path in pages:
        with TemporaryDirectory() as folder:
            page = filled(path.read_text(encoding="utf-8"), with_samples(Path(folder), path))
        path.write_text(page, encoding="utf-8")
        sys.stdout.write(f"{path}\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m handbook")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("reference", help="write the generated pages of docs/reference")
    transcripts = commands.add_parser("transcripts", help="put what commands print under them")
    transcripts.add_argument("pages", nargs="+", type=Path, metavar="PAGE")
    commands.add_parser("pictures", help="have the program draw the pictures of docs/pictures")
    given = parser.parse_args()
    match given.command:
        case "reference":
            write_reference(DOCS / "reference")
        case "transcripts":
            fill_transcripts(given.pages)
        case "pictures":
            from handbook.pictures import draw_pictures

            draw_pictures(DOCS / "pictures")


if __name__ == "__main__":
    main()
