"""The accuracy of the program on documents with known content, as last measured."""

from __future__ import annotations

import re
import sysconfig
from pathlib import Path

_NAME = "accuracy.md"
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)


def read_accuracy() -> str | None:
    """The page with its tables, its headings two levels lower and without its title.

    It stands in `docs` of a checkout, and in `share/gongkai` of an installation; None where it is
    in neither.
    """
    places = (
        Path(__file__).parents[1] / "docs" / _NAME,
        Path(sysconfig.get_path("data")) / "share" / "gongkai" / _NAME,
    )
    for place in places:
        if place.is_file():
            text = place.read_text(encoding="utf-8")
            body = text.partition("\n")[2] if text.startswith("# ") else text
            return _HEADING.sub(lambda found: f"#{found[1]} ", body).strip()
    return None
