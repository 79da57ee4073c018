"""The templates of all pages, whatever stands in them escaped."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def templates() -> Environment:
    """Raises when a template asks for what it was not given."""
    return Environment(
        loader=FileSystemLoader(str(resources.files("explore") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
