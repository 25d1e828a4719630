"""A user's words -> a safe FTS5 query -> hits, and how rare each word is.

Words are stemmed by the very tokenizer that built the index, so that they can never disagree with it. Where a script
has no spaces, the words are the pieces that `corpus.scripts` cuts for the index too: letters and pairs of neighbours.
"""

import math
import re
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.scripts import RUN, UNSPACED, narrow, pieces_of
from corpus.store import CorpusStore
from embeddings.chinese_words import telling_stretches

# A number with its separators is one word ("1.59", "4,500", "2021-25"), and a run without spaces is to be cut up.
# "1.5" is one word, "1.5A" is "1" and "5A", as FTS5 cuts it.
WORD = re.compile(rf"\d+(?:[.,]\d+)+(?![^\W_{UNSPACED}])|[{UNSPACED}]+|[^\W_{UNSPACED}]+")
MAX_TERMS = 64  # FTS5 refuses expressions nested deeper than 256, and no question has more words that matter

# Words that say how something is asked, not what about.
STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing done down during each few for from further had has have having he her
    here hers him his how i if in into is it its itself just me more most much many my no nor not now of off on once
    only or other our ours out over own please same she should so some such tell than that the their theirs them
    then there these they this those through to too under until up us very was we were what when where which while
    who whom whose why will with would you your yours s t re ve ll d m don didn doesn isn aren wasn weren
    """.split()
)


@dataclass(frozen=True)
class Term:
    """A word of a question: as written, as its stem, and where it stands."""

    word: str
    stem: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether the word is a number."""
        return self.word[0].isdigit()

    @property
    def is_piece(self) -> bool:
        """Whether this is a letter or a pair of letters of a script without spaces."""
        return bool(RUN.match(self.word))


class Stemmer:
    """Words as FTS5's Porter tokenizer writes them. One for the whole process; safe in threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize='porter unicode61 remove_diacritics 2')")
        self._db.execute("CREATE VIRTUAL TABLE stems USING fts5vocab('words', 'instance')")

    def stem(self, word: str) -> str:
        """The stem; for a number with separators, its parts joined by spaces; the word itself where FTS5 sees none."""
        with self._lock:
            self._db.execute("INSERT INTO words(rowid, word) VALUES (1, ?)", (word,))
            rows = self._db.execute("SELECT term FROM stems ORDER BY offset").fetchall()
            self._db.execute("DELETE FROM words")
        return " ".join(row[0] for row in rows) or word


_stemmer = Stemmer()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one word, as the index holds it."""
    return _stemmer.stem(word)


def terms_of(text: str) -> list[Term]:
    """All words of a text, in order; of a run without spaces, its pieces."""
    terms: list[Term] = []
    for match in WORD.finditer(text):
        word, start = match.group(), match.start()
        if RUN.match(word):
            # FTS5 writes a piece as it is: there is nothing to stem.
            terms += [Term(word[a:b], word[a:b], start + a, start + b) for a, b in pieces_of(word)]
        else:
            terms.append(Term(word, stem(narrow(word).lower()), start, match.end()))
    return terms


def informative_terms(text: str) -> list[Term]:
    """The words that say what a question is about, each stem once and in their order; all words when nothing else is left."""
    terms = terms_of(text)
    telling = _telling_pieces(text)
    kept = [term for term in terms if ((term.start, term.end) in telling if term.is_piece else _tells(term, text))] or terms
    first = {term.stem: term for term in reversed(kept)}
    return sorted(first.values(), key=lambda term: term.start)


def _tells(term: Term, text: str) -> bool:
    """Whether a word is more than a way of asking; "US" is a country unless everything is in capitals."""
    return term.word.lower() not in STOP_WORDS or (term.word == "US" and not text.isupper())


def _telling_pieces(text: str) -> set[tuple[int, int]]:
    """Where a question's telling pieces stand: the pairs, and single letters that have no neighbour to pair with."""
    found: set[tuple[int, int]] = set()
    for run in RUN.finditer(text):
        for start, end in telling_stretches(run.group()):
            start, end = start + run.start(), end + run.start()
            found |= {(place, min(place + 2, end)) for place in range(start, max(start + 1, end - 1))}
    return found


def fts_query(terms: Sequence[Term]) -> str:
    """An FTS5 query that finds any of the words; empty when there are none.

    Each word stands in double quotes, where FTS5 knows no operators: a bare hyphen, `NEAR(` or `*` would be syntax.
    Words hold letters and digits only, so they cannot end the quotation.
    """
    return " OR ".join(f'"{narrow(term.word)}"' for term in terms[:MAX_TERMS])


class LexicalIndex:
    """The words of one generation."""

    def __init__(self, store: CorpusStore) -> None:
        self._store = store
        self._chunk_count = store.counts()["chunks"]

    def nearest(self, terms: Sequence[Term], count: int, article_ids: Sequence[str] | None = None) -> dict[int, float]:
        """Chunks that hold any of the words: chunk id to BM25 score, by falling score. Empty when none does."""
        query = fts_query(terms)
        return dict(self._store.match(query, count, article_ids)) if query else {}

    def rarity(self, terms: Sequence[Term]) -> dict[str, float]:
        """How much each stem tells: the smoothed inverse document frequency that BM25 uses (Robertson & Zaragoza 2009).

        A word that no chunk holds gets the highest value.
        """
        # A number such as "4,500" is several words to FTS5: it is as rare as its rarest part.
        frequency = self._frequency(terms)
        return {
            term.stem: max(self._inverse_frequency(frequency.get(part, 0)) for part in term.stem.split() or [term.stem])
            for term in terms
        }

    def _inverse_frequency(self, chunks: int) -> float:
        return math.log(1 + (self._chunk_count - chunks + 0.5) / (chunks + 0.5))

    def unknown(self, terms: Sequence[Term]) -> set[str]:
        """The stems that the collection never uses.

        A pair that only joins two words is none of them: a collection may know 云梧 and 渡轮 and never write 梧渡.
        """
        known = self._frequency(terms)
        covered = {place for term in terms if term.is_piece and term.stem in known for place in range(term.start, term.end)}
        return {
            term.stem
            for term in terms
            if any(part not in known for part in term.stem.split())
            and not (term.is_piece and covered.issuperset(range(term.start, term.end)))
        }

    def _frequency(self, terms: Sequence[Term]) -> dict[str, int]:
        return self._store.chunk_frequency({part for term in terms for part in term.stem.split()})
