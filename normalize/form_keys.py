"""Keys of a form file that nothing reads: misspelt ones would be left out in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

_KEYS: Mapping[str, tuple[str, ...]] = {
    "form": ("form", "notice", "first_year", "last_year", "table"),
    "table": ("name", "block", "check"),
    "block": ("banner", "heads", "columns", "rows", "across", "traces"),
    "columns": ("name", "label", "aliases", "unit", "rule", "group"),
    "rows": ("name", "label", "aliases", "unit", "optional"),
    "check": ("id", "rule", "each", "kind", "shortfall", "only", "implied"),
}
"""What each part of a form file may say."""


def unread_keys(data: Mapping[str, object]) -> Iterator[str]:
    """One sentence a key that no part of a form has, with the one that may be meant."""
    yield from _unread(data, "form", "the form")


def _unread(data: Mapping[str, object], part: str, place: str) -> Iterator[str]:
    known = _KEYS[part]
    for key, value in data.items():
        if key not in known:
            meant = get_close_matches(key, known, 1)
            hint = f"is {meant[0]!r} meant?" if meant else f"known are {', '.join(known)}"
            yield f"{place}: nothing reads the key {key!r}; {hint}"
        elif key in _KEYS and isinstance(value, list):
            for number, item in enumerate(value, start=1):
                if isinstance(item, Mapping):
                    yield from _unread(item, key, _name_of(item, key, number))


def _name_of(item: Mapping[str, object], part: str, number: int) -> str:
    singular = part.removesuffix("s")
    name = next((item[key] for key in ("name", "id", "label", "banner") if key in item), None)
    return f"{singular} {name if isinstance(name, str) else f'no. {number}'}"
