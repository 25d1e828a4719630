"""`bot.answer_records`: what an answer's buttons know, across restarts, and for how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer_records import KEPT_DAYS, AnswerRecords, ShownAnswer, passages_of, quotes_of, shown_quote
from bot.bot_database import BotDatabase
from corpus.chunks import split_article
from corpus.store import CorpusStore
from embeddings.conversation.follow_ups import Turn
from embeddings.quotes import Quote
from tests.bot.sample_articles import ARTICLES, FERRY, SOLAR, SOLAR_SENTENCE, abstention_of, answer_of, quote_of

NOW = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)
TURN = Turn("How many solar roofs?", (SOLAR.text,), SOLAR_SENTENCE)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[BotDatabase]:
    """The bot's own database, empty."""
    opened = BotDatabase(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    """The sample articles in a store."""
    with CorpusStore.create(tmp_path / "corpus.db") as made:
        for article in ARTICLES:
            made.add_article(article, split_article(article))
        made.finish()
        yield made


def marked_quote() -> Quote:
    """A quote with everything that a quote can have."""
    quote = quote_of(SOLAR, SOLAR_SENTENCE, referent="the town")
    part = replace(quote.span, start=29, end=34)
    return replace(quote, answer_part=part, twins=(quote_of(FERRY),))


def answer(*quotes: Quote, **changes: object) -> ShownAnswer:
    """A record of an answer."""
    shown = tuple(map(shown_quote, quotes or (marked_quote(),)))
    made = ShownAnswer("pseudonym", "en", False, False, shown, len(shown), 3, 3000, "How many?", TURN, 7, 11)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_record_survives_a_restart(tmp_path: Path) -> None:
    """Another process finds all that was kept."""
    first = BotDatabase(tmp_path)
    identifier = AnswerRecords(first, 30, lambda: NOW).add(answer())
    first.close()
    second = BotDatabase(tmp_path)
    assert len(identifier) == 12 and AnswerRecords(second, 30, lambda: NOW).get(identifier) == answer()
    second.close()


def test_a_quotation_is_read_again_letter_for_letter(store: CorpusStore) -> None:
    """Text, marked words, referent and twins come back from positions alone."""
    (quote,) = quotes_of([shown_quote(marked_quote())], store)
    assert quote == replace(marked_quote(), score=0.0, sentence_id=0, twins=(replace(quote_of(FERRY), score=0.0, sentence_id=0),))


def test_no_text_of_an_article_is_kept(database: BotDatabase) -> None:
    """The record of an answer without its turn holds no word of a quotation."""
    AnswerRecords(database, 30).add(answer(turn=None))
    with database.turn() as db:
        (row,) = db.query("SELECT shown FROM answers")
    assert "solar roofs" not in row["shown"].casefold()


@pytest.mark.parametrize(
    "changed",
    [replace(SOLAR, text=SOLAR.text.replace("7,300", "7,301")), replace(SOLAR, text="Short."), replace(SOLAR, id="other")],
    ids=["another number", "shorter", "gone"],
)
def test_a_quotation_that_has_changed_is_not_shown(tmp_path: Path, changed: object) -> None:
    """After a rebuild a passage is shown as it was, or not at all; the others keep their places."""
    shown = [shown_quote(quote_of(SOLAR, SOLAR_SENTENCE)), shown_quote(quote_of(FERRY))]
    with CorpusStore.create(tmp_path / "later.db") as later:
        for article in (changed, FERRY):
            later.add_article(article, split_article(article))  # type: ignore[arg-type]
        later.finish()
        first, second = quotes_of(shown, later)
    assert first is None and second is not None and second.text == FERRY.text


def test_where_questions_are_not_kept_no_question_is_written(database: BotDatabase) -> None:
    """With 0 days neither the question nor what may be asked further is on disk; the buttons that need neither still work."""
    records = AnswerRecords(database, 0)
    identifier = records.add(answer())
    with database.turn() as db:
        assert "How many" not in str(list(db.query("SELECT * FROM answers")))
    kept = records.get(identifier)
    assert kept is not None and kept.question is None and kept.turn is None and kept.quotes == answer().quotes


@pytest.mark.parametrize(("kept_days", "lives"), [(30, KEPT_DAYS), (2, 2), (0, KEPT_DAYS)])
def test_a_record_expires(database: BotDatabase, kept_days: int, lives: int) -> None:
    """Buttons end after a week, or with the questions where those are kept for less; then they are listed to be taken away."""
    clock = [NOW]
    records = AnswerRecords(database, kept_days, lambda: clock[0])
    identifier = records.add(answer())
    records.placed(identifier, 5, 6)
    clock[0] = NOW + dt.timedelta(days=lives) - dt.timedelta(seconds=1)
    assert records.get(identifier) and records.expired() == []
    clock[0] += dt.timedelta(seconds=1)
    assert records.get(identifier) is None and records.turn_in(6) is None
    assert records.expired() == [(identifier, 5, 6)]
    records.drop(identifier)
    assert records.expired() == []


def test_who_replies_to_an_answer_finds_its_turn(database: BotDatabase) -> None:
    """By the message that holds the answer; another message holds none."""
    records = AnswerRecords(database, 30)
    records.placed(records.add(answer()), 5, 6)
    assert records.turn_in(6) == TURN and records.turn_in(7) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"quotes": 1}', '{"member": "x", "unknown": 2, "quotes": []}'])
def test_a_record_of_another_shape_is_as_none(database: BotDatabase, text: str) -> None:
    """What a later version wrote, or a damaged row, ends the buttons and breaks nothing."""
    records = AnswerRecords(database, 30)
    identifier = records.add(answer())
    with database.turn() as db:
        db.execute("UPDATE answers SET shown = ?", (text,))
    assert records.get(identifier) is None


def test_passages_are_numbered_answers_first() -> None:
    """Those that answer come first, then those that only come near; of an abstention none answers."""
    one, two, three = quote_of(SOLAR), quote_of(FERRY), quote_of(SOLAR, SOLAR_SENTENCE)
    assert passages_of(replace(answer_of(one, two), further=(three,))) == ((one, two, three), 2)
    assert passages_of(abstention_of("Why.", one)) == ((one,), 0)


def test_what_the_version_before_kept_of_private_questions_goes(tmp_path: Path) -> None:
    """Its rows had the words of a private question, and did not tell whose choice that was; buttons go on working."""
    database = BotDatabase(tmp_path)
    records = AnswerRecords(database, 30, lambda: NOW)
    private, public = (records.add(answer(private=one, question="Which zebra?", turn=TURN)) for one in (True, False))
    with database.turn() as db:
        db.execute("UPDATE answers SET shown = json_remove(shown, '$.discreet')")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '004_private_words'")
    database.close()
    reopened = BotDatabase(tmp_path)
    again = AnswerRecords(reopened, 30, lambda: NOW)
    first, second = again.get(private), again.get(public)
    assert first and first.question is None and first.turn is None and first.discreet and first.quotes
    assert second and second.question == "Which zebra?" and second.turn == TURN and not second.discreet
    reopened.close()
