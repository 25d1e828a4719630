"""The briefs in corpus/articles: our own accounts of five press articles that are not in the repository."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import frontmatter
import pytest

ROOT = Path(__file__).resolve().parents[2]
BRIEFS = ROOT / "corpus" / "articles"
ORIGINALS = ROOT.parent / "shared" / "articles"

#: A brief may share at most one word less than this with an original, in one run.
RUN_LENGTH = 9

PUBLISHED_ON: dict[str, dt.date | None] = {
    "brisd-open-source-ai-2025": dt.date(2025, 3, 14),
    "cen-bigger-than-deepseek-2025": dt.date(2025, 3, 5),
    "strategic-growth-2026": None,
    "china-daily-open-inclusive-ai-2026": None,
    "global-times-ai-plus-initiative-2025": dt.date(2025, 9, 24),
}
IDS = sorted(PUBLISHED_ON)

ORIGINAL_FILES: dict[str, str] = {
    "brisd-open-source-ai-2025": "000_0cbd12f3db397dcc.txt",
    "cen-bigger-than-deepseek-2025": "001_baea12ad2a16eb73.txt",
    "strategic-growth-2026": "002_21124bc296aca1d1.txt",
    "china-daily-open-inclusive-ai-2026": "003_793eb89194b574b5.txt",
    "global-times-ai-plus-initiative-2025": "004_25537323271e1393.txt",
}

#: Front matter a brief may hold; a key that is not known is left out.
ALLOWED_KEYS = {"id", "title", "publisher", "author", "published_on", "language", "kind"}

#: Every figure and date of each article, with its unit and its hedge ("nearly", "over") where it has one.
KEY_FIGURES: dict[str, tuple[str, ...]] = {
    "brisd-open-source-ai-2025": (
        "March 2025",
        "2025 Government Work Report",
        "6G",
        "2025 Two Sessions",
        "360 Security Group",
        "nearly 600 billion yuan by September 2024",
        "over 4,500 companies",
        "1.7 trillion yuan by 2035",
        "15.6%",
        "exceed 400 million by 2035",
        "more than RMB 30 billion in 2024",
        "RMB 1 trillion by 2035",
        "first of its kind",
        "December 2023",
        "over 80 countries",
        "over 20 years",
        "12 consecutive years",
    ),
    "cen-bigger-than-deepseek-2025": (
        "March 5, 2025",
        "March 2025",
        "2025 Government Work Report",
        "6G",
        "close to 600 billion yuan by the end of September 2024",
        "more than 4,500",
        "from 2025 to 2035",
        "1729.5 billion yuan",
        "15.6%",
        "since 2018",
        "Fourth Industrial Revolution",
    ),
    "strategic-growth-2026": (
        "17.1% by 2025",
        "top 10 open-source models in the world, 8 come from China",
        "DeepSeek-V4",
        "GPT-5.5",
        "below 1%",
        "millions of developers",
        "trillion-dollar",
        "By 2025",
        "$757.58 billion",
        "1.2 trillion yuan",
        "by 2025 Beijing",
        "450 billion yuan",
        "investing one yuan to leverage several yuan",
        "trillion-scale",
        "42 intelligent computing clusters",
        "188.2 quintillion floating-point operations per second",
        'first quarter of the year in which the article was written ("this year")',
        "over 100,000 high-quality datasets",
        "exceeds 890 petabytes",
        "310 times",
        "over 10 industries",
        "68.6%",
        "by the end of 2025",
        "from several weeks to under 72 hours",
        "increase of 5%",
        "trillion level",
    ),
    "china-daily-open-inclusive-ai-2026": (
        "On entering 2025",
        "5,300-hectare",
        "September 2025",
        "five key areas",
        "two pillars",
        "1.59 million PFLOPS by the end of 2025",
        "eight planned national computing power hubs",
        "306 national green computing facilities",
        "eight national computing power hubs",
        "130-plus languages",
        "30-minute rapid dubbing",
        "launched in 2025",
        "5.32 million valid invention patents by the end of 2025",
        "60 percent",
        "ranked first in the world",
        "in 2024 the UN General Assembly, at its 78th session",
        "since the beginning of 2026",
    ),
    "global-times-ai-plus-initiative-2025": (
        "Tuesday, September 23, 2025",
        "Wednesday, September 24, 2025",
        "UN 2030 Sustainable Development Goals",
        "five campaigns",
        "over 35,000 high-quality datasets",
        "exceed 400 petabytes",
        "ranks second in the world",
        "UN 2030 Agenda for Sustainable Development",
        "five visions",
        "August 2025",
        "by 2027",
        "six key areas",
        "60 percent of AI patents",
        "August 14, 2025",
        "14th Five-Year Plan (2021-25)",
    ),
}

needs_originals = pytest.mark.skipif(
    not ORIGINALS.is_dir(),
    reason=f"the original articles are not part of the repository and {ORIGINALS} does not exist here",
)


def words(text: str) -> list[str]:
    """Lower-case words and numbers of a text; punctuation separates."""
    return re.findall(r"[a-z0-9]+", text.lower())


def runs_of(text: str, length: int = RUN_LENGTH) -> set[tuple[str, ...]]:
    """All runs of `length` consecutive words in a text."""
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


def numbers(text: str) -> list[str]:
    """The numerals of a text as written: "4,500", "15.6", "2025"."""
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def occurs(figure: str, body: str) -> bool:
    """Whether a figure stands in the body as a whole: "5%" is not found in "15%", nor "80" in "1,800"."""
    return re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,]\d)", body) is not None


def load(article_id: str) -> frontmatter.Post:
    return frontmatter.load(str(BRIEFS / f"{article_id}.brief.md"))


def test_there_is_exactly_one_brief_for_each_article() -> None:
    """Each of the five articles has one brief, named after its id, and there are no others."""
    paths = sorted(BRIEFS.glob("*.brief.md"))
    assert [path.name.removesuffix(".brief.md") for path in paths] == IDS
    assert sorted(str(frontmatter.load(str(path))["id"]) for path in paths) == IDS


@pytest.mark.parametrize("article_id", IDS)
def test_front_matter_says_what_is_known_and_no_more(article_id: str) -> None:
    """A brief says that it is a brief, in English, with a title; it holds no key that is not known."""
    metadata = load(article_id).metadata
    assert metadata["kind"] == "brief"
    assert metadata["language"] == "en"
    assert isinstance(metadata["title"], str) and metadata["title"].strip()
    assert set(metadata) <= ALLOWED_KEYS
    assert all(value not in (None, "") for value in metadata.values())


@pytest.mark.parametrize("article_id", IDS)
def test_only_dated_articles_have_a_publication_date(article_id: str) -> None:
    """The three dated articles carry their date; the two undated ones carry none."""
    assert load(article_id).metadata.get("published_on") == PUBLISHED_ON[article_id]


@pytest.mark.parametrize("article_id", IDS)
def test_every_paragraph_is_one_line(article_id: str) -> None:
    """A paragraph or heading is one line with a blank line around it, so that quotations never break."""
    blocks = load(article_id).content.strip().split("\n\n")
    assert len(blocks) > 1
    for block in blocks:
        assert block == block.strip() and block
        assert "\n" not in block, f"hard-wrapped: {block[:60]!r}"
        assert not block.startswith("#") or block.startswith("## ")


@pytest.mark.parametrize("article_id", IDS)
def test_paragraphs_have_one_to_five_sentences(article_id: str) -> None:
    """Paragraphs stay short enough to quote: one to five sentences."""
    for block in load(article_id).content.strip().split("\n\n"):
        if not block.startswith("## "):
            assert block.endswith(".")
            sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z\"$])", block)
            assert len(sentences) <= 5, f"{len(sentences)} sentences: {block[:60]!r}"


@pytest.mark.parametrize(
    ("article_id", "figure"),
    [(article_id, figure) for article_id in IDS for figure in KEY_FIGURES[article_id]],
)
def test_brief_gives_the_figure(article_id: str, figure: str) -> None:
    """Every figure of the article is in its brief, as the article gives it."""
    assert occurs(figure, load(article_id).content)


@pytest.mark.parametrize("article_id", IDS)
def test_every_number_of_a_brief_is_in_the_table_of_figures(article_id: str) -> None:
    """The table of key figures is complete: a brief holds no numeral which the table does not vouch for."""
    known = set(numbers(" ".join(KEY_FIGURES[article_id])))
    assert set(numbers(load(article_id).content)) <= known


@needs_originals
@pytest.mark.parametrize("article_id", IDS)
def test_brief_shares_no_long_run_of_words_with_an_original(article_id: str) -> None:
    """A brief is our own wording: it shares no run of nine or more words with any of the originals."""
    originals = sorted(ORIGINALS.glob("*.txt"))
    assert originals, f"no articles in {ORIGINALS}"
    in_brief = runs_of(load(article_id).content)
    for original in originals:
        shared = in_brief & runs_of(original.read_text(encoding="utf-8"))
        assert not shared, f"{article_id} copies {original.name}: {sorted(' '.join(run) for run in shared)}"


@needs_originals
@pytest.mark.parametrize("article_id", IDS)
def test_brief_has_the_numbers_of_its_own_article(article_id: str) -> None:
    """A brief has every numeral of its article and none that the article does not have."""
    # Left out of a brief on purpose: the time of day of the page, and the number of a picture placeholder.
    furniture = r"\d+:\d+ [AP]M|^Image \d+$|^ ?date \d{4}-\d\d-\d\d"
    text = (ORIGINALS / ORIGINAL_FILES[article_id]).read_text(encoding="utf-8")
    in_article = set(numbers(re.sub(furniture, "", text, flags=re.MULTILINE)))
    in_brief = set(numbers(load(article_id).content))
    assert in_article <= in_brief, f"missing: {sorted(in_article - in_brief)}"
    # A relative date may be resolved with the year of publication ("on Tuesday", "this year's").
    published = PUBLISHED_ON[article_id]
    assert in_brief <= in_article | ({str(published.year)} if published else set())
