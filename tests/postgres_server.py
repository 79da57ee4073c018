"""A PostgreSQL server of the tests' own, started where its programs are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pwd import struct_passwd

GIVEN = "GONGKAI_TEST_POSTGRES"
"""The environment variable that names a server to use instead."""

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_ACCOUNTS = ("postgres", "nobody")
_SECONDS = 60


def why_no_server() -> str | None:
    """What is lacking for a server; None when one is named or can be started."""
    if find_spec("psycopg") is None:
        return "no PostgreSQL driver: pip install 'gongkai[postgres]'"
    if os.environ.get(GIVEN):
        return None
    if not hasattr(os, "geteuid") or find_programs() is None:
        return f"no PostgreSQL server is installed, and {GIVEN} names none"
    if os.geteuid() == 0 and _account() is None:
        return "PostgreSQL does not run as root, and there is no other account to run it"
    return None


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest where several are installed."""
    places = [place for pattern in _PLACES for place in Path("/").glob(pattern[1:])]
    newest = sorted(places, key=lambda place: [int(d) for d in place.parts if d.isdigit()])
    found = shutil.which("initdb")
    candidates = [*reversed(newest), *([Path(found).resolve().parent] if found else [])]
    return next(
        (p for p in candidates if (p / "initdb").exists() and (p / "pg_ctl").exists()), None
    )


@contextmanager
def running_server() -> Iterator[str]:
    """The URL of an empty database; a server started for it is stopped and removed afterwards."""
    if given := os.environ.get(GIVEN):
        yield given
        return
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError("initdb")
    with TemporaryDirectory(prefix="gongkai-pg-") as name:
        folder = Path(name)
        account = _account()
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        _run(
            programs / "initdb",
            "-D",
            folder / "data",
            "-A",
            "trust",
            "-U",
            "gongkai",
            "-N",
            "-E",
            "UTF8",
            "--locale=C",
        )
        port = _free_port()
        settings = f"-F -k {folder} -h 127.0.0.1 -p {port}"
        control = (programs / "pg_ctl", "-D", folder / "data", "-w", "-t", _SECONDS)
        _run(*control, "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgresql://gongkai@127.0.0.1:{port}/postgres"
        finally:
            _run(*control, "-m", "immediate", "stop")


def _account() -> struct_passwd | None:
    """Who runs the server where the tests are run by root, whom PostgreSQL refuses."""
    import pwd

    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next((known[name] for name in _ACCOUNTS if name in known), None)


def _run(*command: object) -> None:
    account = _account()
    words: Sequence[str] = [str(word) for word in command]
    subprocess.run(
        words,
        check=True,
        timeout=2 * _SECONDS,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        cwd="/",
        env={**os.environ, "LC_ALL": "C"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
