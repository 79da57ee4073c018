"""Review over HTTP: what everybody tries who is not the reviewer at the page."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from explore.app import Settings, settings_to_app
from explore.review.admission import MOST_BYTES
from normalize.report import Status
from normalize.review import place_of
from store.database import open_database
from store.load import load_report
from tests.review_reports import SAMPLES, Reviewed, copy_database, open_review
from tests.review_visitors import ORIGIN, SAME, Browser, begin

TOKEN = "a token that is long"


@pytest.fixture
def database(tmp_path: Path) -> str:
    return copy_database(tmp_path)


@pytest.fixture
def reviewed(database: str) -> Iterator[Reviewed]:
    opened = open_review(database)
    yield opened
    opened.close()


@pytest.fixture
def browser(reviewed: Reviewed) -> Browser:
    """Somebody who has said who they are and looks at the first cell."""
    return begin(reviewed)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewed]:
    """One application for all that must change nothing."""
    opened = open_review(copy_database(tmp_path_factory.mktemp("attacked")))
    yield opened
    opened.close()


@pytest.fixture
def victim(attacked: Reviewed) -> Browser:
    return begin(attacked)


def _nothing_happened(browser: Browser) -> bool:
    return browser.entries == ()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1:8001.evil.example"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
        {
            "sec-fetch-site": "cross-site",
            "sec-fetch-mode": "navigate",
            "sec-fetch-dest": "document",
        },
    ],
)
def test_other_sites_decide_nothing(victim: Browser, headers: dict[str, str]) -> None:
    for what in ("decide", "undo", "skip", "again", "who"):
        assert victim.post(what, headers, decision="enter", who="evil").status_code == 403
    assert _nothing_happened(victim)


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "x" * 10_000])
def test_without_the_token_of_the_page_nothing_is_decided(victim: Browser, token: str) -> None:
    assert victim.post("decide", decision="enter", token=token).status_code == 403
    assert _nothing_happened(victim)


def test_the_token_is_of_one_session(victim: Browser, attacked: Reviewed) -> None:
    other = Browser(attacked)
    other.get("/review")
    stolen = other.form()["token"]
    assert victim.post("decide", decision="enter", token=stolen).status_code == 403
    lost = victim.form()
    victim.cookies = httpx.Cookies()
    assert victim.post("decide", decision="enter", token=lost["token"]).status_code == 403
    victim.cookies = httpx.Cookies({"gongkai_review": "chosen-by-another-site"})
    answer = victim.post("decide", decision="enter", token=lost["token"])
    assert answer.status_code == 403
    assert "chosen-by-another-site" not in answer.headers["set-cookie"]
    assert _nothing_happened(victim)


def test_cookies_are_not_for_scripts_or_other_sites(attacked: Reviewed) -> None:
    answer = Browser(attacked).get("/review")
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if "gongkai_review" in c]
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_post_decides(victim: Browser, method: str) -> None:
    form = {**victim.form(), "decision": "enter"}
    for what in ("decide", "undo", "who"):
        answer = victim.ask(method, f"/review/{what}", params=form, headers=SAME)
        assert answer.status_code in ((404, 200) if what == "who" else (404,)) or method not in (
            "GET",
            "HEAD",
        )
        if method not in ("GET", "HEAD"):
            assert answer.status_code == 405
    assert _nothing_happened(victim)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data"])
def test_only_what_the_form_sends(victim: Browser, content_type: str) -> None:
    headers = {**SAME, "content-type": content_type}
    body = "&".join(f"{k}={v}" for k, v in victim.form().items()) + "&decision=enter"
    answer = victim.ask("POST", "/review/decide", content=body, headers=headers)
    assert answer.status_code == 403
    assert _nothing_happened(victim)


def test_what_is_too_long(browser: Browser) -> None:
    assert browser.post("decide", decision="enter", why="x" * MOST_BYTES).status_code == 413
    browser.post("decide", decision="enter", why="理" * 1000)
    assert [len(e.why) for e in browser.entries] == [500]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"report_id": "nothing"}, 404),
        ({"report_id": ""}, 404),
        ({"report_id": "../../etc/passwd"}, 404),
        ({"report_id": "' OR 1=1 --"}, 404),
        ({"cell": "2021.requests.nothing.total"}, 404),
        ({"cell": ""}, 404),
        ({"decision": "withdraw"}, 400),
        ({"decision": ""}, 400),
        ({"decision": "enter", "value": "12 34"}, 400),
        ({"decision": "enter", "value": "<script>"}, 400),
        ({"decision": "enter", "value": "9" * 60}, 400),
        ({"decision": "enter", "year": "x"}, 400),
    ],
)
def test_decisions_that_mean_nothing(victim: Browser, changed: dict[str, str], status: int) -> None:
    answer = victim.post("decide", **{"decision": "enter", **changed})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert _nothing_happened(victim)


@pytest.mark.parametrize(
    "address",
    [
        "/review/nothing",
        "/review/cells",
        "/review/cells/x",
        "/review/cells/x/y",
        "/review/cells/..%2F..%2Fetc/passwd",
        "/review/crop/x/2021.requests.received.total.png",
        "/review/crop/..%2F..%2F..%2Fetc%2Fpasswd/a.png",
        "/review/crop/{id}/2021.requests.received.total.png",
        "/review/crop/{id}/nothing.png",
        "/review/crop/{id}/2021.requests.received.total",
        "/review/crop/{id}/%2e%2e%2f%2e%2e%2fetc%2fpasswd.png",
        "/reviewer",
    ],
)
def test_addresses_that_lead_nowhere(victim: Browser, address: str) -> None:
    report_id = victim.form()["report_id"]
    answer = victim.ask("GET", address.replace("{id}", report_id))
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_names_are_shown_as_text(reviewed: Reviewed) -> None:
    browser = Browser(reviewed)
    browser.get("/review")
    browser.post("who", SAME, who='<img src=x onerror="alert(1)">\u202e\x00\n ' + "x" * 100)
    text = browser.get("/review").text
    assert "<img" not in text
    assert "&lt;img src=x onerror=" in text
    browser.post("decide", decision="enter")
    [entry] = browser.entries
    assert len(entry.who) == 80
    assert entry.who.isprintable()


def test_nobody_decides_without_a_name(attacked: Reviewed) -> None:
    browser = Browser(attacked)
    browser.get("/review")
    assert browser.post("who", SAME, who=" \n ").status_code == 400
    name = "2021.requests.received.total"
    assert browser.post("decide", report_id="x", cell=name, decision="enter").status_code == 400
    assert _nothing_happened(browser)


def test_a_name_that_is_given_is_not_asked_for(database: str) -> None:
    reviewed = open_review(database, who="复核组")
    browser = Browser(reviewed)
    try:
        assert "review-decide" in browser.get("/review").text
        assert browser.post("who", SAME, who="evil").status_code == 400
        browser.post("decide", decision="enter")
        assert [e.who for e in browser.entries] == ["复核组"]
    finally:
        reviewed.close()


def test_without_review_there_is_nothing_to_write_to(database: str) -> None:
    served = settings_to_app(Settings(database, SAMPLES))
    browser = Browser(Reviewed(served, database))
    try:
        assert browser.get("/review").status_code == 404
        for what in ("decide", "undo", "who"):
            answer = browser.ask(
                "POST", f"/review/{what}", data={"decision": "enter"}, headers=SAME
            )
            assert answer.status_code == 405
        assert browser.entries == ()
    finally:
        served.close()


def test_with_a_token_nothing_is_answered_without_it(database: str) -> None:
    reviewed = open_review(database, token=TOKEN, who="李")
    try:
        stranger = Browser(reviewed)
        assert stranger.get("/review").status_code == 401
        assert stranger.post("decide", decision="enter").status_code == 401
        browser = Browser(reviewed)
        assert browser.get("/review", params={"token": TOKEN}).status_code == 303
        assert browser.get("/review").status_code == 200
        assert browser.post("decide", decision="enter").status_code == 200
        assert len(browser.entries) == 1
    finally:
        reviewed.close()


def test_other_names_of_this_machine_are_refused(victim: Browser) -> None:
    evil = {
        "host": "evil.example",
        "origin": "http://evil.example",
        "sec-fetch-site": "same-origin",
    }
    assert victim.post("decide", evil, decision="enter").status_code == 421
    assert _nothing_happened(victim)


def test_the_pages_that_read_still_cannot_write(victim: Browser) -> None:
    answer = victim.ask("GET", "/data?sql=DELETE+FROM+corrections")
    assert answer.status_code == 400
    for address in ("/", "/reports", "/data"):
        assert victim.ask("POST", address, headers=SAME).status_code == 405


def test_a_report_that_is_read_back_keeps_the_original(browser: Browser) -> None:
    report_id, cell = browser.form()["report_id"], browser.form()["cell"]
    browser.post("decide", decision="suggestion")
    engine = open_database(browser.reviewed.url)
    report = load_report(engine, report_id)
    engine.dispose()
    [o] = [o for o in report.observations if ".".join(place_of(o)) == cell]
    assert (o.raw, o.original_value, o.original_status) == ("10", Decimal(10), Status.REPORTED)
