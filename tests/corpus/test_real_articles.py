"""The five real articles of the project, which belong to their publishers and are not in the repository."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.chunks import DATELINE, split_article
from corpus.cleaning import normalise
from corpus.importing import import_paths

ORIGINALS = Path(__file__).resolve().parents[2].parent / "shared" / "articles"

pytestmark = pytest.mark.skipif(
    not ORIGINALS.is_dir(), reason=f"the real articles are not part of the repository and {ORIGINALS} does not exist here"
)


@dataclass(frozen=True)
class Expected:
    """What is known of one raw file; `furniture` names, by short fragments, the whole lines that must be gone."""

    file: str
    id: str
    title: str | None
    publisher: str | None
    author: str | None
    published_on: dt.date | None
    furniture: tuple[str, ...] = ()
    trimmed: tuple[str, ...] = ()  # taken off lines whose other words stay


ARTICLES = [
    Expected(
        "000_0cbd12f3db397dcc.txt",
        "brisd-open-source-ai-2025",
        None,
        None,
        "Chairman of Belt and Road Initiative for Sustainable Development (BRISD)",
        dt.date(2025, 3, 14),
        trimmed=("date 2025-03-14", "([email protected])"),
    ),
    Expected(
        "001_baea12ad2a16eb73.txt",
        "cen-bigger-than-deepseek-2025",
        "China's AI boom bigger than just DeepSeek",
        "China Economic Net",
        "Wu Siya",
        dt.date(2025, 3, 5),
        furniture=("By Wu Siya", "[Photo provided to CEN]", "(Editor:"),
    ),
    Expected(
        "002_21124bc296aca1d1.txt",
        "strategic-growth-2026",
        "China's AI Industry: Strategic Growth and Global Competitiveness",
        None,
        None,
        None,
        furniture=("Image 1", "Was this helpful?", "Likes and saves are stored", "Discussion is powered by Giscus"),
    ),
    Expected(
        "003_793eb89194b574b5.txt",
        "china-daily-open-inclusive-ai-2026",
        "China's open and inclusive AI is powering global development",
        "China Daily",
        "an associate research fellow in the China Institute of Fudan University",
        None,
        furniture=("The views don't necessarily represent", "send us your writings"),
    ),
    Expected(
        "004_25537323271e1393.txt",
        "global-times-ai-plus-initiative-2025",
        "China Proposes AI+ International Cooperation Initiative; Nation Sees AI as Universal Public Good for Global Community:"
        " Expert",
        "Global Times",
        "Liu Caiyu",
        dt.date(2025, 9, 24),
        furniture=("By Liu Caiyu", "10:40 PM", "Photo: Xinhua", "No comments:", "Post a Comment"),
        trimmed=("date 2025-09-24",),
    ),
]
# In the raw file this widget's heading is a word that sentences use too, so it is named as a whole line.
WHOLE_LINES = {"Comments"}

each_article = pytest.mark.parametrize("expected", ARTICLES, ids=lambda expected: expected.id)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """The articles by raw file, imported as a folder with its sources.toml."""
    report = import_paths([str(ORIGINALS)], tmp_path_factory.mktemp("collection"))
    assert not report.refused
    return {Path(one.source).name: one.article for one in report.imported}


@pytest.fixture(scope="module")
def imported_alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """The articles by raw file, imported without anything said of them."""
    folder = tmp_path_factory.mktemp("raw")
    for path in ORIGINALS.glob("0*.txt"):
        shutil.copy(path, folder)
    report = import_paths([str(folder)], tmp_path_factory.mktemp("collection"))
    assert not report.refused
    return {Path(one.source).name: one.article for one in report.imported}


def raw_lines(expected: Expected) -> list[str]:
    """The lines of a raw file, spaces and letters settled independently of the code under test."""
    text = unicodedata.normalize("NFC", (ORIGINALS / expected.file).read_text(encoding="utf-8"))
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def is_page(line: str, expected: Expected) -> bool:
    """Whether a raw line is title or furniture as a whole."""
    for fragment in expected.trimmed:
        line = line.replace(fragment, "").strip()
    return line == expected.title or line in WHOLE_LINES or any(fragment in line for fragment in expected.furniture)


def article_lines(expected: Expected) -> list[str]:
    """The raw lines that are the article itself, in order."""
    lines = []
    for line in raw_lines(expected):
        if not is_page(line, expected):
            for fragment in expected.trimmed:
                line = line.replace(fragment, "").strip()
            lines.append(line)
    return lines


def paragraphs(article: Article) -> list[str]:
    """The paragraphs of a cleaned article, headings without their signs."""
    return [re.sub(r"^#+ ", "", row) for row in article.text.split("\n\n")]


def test_all_five_articles_go_in(imported: dict[str, Article]) -> None:
    """A folder with sources.toml and a README gives its five articles and nothing else."""
    assert sorted(imported) == sorted(expected.file for expected in ARTICLES)


@each_article
def test_the_furniture_is_gone(expected: Expected, imported: dict[str, Article]) -> None:
    """Captions, editor lines, widgets, addresses and leading dates are in the raw file and not in the article."""
    raw = "\n".join(raw_lines(expected))
    text = imported[expected.file].text
    for fragment in (*expected.furniture, *expected.trimmed):
        assert fragment in raw, f"{fragment!r} is not in {expected.file}; the list of furniture is out of date"
        assert fragment not in text
    assert not WHOLE_LINES & set(paragraphs(imported[expected.file]))


@each_article
def test_every_line_of_the_article_is_kept_letter_for_letter(expected: Expected, imported: dict[str, Article]) -> None:
    """Beside title, byline, date line, captions and furniture every raw line is a paragraph, in order, and nothing else is."""
    assert len(article_lines(expected)) >= 10
    assert paragraphs(imported[expected.file]) == article_lines(expected)


@each_article
def test_without_sources_the_text_is_the_same(
    expected: Expected, imported: dict[str, Article], imported_alone: dict[str, Article]
) -> None:
    """The text does not depend on what is said of the article beside it."""
    assert imported_alone[expected.file].text == imported[expected.file].text


@each_article
def test_what_sources_say_is_taken_over(expected: Expected, imported: dict[str, Article]) -> None:
    """Id, title, publisher, author and date are those of sources.toml, and what it leaves out is unknown."""
    article = imported[expected.file]
    found = (article.id, article.title, article.publisher, article.author, article.published_on, article.url)
    known = (expected.id, expected.title, expected.publisher, expected.author, expected.published_on, None)
    assert found == known


@each_article
def test_without_sources_the_raw_file_says_what_it_can(expected: Expected, imported_alone: dict[str, Article]) -> None:
    """Title, byline and full dates come from the text; a publisher, or a date without a year, is not made up."""
    article = imported_alone[expected.file]
    raw = "\n".join(raw_lines(expected))
    assert article.title == expected.title
    assert article.author == (expected.author if f"By {expected.author}" in raw else None)
    has_full_date = expected.published_on is not None and f"date {expected.published_on}" in raw
    assert article.published_on == (expected.published_on if has_full_date else None)
    assert article.publisher is None


@each_article
def test_every_word_is_in_one_chunk(expected: Expected, imported: dict[str, Article]) -> None:
    """The chunks of an article hold its words once each, in order, save headings and a news agency's dateline."""
    article = imported[expected.file]
    rows = [DATELINE.sub("", row) for row in article.text.split("\n\n") if not row.startswith("#")]
    assert " ".join(chunk.text for chunk in split_article(article)).split() == " ".join(rows).split()


@each_article
def test_the_cleaned_text_is_its_own_normal_form(expected: Expected, imported: dict[str, Article]) -> None:
    """Cleaning leaves text that normalising would not change, so that positions stay."""
    text = imported[expected.file].text
    assert normalise(text) == text
