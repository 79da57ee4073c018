"""The meter of a run: rate, time left and what to count."""

import pytest

from pipeline.progress import Meter, seconds_to_text
from pipeline.results import Became, FileResult


def test_files_that_are_not_read_do_not_count_towards_the_rate() -> None:
    now = 0.0
    meter = Meter(12, lambda: now)
    assert str(meter) == "0 cells flagged, 0 quarantined"
    now = 5.0
    for became in (Became.UNCHANGED, Became.STILL_QUARANTINED):
        meter.add(FileResult("a", became))
    assert (meter.rate, meter.seconds_left) == (None, None)
    for second in (6.0, 7.0):
        now = second
        meter.add(FileResult("a", Became.ACCEPTED, flagged=3))
    meter.add(FileResult("a", Became.QUARANTINED))
    now = 6.5 + 1
    assert (meter.done, meter.rate) == (5, 3 / 2.5)
    assert str(meter) == "1.2 files/s, 6 s left, 6 cells flagged, 2 quarantined"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (200, "3 min 20 s"), (7500, "2 h 05 min")],
)
def test_seconds_are_told_in_words(seconds: float, text: str) -> None:
    assert seconds_to_text(seconds) == text
