"""Document -> Report. The forms are data in `forms/`; nothing here knows PDF or SQL."""

from normalize.interpret import interpret

__all__ = ["interpret"]
