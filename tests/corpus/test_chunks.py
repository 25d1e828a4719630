"""Sentences and chunks: where they end, and that each position gives back its own text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings

from corpus.article import Article
from corpus.chunks import DATELINE, Chunk, Sentence, sentences_of, split_article
from corpus.cleaning import is_heading, normalise
from tests.corpus.strange_texts import texts

SIZES = [(220, 60), (5, 2), (1, 1)]


def article(text: str) -> Article:
    return Article("a", text)


def all_sentences(of: Article) -> list[Sentence]:
    return [sentence for paragraph in of.paragraphs() for sentence in sentences_of(of, paragraph)]


def split(text: str) -> list[str]:
    return [sentence.text for sentence in all_sentences(article(text))]


def words(count: int, first: str = "Word") -> str:
    return " ".join([first, *["word"] * (count - 1)]) + "."


# --- positions -------------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(texts)
@example("One 🙂 two.\n\nCafe\u0301 三。四；五！\n\n## H\n\n\u05d0\u05b7. B.")
def test_every_position_gives_back_its_own_text(raw: str) -> None:
    """`text[start:end]` is the sentence, and the chunk, letter for letter, in any script."""
    of = article(normalise(raw))
    for sentence in all_sentences(of):
        assert of.text[sentence.span.start : sentence.span.end] == sentence.text == sentence.text.strip() != ""
    for chunk in split_article(of, 5, 2):
        assert of.text[chunk.span.start : chunk.span.end] == chunk.text
        assert (chunk.span.start, chunk.span.end) == (chunk.sentences[0].span.start, chunk.sentences[-1].span.end)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_visible_letter_is_in_exactly_one_sentence(raw: str) -> None:
    """Sentences do not overlap, stand in order, and leave out nothing but spaces, headings and a dateline."""
    of = article(normalise(raw))
    covered: list[int] = []
    for sentence in all_sentences(of):
        covered += range(sentence.span.start, sentence.span.end)
    assert covered == sorted(set(covered))
    for paragraph in of.paragraphs():
        dateline = DATELINE.match(of.text[paragraph.start : paragraph.end])
        start = paragraph.start + (dateline.end() if dateline else 0)
        left_out = "".join(of.text[place] for place in sorted(set(range(start, paragraph.end)) - set(covered)))
        assert not left_out.strip()


@settings(max_examples=100, deadline=None)
@given(texts)
def test_every_sentence_is_in_exactly_one_chunk(raw: str) -> None:
    """Whatever the size of chunks, together they hold every sentence once, in order."""
    of = article(normalise(raw))
    for max_words, min_words in SIZES:
        assert [s for chunk in split_article(of, max_words, min_words) for s in chunk.sentences] == all_sentences(of)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_no_chunk_reaches_across_a_heading(raw: str) -> None:
    """No chunk holds a heading, and each knows the one it stands under."""
    of = article(normalise(f"{raw}\n\n## Middle\n\n{raw}"))
    for chunk in split_article(of):
        inside = {
            paragraph.heading
            for paragraph in of.paragraphs()
            if paragraph.end > chunk.span.start and paragraph.start < chunk.span.end
        }
        assert inside == {chunk.heading}
        above = [row.lstrip("#").strip() for row in of.text[: chunk.span.start].split("\n\n") if is_heading(row)]
        assert chunk.heading == (above[-1] if above else None)


# --- sentences -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. economy grew by 5.5 percent.",
        "The U.S. Senate met in Washington, D.C. on Tuesday.",
        "It ranked No. 4 in the world.",
        "On Mar. 5, 2025 the ice went.",
        "The meeting of Sept. 23 was short.",
        "Dr. Tern and Mr. O'Neill spoke for St. Mary's Inc. of Leeds.",
        "It costs $757.58 billion, i.e. a lot, at 10 a.m. sharp.",
        "Models such as Tide-5.5 cost less than 1.2 trillion yuan.",
        "See www.harbour.example for more.",
        "Vol. 3, pp. 4-5, says so.",
        "The vs. in the title, e.g. here, is short.",
    ],
)
def test_full_stops_inside_a_sentence_do_not_end_it(sentence: str) -> None:
    """Abbreviations, decimals, numbers and dates keep their sentence whole."""
    assert split(f"It was cold. {sentence} Nobody came.") == ["It was cold.", sentence, "Nobody came."]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It was cold.", "Why?", "Nobody knew!", "The ice stayed."],
        ["“It was cold,” she said.", "“Nobody came.”", "He left."],
        ["It cost £5.5.", "Then it cost £6."],
        ["It grew by 15.6%.", "It shrank by 1%."],
        ["It was (very) cold.", "(Nobody came.)", "He left."],
        [
            "It was the coldest week of the century.",
            "The bank closed.",
            "Its last customer wanted coal.",
            "The clerk had a life.",
        ],
        [
            "He moved to Washington, D.C.",
            "It rained in the U.S.",
            "The meeting began at 10 a.m.",
            "She said no.",
            "Then she left.",
        ],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """Questions, exclamations, quotations and brackets end with their own signs."""
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "港口结冰了。船没有离开；煤很贵！为什么？没人知道。",
            ["港口结冰了。", "船没有离开；煤很贵！", "为什么？", "没人知道。"],
        ),
        ("市长说：“天很冷。”他走了。", ["市长说：“天很冷。”", "他走了。"]),
        ("增长5.5%。第二年是3.2万亿元。", ["增长5.5%。", "第二年是3.2万亿元。"]),
    ],
)
def test_chinese_sentences_end_at_their_full_stop(text: str, sentences: list[str]) -> None:
    """The wide full stop, question and exclamation mark end a sentence, with the closing quotation mark; ； and 5.5 do not."""
    assert split(normalise(text)) == sentences


def test_a_lone_closing_mark_belongs_to_the_sentence_before() -> None:
    """A quotation mark or bracket after a full stop is no sentence of its own."""
    assert all(re.search(r"\w", sentence) for sentence in split('He said: "It is cold. " Then he left. )'))


def test_a_dateline_is_not_part_of_the_first_sentence() -> None:
    """A news agency's place and date come before the sentence, which begins with its own first word."""
    assert split("PORT ELLERY, Mar. 5 (Harbour News)–The ice went. Boats sailed.") == ["The ice went.", "Boats sailed."]
    assert split("PORT ELLERY froze (again) - nobody came.") == ["PORT ELLERY froze (again) - nobody came."]


