"""A fast selection of the hostile set through the real batch job, and the judge that reads it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.hostile import verdict
from benchmarks.hostile.catalogue import BY_CHANCE, BY_DESIGN, Trap, lay_traps
from benchmarks.hostile.measure import Cost
from benchmarks.hostile.page import result_to_markdown
from benchmarks.hostile.snapshot import changes, folder_to_state
from benchmarks.hostile.trap import Kind, Must, either, read, refused, source_of
from benchmarks.hostile.trial import Result, try_kinds
from benchmarks.hostile.verdict import Outcome
from normalize.report import Verdict
from pipeline.plan import printable
from pipeline.workers import CRASHED, FAULT, TOO_SLOW

FAST = (
    "encrypted",
    "page-tree-in-a-circle",
    "impossible-pages",
    "false-structure",
    "active-content",
    "entities",
    "names-that-climb",
    "broken-archives",
    "other-office-files",
    "xml-pages",
    "no-text",
    "formulas",
    "statements",
    "scripts",
    "strange-names",
    "folders-named-as-files",
    "links",
    "unreadable-files",
    "pipes-and-sockets",
)
KINDS = (*BY_CHANCE, *(kind for kind in BY_DESIGN if kind.name in FAST))


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return try_kinds(KINDS, tmp_path_factory.mktemp("hostile"), count=30, time_limit=60)


def test_nothing_breaks_the_run_and_everything_ends_as_it_must(result: Result) -> None:
    assert result.faults == ()
    assert set(result.outcomes) == {trap.source for trap in result.traps}


def test_the_page_names_every_kind_and_counts_every_file(result: Result) -> None:
    page = result_to_markdown(result, KINDS)
    assert all(f"| {kind.name} |" in page for kind in KINDS)
    assert f"{len(result.traps)} files" in page
    assert "- 0 not as it must be" in page


def test_equal_seeds_lay_equal_traps(tmp_path: Path) -> None:
    kinds = [kind for kind in BY_CHANCE if kind.name in ("spliced", "docx-part-damaged")]
    contents = []
    for name, seed in (("one", "1"), ("again", "1"), ("other", "2")):
        lay_traps(kinds, seed, 10, tmp_path / name, tmp_path)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        contents.append([path.read_bytes() for path in files])
    assert contents[0] == contents[1] != contents[2]


def test_kinds_have_names_of_their_own_and_say_what_they_are() -> None:
    kinds: Sequence[Kind] = (*BY_CHANCE, *BY_DESIGN)
    assert len({kind.name for kind in kinds}) == len(kinds)
    assert all(kind.about for kind in kinds)
    assert set(FAST) <= {kind.name for kind in kinds}


@pytest.mark.parametrize(
    "name", [b"a.txt", b"\xb1.txt", b"\\xb1.txt", b"\\\xb1.txt", b"a\nb", b"a\\b", b"\\\\xb1.txt"]
)
def test_the_name_expected_is_the_name_given(name: bytes, tmp_path: Path) -> None:
    text = name.decode("utf-8", "surrogateescape")
    assert source_of(tmp_path / text, tmp_path) == printable(text)


SHA = "0" * 64


@pytest.mark.parametrize(
    ("must", "found", "reason", "fault"),
    [
        (read(), Verdict.ACCEPTED, "", None),
        (read(), Verdict.NEEDS_REVIEW, "a doubt", None),
        (read(), Verdict.QUARANTINED, "broken", "was quarantined: broken"),
        (read("=1+1"), Verdict.ACCEPTED, "", None),
        (read("=2+2"), Verdict.ACCEPTED, "", "does not come out with '=2+2'"),
        (read(absent=["=1+1"]), Verdict.ACCEPTED, "", "comes out with '=1+1'"),
        (refused("broken"), Verdict.QUARANTINED, "The PDF is Broken", None),
        (refused("password"), Verdict.QUARANTINED, "broken", "was quarantined for another reason"),
        (refused("broken"), Verdict.ACCEPTED, "", "went in (accepted)"),
        (refused("x", absent=["key"]), Verdict.QUARANTINED, "x key", "comes out with 'key'"),
        (either(), Verdict.QUARANTINED, "anything", None),
        (either(), Verdict.QUARANTINED, " ", "was quarantined without a reason"),
        (either(), Verdict.QUARANTINED, f"{FAULT} (KeyError: 1)", "met a fault"),
        (either(), Verdict.QUARANTINED, CRASHED, "met a fault"),
        (either("memory"), Verdict.QUARANTINED, CRASHED, None),
        (either("words"), Verdict.QUARANTINED, TOO_SLOW, "was quarantined for another reason"),
    ],
)
def test_a_fate_other_than_the_one_due_is_found(
    must: Must, found: Verdict, reason: str, fault: str | None
) -> None:
    outcomes = {"a": Outcome("a", SHA, found, reason)}
    faults = list(verdict.faults_of_fates([Trap("k", "a", must)], outcomes, {SHA: ["x =1+1 y"]}))
    assert len(faults) == (fault is not None)
    assert fault is None or faults[0].startswith(f"'a' {fault}")


def test_files_lost_doubled_or_made_up_are_found() -> None:
    traps = [Trap("k", name, read()) for name in ("a", "b")]
    outcomes = [Outcome(name, SHA, Verdict.ACCEPTED, "") for name in ("a", "c")]
    assert list(verdict.faults_of_accounts(traps, outcomes, ["a", "b"], ["a", "a", "b"])) == [
        "'a' is reported as done 2 times, not 1",
        "'b' is on record 0 times, not 1",
        "'c' is on record 1 times, not 0",
    ]


def test_documents_that_cost_too_much_are_found() -> None:
    traps = [Trap("k", name, read()) for name in ("a", "b", "c", "d", "e", "f")]
    costs = {
        "a": Cost("a", 1.0, 2 * verdict.MOST_BYTES),
        "b": Cost("b", 2 * verdict.MOST_SECONDS, None),
        "c": Cost("c", None, None, 31.0),
        "e": Cost("e", None, None, 33.0),
        "f": Cost("f", None, None),
    }
    assert list(verdict.faults_of_costs(traps, costs, 30)) == [
        "'a' took 2048 MB",
        "'b' took 60 s",
        "'d' was not read by any worker",
        "'e' was given up after 33 s only",
        "'f' was given up never",
    ]


def test_what_is_touched_is_found(tmp_path: Path) -> None:
    for name in ("kept", "changed", "removed"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "aside").mkdir()
    before = folder_to_state(tmp_path, [tmp_path / "aside"])
    (tmp_path / "changed").write_text("otherwise", encoding="utf-8")
    (tmp_path / "removed").unlink()
    (tmp_path / "made").touch()
    (tmp_path / "aside" / "made").touch()
    assert list(changes(before, folder_to_state(tmp_path, [tmp_path / "aside"]))) == [
        f"'{tmp_path / 'changed'}' was changed",
        f"'{tmp_path / 'made'}' is new",
        f"'{tmp_path / 'removed'}' is gone",
    ]
