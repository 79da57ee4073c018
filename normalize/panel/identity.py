"""Whether a name is that of one body: 区档案局 and 太平镇人民政府 are names of many."""

from __future__ import annotations

import re

_NOWHERE = "-:"
"""Begins the id of a body whose place is not known; its name follows."""

_NAMESAKES = ("county", "city", "province")
"""Levels that only a place tells: of a body without one, several places had that name."""

_UNIQUE = ("institution", "company", "association")
_IN_A_PLACE = re.compile("[^省市县区旗州盟].*?[省市县区旗州盟]")


def is_one_body(agency_id: str, level: str | None, kind: str | None) -> bool:
    """False where reports under `agency_id` may be of several bodies, so that their years must not
    be compared. An id without a place is its name, which must then name a division itself.
    """
    if ":" in agency_id and not agency_id.startswith(_NOWHERE):
        return True
    if level in _NAMESAKES:
        return False
    name = agency_id.removeprefix(_NOWHERE)
    return level == "national" or kind in _UNIQUE or _IN_A_PLACE.match(name) is not None
