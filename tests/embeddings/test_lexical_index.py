"""A user's words can be anything, and never become FTS5 syntax."""

import math
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.chunks import split_article
from corpus.store import CorpusStore
from embeddings.lexical_index import LexicalIndex, fts_query, informative_terms, stem, terms_of

HOSTILE = [
    '"', '""', '"unclosed', "e-mail", "-ferry", "ferry -puffin", "NEAR(ferry bay, 2)", "NEAR(", "NEAR/3", "fer*", "*", "^ferry",
    "ferry AND", "AND OR NOT", "NOT ferry", "ferry NOT puffin", "text:ferry", "title:ferry", "{text title}:ferry", "- text:ferry",
    "ferry + bay", "(ferry", "ferry)", "((((", "🙂", "👩‍👩‍👧 ferry",
    "ferry\x00bay", "\x00", "ferry;--", "'; DROP TABLE chunks; --", "%_\\",
    "x" * 10_000, "ferry " * 1_667, '" OR "1', "ferry\ud83d", "½ ² ⅷ", "٣ ferries", "f̶e̶r̶r̶y̶", "ﬁsh", "İstanbul",
    "4,500", "1.59.2", "\n\t ", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> CorpusStore:
    """Three articles of one chunk each."""
    texts = {
        "a": "The ferry crosses the bay. It carried 4,500 people in 2024.",
        "b": "Ferries and gulls share the bay.",
        "c": "An e-mail about cafés.",
    }
    store = CorpusStore.create(tmp_path_factory.mktemp("lexical") / "corpus.db")
    for identifier, text in texts.items():
        article = Article(identifier, text)
        store.add_article(article, split_article(article))
    store.finish()
    return store


@pytest.fixture(scope="module")
def index(store: CorpusStore) -> LexicalIndex:
    """The words of the three articles."""
    return LexicalIndex(store)


def found(index: LexicalIndex, text: str) -> list[int]:
    """The numbers of the chunks that a text finds."""
    return list(index.nearest(terms_of(text), 10))


# --- nothing a user writes is syntax -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
def test_hostile_text_is_only_words(index, text):
    """Quotes, operators, column filters, NUL, emoji and very long texts are searched for as words or not at all."""
    for terms in (terms_of(text), informative_terms(text)):
        assert set(index.nearest(terms, 10)) <= {1, 2, 3}
        assert set(index.rarity(terms)) == {term.stem for term in terms}
        assert index.unknown(terms) <= {term.stem for term in terms}


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=200) | st.text(alphabet='"-*^:+(){}ANDORTNE 🙂\x00ferry', max_size=60))
def test_no_text_breaks_the_query(index, text):
    """Whatever a user writes, the search answers."""
    assert set(index.nearest(informative_terms(text), 10)) <= {1, 2, 3}


@pytest.mark.parametrize(
    ("text", "chunks"),
    [
        ("NOT ferry", [1, 2]),
        ("ferry NOT gulls", [1, 2]),
        ("text:ferry", [1, 2]),
        ('"ferry bay"', [1, 2]),
        ("e-mail", [3]),
        ("fer*", []),
        ("NEAR(mail)", [3]),
    ],
)
def test_operators_mean_nothing(index, text, chunks):
    """An operator excludes nothing, widens nothing and filters nothing."""
    assert sorted(found(index, text)) == chunks


def test_a_query_holds_a_bounded_number_of_words():
    """FTS5 refuses deep expressions: a very long question is cut to its first words."""
    query = fts_query(terms_of(" ".join(f"word{number}" for number in range(5_000))))
    assert query.count(" OR ") == 63
    assert query.startswith('"word0" OR "word1"')
    assert fts_query([]) == ""


# --- words and their forms ---------------------------------------------------------------------------------------------


def test_word_forms_meet(index):
    """Plural, capitals and accents do not matter."""
    assert sorted(found(index, "FERRY")) == sorted(found(index, "ferries")) == [1, 2]
    assert found(index, "cafe") == [3]


def test_numbers_with_separators_are_one_word(index):
    """ "4,500" is found as a whole, "500" alone is another number's part."""
    assert [term.word for term in terms_of("4,500 in 2021-25, 1.59 million")] == ["4,500", "in", "2021", "25", "1.59", "million"]
    assert found(index, "4,500") == [1]
    assert found(index, "4,501") == []


def test_hits_are_ordered_by_their_words(index):
    """A chunk that holds more of the words comes first, and scores fall."""
    hits = index.nearest(terms_of("gulls on a ferry"), 10)
    assert list(hits) == [2, 1]
    assert list(hits.values()) == sorted(hits.values(), reverse=True)


def test_hits_can_be_limited_to_articles(index):
    """Only chunks of the articles asked for come back; no article, no chunk."""
    assert list(index.nearest(terms_of("ferry"), 10, ["b"])) == [2]
    assert index.nearest(terms_of("ferry"), 10, []) == {}


@settings(deadline=None)
@given(st.text(max_size=100))
def test_terms_stand_where_they_say(text):
    """A term's positions cut the term out of the text."""
    for term in terms_of(text):
        assert text[term.start : term.end] == term.word


def test_informative_words_leave_out_how_it_is_asked():
    """Stop words go, repeated stems go, and a question of stop words only keeps them."""
    assert [term.word for term in informative_terms("Where is the ferry, and where are the ferries?")] == ["ferry"]
    assert [term.word for term in informative_terms("Who is who?")] == ["Who", "is"]


def test_stems_are_those_of_the_index(store):
    """Each word of the index is the stem of itself as the text wrote it."""
    stems = {part for article in store.articles() for term in terms_of(article.text) for part in term.stem.split()}
    assert stems == set(store.vocabulary())


def test_threads_may_share_the_stemmer():
    """Several threads stem at once and get the same stems."""
    words = [f"crossing{number}s" for number in range(300)]
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append([stem.__wrapped__(word) for word in words])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[f"crossing{number}" for number in range(300)]] * 4


def test_rarity_is_the_inverse_document_frequency(index):
    """ "Ferry" stands in two of three chunks, "gull" in one, "whale" in none: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    rarity = index.rarity(terms_of("ferry gull whale"))
    assert rarity["ferri"] == pytest.approx(math.log(1 + 1.5 / 2.5))
    assert rarity["gull"] == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert rarity["whale"] == pytest.approx(math.log(1 + 3.5 / 0.5))


def test_unknown_words_are_told(index):
    """Words that the collection never uses; a number is unknown when one of its parts is."""
    assert index.unknown(terms_of("ferry whale 4,500 4,501")) == {"whale", "4 501"}


def test_scripts_without_spaces_are_cut_into_pieces():
    """A run of Chinese is its pairs and letters, each at its place; figures and Latin words beside it are words."""
    terms = terms_of("AI企业，1.5亿")
    assert [(term.word, term.stem, term.start) for term in terms] == [
        ("AI", "ai", 0), ("企业", "企业", 2), ("企", "企", 2), ("业", "业", 3), ("1.5", "1 5", 5), ("亿", "亿", 8),
    ]  # fmt: skip
    assert [term.is_piece for term in terms] == [False, True, True, True, False, True]
    assert fts_query(terms_of("２０２４年")) == '"2024" OR "年"'
