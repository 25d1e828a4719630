"""Quotes are spans of an article, letter for letter, that stand by themselves."""

import logging
import sqlite3
from dataclasses import replace

import pytest

from corpus.article import Article, Span
from corpus.store import StoredChunk, StoredSentence
from embeddings.answers import Answer, answer_question
from embeddings.generation import STORE, generations_folder, open_current
from embeddings.lexical_index import terms_of
from embeddings.quotes import MAX_QUOTE_WORDS, distinct, is_verbatim, quote_candidates, rank_sentences, verified
from embeddings.ranking import Signals
from embeddings.referent import leans
from embeddings.reindex import reindex_articles
from embeddings.search import Hit, ScoredSentence, SearchResult

QUESTIONS = [
    "How many passengers did the electric ferry Auk carry in its first month?",
    "How many times a day does it cross the bay?",
    "When was the Puffin's engine built?",
    "How much is a single ticket?",
    "How high is each turbine of the Kestrel wind farm?",
    "When did the fish market move to the northern quay?",
]


def candidates(generation, encoder, question):
    """The passages that could be quoted for a question."""
    result = generation.searcher.search(question, encoder.encode_with_tokens([question])[0])
    return quote_candidates(rank_sentences(result), generation.store)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_quote_is_its_span_letter_for_letter(town, fake_encoder, town_articles, question):
    """text == article.text[start:end], in the article as it came in, also after an emoji."""
    texts = {article.id: article.text for article in town_articles}
    found = candidates(town, fake_encoder, question)
    assert found
    for quote in found:
        assert texts[quote.article.id][quote.span.start : quote.span.end] == quote.text
        assert texts[quote.article.id][quote.answer.start : quote.answer.end] == quote.answer_text
        assert is_verbatim(quote, town.store.read_span)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answering_sentence_is_inside_its_quote(town, fake_encoder, question):
    """A quote holds the sentence it was chosen for, whole sentences only, and none that another quote holds."""
    used: set[tuple[str, int]] = set()
    for quote in candidates(town, fake_encoder, question):
        assert quote.span.start <= quote.answer.start < quote.answer.end <= quote.span.end
        assert quote.answer_text in quote.text
        places = {(quote.article.id, place) for place in range(quote.span.start, quote.span.end)}
        assert used.isdisjoint(places)
        used |= places


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("How many times a day does the crossing of the bay take place?", "It crosses the bay eleven times a day."),
        ("When was the engine built?", "Its engine was built in 1961"),
        ("When do the forty stalls open in the morning?", "Its forty stalls open at five in the morning."),
    ],
)
def test_a_leaning_sentence_brings_the_one_before(town, fake_encoder, question, quoted):
    """A quote never begins with "It" or "Its" where the sentence before tells what "it" is."""
    first = candidates(town, fake_encoder, question)[0]
    assert quoted in first.answer_text
    assert first.span.start < first.answer.start
    assert not leans(first.text)


def test_a_leaning_chain_is_followed_to_its_start(tmp_path, fake_encoder):
    """ "It" after "This" after the subject: the quote begins at the subject, unless it grew too long."""
    text = "The Auk sails daily. This pleases many. It carries bicycles gladly."
    long = f"The Auk sails {'very ' * MAX_QUOTE_WORDS}fast. It carries parcels gladly."
    reindex_articles([Article("auk", text), Article("parcels", long)], tmp_path, fake_encoder)
    generation = open_current(tmp_path, fake_encoder)
    assert candidates(generation, fake_encoder, "carries bicycles gladly")[0].text == text
    assert candidates(generation, fake_encoder, "carries parcels gladly")[0].text == "It carries parcels gladly."
    generation.close()


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_at_most_the_wanted_count(town, fake_encoder, count):
    """No reply holds more quotes than are wanted."""
    for question in [*QUESTIONS, "What is the capital of France?"]:
        reply = answer_question(question, town, fake_encoder, count=count)
        assert len(reply.quotes if isinstance(reply, Answer) else reply.nearest) <= count


# --- one statement once ------------------------------------------------------------------------------------------------


def test_what_two_articles_say_is_quoted_once(town, fake_encoder):
    """A statement that two articles make in other words appears once and names the other article."""
    reply = answer_question("How many passengers did the electric ferry Auk carry in its first month?", town, fake_encoder)
    assert [(quote.article.id, quote.also_in) for quote in reply.quotes] == [("ferry", ("harbour",))]


def test_two_figures_are_two_quotes(town, fake_encoder):
    """Two articles that differ in a figure only are both quoted, and neither stands for the other."""
    reply = answer_question("How high is each turbine of the Kestrel wind farm?", town, fake_encoder)
    assert [(quote.article.id, quote.also_in) for quote in reply.quotes] == [("turbines", ()), ("cliffs", ())]
    assert "190" in reply.quotes[0].text
    assert "210" in reply.quotes[1].text


