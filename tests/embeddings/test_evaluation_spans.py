"""Passages are found in the collection, and quotes and chunks are measured against them by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.article import Article, Span
from embeddings.evaluation.questions import LabelledQuestion, Passage
from embeddings.evaluation.spans import NO_OVERLAP, Overlap, best_overlap, locate, overlap, relevant_chunks, token_starts
from embeddings.generation import Generation
from embeddings.quotes import Quote

TEXT = "One two three. Four five six seven. Eight nine."


def span(words: str, text: str = TEXT, article_id: str = "a") -> Span:
    """Where some words stand."""
    return Span(article_id, text.index(words), text.index(words) + len(words))


def quote(words: str, text: str = TEXT, article_id: str = "a") -> Quote:
    """A quote of some words."""
    place = span(words, text, article_id)
    return Quote(place, words, place, words, Article(id=article_id, text=text), 1, 1.0, 1)


def asking(*passages: Passage) -> LabelledQuestion:
    """A question whose answer stands in these passages."""
    return LabelledQuestion("q", "Which?", True, (), passages=passages)


def test_overlap_by_hand() -> None:
    """The quote has 5 tokens, the passage 4, both 2: 2/5 of the one, 2/4 of the other, 2 of the 7 in either."""
    met = best_overlap(quote("One two three. Four five"), [span("Four five six seven")])
    assert met == Overlap(pytest.approx(2 / 5), pytest.approx(2 / 4), pytest.approx(2 / 7))


def test_the_same_passage_is_met_in_full() -> None:
    """All of it and nothing else."""
    assert best_overlap(quote("Eight nine."), [span("Eight nine.")]) == Overlap(1, 1, 1)


def test_the_best_passage_counts() -> None:
    """Of several acceptable passages the one is taken that the quote meets best."""
    met = best_overlap(quote("Four five six seven."), [span("seven. Eight nine."), span("Four five six")])
    assert met == Overlap(3 / 4, 1, 3 / 4)


def test_other_articles_do_not_count_unless_they_are_twins() -> None:
    """The same positions of another article are no match; a twin's own positions are."""
    elsewhere = replace(span("Eight nine."), article_id="b")
    assert best_overlap(quote("Eight nine."), [elsewhere]) == NO_OVERLAP
    twin = quote("Eight nine.", article_id="b")
    assert best_overlap(replace(quote("Eight nine."), twins=(twin,)), [elsewhere]) == Overlap(1, 1, 1)


def test_no_shared_token_is_no_overlap() -> None:
    """Neighbours that share nothing, and an empty set, give 0 throughout."""
    assert best_overlap(quote("One two three."), [span("Four five")]) == NO_OVERLAP
    assert best_overlap(quote("One"), []) == overlap(frozenset(), frozenset({1})) == NO_OVERLAP


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("It's 4,500 e-mails", 6), ("人工智能", 4), ("AI公司4家", 5), ("café naïve", 2), ("… — !", 0)],
)
def test_tokens_are_words_and_chinese_signs(text: str, tokens: int) -> None:
    """Punctuation counts for nothing; signs of scripts that part no words count one by one."""
    assert len(token_starts(text, Span("a", 0, len(text)))) == tokens


def test_a_passage_is_found_whatever_its_spaces(town: Generation) -> None:
    """Line breaks of the label's file are no matter; the span cuts the article's own letters."""
    found = locate(asking(Passage("ferry", "crosses the\n bay  eleven times")), town.store)
    assert found.missing == 0
    assert [town.store.read_span(place) for place in found.spans] == ["crosses the bay eleven times"]


def test_a_passage_that_stands_twice_is_found_twice(town: Generation) -> None:
    """Either place answers."""
    assert len(locate(asking(Passage("turbines", "Kestrel wind farm")), town.store).spans) == 2


def test_what_the_collection_lacks_is_counted(town: Generation) -> None:
    """Another article's words, or an article that is not there, are missing; the others are still found."""
    passages = (Passage("ferry", "forty stalls"), Passage("zoo", "A lion."), Passage("harbour", "forty stalls"))
    found = locate(asking(*passages), town.store)
    assert found.missing == 2 and len(found.spans) == 1


def test_a_chunk_is_relevant_when_it_holds_a_part(town: Generation) -> None:
    """Every chunk that overlaps the passage is relevant, and no other."""
    chunks = town.store.all_chunks()
    place = locate(asking(Passage("ferry", "children under six travel free")), town.store).spans
    relevant = relevant_chunks(place, chunks)
    assert relevant == [chunk.id for chunk in chunks if "children under six travel free" in chunk.text]
    assert relevant and relevant_chunks([], chunks) == []
    whole = [Span("ferry", 0, len(town.store.article("ferry").text))]
    assert relevant_chunks(whole, chunks) == [chunk.id for chunk in chunks if chunk.span.article_id == "ferry"]


def test_touching_ends_are_no_overlap(town: Generation) -> None:
    """A passage that ends where a chunk begins is not in that chunk."""
    chunk = next(chunk for chunk in town.store.all_chunks() if chunk.span.start > 0)
    assert relevant_chunks([Span(chunk.span.article_id, 0, chunk.span.start)], [chunk]) == []
