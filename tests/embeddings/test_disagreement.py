"""Whether sources differ on the number that was asked for."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from number_pairs import BOATS, FALSE_PAIRS, HERRING, TRUE_PAIRS

from corpus.article import Article, Span
from embeddings.disagreement import disagreements
from embeddings.question import read_question
from embeddings.quotes import Quote


def quote(text: str, number: int = 0, **source) -> Quote:
    """A quote of one sentence, from an article of its own."""
    article = Article(id=f"article-{number}", text=text, **source)
    span = Span(article.id, 0, len(text))
    return Quote(span, text, span, text, article, 1, 1.0, number)


def found(question: str, *sentences: str) -> list:
    """What is found in sentences of articles without date or publisher."""
    return disagreements(read_question(question), [quote(text, number) for number, text in enumerate(sentences)])


@pytest.mark.parametrize(("question", "one", "other", "kind"), TRUE_PAIRS)
def test_numbers_that_differ(question, one, other, kind):
    """Two numbers for one thing are told, in either order of the quotes."""
    for sentences in ((one, other), (other, one)):
        (told,) = found(question, *sentences)
        assert (told.one, told.other, told.kind) == (0, 1, kind)
        assert all(figure in told.sentence for figure in told.figures)
        assert all(figure in sentence for figure, sentence in zip(told.figures, sentences, strict=True))


@pytest.mark.parametrize(("question", "one", "other"), FALSE_PAIRS)
def test_no_false_alarm(question, one, other):
    """Numbers that agree, that measure different things or that were not asked for are no disagreement."""
    assert found(question, one, other) == []
    assert found(question, other, one) == []


def test_the_lists_are_as_long_as_promised():
    """Enough pairs of both sorts stand behind the rules."""
    assert len(TRUE_PAIRS) >= 12
    assert len(FALSE_PAIRS) >= 30


def test_sources_and_dates_are_told():
    """The line names each source and its day; a date that stands in the sentence comes before them."""
    one = quote("The archive holds 890 petabytes in all.", 0, title="Growth of the Archive")
    other = quote("In all the archive holds 400 petabytes.", 1, publisher="Bay Times", published_on=dt.date(2025, 9, 25))
    third = quote("By 2019 the archive could hold 90 petabytes.", 2, publisher="Bay Times", published_on=dt.date(2020, 1, 2))
    question = read_question("How many petabytes does the archive hold?")
    (told,) = disagreements(question, [one, other])
    assert (
        told.sentence == "The sources differ: 890 petabytes (Growth of the Archive) and 400 petabytes (Bay Times, 25 Sep 2025)."
    )
    (dated,) = disagreements(question, [other, third])
    assert dated.sentence == (
        "The figures are of different dates: 400 petabytes (Bay Times, 25 Sep 2025)"
        " and 90 petabytes (by 2019; Bay Times, 2 Jan 2020)."
    )


def test_two_values_are_told_once():
    """Three quotes with two values make one line; the same sentence twice makes none."""
    low, high = "The harbour holds 40 boats.", "The harbour holds 90 boats."
    assert [(told.one, told.other) for told in found(BOATS, low, low, high)] == [(0, 2)]
    same = quote(low)
    assert disagreements(read_question(BOATS), [same, same]) == []
    assert disagreements(read_question(BOATS), []) == []


WORDS = (
    "The harbour holds 40 90 boats 1.5 million yuan 60 percent in 2021 Norway Oslo worldwide , and 亿 🙂 over one half of".split()
)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([BOATS, HERRING, "What share?", "boat size", "How much of Norway?", ""]),
    st.lists(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)), max_size=4),
)
def test_any_quotes_are_taken(question, sentences):
    """Whatever the texts, nothing raises, and every figure is verbatim from its quote."""
    for told in found(question, *sentences):
        assert told.one < told.other
        assert told.figures[0] in sentences[told.one]
        assert told.figures[1] in sentences[told.other]
