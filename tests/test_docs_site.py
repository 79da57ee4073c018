"""The site of the documentation: built without a warning, complete, and of itself alone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
LINK = re.compile(r"(?<!\\)!?\[[^\]]*\]\(([^)\s]+)\)")
OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
MOST_BYTES = 200_000
FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
    "embed": "src",
    "link": "href",
}
"""What a browser asks for by itself, by tag; a link that somebody may follow is none of it."""


def pages() -> list[Path]:
    return [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "README.zh-CN.md"]


def links_of(page: Path) -> Iterator[str]:
    """Where a page leads to within the project; blocks of code lead nowhere."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    text = re.sub(r"`[^`\n]*`", "", text)
    yield from (link for link in LINK.findall(text) if not OUTSIDE.match(link))


def anchors_of(page: Path) -> set[str]:
    """The headings of a page as they are named in addresses."""
    found = re.findall(r"^#{1,6} (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links_of(page):
        name, _, anchor = unquote(link).partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors_of(target), link


def test_pages_of_the_site_lead_to_nothing_outside_of_it() -> None:
    for page in DOCS.rglob("*.md"):
        for link in links_of(page):
            name = link.partition("#")[0]
            assert not name or (page.parent / name).resolve().is_relative_to(DOCS), (page, link)


def test_every_picture_is_used_and_small() -> None:
    used = {(page.parent / link).resolve() for page in pages() for link in links_of(page)}
    for picture in (DOCS / "pictures").iterdir():
        assert picture.resolve() in used, picture
        assert picture.stat().st_size < MOST_BYTES, picture


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("furo", reason="the extra 'docs' is not installed")
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going"]
    done = subprocess.run(
        [*command, "-c", str(ROOT / "handbook"), str(DOCS), str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


class Fetched(HTMLParser):
    """The addresses that a browser asks for by itself when it shows a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        kinds = (said.get("rel") or "").split()
        if tag in FETCHED and not {"canonical", "next", "prev"}.intersection(kinds):
            self.addresses.append(said.get(FETCHED[tag]) or "")
        if tag in ("img", "source"):
            self.addresses += (said.get("srcset") or "").split()


def test_every_page_is_built(site: Path) -> None:
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    wanted = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")}
    assert wanted <= built


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    asked = 0
    for path in site.rglob("*.html"):
        page = Fetched()
        page.feed(path.read_text(encoding="utf-8"))
        asked += len(page.addresses)
        for address in page.addresses:
            assert not OUTSIDE.match(address), (path, address)
            own = unquote(re.split(r"[?#]", address)[0])
            assert not own or address.startswith("data:") or (path.parent / own).exists(), address
    assert asked > len(list(site.rglob("*.html")))


def test_styles_take_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        for address in re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", text):
            assert not OUTSIDE.match("".join(address)), (path, address)
