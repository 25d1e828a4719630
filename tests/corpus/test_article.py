"""Articles: values, front matter, digests, and the file that gives the same article back."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from corpus.article import Article, Kind, Span, article_file_text, article_from_metadata, file_name, read_article
from corpus.cleaning import normalise
from corpus.collection import write_article
from corpus.errors import ArticleError
from tests.corpus.strange_texts import texts

FULL = Article(
    id="harbour-tides-2024",
    text="## Power\n\nThe turbine turns 🙂 — déjà vu.\n\nIt cost £5.5 million.",
    title='Tides: "free" power? #1',
    publisher="The Harbour Post",
    author="Mira Castellan & Jo O’Neill",
    published_on=dt.date(2024, 11, 8),
    url="https://harbour.example/tides?a=1#b",
    language="en-GB",
    kind=Kind.BRIEF,
)


def write(folder: Path, text: str, name: str = "a.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_an_article_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Every value of an article survives its file: text, source, date, kind."""
    assert read_article(write_article(FULL, tmp_path)) == FULL


def test_what_is_unknown_stays_unknown_in_the_file(tmp_path: Path) -> None:
    """Values that are not known are left out of the file and come back as nothing."""
    article = Article("bare", "Only text.")
    read = read_article(write_article(article, tmp_path))
    assert read == article
    assert (read.title, read.publisher, read.author, read.published_on, read.url) == (None,) * 5
    assert "None" not in article_file_text(article) and "null" not in article_file_text(article)


@settings(max_examples=150, deadline=None)
@given(texts)
@example("---\ntitle: not front matter\n---\nText.")
@example("## Heading\n\n- item\n- item\n\n1. one")
def test_any_text_survives_its_file(tmp_path_factory: pytest.TempPathFactory, raw: str) -> None:
    """Whatever letters an article holds, its file gives the same text back."""
    text = normalise(raw)
    if text:
        path = write_article(Article("any", text), tmp_path_factory.getbasetemp())
        assert read_article(path).text == text


@pytest.mark.parametrize("title", ["2026", "yes", "null", "2025-03-05", "a: b", "- x", "#1", "'quoted'", "1e3", "@home"])
def test_titles_that_look_like_yaml_stay_titles(tmp_path: Path, title: str) -> None:
    """A title that YAML could take for a number, a date or markup comes back as text."""
    article = replace(FULL, title=title)
    assert read_article(write_article(article, tmp_path)).title == title


def test_text_is_read_as_nfc(tmp_path: Path) -> None:
    """Letters written in two code points are read as one, with or without a byte order mark and CR LF."""
    path = write(tmp_path, "\ufeff---\r\nid: a\r\n---\r\nCafe\u0301 society.\r\n")
    text = read_article(path).text
    assert text == "Café society."
    assert unicodedata.is_normalized("NFC", text)


def test_article_cannot_be_changed() -> None:
    """An article is a value: nobody changes it behind another's back."""
    with pytest.raises(FrozenInstanceError):
        FULL.title = "Other"  # type: ignore[misc]


def test_digest_follows_the_text_alone() -> None:
    """The same text is the same content whatever is said of its source; one letter makes another content."""
    assert replace(FULL, id="other", title=None).digest == FULL.digest
    assert replace(FULL, text=FULL.text + ".").digest != FULL.digest


@pytest.mark.parametrize(
    "change",
    [
        {"id": "x"},
        {"text": "Other."},
        {"title": "x"},
        {"publisher": None},
        {"author": "x"},
        {"published_on": None},
        {"url": None},
        {"language": "zh"},
        {"kind": Kind.ORIGINAL},
    ],
)
def test_source_digest_follows_everything_a_reader_sees(change: dict[str, object]) -> None:
    """Whatever a reader sees of an article, its change is noticed."""
    assert replace(FULL, **change).source_digest != FULL.source_digest  # type: ignore[arg-type]
    assert replace(FULL).source_digest == FULL.source_digest


def test_span_quotes_code_points() -> None:
    """A span counts code points, so an emoji before it moves nothing."""
    start = FULL.text.index("déjà")
    assert FULL.quote(Span(FULL.id, start, start + 7)) == "déjà vu"


