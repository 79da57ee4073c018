"""The pages of reference that are written from code and forms, by name of their file.

`python -m handbook reference` writes them; a test says when they are no more what the code says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handbook.reference.checks import checks_page
from handbook.reference.commands import commands_page
from handbook.reference.errors import errors_page
from handbook.reference.fields import fields_page
from handbook.reference.python import python_page
from handbook.reference.settings import settings_page

PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "errors.md": errors_page,
    "fields.md": fields_page,
    "checks.md": checks_page,
    "python.md": python_page,
}
