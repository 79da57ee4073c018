"""Documents that LibreOffice converts: what it is given, what it must not do, what it costs."""

from __future__ import annotations

import io
import shutil
import socket
import struct
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from typer.testing import CliRunner

import extract
from extract.document import Table, Text
from extract.errors import BrokenFile, EncryptedFile, ExtractError, ReaderMissing
from extract.kinds import DOC, FLAT_DOCX, ODT, RTF, WORD_2003_XML, kind_of
from extract.office import ahead, convert, program
from extract.office.ahead import conversions_in, convert_ahead, to_docx
from extract.office.convert import documents_to_docx
from extract.office.profile import write_profile
from pipeline.command import app
from pipeline.conversions import converted
from pipeline.plan import Task

installed = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)

RTF_TEXT = (
    rb"{\rtf1\ansi\ansicpg936\uc1 \pard\qc\b\u19968?\u12289?\u24635?\u20307?\par"
    rb"\trowd\cellx1000\cellx2000\pard\intbl\b0 \u35268?\u31456?\cell 12\cell\row\pard\par}"
)
BLOCKS = (
    Text("heading", "一、总体"),
    Table(1, 2, (extract.Cell(0, 0, "规章"), extract.Cell(0, 1, "12"))),
)
WORD_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>全年</w:t>'
    "</w:r></w:p></w:body></w:wordDocument>"
).encode()


def odt(body: str) -> bytes:
    stream = io.BytesIO()
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    drawing = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", ODT)
        made.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{ODT}"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        made.writestr(
            "content.xml",
            f"<office:document-content {spaces} {xlink} {drawing}><office:body><office:text>"
            f"{body}</office:text></office:body></office:document-content>",
        )
    return stream.getvalue()


def word_97(flags: int = 0, size: int = 8192) -> bytes:
    """The outline of a Word document of before 2007: a header, its stream, the directory."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[0x1E:0x20] = struct.pack("<H", 9)
    entry = bytearray("WordDocument".encode("utf-16-le").ljust(128, b"\x00"))
    entry[0x74:0x78] = struct.pack("<I", 1)
    stream = struct.pack("<H8xH", 0xA5EC, flags).ljust(size, b"\x00")
    return bytes(header) + bytes(entry).ljust(512, b"\x00") + stream


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word_97(), DOC),
        (RTF_TEXT, RTF),
        (odt("<text:p>x</text:p>"), ODT),
        (WORD_2003, WORD_2003_XML),
        (b"\xef\xbb\xbf" + WORD_2003, WORD_2003_XML),
    ],
)
def test_documents_of_other_word_processors_are_known(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
    assert convert.is_for_office(data)


def test_a_document_with_a_password_is_refused_before_it_is_converted() -> None:
    with pytest.raises(EncryptedFile, match="protected by a password"):
        kind_of(word_97(flags=0x0100))
    manifest = "<m:file-entry><m:encryption-data/></m:file-entry>"
    stream = io.BytesIO(odt(""))
    with zipfile.ZipFile(stream, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("META-INF/manifest.xml", manifest)
    with pytest.raises(EncryptedFile, match="protected by a password"):
        kind_of(stream.getvalue())


def test_without_libreoffice_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(program, "USUAL_PLACES", ())
    path = tmp_path / "a.doc"
    path.write_bytes(RTF_TEXT)
    with pytest.raises(ReaderMissing, match="LibreOffice is not installed; install LibreOffice"):
        extract.read(path)
    with converted([Task(path, "a.doc")], 1) as tasks:
        assert [task.source for task in tasks] == ["a.doc"]
    run = CliRunner().invoke(app, ["run", str(path), "--db", f"sqlite:///{tmp_path / 'a.db'}"])
    assert (run.exit_code, "install LibreOffice (its Writer)" in run.stdout) == (3, True)


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program in LibreOffice's place: it copies, fails on `bad`, and hangs on `slow`."""
    script = tmp_path / "soffice"
    script.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != --outdir ]; do shift; done\n'
        'out=$2; shift 2; echo run >> "$COUNTED"\n'
        'for one in "$@"; do\n'
        '  grep -q slow "$one" && { sleep 60 & wait; }\n'
        '  grep -q crash "$one" && kill -9 $$\n'
        '  grep -q bad "$one" || cp "$one" "$out/$(basename "${one%.*}").docx"\n'
        "done\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    counted = tmp_path / "counted"
    monkeypatch.setenv("COUNTED", str(counted))
    monkeypatch.setattr(program, "find_office", lambda: str(script))
    monkeypatch.setattr(convert, "_without_pictures", lambda docx: docx)
    monkeypatch.setattr(program, "START_SECONDS", 0.5)
    monkeypatch.setattr(program, "DOCUMENT_SECONDS", 0.5)
    yield counted


