"""A small collection whose figures make series, and a catalogue that names them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.settings import Settings, load_settings
from corpus.article import Article
from tests.bot.sample_articles import write_collection

ROOFS_2023 = Article(
    id="roofs-2023",
    title="Roofs of Vetluga turn blue",
    publisher="Harbour Gazette",
    published_on=dt.date(2024, 5, 2),
    url="https://gazette.example/roofs?page=1",
    text="By the end of 2023 the number of solar roofs in Vetluga reached 7,300. Nobody had counted them before.",
)
ROOFS_2024 = Article(
    id="roofs-2024",
    title="Blue again",
    publisher="Northern Courier",
    published_on=dt.date(2025, 3, 5),
    text="The number of solar roofs in Vetluga was 9,100 by the end of 2024, the mayor said.",
)
# What an article says may look like Discord's markup.
HOSTILE = Article(
    id="hostile",
    title="A `note` for @everyone",
    publisher="**Bold** Press",
    published_on=dt.date(2025, 4, 1),
    text="@everyone **must** know, `says` <@&42>, that the number of solar roofs in Vetluga was 9,900 by the end of March 2025.",
)
GOATS = Article(
    id="goats",
    publisher="Meadow News",
    published_on=dt.date(2025, 6, 1),
    text="The herd of mountain goats in Ostrava had 310 mountain goats in 2024. Nine ferries crossed the bay.",
)
ARTICLES = (ROOFS_2023, ROOFS_2024, HOSTILE, GOATS)
ROOFS_QUESTION = "How many solar roofs were there in Vetluga by the end of 2024?"
CATALOGUE = """
[[metric]]
key = "solar-roofs"
title = "Number of solar roofs"
titles.zh = "太阳能屋顶数量"
aliases = ["solar roofs", "roofs with solar panels"]
unit = "count"

[[metric]]
key = "mountain-goats"
title = "Number of mountain goats"
titles.zh = "山羊数量"
aliases = ["mountain goats", "herd of mountain goats"]
unit = "count"

[[metric]]
key = "ferry-fares"
title = "Ferry fares"
unit = "EUR"
"""


def metric_settings(folder: Path, catalogue: str = CATALOGUE, articles: tuple[Article, ...] = ARTICLES) -> Settings:
    """Settings whose collection and catalogue are those above."""
    path = folder / "catalogue.toml"
    path.write_text(catalogue, encoding="utf-8")
    return load_settings(
        collection_dir=write_collection(folder / "articles", articles), data_dir=folder / "data", catalogue_file=path
    )
