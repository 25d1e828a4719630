"""`bot.article_desk`: choices while typing, the list, and all that is shown of one article."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.article_desk import ArticleDesk, UnknownArticleError, article_choices, publisher_choices
from bot.services import Services
from bot.settings import Settings
from corpus.article import Article
from embeddings.errors import StaleIndexError
from tests.bot.sample_articles import write_collection
from tests.bot.sample_metrics import GOATS, HOSTILE, ROOFS_2023, ROOFS_2024, metric_settings
from tests.fake_encoder import FakeEncoder


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has series."""
    return metric_settings(home)


@pytest.fixture
def without_index(settings: Settings) -> Services:
    """Services that have nothing to answer from."""
    return Services(settings, FakeEncoder())


def test_choices_are_labels_with_ids(services: Services, encoder: FakeEncoder) -> None:
    """Newest first before typing; the model is not asked."""
    assert [article_id for _, article_id in article_choices(services, "")] == ["goats", "hostile", "roofs-2024", "roofs-2023"]
    assert article_choices(services, "blue again") == [("Blue again · Northern Courier · 5 Mar 2025", "roofs-2024")]
    assert encoder.encoded == []


def test_choices_are_read_once_a_generation(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typing must not read the database letter by letter; after a rebuild the new articles are offered."""
    article_choices(services, "")
    with services.generation() as generation:
        monkeypatch.setattr(generation.store, "articles", None)
    assert article_choices(services, "b") and publisher_choices(services, "")
    write_collection(services.settings.collection_dir, (Article("fresh", "Salt is white.", title="Salt"),))
    services.rebuild()
    assert article_choices(services, "salt") == [("Salt", "fresh")]


def test_publishers_are_named_once_and_fit(services: Services) -> None:
    """By letters; a very long name is filtered by its beginning, for a filter matches any part."""
    write_collection(services.settings.collection_dir, (Article("long", "Salt.", publisher="Very " * 40), GOATS))
    services.rebuild()
    found = dict(publisher_choices(services, ""))
    assert found["Meadow News"] == "Meadow News" and len(found) == 5
    assert all(len(label) <= 100 and len(value) <= 100 for label, value in found.items())
    assert ("Very " * 40).startswith(found[next(label for label in found if label.startswith("Very"))])


def test_nothing_is_offered_without_an_index(without_index: Services) -> None:
    """The command itself says what is wrong."""
    assert article_choices(without_index, "") == publisher_choices(without_index, "") == []


async def test_the_list_counts_paragraphs_and_figures(services: Services) -> None:
    """Newest first; a figure that several articles state counts for each."""
    rows = await ArticleDesk(services).listed()
    assert [(row.article.id, row.paragraphs, row.figures) for row in rows] == [
        ("goats", 1, 1), ("hostile", 1, 1), ("roofs-2024", 1, 1), ("roofs-2023", 1, 1),
    ]  # fmt: skip


async def test_a_sheet_has_all_of_an_article(services: Services) -> None:
    """Key sentences verbatim, figures by metric; questions are found separately."""
    sheet = await ArticleDesk(services).sheet("roofs-2023", "en")
    assert sheet.article == ROOFS_2023 and sheet.paragraphs == 1
    assert all(one.text in ROOFS_2023.text for one in sheet.key_sentences) and sheet.key_sentences
    ((title, figures),) = sheet.figures.items()
    assert title == "Number of solar roofs" and [one.figure.text for one in figures] == ["7,300"]
    assert list((await ArticleDesk(services).sheet("roofs-2023", "zh")).figures) == ["太阳能屋顶数量"]


@pytest.mark.parametrize("name", ["roofs-2024", "Blue again", "blue AGAIN", "northern courier"])
async def test_an_article_is_known_by_what_only_it_has(services: Services, name: str) -> None:
    """Its id, its title, or words that no other article has; members may type without choosing."""
    assert (await ArticleDesk(services).sheet(name, "en")).article == ROOFS_2024


@pytest.mark.parametrize(("name", "near"), [("blue", 2), ("Blu agian", 1), ("penguins", 0), ("?", 0)])
async def test_an_unclear_name_offers_what_may_be_meant(services: Services, name: str, near: int) -> None:
    """Nothing is guessed."""
    with pytest.raises(UnknownArticleError) as refused:
        await ArticleDesk(services).sheet(name, "en")
    assert len(refused.value.near) == near


async def test_without_an_index_it_says_so(without_index: Services) -> None:
    """The error is the one that members are told in a sentence."""
    desk = ArticleDesk(without_index)
    with pytest.raises(StaleIndexError):
        await desk.listed()
    with pytest.raises(StaleIndexError):
        await desk.sheet("roofs-2024", "en")


async def test_an_article_that_a_rebuild_takes_away_is_unknown(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also between its name and its sheet."""
    desk = ArticleDesk(services)
    await desk.sheet(HOSTILE.id, "en")
    meant = desk._meant

    def removed_meanwhile(name: str) -> str:
        found = meant(name)
        (services.settings.collection_dir / f"{HOSTILE.id}.md").unlink()
        services.rebuild()
        return found

    monkeypatch.setattr(desk, "_meant", removed_meanwhile)
    with pytest.raises(UnknownArticleError):
        await desk.sheet(HOSTILE.id, "en")
