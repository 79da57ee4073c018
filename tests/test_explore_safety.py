"""Attempts to break the web application: from documents, addresses, statements, other sites."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("datasette", reason="the extra 'web' is not installed")

from explore.app import Settings, settings_to_rules
from explore.errors import NotDrawn, NotServed
from explore.safety import HEADERS, fence
from explore.sources import Sources
from tests.explore_site import HOSTILE_AGENCY, Client, Ids, make_database, make_served

ROOT = Path(__file__).parents[1]
TOKEN = "0123456789abcdef0123"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    file = tmp_path_factory.mktemp("explore") / "reports.db"
    return file, make_database(file)


@pytest.fixture(scope="module")
def ids(database: tuple[Path, Ids]) -> Ids:
    return database[1]


@pytest.fixture(scope="module")
def client(database: tuple[Path, Ids]) -> Iterator[Client]:
    served = make_served(database[0], sql_seconds=0.5)
    asking = Client(served)
    yield asking
    asking.close()
    served.close()


def addresses(ids: Ids) -> list[str]:
    agency = quote(HOSTILE_AGENCY, safe="")
    return [
        "/",
        "/?lang=en",
        "/reports",
        "/reports?words=%3Cscript%3E",
        f"/reports/{ids.hostile}",
        f"/reports/{ids.pdf}",
        f"/reports/{ids.pdf}/pages/1.png",
        f"/agencies/{agency}",
        f"/agencies/{agency}/charts/requests.svg",
        f"/compare?a={ids.hostile}&b={ids.before}",
        "/charts",
        "/charts?level=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&rank=granted_share",
        "/charts/outcomes.svg",
        "/charts/map.svg?kind=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/charts/regions.csv",
        "/search?q=%3Cscript%3E",
        "/search?q=%22%3E%3Cimg",
        "/data",
        "/data/reports",
        "/data/sections?_facet=text",
        "/data/cells?raw__contains=%3Cscript%3E",
        f"/data/reports/{ids.hostile}",
        "/data?sql=select+agency+from+reports",
        "/data?sql=select+%27%3Cscript%3Ealert(1)%3C/script%3E%27",
        "/data?sql=%3Cscript%3Ealert(1)%3C/script%3E",
        "/data.json?sql=select+agency+from+reports",
        "/data.csv?sql=select+agency+from+reports",
        "/-/gongkai/site.css",
        "/-/gongkai/report.js",
        "/-/gongkai/charts.js",
        "/nowhere%3Cscript%3Ealert(1)%3C/script%3E",
        "/reports/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/-/settings.json",
        "/reports?year=%3Cscript%3Ealert(1)%3C/script%3E",
    ]


def test_nothing_that_a_document_or_an_address_says_becomes_markup(
    client: Client, ids: Ids
) -> None:
    for address in addresses(ids):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 400, 404), address
        kind = answer.headers["content-type"]
        if "html" in kind or "svg" in kind:
            assert "<script>alert" not in answer.text, address
            assert "49 javascript" not in answer.text, address
            assert active_parts(answer.text) == [], address


def active_parts(markup: str) -> list[str]:
    """Whatever in a page would run, load from elsewhere, or style it."""
    found: list[str] = []

    class Looking(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            named = {name: value or "" for name, value in attributes}
            if tag == "img" and not re.fullmatch(
                r"/reports/[0-9a-f]{16}/pages/[0-9]+\.png", named["src"]
            ):
                found.append(f"img {named}")
            if tag in ("iframe", "object", "embed", "base", "style", "meta"):
                found.extend([tag] if "charset" not in named and "name" not in named else [])
            own = [{"src": f"/-/gongkai/{n}.js", "defer": ""} for n in ("report", "charts")]
            if tag == "script" and named not in own:
                found.append(f"script {named}")
            for name, value in named.items():
                is_address = name in ("href", "src", "action", "xlink:href")
                if name.startswith("on") or name == "style":
                    found.append(name)
                if is_address and not value.startswith(("/", "#", "?", "http://127.0.0.1/")):
                    found.append(value)
                if is_address and value.startswith("//"):
                    found.append(value)

    Looking().feed(markup)
    return found


def test_every_answer_has_the_headers_that_fence_it(client: Client, ids: Ids) -> None:
    refused = client.get("/", {"host": "evil.example"})
    answers = [client.get(address) for address in addresses(ids)]
    for answer in (*answers, refused, client.get("/", method="POST")):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, answer.request.url
    policy = HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


def test_templates_hold_no_script_and_no_style() -> None:
    templates = sorted((ROOT / "explore" / "templates").glob("*.html"))
    assert len(templates) > 10
    for template in templates:
        text = template.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=\"/-/gongkai/)", text), template
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), template
        assert not re.search(r"(?:src|href)=\"https?:", text), template
        assert "|safe" not in re.sub(r"\|urlencode\|safe", "", text), template


@pytest.mark.parametrize(
    "path",
    [
        "/reports/../../etc/passwd",
        "/reports/..%2F..%2F..%2Fetc%2Fpasswd",
        "/reports/%2e%2e/%2e%2e/etc/passwd",
        "/reports/%00",
        "/reports/'%20OR%201=1--",
        "/reports/{hostile}/pages/1.png",
        "/reports/{pdf}/pages/0.png",
        "/reports/{pdf}/pages/99.png",
        "/reports/{pdf}/pages/99999.png",
        "/reports/{pdf}/pages/-1.png",
        "/reports/{pdf}/pages/1.png/..%2F..",
        "/-/gongkai/..%2Fapp.py",
        "/-/gongkai/site.toml",
        "/-/settings.json",
        "/-/databases.json",
        "/-/threads.json",
        "/-/plugins.json",
        "/-/permissions",
        "/-/metadata.json",
        "/data.db",
        "/_internal",
        "/agencies/..%2F..",
        "/agencies/nobody/charts/requests.svg",
        "/charts/..%2F..%2Fetc.svg",
        "/charts/nothing.svg",
    ],
)
def test_addresses_lead_nowhere_else(client: Client, ids: Ids, path: str) -> None:
    answer = client.get(path.format(pdf=ids.pdf, hostile=ids.hostile))
    if answer.status_code == 302:
        # Datasette writes percent signs in its own way, and asks again.
        answer = client.get(answer.headers["location"])
        assert answer.request.url.host == "127.0.0.1"
    assert answer.status_code in (403, 404)
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "delete from reports",
        "insert into reports(report_id) values ('x')",
        "update observations set value = 0",
        "drop view panel",
        "create table x(y)",
        "attach '/tmp/x.db' as x",
        "vacuum into '/tmp/stolen.db'",
        "pragma writable_schema = on",
        "pragma query_only = off",
        "select 1; delete from reports",
        "select load_extension('/tmp/x.so')",
        "with x as (select 1) delete from reports",
        "explain delete from reports; delete from reports",
        "select length(randomblob(2000000000))",
        "select * from pragma_function_list",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
    ],
)
def test_statements_only_read_and_end(client: Client, database: tuple[Path, Ids], sql: str) -> None:
    before = hashlib.sha256(database[0].read_bytes()).hexdigest()
    for form in ("/data?sql=", "/data.json?sql=", "/data.csv?sql="):
        assert client.get(form + quote(sql)).status_code == 400, form
    assert hashlib.sha256(database[0].read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    "sql",
    [
        "delete from t",
        "attach ':memory:' as x",
        "create temp table x(y)",
        "pragma query_only = off",
        "pragma journal_mode = delete",
        "begin immediate; insert into t values (1)",
    ],
)
def test_the_fence_holds_by_itself(tmp_path: Path, sql: str) -> None:
    connection = sqlite3.connect(tmp_path / "own.db")
    connection.execute("create table t(a)")
    connection.commit()
    fence(connection)
    with pytest.raises(sqlite3.Error):
        connection.executescript(sql)
    connection.close()


@pytest.mark.parametrize(
    "query",
    ["_sort=0", "_size=x", "_timelimit=x", "_next=%00", "_where=%27", "_col=x"],
)
def test_addresses_that_mean_nothing_are_the_asker_s_fault(client: Client, query: str) -> None:
    assert client.get(f"/data/panel?{query}").status_code in (200, 400)


def test_answers_have_limits(database: tuple[Path, Ids]) -> None:
    served = make_served(database[0], None, most_rows=10)
    client = Client(served)
    answer = client.get("/data.json?sql=select+*+from+cells").json()
    assert (len(answer["rows"]), answer["truncated"]) == (10, True)
    client.close()
    served.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:8001"}, 200),
        ({"host": "[::1]:8001"}, 200),
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example"}, 421),
        ({"host": ""}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1"}, 200),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, 200),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, 403),
        (
            {
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
                "sec-fetch-dest": "iframe",
            },
            403,
        ),
        (
            {
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
                "sec-fetch-dest": "document",
            },
            200,
        ),
    ],
)
def test_other_sites_may_link_and_no_more(
    client: Client, headers: dict[str, str], status: int
) -> None:
    assert client.get("/reports", headers).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_is_written(client: Client, method: str) -> None:
    assert client.get("/data/reports", method=method).status_code == 405


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "reports.example"])
def test_no_token_no_remote(host: str) -> None:
    with pytest.raises(NotServed, match="token"):
        settings_to_rules(Settings("sqlite:///x.db", host=host))
    assert settings_to_rules(Settings("sqlite:///x.db", host=host, token=TOKEN)).token == TOKEN


def test_a_token_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(NotServed, match="guessed"):
        settings_to_rules(Settings("sqlite:///x.db", token="secret"))


def test_with_a_token_nothing_is_answered_without_it(database: tuple[Path, Ids]) -> None:
    served = make_served(database[0], None, host="0.0.0.0", token=TOKEN)
    client = Client(served)
    for headers in ({}, {"cookie": "gongkai_token=wrong"}, {"authorization": "Bearer wrong"}):
        for path in ("/", "/data.json?sql=select+1", "/-/gongkai/site.css", "/?token=wrong"):
            answer = client.get(path, headers)
            assert answer.status_code == 401 and TOKEN not in answer.text
    given = client.get(f"/reports?year=2022&token={TOKEN}")
    assert (given.status_code, given.headers["location"]) == (303, "/reports?year=2022")
    cookie = given.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert client.get("/", {"cookie": cookie.partition(";")[0]}).status_code == 200
    assert client.get("/", {"authorization": f"Bearer {TOKEN}"}).status_code == 200
    leading = client.get(f"//evil.example/?token={TOKEN}")
    assert leading.headers.get("location", "/").startswith("//") is False
    client.close()
    served.close()


def test_documents_are_found_by_their_bytes_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"secret")
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "link.pdf").symlink_to(outside)
    (folder / "own.pdf").write_bytes(b"own")
    sources = Sources(folder)
    sources.start()
    assert sources.wait(5) and len(sources) == 1
    own = hashlib.sha256(b"own").hexdigest()
    assert sources.read(own) == b"own"
    with pytest.raises(NotDrawn, match="no file"):
        sources.read(hashlib.sha256(b"secret").hexdigest())
    with pytest.raises(NotDrawn, match="no file"):
        sources.read("../outside.pdf")
    (folder / "own.pdf").write_bytes(b"other")
    with pytest.raises(NotDrawn, match="changed"):
        sources.read(own)


def test_documents_in_packages_are_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as packed:
        packed.writestr("../../evil.pdf", b"packed")
    sources = Sources(tmp_path)
    sources.start()
    assert sources.wait(5)
    assert sources.read(hashlib.sha256(b"packed").hexdigest()) == b"packed"
    assert not (tmp_path.parent / "evil.pdf").exists()


def test_a_document_that_breaks_the_painter_breaks_only_its_page(
    database: tuple[Path, Ids], tmp_path: Path
) -> None:
    from explore.pictures import Pictures

    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00" * 1000)
    sources = Sources(tmp_path)
    sources.start()
    assert sources.wait(5)
    pictures = Pictures(sources)
    bad = hashlib.sha256((tmp_path / "bad.pdf").read_bytes()).hexdigest()
    for _ in range(2):
        with pytest.raises(NotDrawn):
            pictures.page(bad, 1)
    assert pictures._painter._process is not None
    pictures._painter._process.kill()
    with pytest.raises(NotDrawn):
        pictures.page(bad, 1)
    pictures.close()
