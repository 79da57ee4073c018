"""The page of commands, from their parameters and docstrings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

import typer

from handbook.reference.markdown import page, table, written_by
from pipeline.command import app
from pipeline.settings import SETTINGS

_EXAMPLE = re.compile(r"^Example: `(.+)`$")
_USUAL = {setting.name: setting.usual for setting in SETTINGS}
"""Defaults that hang on the machine are said in words."""


def commands_page() -> str:
    """Every command with its words, in the order of `gongkai --help`."""
    lines = [
        "# Commands",
        "",
        f"{written_by('pipeline/command.py')} `gongkai COMMAND --help` prints the same.",
        "",
        "Every option that has a variable may be set in the environment, those of the "
        "[settings](settings.md) in a file as well. What the exit status means is among the "
        "[errors](errors.md).",
        "",
    ]
    commands = list(named_commands())
    lines += table(
        ("command", "what it does"),
        ((f"[`gongkai {name}`](#gongkai-{_anchor(name)})", _first(c.help)) for name, c in commands),
    )
    for name, command in commands:
        lines += _command_to_lines(name, command)
    return page(*lines)


def named_commands() -> Iterator[tuple[str, Any]]:
    """Each command with its name as it is written, those of groups included."""
    root: Any = typer.main.get_command(app)
    for name, command in root.commands.items():
        if hasattr(command, "commands"):
            for own, part in command.commands.items():
                yield f"{name} {own}", part
        else:
            yield name, command


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _first(text: str) -> str:
    return text.strip().partition("\n")[0]


def _command_to_lines(name: str, command: Any) -> Iterator[str]:
    yield from (f"## gongkai {name}", "")
    examples = []
    for paragraph in re.split(r"\n\s*\n", command.help.strip()):
        told = " ".join(paragraph.split())
        if found := _EXAMPLE.match(told):
            examples.append(found[1])
        else:
            yield from (told, "")
    yield from ("```sh", *examples, "```", "")
    shown = [p for p in command.params if p.name != "help" and not p.hidden]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    if arguments:
        rows = ((f"`{p.metavar or p.name.upper()}`", p.help or "") for p in arguments)
        yield from table(("argument", "meaning"), rows)
    options = [p for p in shown if p.param_type_name == "option"]
    if options:
        yield from table(("option", "meaning", "default", "variable"), map(_option_to_row, options))


def _option_to_row(option: Any) -> tuple[str, str, str, str]:
    name = max(option.opts, key=len)
    takes = "" if option.is_flag or _kind(option) is bool else f" {_metavar(option)}"
    variable = f"`{option.envvar}`" if option.envvar else ""
    return f"`{name}{takes}`", option.help or "", _default(option), variable


def _metavar(option: Any) -> str:
    if option.metavar:
        return str(option.metavar)
    choices = _choices(_kind(option))
    if choices:
        return "|".join(choices)
    return {int: "N", float: "NUMBER"}.get(_kind(option), "TEXT")


def _kind(option: Any) -> Any:
    """The class of one value: of `list[int] | None` it is `int`."""
    kind = option.type_descriptor.annotation
    while arguments := [a for a in getattr(kind, "__args__", ()) if a is not type(None)]:
        kind = arguments[0]
    return kind


def _choices(kind: Any) -> list[str]:
    return [str(c.value) for c in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []


def _default(option: Any) -> str:
    if isinstance(option.show_default, str):
        return option.show_default
    if option.required:
        return "must be given"
    value = option.default
    if option.name in _USUAL and value is not None:
        return _USUAL[option.name]
    if value is None or value is False or value == "" or value == []:
        return ""
    return str(value.value if isinstance(value, Enum) else value)
