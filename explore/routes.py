"""Which address leads to which page.

`/`                                  what is in the database
`/reports`                           the list of reports
`/reports/<report_id>`               one report
`/reports/<report_id>/pages/<n>.png` a page of its document
`/agencies/<agency>`                 one agency, by its lasting id or its name
`/compare?a=<id>&b=<id>`             two reports side by side
`/charts`                            all reports in charts
`/search?q=<words>`                  agencies and texts
`<page>/charts/<name>.svg|csv`       a chart of a page as picture or as data
`/data`                              the views, SQL, CSV and JSON: Datasette's own pages
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Response
from markupsafe import Markup

from explore.answers import MOST_ROWS, rows_to_csv, sql_to_csv
from explore.charts import Chart, chart_to_svg
from explore.context import args_of, request_to_context, request_to_words
from explore.errors import BadAddress, NotDrawn, NotThere, TookTooLong
from explore.filters import text_to_filters
from explore.pages.agency import agency_page, agency_to_charts
from explore.pages.compare import compare_page
from explore.pages.figures import CHARTED, LEAST_CASES, RANKED, FiguresPage, figures_page
from explore.pages.home import home_page
from explore.pages.report import report_page
from explore.pages.reports import reports_page
from explore.pages.search import search_page
from explore.rendering import templates
from explore.site import DATABASE, Site
from explore.wording import COOKIE, LANGUAGES, Words

View = Callable[..., Awaitable[Response]]
Page = Callable[[Site, Any], Response]

_ID = r"(?P<report_id>[^/]+)"
_AGENCY = r"(?P<agency>[^/]+)"
_CHART = r"charts/(?P<chart>[a-z]+)\.(?P<format>svg|csv)"
_STATIC = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
NOTHING_HERE = "there is nothing here"
_SVG = "image/svg+xml"
_CSV = "text/csv; charset=utf-8"


def site_to_routes(site: Site) -> list[tuple[str, View]]:
    """Patterns of addresses with what answers them."""
    pages: dict[str, Page] = {
        r"^/$": _home,
        r"^/reports$": _reports,
        rf"^/reports/{_ID}$": _report,
        rf"^/reports/{_ID}/pages/(?P<page>[0-9]{{1,5}})\.png$": _picture,
        rf"^/agencies/{_AGENCY}$": _agency,
        rf"^/agencies/{_AGENCY}/{_CHART}$": _agency_chart,
        r"^/compare$": _compare,
        r"^/charts$": _figures,
        rf"^/{_CHART}$": _figures_chart,
        r"^/search$": _search,
        r"^/-/gongkai/(?P<name>[a-z]+)\.(?P<kind>css|js)$": _static,
    }
    answering = [(pattern, _answering(site, page)) for pattern, page in pages.items()]
    return [*answering, (r"^/data\.csv$", _sql_csv)]


def _answering(site: Site, page: Page) -> View:
    """The page made in a thread, so that others are answered meanwhile."""

    async def answer(request: Any) -> Response:
        return await asyncio.to_thread(_try, site, page, request)

    return answer


def _try(site: Site, page: Page, request: Any) -> Response:
    """The page, or a plain one that says what is wrong with the address."""
    try:
        response = page(site, request)
    except BadAddress as error:
        response = problem(request, 400, str(error))
    except (NotThere, NotDrawn) as error:
        response = problem(request, 404, str(error))
    except TookTooLong as error:
        response = problem(request, 503, str(error))
    wished = args_of(request).get("lang")
    if wished in LANGUAGES:
        response.set_cookie(COOKIE, wished, max_age=365 * 86400, samesite="lax")
    return response


def _home(site: Site, request: Any) -> Response:
    return _html(request, "home.html", page=home_page(site.summaries.current()))


def _reports(site: Site, request: Any) -> Response:
    args = args_of(request)
    filters = text_to_filters(args)
    summary = site.summaries.current()
    page = reports_page(site.database, summary, filters, args.get("after", ""))
    return _html(request, "reports.html", page=page)


def _report(site: Site, request: Any) -> Response:
    report_id = _part(request, "report_id")
    page = report_page(site.database, site.sources, site.pictures, report_id)
    return _html(request, "report.html", page=page)


def _picture(site: Site, request: Any) -> Response:
    """The picture is of bytes that never change, so a browser may keep it."""
    report = site.database.rows(
        "SELECT sha256 FROM reports WHERE report_id = :id", {"id": _part(request, "report_id")}
    )
    if not report:
        raise NotThere("there is no such report")
    drawn = site.pictures.page(report[0]["sha256"], int(_part(request, "page")))
    headers = {"cache-control": "private, max-age=86400, immutable"}
    return Response(drawn.png, headers=headers, content_type="image/png")


def _agency(site: Site, request: Any) -> Response:
    page = agency_page(site.database, site.summaries.current(), _part(request, "agency"))
    charts = agency_to_charts(page, request_to_words(request))
    return _html(request, "agency.html", page=page, charts=_drawn(charts))


def _agency_chart(site: Site, request: Any) -> Response:
    page = agency_page(site.database, site.summaries.current(), _part(request, "agency"))
    return _chart(request, agency_to_charts(page, request_to_words(request)))


def _compare(site: Site, request: Any) -> Response:
    args = args_of(request)
    if not args.get("a"):
        raise BadAddress("two reports are compared", "write ?a=REPORT&b=REPORT")
    page = compare_page(site.database, args["a"], args.get("b"), args.get("with", ""))
    return _html(request, "compare.html", page=page)


def _figures(site: Site, request: Any) -> Response:
    page = _figures_page(site, request, request_to_words(request))
    summary = site.summaries.current()
    choices = {
        name: [value for value in summary.values(place) if value is not None]
        for place, name in enumerate(("year", "level", "kind", "province"))
    }
    charts = _drawn(page.charts)
    return _html(
        request,
        "figures.html",
        page=page,
        charts=charts,
        choices=choices,
        ranked=RANKED,
        measures=CHARTED,
    )


def _figures_chart(site: Site, request: Any) -> Response:
    return _chart(request, _figures_page(site, request, request_to_words(request)).charts)


def _figures_page(site: Site, request: Any, words: Words) -> FiguresPage:
    args = args_of(request)
    ranked_by = args.get("rank") or "received_mean"
    least = args.get("least") or str(LEAST_CASES)
    if ranked_by not in RANKED:
        raise BadAddress("provinces are not ranked by that", f"choose one of {', '.join(RANKED)}")
    if not (least.isascii() and least.isdecimal() and len(least) < 7):
        raise BadAddress("the least number of reports is no number")
    return figures_page(
        site.database, site.summaries.current(), text_to_filters(args), ranked_by, int(least), words
    )


def _search(site: Site, request: Any) -> Response:
    args = args_of(request)
    start = args.get("from", "")
    place = int(start) if start.isascii() and start.isdecimal() and len(start) < 16 else None
    return _html(request, "search.html", page=search_page(site.database, args.get("q", ""), place))


def _static(site: Site, request: Any) -> Response:
    name, kind = _part(request, "name"), _part(request, "kind")
    text = _static_files().get(f"{name}.{kind}")
    if text is None:
        raise NotThere("there is no such file")
    headers = {"cache-control": "private, max-age=60"}
    return Response(text, headers=headers, content_type=_STATIC[kind])


@cache
def _static_files() -> Mapping[str, str]:
    """The application's own files by name: nothing else is looked for on disk."""
    folder = resources.files("explore") / "static"
    return {file.name: file.read_text("utf-8") for file in folder.iterdir()}


