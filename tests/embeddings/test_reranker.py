"""The optional cross-encoder: loading it, its scores, and the order that they give."""

import logging
import threading
from pathlib import Path

import pytest

from corpus.article import Span
from corpus.store import StoredChunk
from embeddings.errors import ModelError
from embeddings.ranking import Signals
from embeddings.reranker import Reranker, rerank
from embeddings.search import Hit

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "ferry", "bay", "gull", "##s", "crosses", "."]
PASSAGES = ["the ferry crosses the bay.", "gulls.", "the bay.", "", "🙂 渡轮", "the gulls " * 60]


def save_bert(folder: Path, kind: str, labels: int = 1) -> Path:
    """A folder with a random BERT of one layer, twelve word pieces and 16 places, of one of transformers' classes."""
    import torch
    import transformers

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=16, num_labels=labels, initializer_range=0.3,
    )  # fmt: skip
    getattr(transformers, kind)(config).save_pretrained(folder)
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt"), model_max_length=16).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def tiny_reranker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a cross-encoder that knows nothing, but loads and scores as any other."""
    return save_bert(tmp_path_factory.mktemp("tiny") / "model", "BertForSequenceClassification")


def hits(*scores: float) -> list[Hit]:
    """Hits with these scores; the chunk's number is its place."""
    return [
        Hit(StoredChunk(place, Span("ferry", place, place + 1), "x", None, ()), score, Signals())
        for place, score in enumerate(scores)
    ]


def order(found: list[Hit]) -> list[int]:
    """The places that the hits had before."""
    return [hit.chunk.id for hit in found]


# --- the model -------------------------------------------------------------------------------------------------------


def test_each_passage_gets_its_own_score(tiny_reranker):
    """Every passage, also an empty, foreign or overlong one, gets a score between 0 and 1, in the passages' order."""
    reranker = Reranker(str(tiny_reranker))
    scores = reranker.scores("the ferry", PASSAGES)
    assert len(scores) == len(PASSAGES)
    assert all(0 < score < 1 for score in scores)
    assert len({round(score, 4) for score in scores}) > 2
    assert reranker.scores("the ferry", PASSAGES[::-1]) == pytest.approx(scores[::-1], abs=1e-5)


def test_scores_are_the_models_own_with_one_sigmoid(tiny_reranker):
    """The sigmoid is applied once: the scores are what sentence-transformers gives for such a model."""
    from sentence_transformers import CrossEncoder

    pairs = [("the ferry", passage) for passage in PASSAGES]
    expected = CrossEncoder(str(tiny_reranker), device="cpu").predict(pairs, show_progress_bar=False)
    assert Reranker(str(tiny_reranker)).scores("the ferry", PASSAGES) == pytest.approx(list(expected), abs=1e-5)


def test_the_question_counts(tiny_reranker):
    """The same passage has other scores for other questions."""
    reranker = Reranker(str(tiny_reranker))
    assert reranker.scores("gulls", ["the bay."]) != pytest.approx(
        reranker.scores("the ferry crosses the ferry", ["the bay."]), abs=1e-6
    )


def test_nothing_is_loaded_before_it_is_needed(tiny_reranker, monkeypatch):
    """Making a reranker, and asking it about no passage, loads no model; the model is loaded once."""
    loaded = []
    reranker = Reranker("corpusbot-tests/there-is-no-such-model")
    assert reranker.scores("the ferry", []) == []
    reranker = Reranker(str(tiny_reranker))
    read = reranker._read
    monkeypatch.setattr(reranker, "_read", lambda: loaded.append(1) or read())
    reranker.load()
    reranker.scores("the ferry", ["gulls"])
    assert loaded == [1]


