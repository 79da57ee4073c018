"""What the codes of divisions are called."""

from __future__ import annotations

from explore.wording import Words
from normalize.places.gazetteer import LAST_YEAR, gazetteer


def province_name(code: object, words: Words) -> str:
    """The name of the province whose code begins with these two digits."""
    if code is None:
        return words("unknown")
    place = gazetteer(LAST_YEAR).by_code.get(f"{code}0000")
    return place.name if place else str(code)


def division_name(code: str | None, words: Words) -> str:
    """The name of a division with its code of six digits."""
    if code is None:
        return words("unknown")
    place = gazetteer(LAST_YEAR).by_code.get(code)
    return place.name if place else code