async def _sql_csv(request: Any, datasette: Any) -> Response:
    named = dict(args_of(request))
    seconds = datasette.setting("sql_time_limit_ms") / 1000
    try:
        database = datasette.get_database(DATABASE)
        answer = await sql_to_csv(database, named.pop("sql", ""), named, seconds)
    except BadAddress as error:
        return problem(request, 400, str(error))
    name = f"first-{MOST_ROWS}-rows.csv" if answer.is_cut else "rows.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(answer.text, headers=headers, content_type=_CSV)


def _chart(request: Any, charts: Mapping[str, Chart]) -> Response:
    name, form = _part(request, "chart"), _part(request, "format")
    chart = charts.get(name)
    if chart is None:
        raise NotThere(f"there is no chart {name}", f"there are {', '.join(charts)}")
    headers = {"content-disposition": f'inline; filename="{name}.{form}"'}
    if form == "svg":
        return Response(_with_size(chart_to_svg(chart)), headers=headers, content_type=_SVG)
    return Response(chart_to_csv(chart), headers=headers, content_type=_CSV)


def _with_size(svg: str) -> str:
    """The picture with a size of its own, for programs that draw it outside of a page."""
    width, height = (float(side) for side in svg.split('viewBox="0 0 ', 1)[1].split('"')[0].split())
    return svg.replace("<svg ", f'<svg width="{width:g}" height="{height:g}" ', 1)


def chart_to_csv(chart: Chart) -> str:
    """A row for each category, a column for each series; empty where there is no number."""
    heads = ["", *(series.label for series in chart.series)]
    columns = [
        [int(v) if series.as_count and v is not None else v for v in series.values]
        for series in chart.series
    ]
    rows = zip(chart.categories, *columns, strict=True)
    return rows_to_csv([heads, *map(list, rows)])


def _drawn(charts: Mapping[str, Chart]) -> dict[str, tuple[Chart, Markup]]:
    """Each chart with its picture; all text in it was escaped where it was drawn."""
    return {
        name: (chart, Markup(chart_to_svg(chart, linked=True))) for name, chart in charts.items()
    }


def _part(request: Any, name: str) -> str:
    return unquote(str(request.url_vars[name]))


def problem(request: Any, status: int, said: str) -> Response:
    """A plain page that says what is wrong."""
    return _html(request, "problem.html", answer_status=status, status=status, problem=said)


def _html(request: Any, template: str, answer_status: int = 200, **shown: object) -> Response:
    context = {**request_to_context(request), **shown}
    body = templates().get_template(template).render(context)
    return Response.html(body, status=answer_status)
