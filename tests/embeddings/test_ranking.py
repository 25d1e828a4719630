"""How the signals become one score."""

from dataclasses import fields, replace

import pytest

from embeddings.lexical_index import terms_of
from embeddings.ranking import DEFAULT_FUSION, FIRST_FUSION, Signals, WeightedSum, coverage, sentence_score, word_pairs


def test_the_score_is_the_weighted_sum():
    """Each signal counts by its own weight."""
    fusion = WeightedSum(lexical=1, sentence=10, cosine=100, coverage=1000, phrases=10000)
    assert fusion(Signals(lexical=1, sentence=2, cosine=3, coverage=4, phrases=5)) == 1 + 20 + 300 + 4000 + 50000


@pytest.mark.parametrize("name", [field.name for field in fields(Signals)])
def test_more_of_any_signal_never_lowers_the_score(name):
    """With the shipped weights every signal speaks for a chunk, first or at the closer look, and none against it."""
    middle = Signals(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)
    gains = [fusion(replace(middle, **{name: 0.9})) - fusion(middle) for fusion in (FIRST_FUSION, DEFAULT_FUSION)]
    assert min(gains) >= 0 < max(gains)


def test_coverage_is_the_share_of_rare_words():
    """A rare word counts by its rarity: 3 of 4 parts here; no words, no coverage."""
    terms = terms_of("rare common")
    rarity = {"rare": 3.0, "common": 1.0}
    assert coverage(terms, rarity, frozenset({"rare"})) == 0.75
    assert coverage(terms, rarity, frozenset({"rare", "common", "other"})) == 1
    assert coverage([], {}, frozenset({"rare"})) == 0


def test_a_sentence_counts_by_meaning_and_words():
    """The cosine plus 0.4 times the coverage."""
    assert sentence_score(0.5, 0.5) == pytest.approx(0.7)


def test_pairs_are_neighbours_but_not_two_stop_words():
    """ "of the" tells nothing, "the ferry" and "ferry crosses" do; word forms meet."""
    assert word_pairs(terms_of("of the ferries crossing")) == {("the", "ferri"), ("ferri", "cross")}
    assert word_pairs(terms_of("ferry")) == frozenset()
