"""What is in doubt, kept in memory: on many reports to find it takes a second, to choose none."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from store.review_queue import InDoubt, Wish, choose

OLD_AFTER = 300.0
"""Seconds after which the database is asked again, in the background."""

_PATIENCE = 0.2
"""Seconds to wait for a fresh answer where an older one is at hand."""

Found = tuple[InDoubt, ...]


class Agenda:
    """The queue of all reports. It may be behind by some minutes: who goes through it looks at each
    report as it is, and tells of those in which nothing is left.
    """

    def __init__(self, ask: Callable[[], Found]) -> None:
        """`ask` finds what is in doubt, in a thread of its own."""
        self._find = ask
        self._lock = threading.Lock()
        self._settled: set[str] = set()
        self._asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="agenda")
        self._found: Found | None = None
        self._asked_at = 0.0
        self._answer: Future[Found] = self._ask()

    def wished(self, wish: Wish, *, anew: bool = False) -> Found:
        """The reports to go through, the best to begin with first.

        `anew` asks the database again, and takes what is known where that is not quickly answered.
        """
        with self._lock:
            is_old = anew or time.monotonic() > self._asked_at + OLD_AFTER
            if self._answer.done():
                self._take(self._answer)
                if is_old:
                    self._answer = self._ask()
        if anew or self._found is None:
            done, _ = wait([self._answer], timeout=None if self._found is None else _PATIENCE)
            for answer in done:
                self._take(answer)
        return choose((e for e in self._found or () if e.report_id not in self._settled), wish)

    def _take(self, answer: Future[Found]) -> None:
        """Raises what asking raised; the next one asks again then."""
        if answer.exception() is not None:
            self._answer = self._ask()
        self._found = answer.result()

    def settle(self, report_id: str) -> None:
        """Nothing is left in this report."""
        self._settled.add(report_id)

    def reopen(self, report_id: str) -> None:
        self._settled.discard(report_id)

    def close(self) -> None:
        self._asking.shutdown(cancel_futures=True)

    def _ask(self) -> Future[Found]:
        self._asked_at = time.monotonic()
        self._settled.clear()
        return self._asking.submit(self._find)
