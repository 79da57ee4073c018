"""Who is reviewing, what is next for each of them, and how a decision gets into the ledger.

What was decided is in the database alone. What is kept here may be lost: which cells a reviewer
passed over, and which of their own decisions they may still undo.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal

from explore.errors import BadAddress, ExploreError, NotThere
from explore.review.admission import new_secret, new_session_id
from explore.review.agenda import Agenda
from explore.review.crops import Crops
from explore.review.item import Item, find_cell, report_to_item
from explore.review.latest import LatestReports
from explore.site import Site
from normalize.report import Report, Verdict
from normalize.review import (
    Doubtful,
    observation_to_reason,
    observation_to_state,
    place_of,
    report_to_doubtful,
)
from store.corrections import record_correction, withdraw_correction
from store.database import open_database
from store.errors import CorrectionRefused
from store.ledger import Kind
from store.review_queue import InDoubt, Wish, reports_in_doubt

MOST_SESSIONS = 1000
MOST_UNDONE = 1000
"""Decisions of one reviewer that can be undone, the latest."""

UNDO = "undone in review"
Cell = tuple[str, str]
"""A report's id, and `form.table.row.column`."""


class Changed(ExploreError):
    """The cell is not any more what the reviewer saw."""


@dataclass(frozen=True, slots=True)
class Done:
    """One decision of a reviewer: the ledger's entry, and the cell it is about."""

    correction_id: str
    cell: Cell


@dataclass(slots=True)
class Session:
    """One reviewer at work. `queue` is what was in doubt when they began, `at` how far they are."""

    id: str
    who: str = ""
    wish: Wish = field(default_factory=Wish)
    queue: tuple[InDoubt, ...] | None = None
    at: int = 0
    skipped: set[Cell] = field(default_factory=set)
    decided: set[Cell] = field(default_factory=set)
    done: list[Done] = field(default_factory=list)


class Desk:
    """The queue for everyone who reviews, and the one connection that writes."""

    def __init__(self, url: str, site: Site, who: str = "") -> None:
        """`who` is everybody's name where nobody is to be asked. Raises the store's errors."""
        self.site = site
        self.who = who
        self.secret = new_secret()
        self.crops = Crops(site.sources)
        self._latest = LatestReports(site.database)
        self._engine = open_database(url)
        self._agenda = Agenda(lambda: reports_in_doubt(self._engine))
        self._writing = threading.Lock()
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def close(self) -> None:
        self._agenda.close()
        self.crops.close()
        self._engine.dispose()

    def session(self, session_id: str | None) -> Session:
        """The session of that id; a new one where this desk has given out no such id."""
        known = self._sessions.get(session_id or "")
        if known is not None:
            self._sessions.move_to_end(known.id)
            return known
        session = Session(new_session_id(), who=self.who)
        self._sessions[session.id] = session
        if len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return session

    def turn_to(self, session: Session, wish: Wish) -> None:
        """Review what is wished from now on."""
        if session.wish != wish or session.queue is None:
            self._begin(session, wish)

    def begin_again(self, session: Session) -> None:
        """Look at the queue as it is now, and at what was passed over as well."""
        session.skipped.clear()
        session.decided.clear()
        self._begin(session, session.wish, anew=True)

    def next_item(self, session: Session) -> Item | None:
        """The first cell that is not decided and was not passed over; None when there is none."""
        for report_id, report, doubtful in self._open_cells(session):
            return report_to_item(self.site, report_id, report, doubtful)
        return None

    def item_after(self, session: Session, item: Item) -> Item | None:
        """What comes next if the decision on this one settles no other; the queue stays there."""
        for report_id, report, doubtful in self._open_cells(replace(session)):
            if (report_id, doubtful.place) != (item.report_id, item.doubtful.place):
                return report_to_item(self.site, report_id, report, doubtful)
        return None

    def item(self, report_id: str, name: str) -> Item:
        """The item of any cell; NotThere if there is none, or it is in no doubt."""
        report = self._latest.report(report_id)
        found = find_cell(report, name)
        for doubtful in report_to_doubtful(report):
            if doubtful.place == place_of(found):
                return report_to_item(self.site, report_id, report, doubtful)
        plain = Doubtful(found, observation_to_reason(found), 0)
        return report_to_item(self.site, report_id, report, plain)

    def decide(
        self,
        session: Session,
        cell: Cell,
        state: str,
        decision: Kind,
        value: Decimal | None = None,
        why: str = "",
    ) -> None:
        """Put a decision on a cell, seen in this state, into the ledger.

        Changed when the cell is another by now, NotThere and BadAddress for what cannot be decided.
        """
        report_id, name = cell
        with self._writing:
            report = self.site.database.report(report_id)
            if report.verdict is Verdict.QUARANTINED:
                raise NotThere("the report is quarantined", "it has no cells")
            now = find_cell(report, name)
            if str(observation_to_state(now)) != state:
                raise Changed("the cell has changed since it was shown", "look again")
            try:
                place, who = place_of(now), session.who
                entry = record_correction(
                    self._engine, report_id, place, decision, value, who=who, why=why
                )
            except CorrectionRefused as error:
                raise BadAddress(str(error)) from error
        session.decided.add(cell)
        session.done.append(Done(entry.correction_id, cell))
        del session.done[:-MOST_UNDONE]

    def skip(self, session: Session, cell: Cell) -> None:
        session.skipped.add(cell)

    def undo(self, session: Session) -> Cell | None:
        """Withdraw the reviewer's latest decision; its cell, None when there is none."""
        if not session.done:
            return None
        latest = session.done[-1]
        with self._writing:
            try:
                withdraw_correction(self._engine, latest.correction_id, who=session.who, why=UNDO)
            except CorrectionRefused as error:
                session.done.pop()
                raise BadAddress(str(error)) from error
        session.done.pop()
        session.decided.discard(latest.cell)
        self._agenda.reopen(latest.cell[0])
        order = [each.report_id for each in session.queue or ()]
        if latest.cell[0] in order:
            session.at = min(session.at, order.index(latest.cell[0]))
        return latest.cell

    def _begin(self, session: Session, wish: Wish, *, anew: bool = False) -> None:
        session.wish = wish
        session.queue = self._agenda.wished(wish, anew=anew)
        session.at = 0

    def _open_cells(self, session: Session) -> Iterator[tuple[str, Report, Doubtful]]:
        """What is left to review, from where the reviewer is; reports left behind are done."""
        queue = session.queue or ()
        while session.at < len(queue):
            report_id = queue[session.at].report_id
            with suppress(NotThere):
                report = self._latest.report(report_id)
                all_of_it = report_to_doubtful(report)
                if not all_of_it:
                    self._agenda.settle(report_id)
                for doubtful in report_to_doubtful(report, session.wish.check):
                    cell = (report_id, ".".join(doubtful.place))
                    if cell not in session.skipped and cell not in session.decided:
                        yield report_id, report, doubtful
            session.at += 1
