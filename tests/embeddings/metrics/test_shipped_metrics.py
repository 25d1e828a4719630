"""Each catalogued metric lists what the five articles say: nothing more, and nothing missing."""

from decimal import Decimal

import pytest

from corpus.figures.catalogue import SHIPPED_CATALOGUE, read_catalogue
from embeddings.generation import Generation

# Read off the articles by hand, in base units; an article that repeats another's figure is left out.
BILLION, TRILLION = 10**9, 10**12
SAID = {
    "core-ai-industry-size": [
        ("cen-bigger-than-deepseek-2025", 600 * BILLION),
        ("cen-bigger-than-deepseek-2025", Decimal("1729.5") * BILLION),
        ("brisd-open-source-ai-2025", Decimal("1.7") * TRILLION),
        ("strategic-growth-2026", Decimal("1.2") * TRILLION),
        ("strategic-growth-2026", Decimal("1.2") * TRILLION),
    ],
    "beijing-core-ai-industry-size": [("strategic-growth-2026", 450 * BILLION)],
    "core-ai-industry-growth": [("cen-bigger-than-deepseek-2025", Decimal("15.6"))],
    "ai-companies": [("cen-bigger-than-deepseek-2025", 4500)],
    "global-ai-market-size": [("strategic-growth-2026", Decimal("757.58") * BILLION)],
    "care-robot-market": [("brisd-open-source-ai-2025", 30 * BILLION), ("brisd-open-source-ai-2025", TRILLION)],
    "ageing-population": [("brisd-open-source-ai-2025", 400 * 10**6)],
    "intelligent-computing-power": [
        ("china-daily-open-inclusive-ai-2026", Decimal("1.59") * 10**21),
        ("strategic-growth-2026", Decimal("188.2") * 10**18),
    ],
    "intelligent-computing-clusters": [("strategic-growth-2026", 42)],
    "national-computing-hubs": [("china-daily-open-inclusive-ai-2026", 8), ("china-daily-open-inclusive-ai-2026", 8)],
    "green-computing-facilities": [("china-daily-open-inclusive-ai-2026", 306)],
    "dataset-count": [("global-times-ai-plus-initiative-2025", 35_000), ("strategic-growth-2026", 100_000)],
    "dataset-volume": [("global-times-ai-plus-initiative-2025", 400 * 10**15), ("strategic-growth-2026", 890 * 10**15)],
    "valid-invention-patents": [("china-daily-open-inclusive-ai-2026", 5_320_000)],
    "ai-patent-share": [("global-times-ai-plus-initiative-2025", 60), ("china-daily-open-inclusive-ai-2026", 60)],
    "open-source-download-share": [("strategic-growth-2026", Decimal("17.1"))],
    "top-open-source-models": [("strategic-growth-2026", 8)],
    "api-price-ratio": [("strategic-growth-2026", 1)],
    "cnc-rate": [("strategic-growth-2026", Decimal("68.6"))],
    "translation-languages": [("china-daily-open-inclusive-ai-2026", 130)],
    "precision-agriculture-area": [("china-daily-open-inclusive-ai-2026", 53_000_000)],
}
ALSO_IN = {"core-ai-industry-growth": 1, "ai-companies": 1, "core-ai-industry-size": 1}


@pytest.fixture(params=["briefs", "originals"])
def generation(request: pytest.FixtureRequest) -> Generation:
    """The shipped briefs, and the articles that they give an account of, indexed with the installed encoder."""
    found: Generation = request.getfixturevalue(request.param)
    return found


def test_the_catalogue_and_this_list_name_the_same_metrics() -> None:
    """A metric that is added to the catalogue is read off the articles here, too."""
    assert {metric.key for metric in read_catalogue(SHIPPED_CATALOGUE).metrics} == set(SAID)


@pytest.mark.parametrize("key", sorted(SAID))
def test_a_metric_lists_what_the_articles_say(generation: Generation, key: str) -> None:
    """Every figure that an article gives of it, with its value in base units; none of anything else."""
    found = generation.store.figures.all(key)
    said = sorted((stored.figure.article_id, float(stored.figure.value)) for stored in found)
    assert said == sorted((article, float(value)) for article, value in SAID[key])
    assert sum(len(stored.also_in) for stored in found) == ALSO_IN.get(key, 0)


def test_every_figure_stands_where_it_says(generation: Generation) -> None:
    """The text at a figure's place is the figure, and its sentence holds it."""
    figures = generation.store.figures.all()
    assert len(figures) > 40
    for stored in figures:
        figure, text = stored.figure, stored.article.text
        assert text[figure.start : figure.end] == figure.text
        assert figure.sentence_start <= figure.start < figure.end <= figure.sentence_end
        assert stored.sentence == text[figure.sentence_start : figure.sentence_end]
