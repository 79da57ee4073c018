"""The recogniser's networks, as the package rapidocr brings them; nothing is fetched.

rapidocr itself is not imported: it would fetch a model that it does not find. Its wheel is the
source of the files alone, and onnxruntime runs them, each on one thread, since documents are
read side by side by processes.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from extract.errors import ReaderMissing

_RECOGNITION = "PP-OCRv6_rec_small.onnx"
_CHARACTERS = "character"
"""Under this name the network of recognition keeps the characters it knows, one a line."""


@cache
def load_recognition() -> tuple[Any, tuple[str, ...]]:
    """The session and its characters: none at 0, a space at the end.

    Raises ReaderMissing when rapidocr, with that file in it, or onnxruntime is not installed.
    """
    session = _load(_RECOGNITION)
    known = session.get_modelmeta().custom_metadata_map[_CHARACTERS].splitlines()
    return session, ("", *known, " ")


def _load(name: str) -> Any:
    found = find_spec("rapidocr")
    folders = found.submodule_search_locations if found else None
    files = [Path(folder) / "models" / name for folder in folders or ()]
    path = next((file for file in files if file.is_file()), None)
    # It reports its use over the net otherwise, and keeps what it reports in the user's folder.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        onnxruntime = import_module("onnxruntime")
    except ImportError as fault:
        raise _missing() from fault
    if path is None:
        raise _missing()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Kept pieces of memory fit no page but the one they were made for.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _missing() -> ReaderMissing:
    return ReaderMissing(
        "recognition of characters in pictures is not installed",
        "install it with: pip install 'gongkai[ocr]'",
    )
