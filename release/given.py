"""What a person says of a release, and the licences that there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from release.errors import BadRelease


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by its SPDX identifier."""

    name: str
    title: str
    url: str


LICENCES = {
    licence.name: licence
    for licence in (
        Licence(
            "CC-BY-4.0",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        Licence(
            "CC-BY-SA-4.0",
            "Creative Commons Attribution-ShareAlike 4.0 International",
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ),
        Licence(
            "CC0-1.0",
            "Creative Commons Zero 1.0 Universal",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        Licence(
            "ODbL-1.0",
            "Open Data Commons Open Database License 1.0",
            "https://opendatacommons.org/licenses/odbl/1-0/",
        ),
        Licence(
            "ODC-By-1.0",
            "Open Data Commons Attribution License 1.0",
            "https://opendatacommons.org/licenses/by/1-0/",
        ),
        Licence(
            "PDDL-1.0",
            "Open Data Commons Public Domain Dedication and License 1.0",
            "https://opendatacommons.org/licenses/pddl/1-0/",
        ),
    )
}

TITLE = "Annual reports on government information disclosure in China"
AUTHOR = "gongkai"


@dataclass(frozen=True, slots=True)
class Given:
    """`day` is the date of the release, and its version."""

    day: date
    licence: Licence
    title: str = TITLE
    authors: tuple[str, ...] = (AUTHOR,)
    url: str | None = None


def name_to_licence(name: str) -> Licence:
    """The licence of that SPDX identifier; BadRelease for one that is not known."""
    for known, licence in LICENCES.items():
        if known.lower() == name.strip().lower():
            return licence
    raise BadRelease(f"{name!r} is no licence known here; choose one of {', '.join(LICENCES)}")