def test_paragraphs_know_their_number_and_heading() -> None:
    """Paragraphs are counted from 1 without the headings, and each knows the heading above it."""
    article = Article("a", "Before.\n\n## First\n\nOne.\n\nTwo.\n\n### Second\n\nThree.")
    found = [(p.number, p.heading, article.text[p.start : p.end]) for p in article.paragraphs()]
    assert found == [(1, None, "Before."), (2, "First", "One."), (3, "First", "Two."), (4, "Second", "Three.")]


def test_a_brief_has_another_file_name_than_its_original() -> None:
    """A brief and its original never write to the same file."""
    assert file_name(FULL) == "harbour-tides-2024.brief.md"
    assert file_name(replace(FULL, kind=Kind.ORIGINAL)) == "harbour-tides-2024.md"


@pytest.mark.parametrize(
    ("front_matter", "line", "word"),
    [
        ("id: a\nauthr: Jo", 3, "'authr'"),
        ("id: a\ntitle: [x, y]", 3, "title"),
        ("id: a\ntitle: 7", 3, "quotation marks"),
        ("id: A Title", 2, "'A Title'"),
        ("id: a--b", 2, "single hyphens"),
        ("id: ../a", 2, "'../a'"),
        (f"id: {'a' * 101}", 2, "must be lower-case"),
        ("title: x", 1, "id is ''"),
        ("id: a\nkind: rumour", 3, "original, brief"),
        ("id: a\npublished_on: last May", 3, "'last May'"),
        ("id: a\npublished_on: 7", 3, "2025-03-05"),
        ("id: a\nurl: harbour.example", 3, "https://"),
        ("id: a\nurl: javascript:x", 3, "https://"),
        ("id: a\ntitle: 'open", 3, "not valid YAML"),
    ],
)
def test_a_mistake_in_front_matter_is_named_with_its_line(tmp_path: Path, front_matter: str, line: int, word: str) -> None:
    """A malformed value is one sentence that names file, line and value."""
    path = write(tmp_path, f"---\n{front_matter}\n---\nText.\n")
    with pytest.raises(ArticleError) as caught:
        read_article(path)
    sentence = str(caught.value)
    assert word in sentence and "\n" not in sentence
    # YAML sees an open quotation mark only where the text ends.
    assert sentence.startswith(f"{path}:{line}:") or "YAML" in sentence


def test_a_day_that_no_calendar_has_is_one_sentence(tmp_path: Path) -> None:
    """The thirtieth of February is refused like any other malformed value, not with a traceback."""
    path = write(tmp_path, "---\nid: a\npublished_on: 2025-02-30\n---\nText.\n")
    with pytest.raises(ArticleError, match=r"a\.md: .*date that does not exist"):
        read_article(path)


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    """Front matter alone is no article."""
    with pytest.raises(ArticleError, match=r"a\.md: there is no text"):
        read_article(write(tmp_path, "---\nid: a\n---\n \n"))


def test_bytes_that_are_not_utf8_are_refused_with_the_cure(tmp_path: Path) -> None:
    """A file of the collection in another encoding names the command that converts it."""
    path = tmp_path / "a.md"
    path.write_bytes("---\nid: a\n---\nCafé.".encode("cp1252"))
    with pytest.raises(ArticleError, match="corpusbot import"):
        read_article(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(ArticleError, match=r"gone\.md: cannot be read"):
        read_article(tmp_path / "gone.md")


def test_empty_values_count_as_unknown() -> None:
    """An empty or blank value says nothing, and a time of day is not part of a date."""
    article = article_from_metadata({"id": "a", "title": "  ", "published_on": dt.datetime(2025, 3, 5, 9)}, "Text.", "here")
    assert article.title is None
    assert article.published_on == dt.date(2025, 3, 5)


def test_without_a_file_no_line_is_made_up() -> None:
    """Where no line is known, the sentence names none."""
    with pytest.raises(ArticleError, match=r"^here: unknown key 'x'"):
        article_from_metadata({"id": "a", "x": 1}, "Text.", "here")