def test_two_speakers_are_two_quotes(tmp_path, fake_encoder):
    """The same words from two speakers are two statements."""
    texts = {"one": "A second quay is needed soon, said Tom Akande.", "two": "A second quay is needed soon, said Ines Moreau."}
    reindex_articles([Article(identifier, text) for identifier, text in texts.items()], tmp_path, fake_encoder)
    generation = open_current(tmp_path, fake_encoder)
    found = distinct(candidates(generation, fake_encoder, "second quay needed soon"), lambda one, other: 0.99, 5)
    assert sorted((quote.article.id, quote.also_in) for quote in found) == [("one", ()), ("two", ())]
    generation.close()


def test_a_third_article_is_named_too_but_none_twice(town, fake_encoder):
    """ "Also in" lists each other article once, and never the quote's own."""
    (first, *_) = candidates(town, fake_encoder, "electric ferry Auk passengers first month")
    twins = [replace(first, article=replace(first.article, id=identifier)) for identifier in ("b", "c", "b", "ferry")]
    (kept,) = distinct([first, *twins], lambda one, other: 1.0, 5)
    assert kept.also_in == ("b", "c")


def test_a_statement_beyond_the_count_still_names_its_twin(town, fake_encoder):
    """An article that repeats the first quote is named although no further quote is wanted."""
    found = candidates(town, fake_encoder, "electric ferry Auk passengers first month")
    assert distinct(found, town.vectors.sentence_cosine, 1)[0].also_in == ("harbour",)


# --- nothing that does not match ---------------------------------------------------------------------------------------


def test_a_quote_that_the_store_denies_is_dropped_and_logged(town_index, fake_encoder, caplog):
    """After the article was tampered with on disk the quote is not shown, and the log names article and position only."""
    question = "How much is a single ticket?"
    generation = open_current(town_index, fake_encoder)
    before = answer_question(question, generation, fake_encoder)
    assert isinstance(before, Answer)
    path = generations_folder(town_index) / generation.manifest.id / STORE
    with sqlite3.connect(path) as db:
        db.execute("UPDATE articles SET text = replace(text, '4.50', '9.99')")
    db.close()
    generation.store._db.execute("PRAGMA shrink_memory")  # SQLite forgets the pages it had read
    with caplog.at_level(logging.ERROR):
        after = answer_question(question, generation, fake_encoder)
    generation.close()
    shown = after.quotes if isinstance(after, Answer) else after.nearest
    assert all(before.quotes[0].span != quote.span and "ticket costs" not in quote.text for quote in shown)
    span = before.quotes[0].span
    assert f"ferry {span.start}-{span.end}" in caplog.text
    assert "4.50" not in caplog.text
    assert "9.99" not in caplog.text


def test_without_any_matching_quote_the_question_is_declined(town, fake_encoder, monkeypatch):
    """Where no quote matches its article, nothing is shown and the reason is said."""
    monkeypatch.setattr(type(town.store), "read_span", lambda self, span: "something else")
    reply = answer_question("How much is a single ticket?", town, fake_encoder)
    assert not isinstance(reply, Answer)
    assert reply.nearest == ()
    assert "do not match" in reply.reason


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_shifted_span_is_not_verbatim(town, fake_encoder, shift):
    """One letter off at either end, in the quote or in its answering part, and the quote is dropped."""
    quote = candidates(town, fake_encoder, "When was the engine built?")[0]
    span, answer = quote.span, quote.answer
    wrong = [
        replace(quote, span=Span(span.article_id, span.start + shift, span.end + shift)),
        replace(quote, span=Span(span.article_id, span.start, span.end + shift)),
        replace(quote, answer=Span(answer.article_id, answer.start + shift, answer.end)),
        replace(quote, span=Span("no-such-article", span.start, span.end)),
        replace(quote, text=quote.text.replace("1961", "1962")),
        replace(quote, answer=Span(answer.article_id, span.end + 1, span.end + 2), answer_text="\n"),
    ]
    assert verified([*wrong, quote], town.store.read_span) == [quote]


def test_of_equals_the_sentence_of_the_year_asked_for_is_quoted():
    """Where all else is equal, a sentence that holds the question's year comes first."""
    texts = ("The quay cost five million crowns.", "The quay will cost nine million crowns by 2031.")
    sentences = tuple(
        ScoredSentence(StoredSentence(number, 1, Span("quay", 0, 1), text, 1), 0.5, 0.5, 0.5) for number, text in enumerate(texts)
    )
    hit = Hit(StoredChunk(1, Span("quay", 0, 1), " ".join(texts), None, ()), 0.5, Signals(), sentences)
    for question, first in (("What does the quay cost in 2031?", 1), ("What does the quay cost?", 0)):
        ranked = rank_sentences(SearchResult(question, terms_of(question), {}, [hit]))
        assert ranked[0].scored.sentence.id == first
