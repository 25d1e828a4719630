"""The store: what is written is read back, filters, the word index, damaged files, threads."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.article import Article, Kind, Span
from corpus.chunks import split_article
from corpus.errors import StoreError
from corpus.migrations import LATEST
from corpus.store import CorpusStore, Filters

ICE = Article(
    id="ice",
    text="The harbour froze 🙂 in January. Nobody sailed.\n\n## Coal\n\nThe council paid for coal. It cost £5.5 million.",
    title="Ice",
    publisher="The Harbour Post",
    author="Jo Tern",
    published_on=dt.date(2024, 9, 3),
    url="https://harbour.example/ice",
    language="en-GB",
    kind=Kind.BRIEF,
)
TIDES = Article(
    id="tides",
    text="The first turbine turns. It lit 1,200 homes in the café quarter.",
    publisher="Ellery Daily",
    published_on=dt.date(2025, 3, 5),
)
UNDATED = Article(id="undated", text="A ferry sails. The harbour is open.")
ARTICLES = [ICE, TIDES, UNDATED]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A finished database of the three articles."""
    path = tmp_path / "corpus.db"
    with CorpusStore.create(path) as store:
        for article in ARTICLES:
            store.add_article(article, split_article(article, max_words=8, min_words=4))
        store.finish()
    return path


@pytest.fixture
def store(path: Path) -> Iterator[CorpusStore]:
    with CorpusStore.open(path) as opened:
        yield opened


# --- round trip ------------------------------------------------------------------------------------------------------


def test_articles_come_back_as_they_went_in(store: CorpusStore) -> None:
    """Every value of every article is read back, by id; what was unknown is unknown."""
    assert store.articles() == ARTICLES
    assert store.article("ice") == ICE


def test_an_article_that_is_not_there_is_a_key_error(store: CorpusStore) -> None:
    """Asking for an unknown id says which id."""
    with pytest.raises(KeyError, match="nowhere"):
        store.article("nowhere")


def test_chunks_and_sentences_come_back_with_their_positions(store: CorpusStore) -> None:
    """Chunks, headings, sentences, paragraphs and positions are those that the splitter found."""
    for article in ARTICLES:
        stored = [chunk for chunk in store.all_chunks() if chunk.span.article_id == article.id]
        split = split_article(article, max_words=8, min_words=4)
        assert [(c.span, c.text, c.heading) for c in stored] == [(c.span, c.text, c.heading) for c in split]
        assert [[(s.span, s.text, s.paragraph) for s in c.sentences] for c in stored] == [
            [(s.span, s.text, s.paragraph) for s in c.sentences] for c in split
        ]


def test_every_sentence_knows_its_chunk(store: CorpusStore) -> None:
    """The number of a sentence leads to the number of its chunk; unknown numbers are left out."""
    chunks = store.all_chunks()
    expected = {sentence.id: chunk.id for chunk in chunks for sentence in chunk.sentences}
    assert len(expected) == sum(len(chunk.sentences) for chunk in chunks) == store.counts()["sentences"]
    assert store.chunks_of_sentences([*expected, 10_000]) == expected


def test_chunks_come_in_the_order_asked_for(store: CorpusStore) -> None:
    """Ranked numbers give ranked chunks; a number that is not there is left out."""
    ids = [chunk.id for chunk in store.all_chunks()]
    assert [chunk.id for chunk in store.chunks([*reversed(ids), 10_000])] == ids[::-1]
    assert store.chunks([]) == []


def test_counts(store: CorpusStore) -> None:
    """Articles, chunks and sentences are counted."""
    assert store.counts() == {"articles": 3, "chunks": len(store.all_chunks()), "sentences": 8}


def test_a_span_is_read_from_the_file_in_code_points(store: CorpusStore) -> None:
    """The database itself gives a span's letters, also after an emoji; no article gives nothing."""
    for article in ARTICLES:
        for start, end in [(0, 3), (18, 30), (0, len(article.text)), (len(article.text) - 1, len(article.text)), (4, 4)]:
            assert store.read_span(Span(article.id, start, end)) == article.text[start:end]
    assert store.read_span(Span("nowhere", 0, 3)) == ""


