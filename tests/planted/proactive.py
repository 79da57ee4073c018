"""The smallest error that breaks each rule of what agencies publish of their own accord."""

from __future__ import annotations

from tests.planted.error import Planted

PROACTIVE = (
    Planted(
        "A-INT", "H", 2023, {("permits", "decisions"): "1.5"}, ("permits", "decisions"), None, "1.5"
    ),
    Planted(
        "A-PARSE",
        "X",
        2023,
        {("permits", "decisions"): "见附件"},
        ("permits", "decisions"),
        None,
        None,
    ),
    Planted(
        "A-EMPTY",
        "I",
        2023,
        {("permits", "decisions"): ""},
        ("permits", "decisions"),
        None,
        None,
        flags=False,
    ),
    Planted(
        "A-FORCE",
        "S",
        2023,
        {("normative_documents", "in_force"): "3"},
        ("normative_documents", "issued"),
        "3",
        "4",
        ("normative_documents", "in_force"),
    ),
    Planted(
        "A-UNIT", "X", 2023, {("fees", "amount"): "12500元"}, ("fees", "amount"), None, "125000000"
    ),
    Planted(
        "B-INT", "H", 2020, {("permits", "decisions"): "-5"}, ("permits", "decisions"), None, "-5"
    ),
    Planted(
        "B-CHG",
        "H",
        2020,
        {("fees", "change"): "-4"},
        ("fees", "change"),
        "-1",
        "-4",
        ("fees", "items_last_year"),
    ),
    Planted(
        "B-NEW",
        "S",
        2020,
        {("regulations", "newly_disclosed"): "3"},
        ("regulations", "produced"),
        "3",
        "2",
        ("regulations", "produced"),
    ),
    Planted(
        "B-SIGN", "X", 2020, {("permits", "change"): "151"}, ("permits", "change"), None, "151"
    ),
    Planted(
        "B-PRO1",
        "S",
        2020,
        {("procurement", "amount"): "0"},
        ("procurement", "amount"),
        "9",
        "0",
        ("procurement", "projects"),
    ),
    Planted(
        "B-PRO2",
        "X",
        2020,
        {("procurement", "amount"): "477"},
        ("procurement", "amount"),
        None,
        "477",
    ),
)
