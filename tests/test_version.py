"""The version of readers and forms: the same for the same files, another for any change."""

from pathlib import Path

import pytest

from pipeline import version

FORMS = Path(__file__).parents[1] / "fixtures" / "forms" / "indicators"


def test_the_version_is_that_of_the_program_and_a_digest() -> None:
    release, digest = version.reader_version().split("+")
    assert release == version._release("gongkai")
    assert len(digest) == 12
    assert version.reader_version() == version.reader_version()


def test_forms_readers_and_libraries_are_part_of_it() -> None:
    names = [name for name, _ in version._parts(())]
    assert {
        "pypdfium2",
        "extract/__init__.py",
        "normalize/forms/2021.toml",
        "normalize/vocabulary.toml",
        "cascade",
    } <= set(names)
    assert len(names) == len(set(names))
    assert [name for name, _ in version._parts((FORMS,))] == [
        *names,
        *sorted(file.name for file in FORMS.glob("*.toml")),
    ]


@pytest.mark.parametrize("change", [lambda name: "none", lambda name: f"{name} 2"])
def test_another_release_of_a_library_is_another_version(change, monkeypatch) -> None:
    now = version.reader_version()
    version._version.cache_clear()
    monkeypatch.setattr(version, "_release", change)
    assert version.reader_version().split("+")[1] != now.split("+")[1]
    version._version.cache_clear()
