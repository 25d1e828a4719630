"""An article's figures: its numbers, each with what it measures, when, whose, how sure, who says so, and where it stands.

Puts together what other modules read; reads nothing itself, and writes nothing down.
"""

from dataclasses import replace

from corpus.article import Article
from corpus.chunks import split_article
from corpus.figures.figure import Extraction, Figure, LeftOut
from corpus.figures.numbers import WrittenNumber, numbers_in
from corpus.figures.parsed.choice import chosen_subject
from corpus.figures.periods import period_of
from corpus.figures.speakers import speaker_of
from corpus.figures.status import status_of
from corpus.figures.subjects import subject_of

EXTRACTOR_VERSION = "4"  # goes up when figures are read differently, so that `reindex --if-missing` reads them anew


def figures_in(article: Article) -> Extraction:
    """Read every figure of an article's sentences, in order; places count code points of its text.

    Headings give none: what they say in short, their text says in full.
    """
    figures: list[Figure] = []
    left_out: list[LeftOut] = []
    for start, end in _sentences(article):
        read = numbers_in(article.text[start:end], article.text)
        figures += [_figure(article, (start, end), number) for number in read.numbers]
        left_out += [replace(one, start=one.start + start, end=one.end + start) for one in read.left_out]
    return Extraction(tuple(figures), tuple(left_out))


def _sentences(article: Article) -> list[tuple[int, int]]:
    return [(sentence.span.start, sentence.span.end) for chunk in split_article(article) for sentence in chunk.sentences]


def _figure(article: Article, sentence: tuple[int, int], number: WrittenNumber) -> Figure:
    place = number.start + sentence[0], number.end + sentence[0]
    subject = subject_of(article, sentence, place, number.noun, number.unit)
    period = period_of(article, sentence, place)
    return Figure(
        article_id=article.id,
        start=place[0],
        end=place[1],
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        text=number.text,
        value=number.value,
        low=number.low,
        high=number.high,
        bound=number.bound,
        unit=number.unit,
        subject=chosen_subject(article, sentence, place, number.unit, subject),
        place=subject.place,
        status=status_of(article, sentence, place, period),
        period=period,
        speaker=speaker_of(article, sentence, place),
    )
