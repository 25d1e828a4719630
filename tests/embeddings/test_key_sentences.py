"""The key sentences of an article: verbatim, whole, spread over it, and chosen from what the generation already holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article, Span
from corpus.figures.extraction import figures_in
from embeddings.generation import Generation, open_current
from embeddings.key_sentences import key_sentences, stands_alone
from embeddings.reindex import reindex_articles
from tests.fake_encoder import FakeEncoder

HARBOUR = Article(
    "harbour",
    "The harbour of Ostrava opened a market hall for fish and salt last spring.\n\n"
    "It was painted blue by pupils of the nearby school during the holidays.\n\n"
    "Boats from the harbour bring fish to the market hall in Ostrava every morning.\n\n"
    "The market hall of the harbour had 4,200 visitors in 2024. Cats sleep there.\n\n"
    "A violin teacher from another valley once lost her umbrella near the railway bridge.",
)
CHINESE = Article(
    "chinese",
    "海港城的渔市去年春天开放，市民可以在那里购买鲜鱼和海盐，价格十分便宜。\n\n"
    "它的屋顶由附近学校的学生在假期里涂成了蓝色，许多游客前来拍照留念。\n\n"
    "每天清晨，海港的渔船都会把鲜鱼运到渔市，商贩们在门口排队等候开市。",
    language="zh",
)
Opened = Callable[..., Generation]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Makes a generation of articles."""
    made: list[Generation] = []

    def open_(*articles: Article, encoder: FakeEncoder | None = None) -> Generation:
        encoder = encoder or FakeEncoder()
        reindex_articles(list(articles), tmp_path, encoder)
        encoder.encoded.clear()
        made.append(open_current(tmp_path, encoder))
        return made[-1]

    yield open_
    for generation in made:
        generation.close()


def texts(article: Article, generation: Generation, **named: object) -> list[str]:
    """An article's key sentences, each of which must be what stands at its position."""
    found = key_sentences(article.id, generation.store, generation.vectors, **named)  # type: ignore[arg-type]
    assert all(article.text[one.span.start : one.span.end] == one.text for one in found)
    assert [one.span.start for one in found] == sorted(one.span.start for one in found)
    return [one.text for one in found]


def test_what_most_of_the_article_is_about_is_chosen(opened: Opened) -> None:
    """Sentences that share the article's words come before one that stands apart; they keep the text's order."""
    found = texts(HARBOUR, opened(HARBOUR), count=3)
    assert len(found) == 3
    assert not any("violin" in text for text in found)


def test_a_sentence_that_leans_on_another_is_passed_over(opened: Opened) -> None:
    """Whoever reads it alone would not know what "it" is."""
    assert not any(text.startswith("It was") for text in texts(HARBOUR, opened(HARBOUR), count=5))


def test_a_sentence_with_a_named_figure_is_preferred(opened: Opened) -> None:
    """Of sentences that tell about as much, the one with the number comes first."""
    (figure,) = [one for one in figures_in(HARBOUR).figures if one.text.startswith("4,200")]
    generation = opened(HARBOUR)
    assert "4,200" not in texts(HARBOUR, generation, count=1)[0]
    assert "4,200" in texts(HARBOUR, generation, figures=[figure], count=1)[0]


def test_sentences_are_spread_over_paragraphs(opened: Opened) -> None:
    """A second sentence of a paragraph comes only when every other paragraph has given one."""
    first = "The orchard grows apples and pears beside the river near Ostrava."
    twin = "The orchard grows pears and apples beside the river near Ostrava today."
    other = "A tram line brings visitors from the station to the gate each hour."
    article = Article("orchard", f"{first} {twin}\n\n{other}")
    found = texts(article, opened(article), count=2)
    assert other in found and len(found) == 2


def test_nothing_is_encoded(opened: Opened) -> None:
    """The vectors are there already: showing an article must not wait for the model."""
    encoder = FakeEncoder()
    assert texts(HARBOUR, opened(HARBOUR, encoder=encoder))
    assert not encoder.encoded


def test_a_short_article_gives_what_it_has(opened: Opened) -> None:
    """Where no sentence is long enough, the short ones are taken; fewer than wanted are fine."""
    article = Article("short", "Cats sleep there.\n\nDogs bark.")
    assert texts(article, opened(article)) == ["Cats sleep there.", "Dogs bark."]


def test_an_unknown_article_has_none(opened: Opened) -> None:
    """An article that is gone is no error here."""
    generation = opened(HARBOUR)
    assert key_sentences("gone", generation.store, generation.vectors) == []


def test_a_long_sentence_is_passed_over_not_cut(opened: Opened) -> None:
    """What would not fit is left out whole."""
    found = texts(HARBOUR, opened(HARBOUR), count=5, most_letters=75)
    assert found and all(len(text) <= 75 for text in found)


def test_a_sentence_that_does_not_match_the_store_is_left_out(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged text is never quoted."""
    generation = opened(HARBOUR)
    real = generation.store.read_span

    def damaged(span: Span) -> str:
        return real(replace(span, start=span.start + 1)) if span.start == 0 else real(span)

    monkeypatch.setattr(generation.store, "read_span", damaged)
    found = texts(HARBOUR, generation, count=5)
    assert found and not any(text.startswith("The harbour of Ostrava opened") for text in found)


def test_chinese_articles_have_key_sentences(opened: Opened) -> None:
    """Their words are counted by letters, and one that begins with 它 is passed over."""
    found = texts(CHINESE, opened(CHINESE))
    assert len(found) == 2 and not any(text.startswith("它") for text in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Too short to say much.",
        "The mayor of the harbour town said “we will open the market hall again tomorrow.",
        "Who will open the market hall of the harbour town again next spring?",
        "This hall was opened by the mayor of the harbour town last spring.",
        "word " * 60 + "end.",
        "The market hall of the harbour town opens on Monday at nine and",
        "这座大厅由海港城的市长在去年春天宣布开放，许多市民前来参观。",
    ],
)
def test_sentences_that_do_not_stand_alone(sentence: str) -> None:
    """Short, long, asking, unfinished, leaning, or cut out of a quotation."""
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor of the harbour town said, “we will open the market hall tomorrow.”",
        "海港城的市长在去年春天宣布大厅开放，许多市民前来参观。",
    ],
)
def test_sentences_that_stand_alone(sentence: str) -> None:
    """A whole quotation is no hindrance, and neither is Chinese."""
    assert stands_alone(sentence)
