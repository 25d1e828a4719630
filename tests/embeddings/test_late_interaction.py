"""How well each word of a question is met by a passage."""

import numpy as np
import pytest

from embeddings.encoder import Encoded, TokenVectors
from embeddings.late_interaction import Asked, Met, meet, tokens_within, weigh_tokens, word_matches
from embeddings.lexical_index import terms_of


def tokens(*rows: tuple[int, int, float, float]) -> TokenVectors:
    """Tokens from start, end and the two numbers of a vector."""
    vectors = np.array([row[2:] for row in rows], dtype=np.float32).reshape(-1, 2)
    return TokenVectors(vectors, np.array([row[:2] for row in rows], dtype=np.int32).reshape(-1, 2))


def encoded(encoder, text: str) -> TokenVectors:
    """The tokens of a text."""
    (found,) = encoder.encode_with_tokens([text])
    assert isinstance(found, Encoded)
    return found.tokens


def matches(encoder, question: str, passage: str) -> dict[str, float]:
    """How well a passage meets a question's words."""
    return word_matches(encoded(encoder, question), terms_of(question), passage, encoded(encoder, passage))


def test_a_word_that_stands_there_is_met(fake_encoder):
    """1 for a word that the passage holds, 0 for one that it lacks."""
    assert matches(fake_encoder, "gulls nest", "Gulls cross.") == {"gull": 1.0, "nest": 0.0}
    assert matches(fake_encoder, "gulls nest", "They nest, gulls") == {"gull": 1.0, "nest": 1.0}


def test_a_words_score_is_the_mean_of_its_tokens_best():
    """A word in two pieces scores the mean of what each piece finds: (0.6 + 0.8) / 2."""
    asked = tokens((0, 3, 1, 0), (3, 5, 0, 1))
    assert word_matches(asked, terms_of("ferry"), "x", tokens((0, 1, 0.6, 0.8))) == {"ferri": pytest.approx(0.7)}


def test_without_token_vectors_letters_decide():
    """An encoder without token vectors still tells which words a passage holds, in any form."""
    assert word_matches(tokens(), terms_of("ferries nest"), "A ferry.", tokens()) == {"ferri": 1.0, "nest": 0.0}


def test_an_empty_passage_meets_nothing(fake_encoder):
    """Nothing to look at, nothing met, no error."""
    assert matches(fake_encoder, "gulls", "") == {"gull": 0.0}


def test_rare_words_weigh_most():
    """A word's rarity is shared by its pieces; what is no telling word weighs little."""
    asked = weigh_tokens(tokens((0, 3, 1, 0), (3, 5, 0, 1), (6, 8, 1, 0)), terms_of("ferry")[:1], {"ferri": 3.0})
    assert asked.weights.tolist() == pytest.approx([1.5, 1.5, 0.15])


def test_each_sentence_is_met_by_its_own_tokens():
    """A sentence's score is the weighted mean of the best cosines among its tokens; a chunk's is the plain mean of all."""
    asked = Asked(tokens((0, 1, 1, 0), (2, 3, 0, 1)), np.array([3, 1], dtype=np.float32))
    chunk = tokens((0, 4, 1, 0), (5, 9, 0, 1), (10, 12, 0.6, 0.8))
    met = meet(asked, chunk, [(0, 4), (5, 12), (13, 20)])
    assert met.chunk == pytest.approx(1.0)
    assert met.sentences == pytest.approx((0.75, (3 * 0.6 + 1) / 4, 0.0))


def test_nothing_is_met_where_there_are_no_tokens():
    """A model without token vectors gives zeros, one a sentence."""
    asked = Asked(tokens(), np.zeros(0, dtype=np.float32))
    assert meet(asked, tokens((0, 1, 1, 0)), [(0, 1)]) == Met(0.0, (0.0,))
    assert meet(Asked(tokens((0, 1, 1, 0)), np.ones(1, dtype=np.float32)), tokens(), [(0, 1), (2, 3)]) == Met(0.0, (0.0, 0.0))


def test_a_stretch_takes_the_tokens_that_begin_in_it():
    """The end of a stretch does not belong to it."""
    whole = tokens((0, 4, 1, 0), (5, 9, 0, 1), (10, 12, 1, 0))
    assert tokens_within(whole, 5, 10).spans.tolist() == [[5, 9]]
    assert len(tokens_within(whole, 12, 20)) == 0


def test_the_real_model_meets_synonyms_better_than_strangers(real_encoder):
    """A word of like meaning counts more than an unrelated one, and the same word counts most."""
    same, like, other = (matches(real_encoder, "ship", text)["ship"] for text in ("The ship.", "The boat.", "The theorem."))
    assert same > like > other
