"""The slots of the templates: which measure a figure is of, by the year of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """`name` from 2021 on, `trial` for 2019 and 2020, `annex` before; `scale` makes it yuan."""

    name: str
    trial: str
    annex: str
    scale: int = 1

    def named(self, year: int) -> str:
        return self.annex if year <= 2018 else self.trial if year <= 2020 else self.name


def _slot(name: str, annex: str = "", trial: str = "", scale: int = 1) -> Slot:
    before = trial or name
    return Slot(name, before, f"statistics.{annex}.value" if annex else before, scale)


def _statistic(row: str) -> Slot:
    return _slot(f"statistics.{row}.value")


_BASE: Mapping[str, Slot] = {
    "received": _slot("requests.received.total", "requests_received"),
    "person": _slot("requests.received.natural_person"),
    "organizations": _slot("requests.received.organizations"),
    "business": _slot("requests.received.business"),
    "research": _slot("requests.received.research"),
    "welfare": _slot("requests.received.public_interest"),
    "legal": _slot("requests.received.legal_service"),
    "carried_over": _slot("requests.carried_over.total"),
    "concluded": _slot("requests.concluded.total", "requests_concluded"),
    "answered": _slot("requests.concluded.total", "requests_answered"),
    "handled": _slot("requests.handled.total"),
    "carried_forward": _slot("requests.carried_forward.total"),
    "received_all": _slot("requests.received_and_carried_over.total"),
    "granted": _slot("requests.granted.total", "answered_granted"),
    "partly": _slot("requests.partially_granted.total", "answered_partially_granted"),
    "refused": _slot("requests.refused.total", "answered_refused"),
    "unavailable": _slot("requests.unavailable.total"),
    "not_processed": _slot("requests.not_processed.total"),
    "other": _slot("requests.other.total"),
    "not_held": _slot("requests.unavailable_not_held.total"),
    "creation": _slot("requests.unavailable_requires_creation.total"),
    "unclear": _slot("requests.unavailable_unclear_request.total"),
    "repeated": _slot("requests.not_processed_repeated.total"),
    "uncorrected": _slot("requests.other_not_corrected.total"),
    "withdrawn": _slot("requests.withdrawn.total"),
    "petition": _slot("requests.not_processed_petition.total"),
    "publications": _slot("requests.not_processed_publications.total"),
    "query": _slot("requests.refused_administrative_query.total"),
    "internal": _slot("requests.refused_internal_affairs.total"),
    "process": _slot("requests.refused_deliberative_process.total"),
    "files": _slot("requests.refused_enforcement_files.total"),
    "secret": _slot("requests.refused_state_secret.total", "refused_state_secret"),
    "third": _slot("requests.refused_third_party_rights.total"),
    "prohibited": _slot("requests.refused_prohibited_by_law.total", "refused_other_law"),
    "security": _slot("requests.refused_security_stability.total", "refused_security_stability"),
    "excessive": _slot("requests.not_processed_excessive.total"),
    "reissue": _slot("requests.not_processed_reissue.total"),
    "fee_unpaid": _slot("requests.other_fee_unpaid.total"),
    "received_other_way": _slot("requests.received_other_way.total"),
    "in_person": _statistic("received_in_person"),
    "online": _statistic("received_online"),
    "letter": _statistic("received_letter"),
    "fax": _statistic("received_fax"),
    "email": _slot("requests.received_email.total"),
    "on_time": _statistic("concluded_on_time"),
    "extended": _statistic("concluded_extended"),
    "already": _statistic("answered_already_public"),
    "not_exist": _statistic("answered_not_exist"),
    "not_ours": _statistic("answered_not_this_agency"),
    "reconsiderations": _slot("proceedings.reconsideration.total", "reconsiderations"),
    "rec_upheld": _slot("proceedings.reconsideration.upheld", "reconsiderations_upheld"),
    "rec_corrected": _slot("proceedings.reconsideration.corrected", "reconsiderations_corrected"),
    "rec_other": _slot("proceedings.reconsideration.other", "reconsiderations_other"),
    "rec_pending": _slot("proceedings.reconsideration.pending"),
    "litigations": _slot("proceedings.litigations.total", "litigations"),
    "lit_upheld": _slot("proceedings.litigations.upheld", "litigations_upheld"),
    "lit_corrected": _slot("proceedings.litigations.corrected", "litigations_corrected"),
    "lit_other": _slot("proceedings.litigations.other", "litigations_other"),
    "lit_pending": _slot("proceedings.litigations.pending"),
    "direct": _slot("proceedings.litigation_direct.total"),
    "direct_upheld": _slot("proceedings.litigation_direct.upheld"),
    "after": _slot("proceedings.litigation_after_reconsideration.total"),
    "complaints": _statistic("complaints"),
    "disclosed": _statistic("disclosed_total"),
    "disclosed_norms": _slot(
        "proactive.normative_documents.disclosed",
        "disclosed_normative_documents",
        "proactive.normative_documents.newly_disclosed",
    ),
    "website": _statistic("channel_website"),
    "weibo": _statistic("channel_weibo"),
    "wechat": _statistic("channel_wechat"),
    "channel_other": _statistic("channel_other"),
    "gazette": _statistic("channel_gazette"),
    "issued": _slot(
        "proactive.normative_documents.issued",
        "normative_documents_issued",
        "proactive.normative_documents.produced",
    ),
    "repealed": _slot("proactive.normative_documents.repealed"),
    "in_force": _slot("proactive.normative_documents.in_force"),
    "rules_issued": _slot("proactive.regulations.issued", trial="proactive.regulations.produced"),
    "rules_in_force": _slot("proactive.regulations.in_force"),
    "rules_repealed": _slot("proactive.regulations.repealed"),
    "procurement": _slot("proactive.procurement.amount", scale=10000),
    "permits": _slot("proactive.permits.decisions"),
    "penalties": _slot("proactive.penalties.decisions"),
    "compulsions": _slot("proactive.compulsions.decisions"),
    "fees": _slot("proactive.fees.amount", scale=10000),
    "info_fees": _slot("information_fees.amount", "fees_charged"),
    "notices": _slot("information_fees.notices"),
    "notified": _slot("information_fees.notified_amount"),
    "budget": _slot("statistics.dedicated_budget.value", scale=10000),
    "interpretations": _statistic("policy_interpretations"),
    "press": _statistic("press_conferences"),
    "interviews": _statistic("online_interviews"),
    "interviews_leader": _statistic("online_interviews_by_leader"),
    "responses": _statistic("responses_total"),
    "trainings": _statistic("trainings"),
    "trainees": _statistic("trainees"),
    "meetings": _statistic("meetings"),
    "full_time": _statistic("staff_full_time"),
    "part_time": _statistic("staff_part_time"),
    "staff": _statistic("staff"),
    "answered_rate": _slot("requests.answered_rate"),
    "on_time_rate": _slot("requests.on_time_rate"),
    "reading_points": _statistic("reading_points"),
    "offices": _statistic("dedicated_offices"),
    "press_leader": _statistic("press_conferences_by_leader"),
    "responses_weibo": _statistic("responses_weibo_wechat"),
    "responses_other": _statistic("responses_other"),
    "trade": _statistic("refused_trade_secret"),
    "privacy": _statistic("refused_privacy"),
    "amended": _statistic("answered_amendment_asked"),
    "other_way": _statistic("answered_other_channel"),
}

SUFFIXES: Mapping[str, tuple[str, int]] = {
    "_up_percent": ("growth_percent", 1),
    "_down_percent": ("growth_percent", -1),
    "_up": ("growth", 1),
    "_down": ("growth", -1),
    "_fold": ("growth_percent", 100),
    "_times": ("growth_times", 1),
    "_share": ("share_percent", 1),
}
"""What the end of a slot's name adds to its measure, and what its value is multiplied by."""


def slot_to_measure(slot: str, year: int) -> tuple[str, int, int]:
    """(the measure's name in a report for a year, its scale, its factor); KeyError for no slot."""
    for suffix, (ending, factor) in SUFFIXES.items():
        if slot.endswith(suffix) and slot.removesuffix(suffix) in _BASE:
            base = _BASE[slot.removesuffix(suffix)]
            return f"{base.named(year)}.{ending}", 1, factor
    return _BASE[slot].named(year), _BASE[slot].scale, 1