def test_threads_may_share_a_reranker(tiny_reranker):
    """Questions from several threads, the first of which loads the model, get their own scores."""
    reranker = Reranker(str(tiny_reranker))
    questions = ["the ferry", "gulls", "the bay crosses", "."]
    found: dict[str, list[float]] = {}
    threads = [threading.Thread(target=lambda q=q: found.update({q: reranker.scores(q, PASSAGES)})) for q in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for question in questions:
        assert found[question] == pytest.approx(reranker.scores(question, PASSAGES), abs=1e-5)


def test_a_folder_is_read_without_a_network(tiny_reranker, monkeypatch):
    """For a folder the loader is told to stay on this machine."""
    import sentence_transformers

    told = {}

    def refuse(name: str, **options: object) -> None:
        told.update(options, name=name)
        raise OSError

    monkeypatch.setattr(sentence_transformers, "CrossEncoder", refuse)
    with pytest.raises(ModelError):
        Reranker(str(tiny_reranker)).load()
    assert told["local_files_only"] is True and told["name"] == str(tiny_reranker)


# --- what cannot be used ---------------------------------------------------------------------------------------------


def test_a_folder_without_a_model_is_refused(tmp_path):
    """A folder that holds no model gives one sentence that says what RERANKER_MODEL may be."""
    with pytest.raises(ModelError, match=r"cannot be loaded.*Set RERANKER_MODEL to") as refused:
        Reranker(str(tmp_path)).scores("x", ["y"])
    assert "\n" not in str(refused.value)


def test_a_hub_id_that_cannot_be_reached_is_one_sentence(monkeypatch):
    """Without a network, a hub id gives one clear sentence with the id and the cure."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="'corpusbot-tests/there-is-no-such-model' cannot be loaded") as refused:
        Reranker("corpusbot-tests/there-is-no-such-model").load()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("kind", ["BertModel", "BertForMaskedLM"])
def test_an_encoder_is_no_cross_encoder(kind, tmp_path, caplog):
    """A model without a trained last layer is refused, because its scores would be random."""
    caplog.set_level(logging.CRITICAL)
    with pytest.raises(ModelError, match="no cross-encoder"):
        Reranker(str(save_bert(tmp_path / "model", kind))).load()


def test_a_model_with_several_scores_is_refused(tmp_path):
    """A classifier with three labels, such as one for entailment, is named with its number of scores."""
    folder = save_bert(tmp_path / "model", "BertForSequenceClassification", labels=3)
    with pytest.raises(ModelError, match="gives 3 scores"):
        Reranker(str(folder)).load()


# --- the order -------------------------------------------------------------------------------------------------------


def test_both_scores_decide_together():
    """A hit's new score is the weighted mean of its own and the cross-encoder's."""
    found = rerank(hits(0.8, 0.6, 0.5), [0.1, 0.9, 0.4], weight=0.5)
    assert order(found) == [1, 0, 2]
    assert [hit.score for hit in found] == pytest.approx([0.75, 0.45, 0.45])


@pytest.mark.parametrize(("weight", "expected"), [(0, [0, 1, 2]), (1, [2, 1, 0]), (0.1, [0, 1, 2]), (0.9, [2, 1, 0])])
def test_the_weight_says_who_decides(weight, expected):
    """With weight 0 the order stays, with weight 1 the cross-encoder alone decides."""
    assert order(rerank(hits(0.9, 0.6, 0.3), [0.1, 0.5, 0.9], weight)) == expected


def test_hits_without_a_score_stay_behind():
    """Only the first hits are read again; the others keep their places and scores."""
    found = rerank(hits(0.9, 0.8, 0.7, 0.6), [0.0, 0.1], weight=1)
    assert order(found) == [1, 0, 2, 3]
    assert [hit.score for hit in found[2:]] == [0.7, 0.6]


def test_nothing_to_rerank_is_no_special_case():
    """No scores or no hits give back what there is; the given hits are not changed."""
    given = hits(0.9, 0.8)
    assert rerank(given, [], 0.5) == given and rerank([], [], 0.5) == []
    rerank(given, [0.0, 1.0], 1)
    assert [hit.score for hit in given] == [0.9, 0.8]


@pytest.mark.parametrize(("scores", "weight"), [([0.1, 0.2, 0.3], 0.5), ([0.1], 1.5), ([0.1], -0.1)])
def test_wrong_arguments_are_refused(scores, weight):
    """More scores than hits, or a weight that is no share, is a mistake in the program."""
    with pytest.raises(ValueError, match="scores for 2 hits"):
        rerank(hits(0.9, 0.8), scores, weight)
