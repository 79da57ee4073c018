"""Text from files as a terminal may be given it: nothing in it moves the cursor or hides a line."""

from __future__ import annotations

import unicodedata

_OBEYED = ("Cc", "Cf", "Zl", "Zp", "Cs")
"""Unicode categories that a terminal obeys or that change the order of what is shown."""


def on_one_line(text: str) -> str:
    r"""The text with control and format characters written out: a line end as `\n`."""
    if text.isprintable():
        return text
    return "".join(map(_written_out, text))


def without_controls(text: str) -> str:
    """The same, but line ends and tabs are kept."""
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" else _written_out(c) for c in text)


def _written_out(character: str) -> str:
    if unicodedata.category(character) not in _OBEYED:
        return character
    return character.encode("unicode_escape").decode("ascii")
