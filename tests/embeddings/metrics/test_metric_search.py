"""Finding metrics while somebody types, and figures by words."""

import pytest
from stored_figures import stored

from corpus.figures.catalogue import SHIPPED_CATALOGUE, Metric, read_catalogue
from embeddings.metrics.metric_search import find_metrics, search_figures
from tests.fake_encoder import FakeEncoder

METRICS = read_catalogue(SHIPPED_CATALOGUE).metrics
POWER = "intelligent-computing-power"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("intelligent-computing-power", POWER),
        ("Intelligent computing power", POWER),
        ("  INTELLIGENT  computing POWER? ", POWER),
        ("computing power", POWER),
        ("intelligent computing p", POWER),
        ("computng pwer", POWER),
        ("inteligent computing power", POWER),
        ("智能算力", POWER),
        ("算力规模", POWER),
        ("算力", POWER),
        ("中国的智能算力", POWER),
        ("AI companies", "ai-companies"),
        ("how many AI companies are there", "ai-companies"),
        ("ai firm", "ai-companies"),
        ("人工智能企业", "ai-companies"),
        ("企业数量", "ai-companies"),
        ("datasets", "dataset-count"),
        ("volume of data sets", "dataset-count"),
        ("数据集总量", "dataset-volume"),
        ("care robots", "care-robot-market"),
        ("care robot", "care-robot-market"),
        ("patnets", "valid-invention-patents"),
        ("CAGR", "core-ai-industry-growth"),
        ("download", "open-source-download-share"),
        ("开源模型", "open-source-download-share"),
        ("Beijing", "beijing-core-ai-industry-size"),
        ("北京", "beijing-core-ai-industry-size"),
    ],
)
def test_words_find_the_metric_meant(words, key):
    """Keys, titles, aliases, beginnings, single words and slips, in English and Chinese, without an encoder."""
    assert find_metrics(words, METRICS, None)[0].key == key


@pytest.mark.parametrize("words", ["elephants", "zzz", "q9x", "大象", "🙂", "%%"])
def test_words_of_something_else_find_nothing(words):
    """Strange words give an empty list, not a guess."""
    assert find_metrics(words, METRICS, None) == []


def test_no_words_list_what_there_is():
    """An empty field offers the catalogue in its order."""
    assert find_metrics(" ", METRICS, None) == list(METRICS[:25])


def test_at_most_25_metrics_come_back():
    """Discord shows no more."""
    many = [Metric(f"count-{number}", f"Count of ships {number}", {}, (), "count") for number in range(60)]
    assert len(find_metrics("count of ships", many, None)) == 25
    assert len(find_metrics("", many, None)) == 25


def test_an_exact_name_comes_before_a_beginning_and_a_word():
    """The closest kind of match is first, whatever the catalogue's order."""
    metrics = [
        Metric("b", "Fleet of ferries", {}, (), "count"),
        Metric("c", "Ferries built", {}, (), "count"),
        Metric("a", "Ferries", {}, (), "count"),
    ]
    assert [metric.key for metric in find_metrics("ferries", metrics, None)] == ["a", "c", "b"]


def test_meaning_is_asked_only_where_letters_find_nothing():
    """The encoder costs time, so a name that is spelt right never waits for it."""
    encoder = FakeEncoder()
    find_metrics("computing power", METRICS, encoder)
    assert encoder.encoded == []
    find_metrics("elephants", METRICS, encoder)
    assert encoder.encoded[0] == "elephants"


def test_figures_are_found_by_the_words_around_them():
    """Named or not, the figure whose sentence has the words comes first; others do not come."""
    ferries = stored("The bay has 14 electric ferries.", "14", "count", "electric ferries")
    light = stored("The coast has 30 lighthouses.", "30", "count", "lighthouses")
    assert [one for one, _ in search_figures("electric ferries", [light, ferries], FakeEncoder())] == [ferries]
    assert search_figures("elephants", [light, ferries], FakeEncoder()) == []
    assert search_figures("?", [light, ferries], FakeEncoder()) == []
    assert search_figures("ferries", [], FakeEncoder()) == []


def test_a_metrics_name_finds_its_figures_in_any_language():
    """The Chinese title finds figures of English articles, where the metrics are told."""
    figure = stored("The bay has 14 electric ferries.", "14", "count", "electric ferries", metric="ferries")
    metrics = [Metric("ferries", "Electric ferries", {"zh": "电动渡轮"}, (), "count")]
    assert search_figures("电动渡轮", [figure], FakeEncoder()) == []
    assert search_figures("电动渡轮", [figure], FakeEncoder(), metrics) == [(figure, 1.0)]
