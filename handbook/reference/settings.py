"""The page of settings, from what the program takes."""

from __future__ import annotations

from handbook.reference.commands import named_commands
from handbook.reference.markdown import page, table, written_by
from pipeline.settings import CONFIG_VARIABLE, FILE, SETTINGS

_NOUNS = {
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "folders": "list of folders",
}


def settings_page() -> str:
    """What may stand in a file of settings, and every variable of the environment."""
    keys = ((f"`{s.name}`", _NOUNS[s.kind], s.usual, f"`{s.name} = {s.example}`") for s in SETTINGS)
    return page(
        "# Settings",
        "",
        written_by("pipeline/settings.py", "pipeline/command.py"),
        "",
        f"Settings stand in `{FILE}` in the working directory, or in the file that `--config` or "
        f"`{CONFIG_VARIABLE}` names. An option of the command line goes first, then the "
        "environment, then the file, then the default. `gongkai doctor` shows what is in force and "
        "where it comes from; a name or value that is wrong is refused.",
        "",
        "## In the file",
        "",
        *table(("setting", "kind", "default", "a line of the file"), keys),
        "## In the environment",
        "",
        *table(("variable", "stands for"), sorted(_variables().items())),
    )


def _variables() -> dict[str, str]:
    """What each variable stands for, by its name."""
    commands: dict[str, tuple[str, list[str]]] = {}
    for name, command in named_commands():
        for option in command.params:
            if option.envvar:
                known = commands.setdefault(option.envvar, (max(option.opts, key=len), []))
                known[1].append(name)
    said = {f"`{s.variable}`": f"the setting `{s.name}`" for s in SETTINGS}
    return said | {
        f"`{variable}`": f"`{flag}` of {', '.join(f'`{name}`' for name in names)}"
        for variable, (flag, names) in commands.items()
    }
