"""What templates are given besides their page: words, language, and how values are written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from explore.labels import cell_label, differences, measure_label, statement_label
from explore.messages import message_in_words
from explore.places import division_name, province_name
from explore.reasons import doubts_in_words, reason_in_words
from explore.review.words import check_in_words, doubt_in_words
from explore.safety import cookies_of
from explore.wording import COOKIE, LANGUAGES, Words, choose_language, words_in


def request_to_words(request: Any) -> Words:
    """The words of the language that a request asks for, or chose before."""
    if request is None:
        return words_in(LANGUAGES[0])
    args = dict(parse_qsl(request.query_string or ""))
    headers = request.headers
    cookie = cookies_of(headers.get("cookie", "")).get(COOKIE)
    return words_in(choose_language(args.get("lang"), cookie, headers.get("accept-language")))


def request_to_context(request: Any) -> dict[str, object]:
    """The words and helpers for a template."""
    words = request_to_words(request)
    other = next(language for language in LANGUAGES if language != words.language)
    return {
        "say": words,
        "language": words.language,
        "other_language": other,
        "reviewing": request is not None and bool(request.scope.get("gongkai.review")),
        "other_address": "" if request is None else _in_language(request, other),
        "number": number,
        "share": share,
        "to_path": to_path,
        "measure_label": measure_label,
        "cell_label": cell_label,
        "statement_label": statement_label,
        "reason_words": lambda reason: reason_in_words(reason, words.language),
        "message_words": lambda message: message_in_words(message, words.language),
        "check_words": lambda check: check_in_words(check, words.language),
        "doubts_of": lambda cell: doubts_in_words(cell, words.language),
        "derivation_of": lambda cell: doubt_in_words(
            cell.suggested_by, words.language, cell.form, cell.table
        ),
        "differences": lambda names: differences(names, words),
        "province_name": lambda code: province_name(code, words),
        "division_name": lambda code: division_name(code, words),
        "named": words.name,
    }


def _in_language(request: Any, language: str) -> str:
    """The same address, in another language."""
    pairs = parse_qsl(request.query_string or "", keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name != "lang"]
    return f"?{urlencode([*kept, ('lang', language)])}"


def number(value: Decimal | float | None) -> str:
    """A number in plain digits, thousands apart; a dash where there is none."""
    if value is None:
        return "–"
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"{exact.normalize():,f}" if exact != exact.to_integral_value() else f"{exact:,.0f}"


def share(part: float | None, whole: float | None) -> str:
    """One number as a share of another; a dash where there is nothing to divide by."""
    return f"{part / whole:.1%}" if part is not None and whole else "–"


def to_path(text: object) -> str:
    """A text as one step of an address."""
    return quote(str(text), safe="")


def args_of(request: Any) -> Mapping[str, str]:
    """The parts of an address behind the question mark; of several the first."""
    pairs = parse_qsl(request.query_string or "", keep_blank_values=True)
    return dict(reversed(pairs))
