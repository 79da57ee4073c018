"""The pages of docs: their commands are run, one after another, and print what is shown."""

from pathlib import Path

import pytest
import typer

from handbook.samples import with_samples
from handbook.transcripts import (
    Step,
    differences,
    filled,
    is_as_shown,
    page_to_blocks,
    text_to_steps,
)
from pipeline.command import app

DOCS = Path(__file__).parents[1] / "docs"
PAGES = [
    *sorted(
        path for room in ("tutorial", "how-to", "explanation") for path in DOCS.glob(f"{room}/*.md")
    ),
    DOCS / "examples" / "README.md",
]
RUN = [p for p in PAGES if any(b.language != "sh" for b in page_to_blocks(p.read_text("utf-8")))]
READ = [*PAGES, DOCS / "reference" / "commands.md"]
NO_COMMANDS = ("#", "cd ", "export ", "echo ", "make ", "pip ", "dask ", "Rscript ", "stata ")
OTHER_PROGRAMS = (*NO_COMMANDS, "sqlite3 ", "GONGKAI_TOKEN=")


def name_of(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


@pytest.mark.parametrize("page", RUN, ids=name_of)
def test_what_a_page_shows_is_what_is_printed(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = [str(one) for one in differences(text, with_samples(tmp_path, page))]
    assert found == [], "\n".join((f"python -m handbook transcripts {page}", *found))


@pytest.mark.parametrize("page", READ, ids=name_of)
def test_the_commands_that_are_only_shown_would_be_understood(page: Path) -> None:
    for block in page_to_blocks(page.read_text(encoding="utf-8")):
        for line in block.text.splitlines() if block.language == "sh" else ():
            if line.startswith("gongkai "):
                assert_understood(line)
            else:
                assert line.startswith(OTHER_PROGRAMS), line


def assert_understood(line: str) -> None:
    """Fails for a command, an option or a kind of value that there is not."""
    import shlex

    command = typer.main.get_command(app)
    words = shlex.split(line.partition(" || ")[0])[1:]
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(line, words)


STEPS = [
    ("$ one\nshown\n$ two\n", [Step("one", "shown\n"), Step("two", "")]),
    ('$ ask "a\nb" --c\nshown\n', [Step('ask "a\nb" --c', "shown\n")]),
]


@pytest.mark.parametrize(("text", "steps"), STEPS)
def test_a_transcript_is_parted_into_commands(text: str, steps: list[Step]) -> None:
    assert text_to_steps(text) == steps


SHOWN = [
    ("a\nb\n", "a\nb\n", True),
    ("a  \nb\n", "a\nb", True),
    ("a\n…\nd\n", "a\nb\nc\nd\n", True),
    ("a\n…\nd\n", "a\nd\n", True),
    ("a\n…\nd\n", "a\nb\nc\n", False),
    ("a … c\n", "a b c\n", True),
    ("a … c\n", "a\nb c\n", False),
    ("a.c\n", "abc\n", False),
    ("?\n", "a\n", False),
]


@pytest.mark.parametrize(("shown", "printed", "fits"), SHOWN)
def test_what_is_shown_may_leave_out_lines_and_words(shown: str, printed: str, fits: bool) -> None:
    assert is_as_shown(shown, printed) is fits


PAGE = """
```console
$ cat made.txt
one
$ echo $?
?
```
```pycon
>>> 1 + 1
?
```
"""


def test_a_page_is_filled_with_what_is_printed(tmp_path: Path) -> None:
    done = filled(PAGE, tmp_path)
    assert done == PAGE.replace("$ echo $?\n?", "$ echo $?\n0").replace("1 + 1\n?", "1 + 1\n2")
    assert (tmp_path / "made.txt").read_text(encoding="utf-8") == "one\n"
    assert list(differences(done, tmp_path)) == []
