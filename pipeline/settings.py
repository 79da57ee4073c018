"""What is set by a file and by the environment, besides the options of the commands.

An option given on the command line goes first, then the environment (`GONGKAI_DB`), then the file
(`gongkai.toml` in the working directory, or the one that `--config` or `GONGKAI_CONFIG` names),
then the program's own default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from pipeline.limits import MEGABYTE, MEMORY_LIMIT, TIME_LIMIT

FILE = "gongkai.toml"
CONFIG_VARIABLE = "GONGKAI_CONFIG"
_PREFIX = "GONGKAI_"

Kind = Literal["text", "whole", "number", "folders"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set; `usual` is its default as it is shown."""

    name: str
    kind: Kind
    usual: str
    example: str

    @property
    def variable(self) -> str:
        return _PREFIX + self.name.upper()


SETTINGS = (
    Setting("db", "text", "sqlite:///gongkai.db", '"sqlite:///gongkai.db"'),
    Setting("jobs", "whole", "one for each processor", "4"),
    Setting("reader", "text", "chosen for each file", '"pdfium"'),
    Setting("timeout", "number", f"{TIME_LIMIT:g}", f"{TIME_LIMIT:g}"),
    Setting("memory", "whole", f"{MEMORY_LIMIT // MEGABYTE}", f"{MEMORY_LIMIT // MEGABYTE}"),
    Setting("pages", "whole", "2000, of which 500 pictures", "2000"),
    Setting("pixels", "whole", "150000000", "150000000"),
    Setting("forms", "folders", "the national ones", '["forms"]'),
    Setting("who", "text", "nobody", '"Li Ming"'),
)
"""In the order in which they are shown."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}


class BadSettings(Exception):
    """A file of settings cannot be used; says where and what to do."""


@dataclass(frozen=True, slots=True)
class FileSettings:
    """What a file sets, by name; `path` is None where there is no file."""

    path: Path | None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting as it is in force, without passwords, and where it comes from."""

    name: str
    shown: str
    origin: str
    wrong: str = ""


def load_settings(named: Path | None) -> FileSettings:
    """The settings of the file named, or of the one in the working directory if there is one.

    Raises BadSettings for a file that is not there, is no TOML, or sets what does not exist.
    """
    path = named or Path(FILE)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        if named is None:
            return FileSettings(None)
        raise BadSettings(f"{path}: there is no such file; name another with --config") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: cannot be read ({error}); save it as UTF-8") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path}: {error}; write lines like jobs = 4") from error
    for name, value in values.items():
        _check_entry(path, name, value)
    return FileSettings(path, values)


def file_to_defaults(settings: FileSettings) -> dict[str, object]:
    """Defaults for the options of a command; what the environment sets is left to it."""
    return {
        name: value
        for name, value in settings.values.items()
        if not os.environ.get(_BY_NAME[name].variable)
    }


def effective_settings(
    settings: FileSettings, flags: Mapping[str, str] | None = None
) -> list[Effective]:
    """Every setting as it is in force for a command with these options given."""
    return [_effective(setting, settings, flags or {}) for setting in SETTINGS]


def unknown_variables() -> list[str]:
    """Variables of the environment that look like settings and are none."""
    known = {setting.variable for setting in SETTINGS} | {CONFIG_VARIABLE}
    return sorted(
        name
        for name in os.environ
        if name.startswith(_PREFIX) and not name.startswith(f"{_PREFIX}TEST_") and name not in known
    )


def _effective(setting: Setting, file: FileSettings, flags: Mapping[str, str]) -> Effective:
    if setting.name in flags:
        return Effective(setting.name, _shown(setting, flags[setting.name]), "command line")
    said = os.environ.get(setting.variable, "")
    if said:
        wrong = "" if _is_text_of(setting, said) else f"{said!r} is no {_NOUNS[setting.kind]}"
        return Effective(
            setting.name, _shown(setting, said), f"environment, {setting.variable}", wrong
        )
    if setting.name in file.values:
        return Effective(
            setting.name, _shown(setting, file.values[setting.name]), f"file {file.path}"
        )
    return Effective(setting.name, setting.usual, "default")


def _shown(setting: Setting, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return url_without_password(str(value)) if setting.name == "db" else str(value)


def url_without_password(text: str) -> str:
    """A database's URL as it may be shown; nothing of a text that is none."""
    from store.connections import text_to_url
    from store.errors import BadUrl

    try:
        url = text_to_url(text)
        return text if url.password is None else url.render_as_string(hide_password=True)
    except BadUrl:
        return "(no database URL)"


_NOUNS: dict[Kind, str] = {
    "text": "text",
    "whole": "whole number above 0",
    "number": "number above 0",
    "folders": "list of folders",
}


def _check_entry(path: Path, name: str, value: object) -> None:
    setting = _BY_NAME.get(name)
    if setting is None:
        near = get_close_matches(name, _BY_NAME, 1)
        meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(_BY_NAME)}"
        raise BadSettings(f"{path}: there is no setting {name!r}; {meant}")
    if not _is_value_of(setting, value):
        raise BadSettings(
            f"{path}: {name} = {value!r} is no {_NOUNS[setting.kind]}; "
            f"write {name} = {setting.example}"
        )


def _is_value_of(setting: Setting, value: object) -> bool:
    match setting.kind:
        case "text":
            return isinstance(value, str) and bool(value)
        case "whole":
            return isinstance(value, int) and not isinstance(value, bool) and value > 0
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        case "folders":
            return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _is_text_of(setting: Setting, text: str) -> bool:
    try:
        if setting.kind == "whole":
            return int(text) > 0
        return setting.kind != "number" or float(text) > 0
    except ValueError:
        return False
