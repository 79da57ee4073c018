"""What a folder can hold besides files that keep still."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from benchmarks.hostile.trap import Place, either, kinds_of, read, refused

_PAUSE = 0.0002
"""Seconds between two changes of a file."""


def links(place: Place) -> None:
    """Links that dangle, that lead in a circle, to a folder above, to devices, to one file twice"""
    report = place.write("report.txt", place.report().encode(), read())
    targets = {
        "dangling.pdf": Path("nowhere.pdf"),
        "itself.pdf": Path("itself.pdf"),
        "there.pdf": Path("back.pdf"),
        "back.pdf": Path("there.pdf"),
        "above.pdf": Path(".."),
        "root": Path("/"),
        "zeros.pdf": Path("/dev/zero"),
        "null.pdf": Path("/dev/null"),
        "terminal.pdf": Path("/dev/tty"),
    }
    words = ("not a file", "cannot be read")
    for name, target in targets.items():
        path = place.folder / name
        path.symlink_to(target)
        place.expect(path, refused(*words))
    # Both names lead to one file, of which the first in order is read.
    (place.folder / "same-file.txt").symlink_to(report)


def unreadable_files(place: Place) -> None:
    """Files whose reading fails, files without permission, and an absurdly large one"""
    memory = Path("/proc/self/mem")
    if memory.exists():
        path = place.folder / "read-error.pdf"
        path.symlink_to(memory)
        place.expect(path, refused("cannot be read"))
    may_read_all = hasattr(os, "geteuid") and os.geteuid() == 0
    data = place.report().encode() + "\n无权限\n".encode()
    locked = place.write("locked.txt", data, read() if may_read_all else refused("ermission"))
    locked.chmod(0)
    sparse = place.write("sparse.pdf", b"%PDF-1.4\n", refused("bytes"))
    os.truncate(sparse, 1 << 40)


def pipes_and_sockets(place: Place) -> None:
    """Named pipes that never say anything, and sockets"""
    words = ("not a file", "cannot be read")
    pipe = place.folder / "pipe.pdf"
    os.mkfifo(pipe)
    place.expect(pipe, refused(*words))
    path = place.folder / "socket.pdf"
    with socket.socket(socket.AF_UNIX) as made:
        # Addresses of sockets are short, so it is made where the process stands.
        here = Path.cwd()
        os.chdir(place.folder)
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)
    place.expect(path, refused(*words))


def a_file_that_changes(place: Place) -> None:
    """Files that are rewritten, replaced, cut and lengthened while the run reads them"""
    for name in ("rewritten", "replaced", "cut"):
        place.write(f"{name}.txt", place.report(), either())
        for seed in (place.seed(".pdf"), place.seed(".html")):
            place.write(f"{name}{seed.suffix}", seed.data, either())


def versions(data: bytes) -> tuple[bytes, bytes]:
    """Two states of a changing file, of different lengths."""
    return data, data + b"\n<!-- -->\n"


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Keeps changing the files of `a_file_that_changes` while the block runs."""
    stop = Event()
    writer = Thread(target=_keep_changing, args=(folder, stop), daemon=True)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()


def _keep_changing(folder: Path, stop: Event) -> None:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    states = {path: versions(path.read_bytes()) for path in paths}
    while paths and not stop.is_set():
        for state in (0, 1):
            for path in paths:
                data = states[path][state]
                if path.stem == "replaced":
                    beside = folder.parent.parent / f".{path.name}.part"
                    beside.write_bytes(data)
                    beside.replace(path)
                elif path.stem == "cut":
                    path.write_bytes(states[path][0][: len(data) // 2] if state else data)
                else:
                    path.write_bytes(data)
            stop.wait(_PAUSE)


KINDS = kinds_of((links, unreadable_files, pipes_and_sockets, a_file_that_changes))
