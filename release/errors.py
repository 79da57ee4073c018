"""What can go wrong with a release.

ReleaseError
├── BadRelease       the folder, the licence or the release before is none that can be used
└── ReleaseFailed    it cannot be written; nothing of it is left
"""

from __future__ import annotations


class ReleaseError(Exception):
    """Says what is wrong and what to do."""


class BadRelease(ReleaseError): ...


class ReleaseFailed(ReleaseError): ...
