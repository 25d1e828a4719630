"""A reindex stores every article's figures: named by metric, one statement once, nothing encoded twice."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from corpus.article import Article, Span
from corpus.figures.catalogue import Catalogue, Metric
from corpus.figures.figure import ARTICLE, Bound, Extraction, Figure, LeftOut, Period, Status
from embeddings.encoder import BATCH_SIZE
from embeddings.errors import StaleIndexError
from embeddings.generation import current_id, generations_folder, open_current
from embeddings.manifest import Manifest
from embeddings.metrics import figure_indexing
from embeddings.metrics.figure_indexing import KnownFirst, collection_figures, statements
from embeddings.metrics.matching import MetricMatch
from embeddings.reindex import reindex, reindex_articles
from embeddings.vector_cache import VectorCache

CATALOGUE = Catalogue((Metric("passengers", "Passengers carried by the ferry", {}, ("ferry passengers",), "count"),), "digest-1")
LATE, EARLY, UNDATED = (
    Article("a-late", "Ferries carried 12,400 people.", published_on=dt.date(2025, 3, 5)),
    Article("b-early", "In all 12,400 people. Yes, 12,400 people.", published_on=dt.date(2024, 9, 3)),
    Article("c-undated", "There were 12,400 people."),
)


def figure(article: Article, text: str = "12,400", nth: int = 0, **others: Any) -> Figure:
    """The figure that stands in an article's text as `text`, for the nth time; the sentence is the whole text."""
    start = [match.start() for match in re.finditer(re.escape(text), article.text)][nth]
    value = Decimal(text.replace(",", ""))
    made = Figure(
        article_id=article.id,
        start=start,
        end=start + len(text),
        sentence_start=0,
        sentence_end=len(article.text),
        text=text,
        value=value,
        low=value,
        high=value,
        bound=Bound.NONE,
        unit="count",
        subject="people",
        place=None,
        status=Status.REPORTED,
        period=None,
        speaker=ARTICLE,
    )
    return replace(made, **others)


def every_number(article: Article) -> Extraction:
    """In place of the extraction: each run of digits is a figure, and every letter 🙂 a number that could not be read."""
    figures = [
        figure(Article(article.id, article.text), match.group(), article.text[: match.start()].count(match.group()))
        for match in re.finditer(r"\d[\d,]*\d|\d", article.text)
    ]
    left_out = [LeftOut(match.start(), match.end(), "🙂", "no number") for match in re.finditer("🙂", article.text)]
    return Extraction(tuple(figures), tuple(left_out))


def every_passenger(figures: Any, sentences: Any, catalogue: Catalogue, encoder: Any) -> list[MetricMatch]:
    """In place of the matching: 12,400 is the one metric's; the sentences and the metric's title are encoded."""
    encoder.encode([metric.title for metric in catalogue.metrics])
    encoder.encode(sentences)
    assert len(figures) == len(sentences)
    return [MetricMatch("passengers" if one.text == "12,400" else None, 0.9) for one in figures]


@pytest.fixture
def simple_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction and matching that can be done by hand."""
    monkeypatch.setattr(figure_indexing, "figures_in", every_number)
    monkeypatch.setattr(figure_indexing, "match_metrics", every_passenger)


# --- one statement, several articles -------------------------------------------------------------------------------------


def test_the_article_published_first_keeps_the_statement():
    """Others that say the same are places of its figure, in the order of their days; one without a day comes last."""
    figures = [figure(LATE), figure(EARLY), figure(UNDATED)]
    (kept,) = statements(figures, [MetricMatch("passengers", 0.9)] * 3, [UNDATED, LATE, EARLY])
    assert (kept.figure, kept.metric, kept.score) == (figures[1], "passengers", 0.9)
    assert kept.also_in == tuple(Span(one.article_id, one.start, one.end) for one in (figures[0], figures[2]))


def test_what_one_article_says_twice_stays_two_figures():
    """Both places of the earlier article are figures of their own; the later article repeats the first of them."""
    figures = [figure(EARLY), figure(EARLY, nth=1), figure(LATE)]
    kept = statements(figures, [MetricMatch("passengers", 0.9)] * 3, [EARLY, LATE])
    assert [entry.figure for entry in kept] == figures[:2]
    assert [len(entry.also_in) for entry in kept] == [1, 0]


@pytest.mark.parametrize(
    ("others", "keys"),
    [
        ({"low": Decimal(1), "value": Decimal(1), "high": Decimal(1)}, ("passengers", "passengers")),
        ({"period": Period("in 2030", dt.date(2030, 1, 1), dt.date(2030, 12, 31))}, ("passengers", "passengers")),
        ({"status": Status.TARGET}, ("passengers", "passengers")),
        ({}, ("passengers", "crew")),
        ({}, ("passengers", None)),
        ({"subject": "gulls"}, (None, None)),
        ({"subject": ""}, (None, None)),
    ],
    ids=["value", "date", "status", "metric", "one unnamed", "unnamed: subject", "unnamed: no subject"],
)
def test_different_statements_stay_apart(others, keys):
    """Another value, date, status or metric is another statement; without a metric, another subject is."""
    figures = [figure(EARLY), figure(LATE, **others)]
    kept = statements(figures, [MetricMatch(key, 0.5) for key in keys], [EARLY, LATE])
    assert [entry.figure for entry in kept] == figures


def test_unnamed_figures_of_one_subject_are_one_statement():
    """Without a metric, the subject's words tell what is measured, in capitals or not."""
    figures = [figure(EARLY), figure(LATE, subject="People")]
    (kept,) = statements(figures, [MetricMatch(None, 0.1)] * 2, [EARLY, LATE])
    assert [span.article_id for span in kept.also_in] == ["a-late"]


