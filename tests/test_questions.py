"""docs/questions.md: every statement as it stands there, on a database of the sample reports."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.schema import CreateSchema, DropSchema
from typer.testing import CliRunner

from benchmarks.questions.page import MOST_ROWS, PAGE, read_questions, result_to_table, with_answers
from normalize.forms import all_fields
from pipeline.command import app
from store.connections import reading, text_to_url
from store.database import load_fields, open_database, open_readonly
from store.load import load_report
from store.query import query
from store.save import save_several
from store.schema import reports
from tests.postgres_server import running_server, why_no_server

ROOT = Path(__file__).parents[1]
LACKING = why_no_server()
SCHEMA = f"gongkai_questions_{os.getpid()}"
QUESTIONS = read_questions(PAGE.read_text(encoding="utf-8"))
SAMPLES = "run fixtures/reports --include source.* --exclude *-scan*/* --exclude *-no-unicode-map/*"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path_factory.mktemp('questions') / 'samples.db'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        result = CliRunner().invoke(app, [*SAMPLES.split(), "--db", url])
    assert result.exit_code == 0, result.output
    engine = open_readonly(url)
    yield engine
    engine.dispose()


def answer_question(engine: Engine, sql: str) -> str:
    return result_to_table(query(engine, sql, MOST_ROWS))


def test_there_are_twelve_questions_numbered_in_order() -> None:
    numbers = [int(question.title.partition(".")[0]) for question in QUESTIONS]
    assert numbers == list(range(1, 13))


def test_the_page_says_how_the_samples_were_read() -> None:
    page = PAGE.read_text(encoding="utf-8").replace("'", "")
    assert f"$ gongkai {SAMPLES} --db" in page


def test_every_answer_is_that_of_the_samples(samples: Engine) -> None:
    for question in QUESTIONS:
        assert answer_question(samples, question.sql) == question.answer, question.title


PAIRS = [
    ("received", "received_total"),
    ("carried_over", "carried_over_total"),
    ("granted", "granted_total"),
    ("refused", "refused_sum"),
    ("unavailable", "unavailable_sum"),
    ("not_processed", "not_processed_sum"),
    ("other", "other_sum"),
    ("concluded", "concluded_total"),
    ("carried_forward", "carried_forward_total"),
]


def test_the_panel_agrees_with_the_view_of_requests(samples: Engine) -> None:
    joined = "FROM panel JOIN requests ON requests.report_id = panel.report_id"
    [(both,)] = query(samples, f"SELECT count(*) {joined}", 1).rows
    assert both > 50
    for measure, column in PAIRS:
        unlike = f"panel.{measure} IS NOT requests.{column}"
        assert query(samples, f"SELECT panel.source {joined} WHERE {unlike}", 9).rows == ()
        reported = f"({measure}_status IN ('reported', 'corrected')) <> ({measure} IS NOT NULL)"
        assert query(samples, f"SELECT source FROM panel WHERE {reported}", 9).rows == ()


@pytest.mark.skipif(LACKING is not None, reason=str(LACKING))
def test_every_answer_is_the_same_on_postgresql(samples: Engine) -> None:
    with reading(samples) as connection:
        ids = connection.scalars(select(reports.c.report_id)).all()
    with running_server() as database:
        server = create_engine(text_to_url(database))
        with server.begin() as connection:
            connection.execute(CreateSchema(SCHEMA))
        url = f"{database}?options=-csearch_path%3D{SCHEMA}"
        writer = open_database(url)
        load_fields(writer, all_fields())
        save_several(writer, [(load_report(samples, report_id), False) for report_id in ids])
        reader = open_readonly(url)
        answers = [answer_question(reader, question.sql) for question in QUESTIONS]
        for engine in (reader, writer):
            engine.dispose()
        with server.begin() as connection:
            connection.execute(DropSchema(SCHEMA, cascade=True))
        server.dispose()
    assert answers == [question.answer for question in QUESTIONS]


def test_answers_are_put_under_their_statements_and_nothing_else_changes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    answers = {question.sql: question.answer for question in QUESTIONS}
    assert with_answers(page, answers.__getitem__) == page
    changed = with_answers(page, lambda sql: "| none |")
    assert changed.count("| none |") == len(QUESTIONS)
    assert [q.sql for q in read_questions(changed)] == [q.sql for q in QUESTIONS]
