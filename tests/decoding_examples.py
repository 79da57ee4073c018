"""Sound tables of the forms as numbers by cell, for the tests of decoding and of the catalogue."""

from __future__ import annotations

from fractions import Fraction

from normalize.decoding.code import Code, table_to_code
from normalize.forms import FormTable, tables_named
from normalize.rules import Key

ORGANISATIONS = ("business", "research", "public_interest", "legal_service", "other_organization")


def edition(table: str, form: str) -> FormTable:
    return next(t for t in tables_named(table) if t.form == form)


def required(table: FormTable) -> frozenset[Key]:
    """The cells that every agency prints."""
    return frozenset(key for key, field in table.fields.items() if not field.optional)


def code_of(table: str, form: str) -> Code:
    chosen = edition(table, form)
    return table_to_code(chosen, required(chosen))


def sound_requests(form: str) -> dict[Key, Fraction]:
    """A requests table with every cell different from nought in which all identities hold."""
    table = edition("requests", form)
    rows = list(
        dict.fromkeys(row for row, column in table.fields if (row, column) in required(table))
    )
    parts = [
        row
        for row in rows
        if row not in ("received", "carried_over", "concluded", "carried_forward")
    ]
    values: dict[Key, int] = {}
    for at, column in enumerate(("natural_person", *ORGANISATIONS)):
        for place, row in enumerate(parts):
            values[row, column] = 1 + (7 * place + 3 * at) % 19
        concluded = sum(values[row, column] for row in parts)
        values["concluded", column] = concluded
        values["carried_over", column] = 2 + at
        values["carried_forward", column] = 5 + at
        values["received", column] = concluded + 3
    for row in rows:
        values[row, "total"] = sum(values[row, c] for c in ("natural_person", *ORGANISATIONS))
    return {
        (row, column): Fraction(values[row, column])
        for row, column in table.fields
        if (row, column) in values
    }


def sound_proceedings() -> dict[Key, Fraction]:
    rows = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    names = ("upheld", "corrected", "other", "pending")
    values: dict[Key, Fraction] = {}
    for at, row in enumerate(rows):
        figures = [3 + at, 2, 1 + at, 4]
        values |= {(row, n): Fraction(f) for n, f in zip(names, figures, strict=True)}
        values[row, "total"] = Fraction(sum(figures))
    return values


def sound_statistics() -> dict[Key, Fraction]:
    """The annex of 2014 with every count different from nought, all its rules holding."""
    figures = {
        "disclosed_total": 120,
        "disclosed_normative_documents": 8,
        "normative_documents_issued": 9,
        "channel_gazette": 3,
        "channel_website": 110,
        "channel_weibo": 15,
        "channel_wechat": 16,
        "channel_other": 4,
        "responses_total": 20,
        "press_conferences": 5,
        "press_conferences_by_leader": 2,
        "online_interviews": 4,
        "online_interviews_by_leader": 1,
        "policy_interpretations": 9,
        "responses_weibo_wechat": 6,
        "responses_other": 3,
        "requests_received": 30,
        "received_in_person": 5,
        "received_fax": 2,
        "received_online": 20,
        "received_letter": 3,
        "requests_concluded": 29,
        "concluded_on_time": 27,
        "concluded_extended": 2,
        "requests_answered": 29,
        "answered_already_public": 4,
        "answered_granted": 5,
        "answered_partially_granted": 3,
        "answered_refused": 12,
        "refused_state_secret": 1,
        "refused_trade_secret": 2,
        "refused_privacy": 3,
        "refused_security_stability": 1,
        "refused_not_government_information": 4,
        "refused_other_law": 1,
        "answered_not_this_agency": 1,
        "answered_not_exist": 2,
        "answered_amendment_asked": 1,
        "answered_other_channel": 1,
        "reconsiderations": 6,
        "reconsiderations_upheld": 3,
        "reconsiderations_corrected": 2,
        "reconsiderations_other": 1,
        "litigations": 4,
        "litigations_upheld": 2,
        "litigations_corrected": 1,
        "litigations_other": 1,
        "complaints": 2,
        "fees_charged": 5000,
        "dedicated_offices": 3,
        "reading_points": 7,
        "staff": 11,
        "staff_full_time": 4,
        "staff_part_time": 7,
        "dedicated_budget": 80000,
        "meetings": 3,
        "trainings": 2,
        "trainees": 90,
    }
    return {(row, "value"): Fraction(figure) for row, figure in figures.items()}
