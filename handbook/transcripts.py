"""What the pages show being done, done again and compared.

A block `console` is a transcript: lines that begin with `$ ` are commands, those below are what
they print. In it `…` stands for any text, on a line of its own for any lines. A block `pycon` is a
session of Python, in which `...` does the same. A block `sh` is for the reader alone; its commands
`gongkai` must have words that the program understands. All blocks of a page are one story, told in
one folder.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from pipeline.command import app

ROOT = Path(__file__).parents[1]
ANY = "…"
_BLOCK = re.compile(r"^```(console|pycon|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = "python"
"""The command of a step that is typed into Python."""

_LENIENT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_ENDS_WELL = (0, 3)
_PROGRAMS = ("python", "Rscript", "ls", "head")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page; `line` is that of its fence, from 1."""

    language: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a transcript, and what is shown below it."""

    command: str
    shown: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A command that does not print what the page shows."""

    step: Step
    printed: str

    def __str__(self) -> str:
        return f"$ {self.step.command}\nshown:\n{self.step.shown}\nprinted:\n{self.printed}"


def page_to_blocks(page: str) -> list[Block]:
    """The blocks that are run or looked at, in order."""
    return [
        Block(found[1], found[2], page.count("\n", 0, found.start()) + 1)
        for found in _BLOCK.finditer(page)
    ]


def text_to_steps(text: str) -> list[Step]:
    """The commands of one transcript; a command goes on until its quotes are closed."""
    steps = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        while not _is_whole(command) and shown:
            line, _, shown = shown.partition("\n")
            command += f"\n{line}"
        steps.append(Step(command, shown))
    return steps


def _is_whole(command: str) -> bool:
    try:
        shlex.split(command)
    except ValueError:
        return False
    return True


def is_as_shown(shown: str, printed: str) -> bool:
    """Whether a text fits what a page shows of it, blanks at the ends of lines aside."""
    pattern = ""
    for line in _lines(shown):
        if line.strip() == ANY:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(map(re.escape, line.split(ANY))) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _lines(printed))) is not None


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


class Shell:
    """Runs commands in a folder, those of gongkai in this process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._status = 0

    def run(self, step: Step) -> str:
        """What the command prints, its messages as well where it fails.

        `cat` of a file that is not there makes it of what is shown, `echo $?` is the status of the
        command before. What needs a program that is not installed is taken to be as shown.
        RuntimeError for a program that pages do not use.
        """
        words = shlex.split(step.command)
        match words:
            case ["echo", "$?"]:
                return f"{self._status}\n"
            case ["cat", name]:
                return self._cat(self._folder / name, step.shown)
            case ["gongkai", *rest] if "--forms" in rest:
                # Forms are read once in a process.
                program = "from pipeline.command import main; main()"
                return self._other_process([sys.executable, "-c", program, *rest])
            case ["gongkai", *rest]:
                with chdir(self._folder):
                    result = CliRunner().invoke(app, rest)
                self._status = result.exit_code
                return result.stdout if self._status in _ENDS_WELL else result.output
            case [program, *_] if program in _PROGRAMS and shutil.which(program) is None:
                return step.shown
            case [program, *rest] if program in _PROGRAMS:
                return self._other_process(
                    [sys.executable if program == "python" else program, *rest]
                )
            case _:
                raise RuntimeError(f"pages do not use {step.command!r}")

    def _other_process(self, command: list[str]) -> str:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=self._folder, capture_output=True, text=True, env=environment
        )
        self._status = done.returncode
        return done.stdout if self._status in _ENDS_WELL else done.stdout + done.stderr

    @staticmethod
    def _cat(file: Path, shown: str) -> str:
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.write_text(shown, encoding="utf-8")
        return file.read_text(encoding="utf-8")


def differences(page: str, folder: Path) -> Iterator[Difference]:
    """Every command of a page, run in order, that prints something else than is shown.

    A command under which nothing is shown may print anything.
    """
    shell = Shell(folder)
    names: dict[str, object] = {}
    for block in page_to_blocks(page):
        if block.language == "console":
            for step in text_to_steps(block.text):
                printed = shell.run(step)
                if step.shown.strip() and not is_as_shown(step.shown, printed):
                    yield Difference(step, printed)
        elif block.language == "pycon":
            with chdir(folder):
                done = _session_done(block.text, names)
            if done != block.text:
                yield Difference(Step(PYTHON, block.text), done)


def _session_done(session: str, names: dict[str, object]) -> str:
    """A session of Python with what it gives, as it stands where that is what is shown."""
    parts = []
    for part in doctest.DocTestParser().parse(session):
        if isinstance(part, str):
            parts.append(part)
            continue
        given = io.StringIO()
        with redirect_stdout(given):
            exec(compile(part.source, "page", "single"), names)
        shown, printed = part.want, given.getvalue()
        fits = doctest.OutputChecker().check_output(shown, printed, _LENIENT)
        first, *more = part.source.splitlines()
        parts += [f">>> {first}\n", *(f"... {line}\n" for line in more)]
        parts.append(shown if fits else "".join(f"{line}\n" for line in _lines(printed)))
    return "".join(parts)


def filled(page: str, folder: Path) -> str:
    """The page with what its commands print, wherever that is not what it shows.

    To have it put there for the first time, write any other text below the command.
    """
    for difference in list(differences(page, folder)):
        step = difference.step
        if step.command == PYTHON:
            page = page.replace(step.shown, difference.printed, 1)
            continue
        printed = "".join(f"{line}\n" for line in _lines(difference.printed))
        page = page.replace(f"$ {step.command}\n{step.shown}", f"$ {step.command}\n{printed}", 1)
    return page
