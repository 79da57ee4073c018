"""The smallest error that breaks each rule of the statistics of 2014."""

from __future__ import annotations

from tests.planted.error import Planted, value

STATISTICS = (
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
)
