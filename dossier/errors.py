"""What can go wrong with a report on an agency."""

from __future__ import annotations


class DossierError(Exception):
    """The agency or the years are not there; says what there is instead."""
