"""The READMEs against the program: every command shown runs and prints what is shown."""

import re
import shlex
from pathlib import Path

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


@pytest.mark.parametrize("line", dict.fromkeys(commands_of(readme())))
def test_every_command_shown_runs(line: str, workplace: dict[str, str]) -> None:
    assert run_command(line) is not None


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
