"""The smallest error that breaks each rule of the catalogue, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from normalize.rules import Key
from tests.catalogue_examples import sound


@dataclass(frozen=True)
class Planted:
    """The smallest error that breaks a rule: what is printed instead, and what the check says.

    `operand` is a cell without whose number the rule cannot be applied at that place.
    """

    check: str
    kind: str
    year: int
    printed: dict[Key, str | None]
    anchor: Key
    expected: str | None
    actual: str | None
    operand: Key | None = None
    flags: bool = field(default=True)


def total(row: str) -> Key:
    return row, "total"


def zeros(table: str, form: str, figures: str = "0") -> dict[Key, str | None]:
    return dict.fromkeys(sound(table, form), figures)


def value(row: str) -> Key:
    return row, "value"


PLANTED = [
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
    *(
        Planted(
            check, "H", 2016, {value(part): figure}, value(whole), expected, actual, value(part)
        )
        for check, part, figure, whole, expected, actual in (
            ("T-RECV", "received_fax", "3", "requests_received", "31", "30"),
            ("T-CONC", "concluded_extended", "3", "requests_concluded", "30", "29"),
            ("T-ANS", "answered_granted", "6", "requests_answered", "30", "29"),
            ("T-REF", "refused_privacy", "4", "answered_refused", "13", "12"),
            ("T-REC", "reconsiderations_other", "2", "reconsiderations", "7", "6"),
            ("T-LIT", "litigations_other", "2", "litigations", "5", "4"),
            ("T-STAFF", "staff_part_time", "8", "staff", "12", "11"),
            ("T-LEAD1", "press_conferences_by_leader", "6", "press_conferences", "6", "5"),
            ("T-LEAD2", "online_interviews_by_leader", "5", "online_interviews", "5", "4"),
            ("T-NORM1", "disclosed_normative_documents", "121", "disclosed_total", "121", "120"),
        )
    ),
    Planted("T-INT", "H", 2016, {value("meetings"): "0.5"}, value("meetings"), None, "0.5"),
    *(
        Planted(
            check, "S", 2016, {value(part): figure}, value(anchor), expected, actual, value(part)
        )
        for check, part, figure, anchor, expected, actual in (
            ("T-REC", "reconsiderations_other", "0", "reconsiderations", "5", "6"),
            (
                "T-NORM2",
                "disclosed_normative_documents",
                "10",
                "normative_documents_issued",
                "10",
                "9",
            ),
            ("T-CHAN", "channel_website", "121", "disclosed_total", "121", "120"),
            ("T-RESP", "policy_interpretations", "21", "responses_total", "21", "20"),
            ("T-DONE", "requests_answered", "30", "requests_concluded", "30", "29"),
            ("T-TRAIN", "trainees", "0", "trainees", "2", "0"),
            ("T-OFFICE", "staff", "0", "dedicated_offices", "0", "3"),
        )
    ),
    Planted(
        "T-CHAN",
        "S",
        2016,
        {value("disclosed_total"): "149"},
        value("disclosed_total"),
        "148",
        "149",
        value("channel_wechat"),
    ),
    Planted(
        "T-RESP",
        "S",
        2016,
        {value("responses_total"): "28"},
        value("responses_total"),
        "27",
        "28",
        value("responses_other"),
    ),
    Planted(
        "T-MONEY",
        "X",
        2016,
        {value("fees_charged"): "0.1234567"},
        value("fees_charged"),
        None,
        "1234.5670",
    ),
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
]
