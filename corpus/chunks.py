"""Article -> sentences -> chunks, each with its position.

Sentences are what is encoded and quoted, chunks (runs of whole sentences) are what is ranked. A sentence belongs to
exactly one chunk; headings belong to none, but every chunk knows the heading that it stands under.

Sentences are found by nupunkt. Compared on our five articles (191 sentences) and on a line of traps ("U.S.", "5.5",
"No. 4", "Mar. 5, 2025"): nupunkt split all as a reader would; pysbd 0.3.4 fused sentences inside quotations three times
and left a lone quotation mark; syntok 1.4.4 split a headline at its semicolon and missed "GPT-5.5. Prices".
It knows no Chinese; that is split by `corpus.wide_stops`.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import nupunkt

from corpus.article import Article, Paragraph, Span
from corpus.scripts import is_mostly_wide, word_count
from corpus.wide_stops import wide_ends

CHUNKER_VERSION = "3"
MAX_CHUNK_WORDS = 220  # about 300 word pieces: most press paragraphs stay whole
MIN_CHUNK_WORDS = 60  # shorter paragraphs join their neighbours, so that one-sentence paragraphs keep a context
# nupunkt's model takes "civilization.", "reports.", "coal." and 3,000 other words for abbreviations, and joins the sentences
# that they part. Of its abbreviations that are letters without a full stop inside, only these are kept.
ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev hon st jr sr gen sen rep gov col sgt capt adm maj messrs pres
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues thu thur thurs fri
    inc ltd co corp plc bros dept govt assn assoc univ ave blvd rd mt ft hwy
    no nos vol pp fig figs ed eds al ca cf vs etc viz approx est
    """.split()
)
DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’-]{2,40},\s[^()]{3,20}\([^()]{2,40}\)\s?[-–—]+\s?"
    r"|^(?:本报|本報|[\u4e00-\u9fff]{1,4}[社网網])[^，。！？]{0,12}\d{1,2}月\d{1,2}日(?:电|電|讯|訊)\s?(?:[（(][^（）()]{2,40}[）)])?\s?"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence and the paragraph that it stands in."""

    span: Span
    text: str
    paragraph: int


@dataclass(frozen=True)
class Chunk:
    """A run of whole sentences under one heading; `text` is the article's text from its first to its last letter."""

    span: Span
    text: str
    heading: str | None
    sentences: tuple[Sentence, ...]


def sentences_of(article: Article, paragraph: Paragraph) -> list[Sentence]:
    """The sentences of one paragraph, in order, without the spaces between them.

    Every visible letter of the paragraph is in exactly one sentence, save a news agency's dateline.
    """
    text = article.text[paragraph.start : paragraph.end]
    skipped = match.end() if (match := DATELINE.match(text)) and match.end() < len(text) else 0
    found: list[Sentence] = []
    for start, end in _sentence_bounds(text[skipped:]):
        start, end = start + skipped + paragraph.start, end + skipped + paragraph.start
        found.append(Sentence(Span(article.id, start, end), article.text[start:end], paragraph.number))
    return found


@cache
def _tokenizer() -> Any:
    tokenizer = nupunkt.load_default_model()
    for word in tokenizer.abbreviations:
        if len(word) > 1 and word.isalpha() and word not in ABBREVIATIONS:
            tokenizer.remove_abbreviation(word)
    return tokenizer


def _sentence_bounds(text: str) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    for left, right in _stretches(text):
        stripped = text[left:right].strip()
        if not stripped:
            continue
        left += len(text[left:right]) - len(text[left:right].lstrip())
        if bounds and not re.search(r"\w", stripped):
            # A lone quotation mark or bracket closes the sentence before it.
            bounds[-1] = (bounds[-1][0], left + len(stripped))
        else:
            bounds.append((left, left + len(stripped)))
    return bounds


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The sentences with the spaces around them: Chinese ones by their stops, and what is left between those by nupunkt."""
    for left, right in itertools.pairwise([0, *wide_ends(text), len(text)]):
        part = text[left:right]
        if is_mostly_wide(part):
            # nupunkt knows English only: it would end a Chinese sentence at "No." or after "U.S.".
            yield left, right
        else:
            yield from ((left + start, left + end) for _, (start, end) in _tokenizer().tokenize_with_spans(part))


def split_article(article: Article, max_words: int = MAX_CHUNK_WORDS, min_words: int = MIN_CHUNK_WORDS) -> list[Chunk]:
    """Cut an article into chunks of whole sentences.

    A chunk ends at a heading, at the end of a paragraph once it has `min_words`, and before the sentence that would
    take it over `max_words`; a single longer sentence is a chunk by itself.
    """
    chunks: list[Chunk] = []
    gathered: list[Sentence] = []
    heading: str | None = None
    end = 0

    def close() -> None:
        if gathered:
            chunks.append(_chunk(article, gathered, heading))
            gathered.clear()

    for paragraph in article.paragraphs():
        # What stands between two paragraphs is a heading, perhaps of the same words as the one before.
        if article.text[end : paragraph.start].strip() or _words(gathered) >= min_words:
            close()
        heading, end = paragraph.heading, paragraph.end
        for sentence in sentences_of(article, paragraph):
            if gathered and _words([*gathered, sentence]) > max_words:
                close()
            gathered.append(sentence)
    close()
    return chunks


def _words(sentences: list[Sentence]) -> int:
    return sum(word_count(sentence.text) for sentence in sentences)


def _chunk(article: Article, sentences: list[Sentence], heading: str | None) -> Chunk:
    span = Span(article.id, sentences[0].span.start, sentences[-1].span.end)
    return Chunk(span, article.quote(span), heading, tuple(sentences))
