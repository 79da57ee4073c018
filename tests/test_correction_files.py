"""Files of corrections: several people merged, wrong lines named."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from normalize.report import Report
from store.correction_files import read_corrections, write_corrections
from store.corrections import (
    all_corrections,
    merge_corrections,
    record_correction,
)
from store.errors import CorrectionRefused
from store.ledger import Kind
from store.load import load_report
from store.save import save
from tests.corrected import START, WHO, cell_of, engine, name_of, sound, templates

__all__ = ["engine", "sound", "templates"]


def test_files_of_several_people_merge_and_merging_again_changes_nothing(
    engine: Engine, sound: Report, tmp_path: Path
) -> None:
    save(engine, sound)
    report_id = sound.sha256[:16]
    cells = [name_of(cell_of(sound, row, "total")) for row in ("granted", "received")]
    entry = record_correction(engine, report_id, cells[0], Kind.VALUE, Decimal(3), at=START, **WHO)
    own = tmp_path / "own.csv"
    write_corrections(all_corrections(engine), own)
    assert read_corrections(own) == (entry,)
    first = own.read_text(encoding="utf-8")
    # Written by hand: no id, nothing on what was read.
    other = tmp_path / "other.csv"
    head = "sha256,form,table,row,column,decision,value,who,why,made_at"
    lines = [
        f"{sound.sha256},{','.join(cells[0])},value,4,王,再看,2026-02-01T09:00:00+08:00",
        f'{sound.sha256},{",".join(cells[1])},as_printed,12,王,"再看, 两次",2026-02-01T09:00:00+08:00',
    ]
    other.write_text("\ufeff" + "\n".join([head, *lines]) + "\n", encoding="utf-8")
    given = read_corrections(other)
    merged = merge_corrections(engine, given)
    assert (merged.added, merged.known, merged.changed) == (2, 0, (report_id,))
    assert merged.disputed == ((report_id, cells[0]),)
    state = load_report(engine, report_id)
    again = merge_corrections(engine, given)
    assert (again.added, again.known, again.changed) == (0, 2, ())
    assert merge_corrections(engine, read_corrections(own)).added == 0
    assert load_report(engine, report_id) == state
    assert cell_of(state, "granted", "total").value == 4
    assert own.read_text(encoding="utf-8") == first
    filled = [e for e in all_corrections(engine) if e.who == "王"]
    assert {e.original_raw for e in filled} == {
        cell_of(sound, "granted", "total").raw,
        cell_of(sound, "received", "total").raw,
    }
    with pytest.raises(CorrectionRefused, match="other things"):
        merge_corrections(engine, [replace(entry, value=Decimal(8))])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("abc,2021,requests,granted,total,value,4,王,再看,2026-02-01T09:00:00Z", "no digest"),
        ("{sha},2021,requests,granted,total,guess,4,王,再看,2026-02-01T09:00:00Z", "none of value"),
        ("{sha},2021,requests,granted,total,value,四,王,再看,2026-02-01T09:00:00Z", "no number"),
        ("{sha},2021,requests,granted,total,value,4,,再看,2026-02-01T09:00:00Z", "who is empty"),
        ("{sha},2021,requests,granted,total,value,4,王,再看,2026-02-01T09:00:00", "no time zone"),
        ("{sha},2021,requests,granted,total,withdraw,,王,再看,2026-02-01T09:00:00Z", "refers_to"),
        ("{sha},2021,requests,granted", "line 2"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_imported(
    tmp_path: Path, line: str, message: str
) -> None:
    file = tmp_path / "wrong.csv"
    head = "sha256,form,table,row,column,decision,value,who,why,made_at"
    file.write_text(f"{head}\n{line.format(sha='a' * 64)}\n", encoding="utf-8")
    with pytest.raises(CorrectionRefused, match=message) as refused:
        read_corrections(file)
    assert "line 2" in str(refused.value)
