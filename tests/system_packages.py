"""Installs the programs that some tests need, where it may: `python3 tests/system_packages.py`.

Says of each program whether it is there. It installs with apt-get when it is run by root, tells
why where it cannot, and always ends well: tests without their program are skipped, and say so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SECONDS = 600
"""For all packages together."""

_QUIET = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


@dataclass(frozen=True)
class Need:
    """A program, where it may stand, and the first package of those that hold it."""

    name: str
    purpose: str
    places: tuple[str, ...]
    packages: tuple[str, ...]


NEEDS = (
    Need(
        "LibreOffice",
        "reports of a word processor, legacy Word documents",
        ("soffice",),
        ("libreoffice-writer-nogui", "libreoffice-writer"),
    ),
    Need("Chromium", "reports printed by a browser", ("chromium",), ("chromium",)),
    Need(
        "PostgreSQL",
        "the store on a server",
        ("initdb", "/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb"),
        ("postgresql",),
    ),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 tests/system_packages.py", description=__doc__)
    parser.add_argument("--look", action="store_true", help="install nothing, only say what lacks")
    options = parser.parse_args()
    missing = [need for need in NEEDS if find(need) is None]
    refusal = why_not() if missing else None
    if missing and refusal is None and not options.look:
        refusal = install(missing, time.monotonic() + SECONDS)
    for need in NEEDS:
        place = find(need)
        because = f" ({refusal})" if refusal and need in missing else ""
        said = place or f"not there{because}; tests of {need.purpose} are skipped"
        sys.stdout.write(f"{need.name}: {said}\n")
    return 0


def find(need: Need) -> str | None:
    """Where the program is."""
    for place in need.places:
        if place.startswith("/"):
            found = [str(path) for path in sorted(Path("/").glob(place[1:]))]
        else:
            found = [path for path in [shutil.which(place)] if path]
        if found:
            return found[-1]
    return None


def why_not() -> str | None:
    """Why nothing can be installed here; None when it can."""
    if shutil.which("apt-get") is None:
        return "there is no apt-get to install it with"
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root may install it"
    return None


def install(needs: list[Need], end: float) -> str | None:
    """Installs a package for each; what went wrong with the last that could not be had."""
    refusal = _apt(["update"], end)
    for need in needs:
        for package in need.packages:
            sys.stderr.write(f"installing {package}\n")
            refusal = _apt(["install", "--yes", "--no-install-recommends", package], end)
            if refusal is None:
                break
    return refusal


def _apt(arguments: list[str], end: float) -> str | None:
    """What went wrong; None for success."""
    command = ["apt-get", "-qq", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]
    command += ["-o", "DPkg::Lock::Timeout=60"]
    left = end - time.monotonic()
    if left <= 0:
        return f"not installed within {SECONDS} seconds"
    try:
        done = subprocess.run(
            [*command, *arguments],
            timeout=left,
            env=_QUIET,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        return f"not installed within {SECONDS} seconds"
    except OSError as error:
        return f"apt-get does not run: {error.strerror}"
    lines = [line for line in done.stderr.splitlines() if line.startswith("E:")]
    return None if done.returncode == 0 else (lines[0] if lines else "apt-get failed")


if __name__ == "__main__":
    sys.exit(main())