def test_an_altered_file_shows_in_the_span(path: Path) -> None:
    """A span comes from the file, not from an article that was read before: a change in the file is seen."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET text = replace(text, 'harbour', 'HARBOUR')")
    connection.close()
    with CorpusStore.open(path) as store:
        assert store.read_span(Span("ice", 4, 11)) == "HARBOUR"


def test_an_article_is_stored_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    """An article whose chunks cannot be stored leaves no trace of itself."""
    with CorpusStore.create(tmp_path / "corpus.db") as store:
        chunks = split_article(TIDES)
        broken = [*chunks, split_article(ICE)[0], None]
        with pytest.raises(AttributeError):
            store.add_article(TIDES, broken)  # type: ignore[arg-type]
        assert store.counts() == {"articles": 0, "chunks": 0, "sentences": 0}


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    """One id is one article; a second one changes nothing of the first."""
    with CorpusStore.create(tmp_path / "corpus.db") as store:
        store.add_article(TIDES, split_article(TIDES))
        before = store.counts()
        with pytest.raises(sqlite3.IntegrityError):
            store.add_article(TIDES, split_article(TIDES))
        assert store.counts() == before


def test_more_numbers_than_one_statement_takes(tmp_path: Path) -> None:
    """Thousands of chunks and sentences are read in one call."""
    text = "\n\n".join(f"## {n}\n\nSentence {n} stands here." for n in range(2100))
    with CorpusStore.create(tmp_path / "corpus.db") as store:
        store.add_article(Article("long", text), split_article(Article("long", text)))
        assert len(store.chunks_of_sentences(range(1, 2101))) == 2100
        assert [chunk.heading for chunk in store.chunks(range(2100, 0, -1))] == [str(n) for n in range(2099, -1, -1)]


# --- filters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), ["ice", "tides", "undated"]),
        (Filters(since=dt.date(2024, 9, 3)), ["ice", "tides"]),
        (Filters(since=dt.date(2024, 9, 4)), ["tides"]),
        (Filters(until=dt.date(2025, 3, 5)), ["ice", "tides"]),
        (Filters(until=dt.date(2025, 3, 4)), ["ice"]),
        (Filters(since=dt.date(2024, 9, 4), until=dt.date(2025, 3, 4)), []),
        (Filters(since=dt.date.min), ["ice", "tides"]),
        (Filters(until=dt.date.max), ["ice", "tides"]),
        (Filters(publisher="harbour"), ["ice"]),
        (Filters(publisher="ELLERY DAILY"), ["tides"]),
        (Filters(publisher="None"), []),
        (Filters(article_ids=("undated", "ice")), ["ice", "undated"]),
        (Filters(article_ids=("nowhere",)), []),
        (Filters(article_ids=("ice", "undated"), since=dt.date(2020, 1, 1)), ["ice"]),
    ],
)
def test_filters_keep_the_articles_asked_for(store: CorpusStore, filters: Filters, ids: list[str]) -> None:
    """Both days are included, all filters hold together, and an unknown date or publisher passes no filter on it."""
    assert store.article_ids(filters) == ids


def test_no_filter_is_no_filter() -> None:
    """Filters are true as soon as one is set."""
    assert not Filters()
    assert all([Filters(publisher="x"), Filters(article_ids=("a",)), Filters(since=dt.date.min), Filters(until=dt.date.max)])


# --- words -----------------------------------------------------------------------------------------------------------


def found(store: CorpusStore, query: str, count: int = 10, article_ids: list[str] | None = None) -> list[str]:
    hits = store.match(query, count, article_ids)
    return [chunk.span.article_id for chunk in store.chunks([chunk_id for chunk_id, _ in hits])]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ('"turbines"', ["tides"]),
        ('"CAFE"', ["tides"]),
        ('"sailing"', ["ice", "undated"]),
        ('"nowhere"', []),
        ('"e-mail"', []),
        ('"1,200"', ["tides"]),
        ('"coal" OR "turbine"', ["ice", "tides"]),
        ('"""quoted"""', []),
        ('"*"', []),
        ('""', []),
        ('"港口"', []),
    ],
)
def test_quoted_words_find_their_chunks(store: CorpusStore, query: str, ids: list[str]) -> None:
    """Words are found in any inflection, case and accent; signs in quotation marks are words, never syntax."""
    assert sorted(set(found(store, query))) == ids


def test_better_matches_come_first_and_the_count_is_kept(store: CorpusStore) -> None:
    """Hits fall by score, and no more come than were asked for."""
    hits = store.match('"harbour" OR "froze" OR "coal"', 10)
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) > 1 and min(scores) > 0
    assert store.match('"harbour" OR "froze" OR "coal"', 1) == hits[:1]


def test_matches_keep_to_the_articles_asked_for(store: CorpusStore) -> None:
    """With articles named only their chunks are found; with none named, none are."""
    assert found(store, '"harbour"', article_ids=["undated"]) == ["undated"]
    assert found(store, '"harbour"', article_ids=[]) == []


def test_the_vocabulary_counts_chunks(store: CorpusStore) -> None:
    """A stem counts once for each chunk that holds it; one that never occurs is left out."""
    assert store.chunk_frequency(["harbour", "coal", "nowher"]) == {"harbour": 2, "coal": 1}
    assert {"harbour", "coal", "turbin"} <= set(store.vocabulary())
    assert store.vocabulary() == sorted(store.vocabulary())


def test_chinese_is_found_by_its_words(tmp_path: Path) -> None:
    """Words of two letters, single letters and English beside them find their chunk, and are counted once for it."""
    with CorpusStore.create(tmp_path / "chinese.db") as store:
        for number, text in enumerate(["云梧镇的AI企业。云梧镇很小。", "渡轮在云湖上。", "The ferry."]):
            article = Article(f"a{number}", text)
            store.add_article(article, split_article(article))
        store.finish()
        assert [found(store, f'"{word}"') for word in ("企业", "云", "ai", "梧镇的", "轮渡")] == [
            ["a0"],
            ["a0", "a1"],
            ["a0"],
            [],
            [],
        ]
        assert store.chunk_frequency(["云梧", "云", "渡轮", "镇小"]) == {"云梧": 1, "云": 2, "渡轮": 1}


# --- files -----------------------------------------------------------------------------------------------------------


def assert_names_the_cure(path: Path) -> None:
    with pytest.raises(StoreError) as caught, CorpusStore.open(path):
        pass
    sentence = str(caught.value)
    assert str(path) in sentence and "Run: corpusbot reindex" in sentence and "\n" not in sentence


def test_a_missing_database_names_the_cure(tmp_path: Path) -> None:
    """Neither a missing file nor a folder in its place is opened, and none is made."""
    assert_names_the_cure(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "folder.db").mkdir()
    assert_names_the_cure(tmp_path / "folder.db")


@pytest.mark.parametrize("content", [b"", b"This is not a database.", b"\x00" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_what_is_no_database_names_the_cure(tmp_path: Path, content: bytes) -> None:
    """An empty file, a text, zeros and a false head are all refused in a sentence."""
    path = tmp_path / "corpus.db"
    path.write_bytes(content)
    assert_names_the_cure(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_database_names_the_cure(path: Path, share: float) -> None:
    """A copy that broke off is noticed when it is opened, not at the first question."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert_names_the_cure(path)


