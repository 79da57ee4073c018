"""What Sphinx builds the site with: `sphinx-build -c handbook docs build/site`.

The pages are plain Markdown, read as they stand; in what order they are found is in `contents.toml`
and put into the first page here, so that they look well elsewhere too. Nothing is fetched when the
site is built or read.
"""

import tomllib
from pathlib import Path

from sphinx.application import Sphinx

project = "gongkai"
project_copyright = "gongkai"
version = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]["version"]
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
html_theme = "furo"
html_title = "gongkai"
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["static"]
html_css_files = ["tables.css"]
myst_heading_anchors = 3
# Scripts that are shown and run, and SQL that the Makefile takes, are no pages; links to them are
# kept, and the files put beside the site.
suppress_warnings = ["misc.highlighting_failure"]
smartquotes = False

CONTENTS = Path(__file__).with_name("contents.toml")
FIRST_PAGE = "index"


def add_contents(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the order of all pages behind the first one's text."""
    if page != FIRST_PAGE:
        return
    for part in tomllib.loads(CONTENTS.read_text(encoding="utf-8"))["part"]:
        pages = "\n".join(part["pages"])
        source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {part['title']}\n\n{pages}\n```\n"


def setup(app: Sphinx) -> None:
    app.connect("source-read", add_contents)
