"""The page: HTML that stands by itself and prints on A4."""

from __future__ import annotations

from html import escape
from importlib import resources

from dossier.content import Dossier
from dossier.figures import found_to_charts
from dossier.parts import (
    checks_to_html,
    documents_to_html,
    doubts_to_html,
    figures_to_html,
    panel_checks_to_html,
    texts_to_html,
)
from dossier.tables import table_to_html
from dossier.words import Words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def dossier_to_html(dossier: Dossier, words: Words) -> str:
    """The whole page. The same reports give the same bytes."""
    before, after = dossier.years
    found = dossier.found
    title = words("title", agency=found.name, before=before, after=after)
    style = (resources.files("dossier") / "style.css").read_text(encoding="utf-8")
    language = "zh-CN" if words.language == "zh" else "en"
    charts = "".join(found_to_charts(found, words))
    legend = escape(words("legend", before=before, after=after))
    tables = "".join(table_to_html(table, dossier.years, words) for table in dossier.tables)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>\n{style}</style></head>\n<body><main>",
        f'<h1>{escape(title)}</h1><p class="sub">{escape(words("subtitle"))}</p>',
        _names(dossier, words),
        _section(words("key_figures"), figures_to_html(dossier, words)),
        _section(words("checks"), checks_to_html(dossier, words)),
        panel_checks_to_html(dossier, words),
        _section(words("charts"), f'<div class="charts">{charts}</div>') if charts else "",
        _section(words("documents"), documents_to_html(dossier, words) + _others(dossier, words)),
        '<div class="wide">',
        _section(words("tables"), f'<p class="legend">{legend}</p>{tables}'),
        "</div>",
        _section(words("doubts"), doubts_to_html(dossier, words)),
        _section(
            words("texts"),
            f'<p class="legend">{escape(words("texts_legend"))}</p>'
            + texts_to_html(dossier.sections, words),
        ),
        f"</main><footer>{escape(words('footer'))}</footer></body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _section(heading: str, body: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{body}</section>"


def _names(dossier: Dossier, words: Words) -> str:
    others = [name for name in dossier.found.names if name != dossier.found.name]
    if not others:
        return ""
    return (
        f'<p class="sub">{escape(words("former_names", names=words("separator").join(others)))}</p>'
    )


def _others(dossier: Dossier, words: Words) -> str:
    if not dossier.found.others:
        return ""
    said = words("others", sources=words("separator").join(dossier.found.others))
    return f'<p class="legend">{escape(said)}</p>'
