"""How well each word of a question is met by a passage."""

import numpy as np
import pytest

from embeddings.encoder import TokenVectors
from embeddings.late_interaction import word_matches
from embeddings.lexical_index import terms_of
from tests.fake_encoder import FakeEncoder


class Without(FakeEncoder):
    """An encoder whose tokenizer does not tell where its tokens stand."""

    def token_vectors(self, texts):
        return []


class ByHand(FakeEncoder):
    """Two tokens a word: its halves point to the right and up; the passage points halfway between."""

    def token_vectors(self, texts):
        _question, *passages = texts
        halves = TokenVectors(np.array([[1, 0], [0, 1]], dtype=np.float32), ((0, 3), (3, 5)))
        return [halves, *[TokenVectors(np.array([[0.6, 0.8]], dtype=np.float32), ((0, 1),)) for _ in passages]]


def test_a_word_that_stands_there_is_met():
    """One mapping a passage: 1 for a word that it holds, 0 for one that it lacks."""
    question = "gulls nest"
    assert word_matches(question, terms_of(question), ["Gulls cross.", "They nest, gulls"], FakeEncoder()) == [
        {"gull": 1.0, "nest": 0.0},
        {"gull": 1.0, "nest": 1.0},
    ]


def test_a_words_score_is_the_mean_of_its_tokens_best():
    """A word in two pieces scores the mean of what each piece finds: (0.6 + 0.8) / 2."""
    (match,) = word_matches("ferry", terms_of("ferry"), ["x"], ByHand())
    assert match == {"ferri": pytest.approx(0.7)}


def test_without_token_vectors_letters_decide():
    """An encoder without token vectors still tells which words a passage holds, in any form."""
    question = "ferries nest"
    assert word_matches(question, terms_of(question), ["A ferry."], Without()) == [{"ferri": 1.0, "nest": 0.0}]


def test_no_passages_and_empty_passages():
    """Nothing to look at, nothing met, no error."""
    assert word_matches("gulls", terms_of("gulls"), [], FakeEncoder()) == []
    assert word_matches("gulls", terms_of("gulls"), [""], FakeEncoder()) == [{"gull": 0.0}]


def test_the_real_model_meets_synonyms_better_than_strangers(real_encoder):
    """A word of like meaning counts more than an unrelated one, and the same word counts most."""
    question = "ship"
    same, like, other = (
        match["ship"]
        for match in word_matches(question, terms_of(question), ["The ship.", "The boat.", "The theorem."], real_encoder)
    )
    assert same > like > other