def rtf(word: str) -> bytes:
    return b"{\\rtf1 " + word.encode() + b"}"


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell")
@pytest.mark.parametrize(
    ("words", "results", "runs"),
    [
        (("one", "two", "three"), ("one", "two", "three"), 1),
        (("one", "bad", "three"), ("one", "cannot open", "three"), 1),
        (("one", "crash", "three"), ("one", "crashed on", "three"), 2),
        (("one", "slow", "three", "four"), ("one", "crashed on", "three", "four"), 2),
        (("bad", "crash", "one"), ("crashed on", "crashed on", "one"), 3),
        (("crash",), ("crashed on",), 1),
        ((), (), 0),
    ],
)
def test_a_document_costs_only_itself(
    words: tuple[str, ...], results: tuple[str, ...], runs: int, stub: Path
) -> None:
    made = documents_to_docx([rtf(word) for word in words])
    for one, expected in zip(made, results, strict=True):
        if isinstance(one, ExtractError):
            assert expected in one.problem
            assert one.remedy
        else:
            assert one == rtf(expected)
    started = stub.read_text(encoding="utf-8").count("run") if stub.exists() else 0
    assert started == runs


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell")
def test_what_was_converted_ahead_is_not_converted_again(
    stub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    convert_ahead([rtf("one"), rtf("bad")], kept)
    monkeypatch.setattr(ahead, "document_to_docx", lambda _: b"made now")
    with conversions_in(kept):
        assert to_docx(rtf("one")) == rtf("one")
        with pytest.raises(BrokenFile, match="LibreOffice cannot open the document"):
            to_docx(rtf("bad"))
        assert to_docx(rtf("other")) == b"made now"
    assert to_docx(rtf("one")) == b"made now"


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell")
def test_a_run_converts_in_batches_what_needs_it(
    stub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.conversions.BATCH", 2)
    tasks = []
    for number in range(6):
        path = tmp_path / f"{number}.doc"
        path.write_bytes(rtf(f"text {number}") if number else b"text")
        tasks.append(Task(path, path.name))
    with converted(tasks, 2) as ready:
        assert [task.source for task in ready] == [task.source for task in tasks]
        assert [task.converted is None for task in ready] == [True] + [False] * 5
        folder = ready[1].converted
        assert folder is not None
        assert len(list(folder.glob("*.docx"))) == 5
    assert not folder.exists()
    assert stub.read_text(encoding="utf-8").count("run") == 3


@installed
def test_a_document_is_read_as_the_docx_made_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(RTF_TEXT)
    document = extract.read(path)
    assert (document.media_type, document.reader) == (RTF, "docx")
    assert document.blocks == BLOCKS
    assert document.metadata == (("converted_by", "LibreOffice"),)


@pytest.fixture
def server() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what is asked of it."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.2)
    closing = threading.Event()

    def answer() -> None:
        while not closing.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            with connection:
                asked.append(connection.recv(1000))
                connection.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    yield listening.getsockname()[1], asked
    closing.set()
    thread.join()
    listening.close()


@installed
def test_links_are_not_followed(server: tuple[int, list[bytes]], tmp_path: Path) -> None:
    port, asked = server
    secret = tmp_path / "secret.txt"
    secret.write_text("the contents of a secret file", encoding="utf-8")
    drawn = tmp_path / "drawn.png"
    Image.new("RGB", (3, 3)).save(drawn)
    there = f"http://127.0.0.1:{port}"
    sections = "".join(
        f'<text:section text:name="s{number}"><text:section-source xlink:href="{address}"/>'
        "<text:p>as it was</text:p></text:section>"
        for number, address in enumerate((secret.as_uri(), f"{there}/section.txt"))
    )
    picture = f'<text:p><draw:frame><draw:image xlink:href="{there}/a.png"/></draw:frame></text:p>'
    fields = (
        rb"{\rtf1 before {\field{\*\fldinst INCLUDEPICTURE "
        + f'"{there}/b.png" \\\\d'.encode()
        + rb"}"
        rb"{\fldrslt was}}{\field{\*\fldinst INCLUDETEXT "
        + f'"{secret.as_posix()}"'.encode()
        + rb"}{\fldrslt as it was}}{\field{\*\fldinst INCLUDEPICTURE "
        + f'"{drawn.as_posix()}" \\d'.encode()
        + rb"}{\fldrslt was}} after}"
    )
    made = documents_to_docx([odt(f"<text:p>x</text:p>{sections}{picture}"), fields])
    assert asked == []
    for one in made:
        assert isinstance(one, bytes)
        with zipfile.ZipFile(io.BytesIO(one)) as archive:
            together = b"".join(archive.read(name) for name in archive.namelist())
        assert b"as it was" in together
        assert b"secret file" not in together
        assert drawn.read_bytes() not in together


def test_the_settings_forbid_macros_links_and_the_network(tmp_path: Path) -> None:
    write_profile(tmp_path / "profile")
    root = etree.parse(tmp_path / "profile" / "user" / "registrymodifications.xcu").getroot()
    settings = {
        one.get("{http://openoffice.org/2001/registry}name"): one.findtext("value")
        for one in root.iter("prop")
    }
    assert settings["DisableMacrosExecution"] == "true"
    assert settings["MacroSecurityLevel"] == "3"
    assert settings["BlockUntrustedRefererLinks"] == "true"
    assert (settings["Link"], settings["ooInetProxyType"]) == ("2", "2")


def test_a_flat_docx_is_read_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise AssertionError("LibreOffice was asked for")

    monkeypatch.setattr(program, "find_office", missing)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    flat = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
        f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>全年公开</w:t></w:r></w:p></w:body>'
        "</w:document></pkg:xmlData></pkg:part></pkg:package>"
    ).encode()
    document = extract.read_bytes(flat, "a.xml")
    assert (document.media_type, document.reader) == (FLAT_DOCX, "docx")
    assert document.blocks == (Text("paragraph", "全年公开"),)
