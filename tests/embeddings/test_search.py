"""Question -> ranked chunks, over a real store and a real FAISS index."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus.article import Article
from corpus.store import Filters
from embeddings.answers import answer_question
from embeddings.encoder import Encoded
from embeddings.generation import open_current
from embeddings.ranking import Signals
from embeddings.reindex import reindex_articles
from embeddings.search import Searcher


def search(town, encoder, question, **options):
    """Search the town's articles with the stand-in encoder."""
    return town.searcher.search(question, encoder.encode_with_tokens([question])[0], **options)


def test_every_sentence_and_every_chunk_has_a_vector(town):
    """What is stored is indexed: each sentence and chunk of the store is found by its own number."""
    chunks = town.store.all_chunks()
    sentences = [sentence.id for chunk in chunks for sentence in chunk.sentences]
    anywhere = np.ones(town.vectors.dimension, dtype=np.float32)
    assert set(town.vectors.nearest_sentences(anywhere, 1000)) == set(sentences)
    assert set(town.vectors.nearest_chunks(anywhere, 1000)) == {chunk.id for chunk in chunks}


def test_a_sentence_asked_for_in_its_own_words_comes_first(town, fake_encoder):
    """Each sentence of the collection, asked as a question, finds a chunk with a sentence of cosine 1 first."""
    for chunk in town.store.all_chunks():
        for sentence in chunk.sentences:
            best = search(town, fake_encoder, sentence.text).hits[0]
            assert max(scored.cosine for scored in best.sentences) > 0.999


def test_hits_come_by_falling_score_with_their_signals(town, fake_encoder):
    """Scores fall, the share of the best BM25 is 1 for the best, and no chunk comes twice."""
    result = search(town, fake_encoder, "electric ferry on the bay")
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)
    assert max(hit.signals.lexical for hit in result.hits) == 1
    assert len({hit.chunk.id for hit in result.hits}) == len(result.hits)
    assert set(result.stage_ms) == {"lexical", "dense", "rank"}


def test_words_find_what_vectors_do_not(town, fake_encoder):
    """A chunk that only the words find is a candidate too, with its exact cosines."""
    away = np.zeros(fake_encoder.dimension, dtype=np.float32)
    away[-1] = 1
    result = town.searcher.search("Puffin museum", Encoded.without_tokens(away))
    assert "Puffin" in result.hits[0].chunk.text
    assert result.hits[0].signals.cosine == 0
    assert len(result.lexical_ranking) == 1


def test_count_limits_the_hits(town, fake_encoder):
    """No more than are wanted; a small collection gives fewer."""
    assert len(search(town, fake_encoder, "ferry", count=1).hits) == 1
    assert len(search(town, fake_encoder, "ferry", count=500).hits) == town.manifest.chunks


@pytest.mark.parametrize(
    ("filters", "articles"),
    [
        (Filters(article_ids=("harbour",)), {"harbour"}),
        (Filters(publisher="linden post"), {"ferry", "turbines"}),
        (Filters(since=dt.date(2020, 1, 1)), set()),
        (Filters(article_ids=("no-such-article",)), set()),
    ],
)
def test_only_articles_that_pass_the_filters(town, fake_encoder, filters, articles):
    """Neither words nor vectors bring an article that is filtered out; no article passes, no hit."""
    result = search(town, fake_encoder, "electric ferry in the bay and turbines on the cliff", filters=filters)
    assert {hit.chunk.span.article_id for hit in result.hits} == articles


def test_another_fusion_can_take_its_place(town, fake_encoder):
    """A fusion is any callable from signals to a number."""

    def only_cosine(signals: Signals) -> float:
        return signals.cosine

    question = "gulls and gannets nest"
    result = Searcher(town.store, town.vectors, town.tokens, only_cosine, only_cosine).search(
        question, fake_encoder.encode_with_tokens([question])[0]
    )
    assert [hit.score for hit in result.hits] == [hit.signals.cosine for hit in result.hits]
    assert "gannets" in result.hits[0].chunk.text


@pytest.mark.parametrize("question", ['"', "NEAR(ferry", "text:ferry -bay *", "🙂", "\x00", "ferry " * 2_000, "AND OR NOT"])
def test_hostile_questions_are_answered_or_declined(town, fake_encoder, question):
    """Whatever is asked, there is a reply and no error."""
    assert answer_question(question, town, fake_encoder).generation == town.manifest.id


def test_more_chunks_than_sqlite_takes_at_once(tmp_path, fake_encoder):
    """A filter may pass more chunks than fit into one SQL statement."""
    text = "\n\n".join(f"## Cliff {n}\n\nGull number {n} nests here. It is grey." for n in range(1_000))
    reindex_articles([Article("gulls", text, publisher="Gulls")], tmp_path, fake_encoder)
    generation = open_current(tmp_path, fake_encoder)
    result = search(generation, fake_encoder, "gull number 777", filters=Filters(publisher="gulls"))
    assert result.hits[0].chunk.text == "Gull number 777 nests here. It is grey."
    generation.close()


def test_threads_may_share_a_generation(town, fake_encoder):
    """Questions asked at once from many threads get the replies they get one after the other."""
    questions = ["How many passengers did the Auk carry?", "Who is Ruth Vail?", "When did the fish market move?", "ticket price"]
    expected = [answer_question(question, town, fake_encoder) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda question: answer_question(question, town, fake_encoder), questions * 25))
    assert replies == expected * 25


def test_a_model_without_tokens_is_met_by_words(town, fake_encoder):
    """Without token vectors a sentence is met by the share of the question's words that it holds."""
    question = "gulls and gannets nest on the cliffs"
    bare = Encoded.without_tokens(fake_encoder.encode([question])[0])
    hits = town.searcher.search(question, bare).hits
    assert "gannets" in hits[0].chunk.text
    assert all(scored.late == scored.coverage for hit in hits for scored in hit.sentences)
