"""The application with review, for those who ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from explore.app import Served, Settings, settings_to_rules
from explore.review.desk import Desk
from explore.review.web import with_review


@dataclass(frozen=True, slots=True)
class ServedWithReview(Served):
    """The application and the desk that writes."""

    desk: Desk

    def close(self) -> None:
        self.desk.close()
        Served.close(self)


def attach_review(served: Served, settings: Settings, who: str = "") -> ServedWithReview:
    """The same application with `/review`; `who` reviews, asked for where it is empty.

    Raises the store's errors where the database cannot be written.
    """
    rules = settings_to_rules(settings)
    desk = Desk(settings.url, served.site, who)
    app = with_review(served.app, desk, rules)
    return ServedWithReview(app, served.site, served.datasette, desk)
