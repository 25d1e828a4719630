"""Where the passages that answer a question stand in the collection, and how well a quote or a chunk meets them.

Precision, recall and intersection over union of tokens are those of Smith & Troynikov, "Evaluating Chunking Strategies for
Retrieval", Chroma technical report, 2024, with words for tokens and one quote for what was retrieved.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.article import Span
from corpus.store import CorpusStore, StoredChunk
from embeddings.evaluation.questions import LabelledQuestion, Passage
from embeddings.quotes import Quote

# A run of letters and figures; Chinese and Japanese, which part no words, count by signs.
TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How well a quote meets a passage, each from 0 to 1."""

    precision: float  # share of the quote's tokens that stand in the passage
    recall: float  # share of the passage's tokens that stand in the quote
    iou: float  # tokens that stand in both, of those that stand in either


NO_OVERLAP = Overlap(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Located:
    """The places in the collection that answer a question, and how many of its passages stand nowhere."""

    spans: tuple[Span, ...]
    missing: int


def locate(question: LabelledQuestion, store: CorpusStore) -> Located:
    """Find a question's passages; one that an article holds twice is found twice.

    The collection may hold an original where the label quotes our brief, or lack the article: then it is missing.
    """
    found = [_places(passage, store) for passage in question.passages]
    return Located(tuple(span for spans in found for span in spans), sum(not spans for spans in found))


def _places(passage: Passage, store: CorpusStore) -> list[Span]:
    try:
        text = store.article(passage.article_id).text
    except KeyError:
        return []
    # Line breaks and double spaces are no part of what was said.
    words = unicodedata.normalize("NFC", passage.text).split()
    pattern = r"\s+".join(re.escape(word) for word in words)
    return [Span(passage.article_id, *match.span()) for match in re.finditer(pattern, text)]


def token_starts(text: str, span: Span) -> frozenset[int]:
    """The tokens of a span, each by the position at which it begins in the article's text."""
    return frozenset(match.start() for match in TOKEN.finditer(text, span.start, span.end))


def overlap(quoted: frozenset[int], wanted: frozenset[int]) -> Overlap:
    """Compare two sets of tokens of one article."""
    shared = len(quoted & wanted)
    if not shared:
        return NO_OVERLAP
    return Overlap(shared / len(quoted), shared / len(wanted), shared / len(quoted | wanted))


def best_overlap(quote: Quote, spans: Iterable[Span]) -> Overlap:
    """How well a quote, or its twin in another article, meets the passage that it meets best (by intersection over union)."""
    wanted = list(spans)
    found = [
        overlap(token_starts(said.article.text, said.span), token_starts(said.article.text, span))
        for said in (quote, *quote.twins)
        for span in wanted
        if span.article_id == said.article.id
    ]
    return max(found, key=lambda one: (one.iou, one.recall), default=NO_OVERLAP)


def relevant_chunks(spans: Sequence[Span], chunks: Iterable[StoredChunk]) -> list[int]:
    """The chunks that hold a part of one of the spans."""
    return [chunk.id for chunk in chunks if any(_touch(chunk.span, span) for span in spans)]


def _touch(one: Span, other: Span) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end
