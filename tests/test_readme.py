"""The READMEs against the program: every command shown runs and prints what is shown."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from pipeline.command import app

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
RUN_WELL = (0, 3)


def readme(name: str = "README.md") -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands_of(text: str) -> list[str]:
    """Every `$ gongkai …` line of the code blocks."""
    return re.findall(r"^\$ (gongkai .+)$", text, flags=re.MULTILINE)


def shown_outputs(text: str) -> dict[str, str]:
    """The output printed under each command, where any is."""
    blocks = re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL)
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)]
    return {
        command: output
        for command, _, output in (part.partition("\n") for part in parts)
        if command.startswith("gongkai ") and output.strip()
    }


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory):
    """What the commands with output print, one after another in a folder with the fixtures."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "fixtures").symlink_to(ROOT / "fixtures")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield {line: run_command(line) for line in shown_outputs(readme())}


def run_command(line: str) -> str:
    result = CliRunner().invoke(app, shlex.split(line)[1:])
    assert result.exit_code in RUN_WELL, f"{line}\n{result.output}\n{result.exception}"
    return result.stdout


COMMANDS_SHOWN = dict.fromkeys(commands_of(readme()))
UNTIL_STOPPED = "gongkai serve "
"""Begins a command that goes on until Ctrl-C."""


@pytest.mark.parametrize("line", [c for c in COMMANDS_SHOWN if not c.startswith(UNTIL_STOPPED)])
def test_every_command_shown_runs(line: str, workplace: dict[str, str]) -> None:
    assert run_command(line) is not None


@pytest.mark.parametrize("line", [c for c in COMMANDS_SHOWN if c.startswith(UNTIL_STOPPED)])
def test_what_goes_on_until_it_is_stopped_begins(line: str, workplace: dict[str, str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = str(free.getsockname()[1])
    program = "from pipeline.command import main; main()"
    words = [*shlex.split(line)[1:], "--port", port]
    process = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        assert f"http://127.0.0.1:{port}/" in process.stderr.readline()
        assert _answers(int(port))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) in (0, 130)


def _answers(port: int) -> bool:
    """Whether a page is had within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            return bool(page.status == 200)
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("name", READMES)
def test_the_transcript_is_what_the_program_prints(name: str, workplace: dict[str, str]) -> None:
    outputs = shown_outputs(readme(name))
    assert list(outputs) == list(workplace)
    assert len(outputs) == 2
    for line, shown in outputs.items():
        assert [row.rstrip() for row in workplace[line].splitlines()] == [
            row.rstrip() for row in shown.splitlines()
        ]


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_only_those_are_named(name: str) -> None:
    shown = {shlex.split(line)[1] for line in commands_of(readme(name))}
    groups = {group.name for group in app.registered_groups}
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert shown == commands | groups


def test_both_readmes_show_the_same_commands() -> None:
    assert commands_of(readme("README.zh-CN.md")) == commands_of(readme())


COMMANDS = [
    *app.registered_commands,
    *(
        command
        for group in app.registered_groups
        for command in group.typer_instance.registered_commands
    ),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.callback.__name__)
def test_every_command_has_help_with_an_example_from_the_readme(command) -> None:
    example = re.search(r"Example: `(gongkai [^`]+)`", command.callback.__doc__ or "")
    assert example is not None
    assert example[1] in commands_of(readme())
