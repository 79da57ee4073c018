"""Times that can be compared: every candidate takes its turn, many times over."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

Job = Callable[[], object]
Clock = Callable[[], float]


def take_turns(
    jobs: Mapping[str, Job],
    repeats: int,
    *,
    once: Sequence[str] = (),
    clock: Clock = time.process_time,
) -> dict[str, float]:
    """Median seconds by name. The jobs run in turns, so that a busy machine slows all alike.

    Those named in `once` run in the first turn only. The clock is the processor's, all threads
    added up, unless another one is given.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(repeats):
        for name, job in jobs.items():
            if turn == 0 or name not in once:
                start = clock()
                job()
                times[name].append(clock() - start)
    return {name: median(taken) for name, taken in times.items()}
