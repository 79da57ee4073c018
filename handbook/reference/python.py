"""The page of the package `gongkai` for Python, from its signatures and docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import gongkai
from handbook.reference.markdown import page, written_by


def python_page() -> str:
    """Everything that `import gongkai` gives."""
    return page(
        "# The package gongkai for Python",
        "",
        f"{written_by('gongkai/database.py', 'gongkai/charts.py')} How it is used: "
        "[pandas](../how-to/pandas.md).",
        "",
        *_told(gongkai),
        *_function_to_lines("##", "gongkai.open", gongkai.open),
        *_class_to_lines(gongkai.Database),
        *_function_to_lines("##", "gongkai.chart", gongkai.chart),
        *_class_to_lines(gongkai.Picture),
        "## gongkai.GongkaiError",
        "",
        *_told(gongkai.GongkaiError),
        "The base of all errors of a database: [errors](errors.md).",
    )


def _class_to_lines(one: type) -> Iterator[str]:
    yield from (f"## gongkai.{one.__name__}", "", *_told(one))
    for name, method in vars(one).items():
        if not name.startswith("_") and inspect.isfunction(method):
            yield from _function_to_lines("###", f"{one.__name__}.{name}", method)


def _function_to_lines(heading: str, name: str, function: Callable[..., Any]) -> Iterator[str]:
    yield from (f"{heading} {name}", "", "```python", *_signature(name, function), "```", "")
    yield from _told(function)


def _signature(name: str, function: Callable[..., Any]) -> Iterator[str]:
    """The signature, a parameter a line where it is long."""
    signature = inspect.signature(function)
    own = [p for p in signature.parameters.values() if p.name != "self"]
    returns = f" -> {signature.return_annotation}"
    parts: list[str] = []
    for parameter in own:
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        parts.append(_parameter_to_text(parameter))
    short = f"{name.rpartition('.')[2]}({', '.join(parts)}){returns}"
    if len(short) <= 88:
        yield short
        return
    yield f"{name.rpartition('.')[2]}("
    yield from (f"    {part}," for part in parts)
    yield f"){returns}"


def _parameter_to_text(parameter: inspect.Parameter) -> str:
    """A parameter without the quotes that annotations have when they are put off."""
    named = f"{parameter.name}: {parameter.annotation}"
    has_default = parameter.default is not inspect.Parameter.empty
    return f"{named} = {parameter.default!r}" if has_default else named


def _told(documented: object) -> Iterator[str]:
    """The docstring; its sessions as blocks of code."""
    fenced = False
    for line in inspect.cleandoc(getattr(documented, "__doc__", "") or "").splitlines():
        if line.startswith(">>>") and not fenced:
            yield "```pycon"
            fenced = True
        elif fenced and not line:
            yield "```"
            fenced = False
        yield line
    if fenced:
        yield "```"
    yield ""
