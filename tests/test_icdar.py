"""The benchmark on general tables: relations, scores and the XML of the competition."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.icdar.relations import PlacedText, Score, cells_to_relations, compare, plain
from benchmarks.icdar.truth import folder_to_pairs, xml_to_tables

XML = """<document filename="a.pdf"><table id="1">
<region id="1" page="1" row-increment="1" col-increment="0">
<cell start-row="0" start-col="0" end-col="1"><content>2010</content></cell>
<cell start-row="1" start-col="0"><content>n
(%)</content></cell>
<cell start-row="1" start-col="1"><content>-</content></cell>
</region></table></document>"""


def test_neighbours_pass_over_blank_cells_and_count_once() -> None:
    cells = [
        PlacedText(0, 0, 0, 2, "Head"),
        PlacedText(1, 0, 1, 0, "a"),
        PlacedText(1, 1, 1, 1, " - "),
        PlacedText(1, 2, 1, 2, "B"),
    ]
    assert cells_to_relations(cells) == Counter(
        {("a", "b", "right"): 1, ("head", "a", "down"): 1, ("head", "b", "down"): 1}
    )


@pytest.mark.parametrize(
    ("text", "said"), [("Std. Dev.", "stddev"), ("1,234_5", "12345"), ("—", "")]
)
def test_texts_are_compared_by_letters_and_digits(text: str, said: str) -> None:
    assert plain(text) == said


def test_scores() -> None:
    true, found = Counter({("a", "b", "right"): 2}), Counter({("a", "b", "right"): 1})
    score = compare(true, found)
    assert score == Score(1, 1, 2)
    assert (score.precision, score.recall) == (1.0, 0.5)
    assert score.f1 == pytest.approx(2 / 3)
    assert Score(0, 0, 0).recall == 1.0


def test_the_competitions_xml(tmp_path: Path) -> None:
    (tmp_path / "a-str.xml").write_text(XML, encoding="utf-8")
    (tmp_path / "b-str.xml").write_text(XML, encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"")
    assert folder_to_pairs(tmp_path) == [(tmp_path / "a.pdf", tmp_path / "a-str.xml")]
    assert xml_to_tables(tmp_path / "a-str.xml") == [
        [
            PlacedText(1, 0, 1, 1, "2010"),
            PlacedText(2, 0, 2, 0, "n\n(%)"),
            PlacedText(2, 1, 2, 1, "-"),
        ]
    ]
