"""LibreOffice run once: several documents in, what it made of them out, within limits."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from extract.errors import ReaderMissing
from extract.office.profile import ENVIRONMENT, write_profile

PROGRAMS = ("soffice", "libreoffice", "soffice.com")
USUAL_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
)

START_SECONDS = 30.0
"""Within which LibreOffice must have started, with a new profile on a busy machine; 1 to 3 are
usual."""

DOCUMENT_SECONDS = 40.0
"""Within which each document must be done, counted from the one before; 0.1 to 1 are usual."""

MEMORY_LIMIT = 2 * 1024**3
"""Bytes of memory that LibreOffice may have; for a report it needs a tenth of it."""

OUTPUT_LIMIT = 256 * 1024**2
"""Bytes that one file it writes may have."""

_LOOK_EVERY = 0.05


def find_office() -> str:
    """The program. Raises ReaderMissing where LibreOffice is not installed."""
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    for place in USUAL_PLACES:
        if place.is_file():
            return str(place)
    raise ReaderMissing(
        "this is a document of another word processor, which LibreOffice reads, "
        "and LibreOffice is not installed",
        "install LibreOffice (its Writer), or convert the document to DOCX or PDF",
    )


def run_office(sources: Sequence[Path], folder: Path) -> bool:
    """Lets LibreOffice write a DOCX of each source into `folder`, one after another.

    False when it was ended because it took too long or crashed; the documents done before are
    there all the same. `folder` has a profile, and a home, of its own.
    """
    profile = folder / "profile"
    if not profile.exists():
        write_profile(profile)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    command = [
        find_office(),
        *("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--convert-to", "docx:Office Open XML Text", "--outdir", str(out)),
        *map(str, sources),
    ]
    environment = {**os.environ, **ENVIRONMENT, "HOME": str(folder), "TMPDIR": str(folder)}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _limit(process.pid)
        return _wait(process, out)
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], out: Path) -> bool:
    """Until the program ends, or no document was done for too long."""
    done = 0
    until = time.monotonic() + START_SECONDS + DOCUMENT_SECONDS
    while time.monotonic() < until:
        try:
            return process.wait(_LOOK_EVERY) == 0
        except subprocess.TimeoutExpired:
            now_done = sum(1 for _ in out.iterdir())
        if now_done > done:
            done = now_done
            until = time.monotonic() + DOCUMENT_SECONDS
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kills the program and all that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _limit(pid: int) -> None:
    """Limits a process, and what it will start, where the system can (Linux)."""
    if sys.platform == "linux":
        import resource

        for what, most in (
            (resource.RLIMIT_DATA, MEMORY_LIMIT),
            (resource.RLIMIT_FSIZE, OUTPUT_LIMIT),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.prlimit(pid, what)
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(pid, what, (limit, hard))
