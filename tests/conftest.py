"""A small invented collection, its index, and the real encoder with the shipped briefs.

The town of Port Linden does not exist. Two of its articles make one statement in other words (the Auk's passengers),
and two differ in a figure only (the turbines' height).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.article import Article, article_file_text, file_name
from corpus.collection import read_collection
from corpus.figures.catalogue import SHIPPED_CATALOGUE, read_catalogue
from corpus.importing import import_paths
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.generation import Generation, open_current
from embeddings.reindex import reindex
from tests.fake_encoder import FakeEncoder

ROOT = Path(__file__).resolve().parents[1]
BRIEFS = ROOT / "corpus" / "articles"
SHARED = ROOT.parent / "shared"

FERRY = """\
The electric ferry Auk carried 12,400 passengers in its first month. It crosses the bay eleven times a day. Captain \
Ines Moreau said that the batteries last for three crossings.

The old diesel ferry Puffin will be sold to a museum in Norway. Its engine was built in 1961 🙂 and has never failed.

## Tickets

A single ticket costs 4.50 euros, and children under six travel free. Bicycles need a ticket of their own."""

HARBOUR = """\
Port Linden's harbour has had a busy spring. In its first month the electric ferry Auk carried 12,400 passengers. \
Harbour master Tom Akande said that a second quay will be needed by 2027.

The fish market moved to the northern quay in March 2025. Its forty stalls open at five in the morning."""

TURBINES = """\
Each turbine of the Kestrel wind farm is 190 metres high. The Kestrel wind farm supplies 36,000 homes with electricity, \
according to engineer Ruth Vail.

Gulls and gannets nest on the cliffs nearby, and biologists count the birds every week."""

CLIFFS = """\
Each turbine of the Kestrel wind farm is 210 metres high. Hikers on the cliff path see the rotors from ten kilometres away.

The cliff path was closed for two weeks after a landslide. Volunteers built a wooden bridge over the gap."""


@pytest.fixture
def town_articles() -> list[Article]:
    """Four short articles, by id."""
    return [
        Article("cliffs", CLIFFS, title="A walk on the cliffs", publisher="Linden Walker"),
        Article("ferry", FERRY, title="Batteries on the bay", publisher="Linden Post", author="Jo Okafor"),
        Article("harbour", HARBOUR, title="A busy spring", publisher="Harbour News"),
        Article("turbines", TURBINES, title="Power from the ridge", publisher="Linden Post"),
    ]


@pytest.fixture
def town_collection(tmp_path: Path, town_articles: list[Article]) -> Path:
    """A folder that holds the four articles as files."""
    folder = tmp_path / "collection"
    folder.mkdir()
    for article in town_articles:
        (folder / file_name(article)).write_text(article_file_text(article), encoding="utf-8")
    return folder


@pytest.fixture
def fake_encoder() -> FakeEncoder:
    """An encoder that can be computed by hand."""
    return FakeEncoder()


@pytest.fixture
def town_index(tmp_path: Path, town_collection: Path, fake_encoder: FakeEncoder) -> Path:
    """A data folder with one generation of the four articles, made with the stand-in encoder."""
    data = tmp_path / "data"
    reindex(town_collection, data, fake_encoder)
    return data


@pytest.fixture
def town(town_index: Path, fake_encoder: FakeEncoder) -> Iterator[Generation]:
    """The opened index of the four articles."""
    generation = open_current(town_index, fake_encoder)
    yield generation
    generation.close()


@pytest.fixture(scope="session")
def real_encoder() -> SentenceTransformerEncoder:
    """The default encoder, from the installed package; it loads at the first use, about 10 s."""
    return SentenceTransformerEncoder()


@pytest.fixture(scope="session")
def briefs_index(tmp_path_factory: pytest.TempPathFactory, real_encoder: SentenceTransformerEncoder) -> Path:
    """A data folder with the shipped briefs, indexed with the real encoder. Not to be changed."""
    data = tmp_path_factory.mktemp("briefs")
    reindex(BRIEFS, data, real_encoder, catalogue=read_catalogue(SHIPPED_CATALOGUE))
    return data


@pytest.fixture(scope="session")
def briefs(briefs_index: Path, real_encoder: SentenceTransformerEncoder) -> Iterator[Generation]:
    """The opened index of the shipped briefs."""
    generation = open_current(briefs_index, real_encoder)
    yield generation
    generation.close()


@pytest.fixture(scope="session")
def originals_collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles' own texts, imported; they belong to their publishers and are not in the repository."""
    if not (SHARED / "articles").is_dir():
        pytest.skip(f"the originals are not on this machine: {SHARED / 'articles'} does not exist")
    collection = tmp_path_factory.mktemp("originals")
    import_paths([str(SHARED / "articles")], collection)
    assert len(read_collection(collection)) == 5
    return collection


@pytest.fixture(scope="session")
def originals_index(
    tmp_path_factory: pytest.TempPathFactory, originals_collection: Path, real_encoder: SentenceTransformerEncoder
) -> Path:
    """A data folder with the imported originals, indexed with the real encoder. Not to be changed."""
    data = tmp_path_factory.mktemp("originals-data")
    reindex(originals_collection, data, real_encoder, catalogue=read_catalogue(SHIPPED_CATALOGUE))
    return data


@pytest.fixture(scope="session")
def originals(originals_index: Path, real_encoder: SentenceTransformerEncoder) -> Iterator[Generation]:
    """The opened index of the imported originals."""
    generation = open_current(originals_index, real_encoder)
    yield generation
    generation.close()