def test_sentences_know_their_paragraph() -> None:
    """The number of a sentence's paragraph is the one a reader would count."""
    found = [(s.paragraph, s.text) for s in all_sentences(article("## H\n\nOne. Two.\n\nThree."))]
    assert found == [(1, "One."), (1, "Two."), (2, "Three.")]


# --- chunks ----------------------------------------------------------------------------------------------------------


def texts_of(chunks: list[Chunk]) -> list[str]:
    return [chunk.text for chunk in chunks]


def test_an_empty_article_has_no_chunks() -> None:
    """No text and headings alone give nothing to index."""
    assert split_article(article("")) == []
    assert split_article(article("## Only\n\n## Headings")) == []


def test_short_paragraphs_join_their_neighbours() -> None:
    """Paragraphs below the smaller size share a chunk; one that reaches it ends the chunk."""
    short, long = words(3), words(10)
    assert texts_of(split_article(article(f"{short}\n\n{long}\n\n{short}"), 100, 10)) == [f"{short}\n\n{long}", short]


def test_a_chunk_ends_before_the_sentence_that_would_overfill_it() -> None:
    """Chunks keep to the larger size in whole sentences."""
    text = " ".join(words(4) for _ in range(5))
    assert [len(chunk.sentences) for chunk in split_article(article(text), 8, 4)] == [2, 2, 1]


def test_a_sentence_longer_than_a_chunk_stays_whole() -> None:
    """No sentence is ever cut; a very long one is a chunk by itself."""
    long = words(50)
    assert texts_of(split_article(article(f"{words(3)} {long} {words(3)}"), 10, 2)) == [words(3), long, words(3)]


def test_chinese_counts_by_letters() -> None:
    """A text without spaces is cut into chunks too: two letters count as a word."""
    text = "港口在一月结冰了。" * 10
    chunks = split_article(article(text), max_words=8, min_words=4)
    assert [len(chunk.sentences) for chunk in chunks] == [2] * 5


def test_two_sections_of_one_name_stay_apart() -> None:
    """A heading ends a chunk even where the next heading has the same words."""
    chunks = split_article(article("## Ice\n\nOne.\n\n## Ice\n\nTwo."))
    assert [(chunk.heading, chunk.text) for chunk in chunks] == [("Ice", "One."), ("Ice", "Two.")]
