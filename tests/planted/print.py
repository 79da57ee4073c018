"""The smallest error that breaks each rule of print, whatever the table."""

from __future__ import annotations

from tests.catalogue_examples import sound
from tests.planted.error import Planted

PRINT = (
    Planted(
        "C-NUM",
        "X",
        2023,
        {("permits", "decisions"): "见附件"},
        ("permits", "decisions"),
        None,
        None,
    ),
    Planted(
        "C-PLACE",
        "I",
        2023,
        {("permits", "decisions"): "—"},
        ("permits", "decisions"),
        None,
        None,
        flags=False,
    ),
    Planted(
        "C-DEC", "X", 2023, {("permits", "decisions"): "058"}, ("permits", "decisions"), None, "58"
    ),
    Planted(
        "C-FONT",
        "X",
        2023,
        {("permits", "decisions"): "(cid:17)"},
        ("permits", "decisions"),
        None,
        None,
    ),
    Planted(
        "L-LABEL",
        "X",
        2023,
        {k: None for k in sound("requests", "2021") if k[0] == "granted"},
        ("granted", ""),
        None,
        None,
        flags=False,
    ),
)
