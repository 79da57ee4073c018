"""Packages: their files are sources like any other, named as meant, read within limits."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import extract
from extract.errors import EncryptedFile, ExtractError, TooLarge
from extract.packages import address, package
from extract.packages.address import Contents, package_to_contents, split_address
from pipeline.command import app
from pipeline.plan import NothingThere, paths_to_plan
from tests.reading import TITLE
from tests.requests_text import one_row_a_line, sound_figures

REPORT = f"{TITLE}\n{one_row_a_line(sound_figures())}".encode()


def zipped(*members: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as made:
        for name, content in members:
            made.writestr(zipfile.ZipInfo(name), content, packing)
    return stream.getvalue()


def named_in(codec: str, *members: tuple[str, bytes]) -> bytes:
    """An archive that does not say how its names are encoded, as Windows makes them."""
    plain = [f"{at:0{len(name.encode(codec))}}" for at, (name, _) in enumerate(members)]
    data = zipped(*((short, content) for short, (_, content) in zip(plain, members, strict=True)))
    for short, (name, _) in zip(plain, members, strict=True):
        data = data.replace(short.encode(), name.encode(codec))
    return data


def encrypted(data: bytes) -> bytes:
    """The same archive, its first member said to be encrypted."""
    flagged = bytearray(data)
    flagged[6] |= 1
    flagged[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(flagged)


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def names_in(path: Path) -> tuple[str, ...]:
    contents = package_to_contents(path)
    assert contents is not None
    return contents.names


@pytest.mark.parametrize("codec", ["gbk", "gb18030", "utf-8", "big5"])
def test_names_are_read_in_the_encoding_they_were_written_in(codec: str, tmp_path: Path) -> None:
    members = (
        ("政府信息公開/年度報告.txt", REPORT),
        ("說明.txt", b"1"),
        ("report.txt", b"2"),
    )
    path = saved(tmp_path, "a.zip", named_in(codec, *members))
    assert names_in(path) == tuple(name for name, _ in members)


def test_the_field_for_the_unicode_name_is_believed_when_it_is_of_this_name(tmp_path: Path) -> None:
    raw = "年报.txt".encode("gbk")
    field = struct.pack("<BL", 1, zlib.crc32(raw)) + "年度报告.txt".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        member = zipfile.ZipInfo("0" * len(raw))
        member.extra = struct.pack("<HH", 0x7075, len(field)) + field
        made.writestr(member, b"x")
    data = stream.getvalue()
    path = saved(tmp_path, "a.zip", data.replace(b"0" * len(raw), raw))
    assert names_in(path) == ("年度报告.txt",)
    stale = saved(tmp_path, "b.zip", data.replace(b"0" * len(raw), "旧报.txt".encode("gbk")))
    assert names_in(stale) == ("旧报.txt",)


def test_what_is_no_file_of_the_package_is_passed_over_and_counted(tmp_path: Path) -> None:
    data = zipped(
        ("2023/", b""),
        ("2023/report.txt", REPORT),
        ("__MACOSX/2023/._report.txt", b"x"),
        ("2023/.DS_Store", b"x"),
        ("Thumbs.db", b"x"),
        ("._other.txt", b"x"),
    )
    contents = package_to_contents(saved(tmp_path, "a.zip", data))
    assert contents == Contents(("2023/report.txt",), 5)


def test_names_lead_nowhere_and_each_is_one_of_its_own(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(
            ("../../etc/report.txt", b"1"),
            ("/root/a.txt", b"2"),
            ("b\\c.txt", b"3"),
            ("a.txt", b"4"),
            ("a.txt", b"5"),
        )
    path = saved(tmp_path, "a.zip", data)
    names = ("etc/report.txt", "root/a.txt", "b/c.txt", "a.txt", "a.txt (2)")
    assert names_in(path) == names
    contents = [extract.file_to_bytes(f"{path}!/{name}") for name in names]
    assert contents == [b"1", b"2", b"3", b"4", b"5"]
    assert sorted(tmp_path.rglob("*")) == [path]


def test_packages_in_packages_are_opened_and_deeper_ones_are_files(tmp_path: Path) -> None:
    deep = zipped(("deep.txt", REPORT))
    third = zipped(("fourth.zip", deep))
    second = zipped(("third.zip", third), ("b.txt", REPORT))
    path = saved(tmp_path, "first.zip", zipped(("x/second.zip", second), ("a.txt", REPORT)))
    assert names_in(path) == (
        "x/second.zip!/third.zip!/fourth.zip",
        "x/second.zip!/b.txt",
        "a.txt",
    )
    assert extract.file_to_bytes(f"{path}!/x/second.zip!/b.txt") == REPORT
    with pytest.raises(ExtractError, match="a ZIP package of 1 files and no document; name one"):
        extract.read(f"{path}!/x/second.zip!/third.zip!/fourth.zip")


def test_a_package_that_holds_itself_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = zipped(("a.zip", b"PK\x03\x04"))
    monkeypatch.setattr(address, "zip_to_package", lambda _: address_of_itself)
    path = saved(tmp_path, "a.zip", again)
    read = package.Member(lambda: again, lambda size: again[:size])
    address_of_itself = package.Package({"a.zip": read}, 0)
    assert names_in(path) == ("a.zip!/a.zip!/a.zip",)


def test_a_file_may_bear_the_sign_that_parts_names(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.zip", zipped(("x!/b.txt", b"1"), ("x.zip!/c.txt", b"2")))
    assert names_in(path) == ("x!/b.txt", "x.zip!/c.txt")
    assert extract.file_to_bytes(f"{path}!/x.zip!/c.txt") == b"2"
    (tmp_path / "d!").mkdir()
    inside = saved(tmp_path / "d!", "e.txt", b"3")
    assert split_address(inside) is None
    assert extract.file_to_bytes(inside) == b"3"


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (encrypted(zipped(("a.txt", REPORT))), EncryptedFile, "encrypted within its package"),
        (zipped(("a.txt", bytes(20_000_000))), TooLarge, "to 20000000 bytes, more than 300 times"),
        (zipped(("a.txt", b"x" * 2000), packing=0), TooLarge, "unpacks to more than 1000 bytes"),
        (zipped(("b.txt", b"x")), ExtractError, "the package holds no file a.txt; check its name"),
        (b"%PDF-1.4", ExtractError, "holds no file a.txt"),
    ],
)
def test_a_member_that_cannot_be_read_says_why(
    data: bytes,
    error: type[ExtractError],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("extract.packages.zipped.MAX_FILE_BYTES", 1000)
    path = saved(tmp_path, "a.zip", data)
    with pytest.raises(error, match=said):
        extract.file_to_bytes(f"{path}!/a.txt")


def test_too_many_files_in_all_packages_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped(*((f"{number}.txt", b"") for number in range(6)))
    path = saved(tmp_path, "a.zip", zipped(("b.zip", inner), ("c.zip", inner)))
    monkeypatch.setattr(address, "MAX_MEMBERS", 11)
    with pytest.raises(TooLarge, match="more than 11 files"):
        package_to_contents(path)


def test_a_package_that_is_replaced_is_opened_anew(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.zip", zipped(("a.txt", b"old")))
    assert extract.file_to_bytes(f"{path}!/a.txt") == b"old"
    saved(tmp_path, "a.zip", zipped(("a.txt", b"newer")))
    assert extract.file_to_bytes(f"{path}!/a.txt") == b"newer"


def test_a_document_that_is_an_archive_is_no_package(tmp_path: Path) -> None:
    for name in ("word/document.xml", "xl/workbook.xml", "OFD.xml"):
        path = saved(tmp_path, "a", zipped((name, b"<x/>")))
        try:
            assert package_to_contents(path) is None
        except ExtractError as error:
            assert "this is an" in error.problem
        assert [task.path for task in paths_to_plan([path]).tasks] == [path]


def test_the_plan_names_members_behind_their_package(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    data = zipped(("b.txt", REPORT), ("folder/", b""), ("c/d.pdf", b"%PDF-1.4"))
    inside = saved(tmp_path / "x", "a.zip", data)
    saved(tmp_path, "e.txt", REPORT)
    plan = paths_to_plan([tmp_path, inside])
    assert [task.source for task in plan.tasks] == ["e.txt", "x/a.zip!/b.txt", "x/a.zip!/c/d.pdf"]
    assert plan.passed_over == 1
    assert extract.file_to_bytes(plan.tasks[1].path) == REPORT


@pytest.mark.parametrize(
    ("patterns", "sources"),
    [
        (["*.pdf"], ["a.zip!/c/d.pdf"]),
        (["b.*"], ["a.zip!/b.txt"]),
        (["c/*"], ["a.zip!/c/d.pdf"]),
        (["a.zip"], ["a.zip!/b.txt", "a.zip!/c/d.pdf"]),
        (["*.docx"], []),
    ],
)
def test_patterns_choose_among_members(
    patterns: list[str], sources: list[str], tmp_path: Path
) -> None:
    saved(tmp_path, "a.zip", zipped(("b.txt", REPORT), ("c/d.pdf", b"%PDF-1.4")))
    assert [task.source for task in paths_to_plan([tmp_path], patterns).tasks] == sources


def test_a_member_an_inner_package_and_a_folder_can_be_named(tmp_path: Path) -> None:
    inner = zipped(("c.txt", REPORT))
    path = saved(tmp_path, "a.zip", zipped(("x/b.zip", inner), ("x/d.txt", REPORT)))

    def planned(inside: str) -> list[str]:
        tasks = paths_to_plan([Path(f"{path}!/{inside}")]).tasks
        return [task.source.removeprefix(f"{path.as_posix()}!/") for task in tasks]

    assert planned("x/d.txt") == ["x/d.txt"]
    assert planned("x/b.zip") == ["x/b.zip!/c.txt"]
    assert planned("x") == ["x/b.zip!/c.txt", "x/d.txt"]
    with pytest.raises(NothingThere, match=r"holds no file y.txt; it holds 2: x/b.zip!/c.txt, x/d"):
        planned("y.txt")


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_members_are_reports_and_the_same_ones_are_not_read_again(tmp_path: Path) -> None:
    other = REPORT.replace(b"2021", b"2020")
    data = encrypted(zipped(("locked.txt", REPORT), ("a.txt", REPORT), ("b/c.txt", other)))
    path = saved(tmp_path, "reports.zip", data)
    saved(tmp_path, "copy.txt", REPORT)
    saved(tmp_path, "broken.zip", zipped(("a.txt", REPORT))[:-30])
    db = f"sqlite:///{tmp_path / 'a.db'}"
    first = gongkai("run", tmp_path / "copy.txt", tmp_path / "broken.zip", path, "--db", db)
    assert first.exit_code == 3
    assert "2 reports into" in first.stdout
    assert "with the same bytes as another file, stored once:\n" in first.stdout
    assert "reports.zip!/locked.txt: the file is encrypted within its package;" in first.stdout
    assert "broken.zip: the ZIP archive is damaged or cut short" in first.stdout
    assert "2 quarantined" in first.stdout
    again = gongkai("run", f"{path}!/a.txt", f"{path}!/b", "--db", db)
    assert "2 files unchanged since they were read" in again.stdout
    shown = gongkai("extract", f"{path}!/b/c.txt")
    assert f'"source": "{path}!/b/c.txt"' in shown.stdout
    assert gongkai("show", f"{path}!/b/c.txt").exit_code == 0
    missing = gongkai("extract", f"{path}!/z.txt")
    assert (missing.exit_code, "holds no file z.txt" in missing.output) == (2, True)


def mail(*files: tuple[str, bytes], text: str = "请查收附件。") -> bytes:
    made = EmailMessage()
    made["Subject"] = "年度报告"
    made.set_content(text)
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return made.as_bytes()


def test_files_attached_to_a_mail_are_those_of_a_package(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.eml", mail(("年报.txt", REPORT), ("表/x.txt", b"1")))
    assert package_to_contents(path) == Contents(("年报.txt", "表/x.txt"), 1)
    document = extract.read(f"{path}!/年报.txt")
    assert document.sha256 == hashlib.sha256(REPORT).hexdigest()


def test_the_text_of_a_mail_is_a_file_when_it_may_be_a_report(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.eml", mail(("x.txt", b"1"), text="公开政府信息情况。\n" * 40))
    assert names_in(path) == ("message.txt", "x.txt")


def test_a_mail_without_files_is_read_itself(tmp_path: Path) -> None:
    page = EmailMessage()
    page.set_content("见网页")
    page.add_alternative("<table><tr><td>规章<td>3</table>", subtype="html")
    path = saved(tmp_path, "a.eml", page.as_bytes())
    assert package_to_contents(path) is None
    assert extract.read(path).reader == "html"