@pytest.mark.parametrize(("period", "kept"), [(None, 2), (Period("in 2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)), 1)])
def test_a_small_unnamed_count_says_too_little(period, kept):
    """Two articles that each speak of "two towers" may mean different ones, unless both give the same date."""
    articles = [Article("one", "The 2 towers."), Article("two", "Here are 2 towers.")]
    figures = [figure(article, "2", subject="towers", period=period) for article in articles]
    assert len(statements(figures, [MetricMatch(None, 0.0)] * 2, articles)) == kept


def test_no_figures_are_no_statements():
    """A collection without a number is as good as any."""
    assert statements([], [], [EARLY]) == []


# --- what is read --------------------------------------------------------------------------------------------------------


def test_a_number_beyond_the_database_is_left_out(monkeypatch):
    """A value that no REAL holds is counted among those left out, in text order."""
    huge = figure(LATE, value=Decimal("1E400"), low=Decimal("1E400"), high=Decimal("1E400"))
    before, after = LeftOut(0, 1, "F", "no number"), LeftOut(25, 26, "e", "no number")
    monkeypatch.setattr(figure_indexing, "figures_in", lambda article: Extraction((huge, figure(LATE)), (before, after)))
    found = collection_figures([LATE])
    assert found.figures == (figure(LATE),)
    (left_out,) = found.left_out.values()
    assert [(one.text, one.reason) for one in left_out] == [
        ("F", "no number"),
        ("12,400", "larger than the database can hold"),
        ("e", "no number"),
    ]


# --- a reindex ------------------------------------------------------------------------------------------------------------


def test_a_reindex_stores_figures_of_every_article(town_collection, tmp_path, fake_encoder, simple_numbers):
    """Figures lie where the text has them, the repeated statement is one, and the manifest counts them."""
    data = tmp_path / "new"
    manifest = reindex(town_collection, data, fake_encoder, catalogue=CATALOGUE).manifest
    generation = open_current(data, fake_encoder)
    figures = generation.store.figures
    assert all(one.article.text[one.figure.start : one.figure.end] == one.figure.text for one in figures.all())
    (passengers,) = figures.all(metric="passengers")
    assert (passengers.figure.article_id, passengers.also_in) == ("ferry", ("harbour",))
    assert "12,400 passengers" in passengers.sentence
    assert {one.figure.text for one in figures.all(article_id="turbines")} == {"190", "36,000"}
    assert figures.metrics() == list(CATALOGUE.metrics)
    assert manifest == generation.manifest
    assert (manifest.figures, manifest.figures_left_out, manifest.catalogue_digest) == (len(figures.all()), 1, "digest-1")
    assert manifest.figures_told == f"{len(figures.all())} figures (1 numbers left out)"
    generation.close()


def test_without_a_catalogue_figures_have_no_metric(town_collection, tmp_path, fake_encoder, simple_numbers, monkeypatch):
    """All figures are stored, none is named, and no word around them is encoded."""
    monkeypatch.delattr(figure_indexing, "match_metrics")
    for catalogue in (None, Catalogue((), "empty")):
        manifest = reindex(town_collection, tmp_path / "new", fake_encoder, catalogue=catalogue).manifest
        generation = open_current(tmp_path / "new", fake_encoder)
        assert generation.store.figures.counts() == {None: manifest.figures}
        assert manifest.figures > 5 and generation.store.figures.metrics() == []
        assert manifest.catalogue_digest == (catalogue.digest if catalogue else None)
        generation.close()


def test_an_index_that_is_only_searched_reads_no_figures(town_articles, tmp_path, fake_encoder, monkeypatch):
    """No article's numbers are read, the manifest says by which extractor (none), and questions find what they always find."""
    reindex_articles(town_articles, tmp_path / "whole", fake_encoder)
    monkeypatch.delattr(figure_indexing, "figures_in")
    manifest = reindex_articles(town_articles, tmp_path / "bare", fake_encoder, reads_figures=False).manifest
    assert (manifest.figures, manifest.figures_left_out, manifest.extractor_version) == (0, 0, None)
    whole, bare = open_current(tmp_path / "whole", fake_encoder), open_current(tmp_path / "bare", fake_encoder)
    assert whole.manifest.figures > 0 and bare.store.figures.all() == []
    (question,) = fake_encoder.encode_with_tokens(["ferry passengers"])
    found = [generation.searcher.search("ferry passengers", question, 5).hits for generation in (whole, bare)]
    assert found[0] == found[1] != []
    whole.close()
    bare.close()


def test_words_around_figures_are_encoded_once(town_collection, tmp_path, fake_encoder, simple_numbers):
    """The first reindex encodes the metrics' titles beside the articles' own texts; the second one encodes nothing."""
    reindex(town_collection, tmp_path / "new", fake_encoder, catalogue=CATALOGUE)
    assert len(fake_encoder.encoded) == len(set(fake_encoder.encoded))
    assert "Passengers carried by the ferry" in fake_encoder.encoded
    fake_encoder.encoded.clear()
    report = reindex(town_collection, tmp_path / "new", fake_encoder, catalogue=CATALOGUE)
    assert fake_encoder.encoded == [] and report.encoded == 0
    assert report.manifest.figures > 0


def test_progress_rises_to_the_end_with_figures(town_collection, tmp_path, fake_encoder, simple_numbers):
    """Naming figures is part of the work that is shown: progress never falls, has one total and ends with it."""
    steps: list[tuple[int, int]] = []
    reindex(town_collection, tmp_path / "new", fake_encoder, lambda *step: steps.append(step), catalogue=CATALOGUE)
    assert steps == sorted(steps) and len({total for _, total in steps}) == 1
    assert steps[-1][0] == steps[-1][1]


def test_an_index_that_lost_figures_is_refused(town_collection, tmp_path, fake_encoder, simple_numbers):
    """A manifest that promises more figures than are there is not believed."""
    data = tmp_path / "new"
    manifest = reindex(town_collection, data, fake_encoder, catalogue=CATALOGUE).manifest
    folder = generations_folder(data) / str(current_id(data))
    for promise in ({"figures": manifest.figures + 1}, {"figures_left_out": 7}):
        replace(manifest, **promise).write(folder)
        with pytest.raises(StaleIndexError, match=rf"says {next(iter(promise.values()))} {next(iter(promise))}"):
            open_current(data, fake_encoder)


def test_a_manifest_from_before_the_figures_is_read(town_index):
    """It says that there are none, so that the sentence to its owner can be about the database's layout."""
    folder = generations_folder(town_index) / str(current_id(town_index))
    lines = (folder / "manifest.json").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "figures" not in line and "catalogue" not in line]
    kept[-2] = kept[-2].rstrip(",")
    (folder / "manifest.json").write_text("\n".join(kept), encoding="utf-8")
    manifest = Manifest.read(folder)
    assert (manifest.figures, manifest.figures_left_out, manifest.catalogue_digest) == (0, 0, None)


def test_real_numbers_of_a_small_collection(town_articles, tmp_path, fake_encoder):
    """With nothing stood in for but the encoder: the towns' numbers are found, with their units."""
    dated = [replace(article, published_on=dt.date(2025, 4, 1)) for article in town_articles]
    reindex_articles(dated, tmp_path / "new", fake_encoder, catalogue=CATALOGUE)
    generation = open_current(tmp_path / "new", fake_encoder)
    units = {(one.figure.text, one.figure.unit, int(one.figure.value)) for one in generation.store.figures.all()}
    assert {("12,400", "count", 12400), ("36,000", "count", 36000), ("4.50 euros", "EUR", 4)} <= units
    (passengers,) = [one for one in generation.store.figures.all() if one.figure.text == "12,400"]
    assert passengers.also_in == ("harbour",)
    generation.close()


# --- known vectors first ----------------------------------------------------------------------------------------------------


def test_known_first_gives_the_encoders_vectors(tmp_path, fake_encoder):
    """The same vectors as the encoder itself, each text encoded once, progress within its total."""
    steps: list[tuple[int, int]] = []
    texts = [f"Gull {number} nests." for number in range(BATCH_SIZE + 3)]
    with VectorCache(tmp_path / "vector_cache.db").open(fake_encoder) as known:
        encoder = KnownFirst(fake_encoder, known, lambda *step: steps.append(step), total=10)
        first, again = encoder.encode(texts), encoder.encode(texts[::-1])
        tokens = encoder.encode_with_tokens(["A gull."])
    assert (first == fake_encoder.encode(texts)).all() and (again[::-1] == first).all()
    assert (tokens[0].vector == fake_encoder.encode(["A gull."])[0]).all() and len(tokens[0].tokens) == 2
    assert fake_encoder.encoded.count(texts[0]) == 2  # once before, once for the comparison
    assert steps == sorted(steps) and set(steps) == {(10, 10)}
    assert (encoder.name, encoder.digest, encoder.dimension) == (fake_encoder.name, fake_encoder.digest, fake_encoder.dimension)
