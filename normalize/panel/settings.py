"""How much alike, and how far apart, figures of several years must be to be remarked on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PanelSettings:
    """The tolerances of the rules that are no identities.

    same_cells      cells that are no sums of others, not zero and the same a year later, from which
                    a table may be last year's (Y-SAME), or another body's (G-TWIN)
    same_share      least part of all such cells that must be the same
    jump_years      years that a series needs before one of them can stand out (Y-JUMP)
    jump_z          distance from the median, in robust standard deviations of ln(1 + x)
    jump_least      least distance from the median in units of the cell
    jump_spread     least standard deviation: what nearly never changes may do so
    power_share     how near to a power of ten a ratio is one (Y-10K)
    power_least     larger figure of a pair below which a ratio says nothing
    alike           likeness, in percent, from which a text is a copy (G-TEXT)
    alike_least     characters below which a text may well be the same every year
    peers           members of a group from which its upper end is known (G-PEER)
    """

    same_cells: int = 5
    same_share: float = 0.8
    jump_years: int = 4
    jump_z: float = 5.0
    jump_least: int = 20
    jump_spread: float = 0.1
    power_share: Decimal = Decimal("0.1")
    power_least: int = 100
    alike: float = 95.0
    alike_least: int = 40
    peers: int = 200

    def __post_init__(self) -> None:
        if not 0 < self.same_share <= 1 or not 0 < self.alike <= 100:
            raise ValueError("shares lie between 0 and 1, likeness between 0 and 100")
        if self.jump_years < 3 or self.same_cells < 1 or self.peers < 2:
            raise ValueError("too few cells, years or peers to compare")


DEFAULTS = PanelSettings()