def test_damaged_pages_name_the_cure(path: Path) -> None:
    """A database with pages overwritten in its middle is noticed when it is opened."""
    content = bytearray(path.read_bytes())
    content[8192 : len(content) - 4096] = b"\xa5" * (len(content) - 4096 - 8192)
    path.write_bytes(bytes(content))
    assert_names_the_cure(path)


@pytest.mark.parametrize("version", [0, LATEST + 1])
def test_another_layout_names_the_cure(path: Path, version: int) -> None:
    """A database of an older or newer corpusbot is not read."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    assert_names_the_cure(path)


def test_the_database_of_another_program_names_the_cure(tmp_path: Path) -> None:
    """A database that only has our number, and not our tables, is not read."""
    path = tmp_path / "corpus.db"
    connection = sqlite3.connect(path)
    connection.executescript(f"CREATE TABLE songs (id INTEGER); PRAGMA user_version = {LATEST};")
    connection.close()
    assert_names_the_cure(path)


def test_a_database_is_written_once(path: Path) -> None:
    """A file that exists is never written over."""
    before = path.read_bytes()
    with pytest.raises(StoreError, match="exists already"):
        CorpusStore.create(path)
    assert path.read_bytes() == before


def test_a_folder_that_is_missing_is_one_sentence(tmp_path: Path) -> None:
    """A database that cannot be made is refused in a sentence."""
    with pytest.raises(StoreError, match="cannot be written"):
        CorpusStore.create(tmp_path / "nowhere" / "corpus.db")


def test_an_opened_database_cannot_be_changed(store: CorpusStore, path: Path) -> None:
    """A finished database is for reading: writing fails and leaves no file beside it."""
    before = path.read_bytes()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.add_article(Article("new", "Text."), [])
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("folder", ["with space", "100%", "a#b?c", "ünï 港"])
def test_folders_of_any_name(tmp_path: Path, folder: str) -> None:
    """A database is found in a folder whatever its name."""
    path = tmp_path / folder / "corpus.db"
    path.parent.mkdir()
    with CorpusStore.create(path) as store:
        store.add_article(UNDATED, split_article(UNDATED))
        store.finish()
    with CorpusStore.open(path) as store:
        assert store.articles() == [UNDATED]


def test_several_threads_read_at_once(store: CorpusStore) -> None:
    """Questions answered side by side get the same as one alone."""

    def read(_: int) -> tuple[object, ...]:
        return store.articles(), store.all_chunks(), store.match('"harbour"', 5), store.read_span(Span("ice", 4, 11))

    alone = read(0)
    with ThreadPoolExecutor(8) as pool:
        assert all(one == alone for one in pool.map(read, range(200)))


def test_a_changed_text_is_found(tmp_path: Path) -> None:
    """A text that is not the one that was indexed is named, since its positions would quote other words."""
    path = tmp_path / "corpus.db"
    article = Article(id="ferry", text="The ferry sails at nine. It carries forty people.")
    with CorpusStore.create(path) as store:
        store.add_article(article, split_article(article))
        store.finish()
    with CorpusStore.open(path) as store:
        store.check_texts()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE articles SET text = replace(text, 'forty', 'fifty')")
    connection.commit()
    connection.close()
    with CorpusStore.open(path) as store, pytest.raises(StoreError, match=r"the text of ferry was changed.*corpusbot reindex"):
        store.check_texts()
