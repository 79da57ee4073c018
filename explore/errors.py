"""What can go wrong in the web application.

ExploreError
├── NotServed     the application cannot be started so
├── NotThere      what an address names is not in the database (404)
├── BadAddress    an address that means nothing (400)
├── NotDrawn      a page of a document cannot be shown (404)
└── TookTooLong   the database was broken off (503)
"""

from __future__ import annotations


class ExploreError(Exception):
    """`problem` names place and value, `remedy` what to do."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}; {remedy}" if remedy else problem)
        self.problem = problem
        self.remedy = remedy


class NotServed(ExploreError):
    """The application cannot be started with these settings."""


class NotThere(ExploreError):
    """What an address names is not in the database."""


class BadAddress(ExploreError):
    """An address whose parts mean nothing."""


class TookTooLong(ExploreError):
    """A page needed more of the database than it is given time for."""


class NotDrawn(ExploreError):
    """A page of a document cannot be shown: it is not among the sources, or cannot be drawn."""
