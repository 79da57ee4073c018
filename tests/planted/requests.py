"""The smallest error that breaks each rule of requests, reviews and lawsuits."""

from __future__ import annotations

from tests.catalogue_examples import sound
from tests.planted.error import Planted, total, zeros

REQUESTS = (
    Planted(
        "Q-ROW",
        "H",
        2023,
        {total("granted"): "52"},
        total("granted"),
        "51",
        "52",
        ("granted", "business"),
    ),
    Planted(
        "Q-OUT",
        "H",
        2023,
        {("concluded", "business"): "206"},
        ("concluded", "business"),
        "205",
        "206",
        ("granted", "business"),
    ),
    Planted(
        "Q-BAL",
        "H",
        2023,
        {("carried_over", "business"): "4"},
        ("concluded", "business"),
        "212",
        "211",
        ("received", "business"),
    ),
    Planted(
        "Q-INT", "H", 2023, {("granted", "business"): "-4"}, ("granted", "business"), None, "-4"
    ),
    Planted(
        "Q-LE1",
        "S",
        2023,
        {("granted", "business"): "999"},
        total("granted"),
        "999",
        "51",
        ("granted", "business"),
    ),
    Planted(
        "Q-LE2",
        "S",
        2023,
        {("carried_forward", "business"): "999"},
        ("carried_forward", "business"),
        "211",
        "999",
        ("carried_over", "business"),
    ),
    Planted(
        "Q-LE3",
        "S",
        2023,
        {total("received"): "1"},
        total("carried_forward"),
        "1",
        "45",
        total("received"),
    ),
    Planted(
        "Q-ZERO",
        "S",
        2023,
        {("received", "business"): "0", ("carried_over", "business"): "0"},
        ("granted", "business"),
        "0",
        "416",
        ("carried_over", "business"),
    ),
    Planted("Q-ALL0", "I", 2023, zeros("requests", "2021"), ("", ""), None, None, flags=False),
    Planted(
        "Q-GRP",
        "I",
        2023,
        {k: "" for k in sound("requests", "2021") if k[1] not in ("natural_person", "total")},
        ("", ""),
        None,
        None,
        flags=False,
    ),
    Planted("Q-TOTALCOL", "X", 2023, {total("granted"): "0"}, total("granted"), None, "0"),
    Planted(
        "Q-DUP",
        "X",
        2023,
        {
            ("refused_prohibited_by_law", column): raw
            for (row, column), raw in sound("requests", "2021").items()
            if row == "refused_state_secret"
        },
        total("refused_prohibited_by_law"),
        None,
        "59",
    ),
    Planted(
        "Q-SIGN",
        "X",
        2023,
        {("granted", "natural_person"): "-1"},
        ("granted", "natural_person"),
        "1",
        "-1",
    ),
    Planted(
        "Q-DIGIT",
        "X",
        2023,
        {("granted", "natural_person"): "7"},
        ("granted", "natural_person"),
        "1",
        "7",
    ),
    Planted(
        "Q-GLUE", "X", 2023, {("granted", "business"): "47"}, ("granted", "business"), "4", "47"
    ),
    Planted(
        "Q-SWAP",
        "X",
        2023,
        {("granted", "business"): "7", ("granted", "research"): "4"},
        ("granted", "business"),
        "4",
        "7",
    ),
    Planted(
        "Q-SPLIT",
        "X",
        2023,
        {
            ("partially_granted", "research"): "1",
            ("partially_granted", "public_interest"): "4",
            **{
                (row, column): str(int(sound("requests", "2021")[row, column] or 0) - 17)
                for row, column in (
                    total("partially_granted"),
                    ("concluded", "public_interest"),
                    total("concluded"),
                    ("received", "public_interest"),
                    total("received"),
                )
            },
        },
        ("partially_granted", "research"),
        "14",
        "1",
    ),
    Planted(
        "P-SUM",
        "H",
        2023,
        {("reconsideration", "upheld"): "4"},
        total("reconsideration"),
        "11",
        "10",
        ("reconsideration", "other"),
    ),
    Planted(
        "P-INT",
        "H",
        2023,
        {("reconsideration", "upheld"): "1.5"},
        ("reconsideration", "upheld"),
        None,
        "1.5",
    ),
    Planted("P-ALL0", "I", 2023, zeros("proceedings", "2021"), ("", ""), None, None, flags=False),
    Planted(
        "P-REL2",
        "S",
        2023,
        {total("received"): "3", total("carried_over"): "3"},
        total("reconsideration"),
        "6",
        "36",
        total("received"),
    ),
)
