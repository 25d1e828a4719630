"""One question, one reply: verbatim quotes with their sources, or an abstention."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.collection import read_collection
from corpus.store import Filters
from embeddings.abstention import Abstainer, default_abstainer
from embeddings.answers import Abstention, Answer, Reply, answer_question
from embeddings.generation import Generation, open_current
from embeddings.model_files import SMALL
from embeddings.question import read_question
from embeddings.quotes import FURTHER_SHARE, Quote
from embeddings.weighing import weigh
from tests.conftest import BRIEFS

QUESTIONS = Path(__file__).resolve().parents[1] / "questions" / "acceptance.jsonl"
ALWAYS = Abstainer(dict.fromkeys(default_abstainer(SMALL.name).weights, 0.0), bias=0.0, decline_below=0.0, caution_below=0.0)
NEVER = Abstainer(ALWAYS.weights, bias=0.0, decline_below=1.0, caution_below=1.0)


def shown(reply: Reply) -> tuple[Quote, ...]:
    """Every passage that a reply shows."""
    return reply.quotes if isinstance(reply, Answer) else reply.nearest


class WordReader:
    """Stands in for the reader: sure of passages with a word, and keeps what it was asked."""

    def __init__(self, word: str, sure: float) -> None:
        self.word, self.sure, self.read_of = word, sure, []

    def read(self, question: str, passages: list[list[str]]) -> list[float]:
        """The log-odds of passages that hold the word, and their negative of others."""
        self.read_of += passages
        return [self.sure if self.word in " ".join(passage) else -self.sure for passage in passages]


# --- with the stand-in encoder -------------------------------------------------------------------------------------------


def test_an_answer_quotes_best_first(town, fake_encoder):
    """Quotes come by falling score, and none is much weaker than the first."""
    reply = answer_question("ferry tickets and bicycles", town, fake_encoder, abstainer=ALWAYS)
    assert isinstance(reply, Answer)
    scores = [quote.score for quote in reply.quotes]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] >= FURTHER_SHARE * scores[0]
    assert reply.generation == town.manifest.id
    assert {"encode", "answer", "lexical", "dense", "rank"} <= set(reply.stage_ms)


def test_of_close_passages_the_one_that_reads_like_an_answer_comes_first(town, fake_encoder, monkeypatch):
    """What the reader is surest of moves up among those that lie close; the others keep their places, and none is lost."""
    question = "ferry tickets and bicycles"
    without = answer_question(question, town, fake_encoder, abstainer=ALWAYS, further_share=0)
    monkeypatch.setattr("embeddings.weighing.CLOSE", 10)
    word = without.quotes[1].answer_text.split()[-1]
    reader = WordReader(word, sure=400)
    read = answer_question(question, replace(town, reader=reader), fake_encoder, abstainer=ALWAYS, further_share=0)
    assert len(without.quotes) > 2
    assert word in read.quotes[0].text
    assert word not in without.quotes[0].text
    assert {quote.span for quote in read.quotes} == {quote.span for quote in without.quotes}
    assert all(1 <= len(passage) <= 3 for passage in reader.read_of)


def test_only_close_passages_are_read(town, fake_encoder, monkeypatch):
    """Reading takes time: what lies far behind the first passage cannot overtake it and is not read."""
    monkeypatch.setattr("embeddings.weighing.CLOSE", 0)
    reader = WordReader("ferry", sure=3)
    weighed = weigh(
        read_question("ferry tickets and bicycles"),
        replace(town, reader=reader),
        *fake_encoder.encode_with_tokens(["ferry tickets and bicycles"]),
    )
    assert len(reader.read_of) == 1
    assert abs(weighed.evidence.reads_answer) == 3


def test_an_abstention_offers_the_nearest_passages(town, fake_encoder):
    """A declined question gets the nearest passages, apart from `quotes`, and a reason."""
    reply = answer_question("How many passengers did the electric ferry Skua carry?", town, fake_encoder)
    assert isinstance(reply, Abstention)
    assert "12,400 passengers" in reply.nearest[0].text
    assert not hasattr(reply, "quotes")


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂", "\x00", "…—"])
def test_a_question_without_words_is_declined_without_a_search(town, fake_encoder, text):
    """Where there is nothing to look for, nothing is encoded and nothing offered."""
    fake_encoder.encoded.clear()
    reply = answer_question(text, town, fake_encoder)
    assert isinstance(reply, Abstention)
    assert (reply.nearest, reply.confidence, fake_encoder.encoded) == ((), 0.0, [])
    assert "no words" in reply.reason


def test_filters_keep_other_articles_out(town, fake_encoder):
    """Neither quotes, nor what is nearest, nor "also in" come from an article that does not pass."""
    reply = answer_question(
        "How many passengers did the electric ferry Auk carry in its first month?",
        town,
        fake_encoder,
        filters=Filters(article_ids=("harbour", "cliffs")),
    )
    assert next((quote.article.id, quote.also_in) for quote in shown(reply)) == ("harbour", ())
    assert {quote.article.id for quote in shown(reply)} <= {"harbour", "cliffs"}


def test_filters_that_no_article_passes_are_the_reason(town, fake_encoder):
    """An empty choice of articles is not taken for a question that they do not answer."""
    reply = answer_question("ferry", town, fake_encoder, filters=Filters(publisher="No Such Paper"), abstainer=ALWAYS)
    assert isinstance(reply, Abstention)
    assert reply.reason == "No article passes the filters."


def test_a_vector_that_is_known_is_not_made_again(town, fake_encoder):
    """Questions that were encoded together are answered without another encoding, and alike."""
    question = "How much is a single ticket?"
    plain = answer_question(question, town, fake_encoder)
    (encoded,) = fake_encoder.encode_with_tokens([question])
    fake_encoder.encoded.clear()
    assert answer_question(question, town, fake_encoder, encoded) == plain
    assert fake_encoder.encoded == []


def test_a_comparing_question_is_answered_from_two_articles(town, fake_encoder):
    """A question that compares gets the best quote of another article right after the first."""
    question = (
        "Do both articles give the same number of passengers of the electric ferry Auk in its first month and its crossings?"
    )
    reply = answer_question(question, town, fake_encoder, abstainer=ALWAYS)
    assert reply.quotes[0].article.id != reply.quotes[1].article.id


def test_sources_that_differ_stand_together(town, fake_encoder):
    """Where two articles give different figures, both are quoted, one after the other, and a line says that they differ."""
    reply = answer_question("How high is each turbine of the Kestrel wind farm?", town, fake_encoder, abstainer=ALWAYS)
    assert reply.disagreement is not None
    assert {"190", "210"} == {figure.split()[0] for figure in reply.disagreement.figures}
    assert [quote.article.id for quote in reply.quotes[:2]] == ["turbines", "cliffs"]
    assert "190" in reply.disagreement.sentence
    assert "210" in reply.disagreement.sentence


def test_the_answering_words_are_marked(town, fake_encoder):
    """The figure is marked inside the answering sentence, letter for letter."""
    reply = answer_question("How many passengers did the electric ferry Auk carry in its first month?", town, fake_encoder)
    first = reply.quotes[0]
    assert first.article.quote(first.answer_part) == "12,400"


def test_a_misspelt_question_is_read_as_it_was_meant(town, fake_encoder):
    """The mended question is answered and shown; the question itself stays as it was typed."""
    typed = "How many pasengers did the electric ferry Auk carry in its first month?"
    reply = answer_question(typed, town, fake_encoder)
    assert isinstance(reply, Answer)
    assert reply.question == typed
    assert reply.read_as == typed.replace("pasengers", "passengers")


def test_the_threshold_decides(town, fake_encoder):
    """The same passages are an answer or an offer, as the abstainer judges."""
    question = "How much is a single ticket?"
    answered = answer_question(question, town, fake_encoder, abstainer=ALWAYS)
    declined = answer_question(question, town, fake_encoder, abstainer=NEVER)
    assert isinstance(answered, Answer)
    assert isinstance(declined, Abstention)
    assert declined.nearest[0].span == answered.quotes[0].span


def test_the_same_question_gets_the_same_reply(town, fake_encoder):
    """Spaces around and within a question do not matter, and nothing is remembered from one to the next."""
    replies = [
        answer_question(text, town, fake_encoder) for text in ("When was the engine built?", " When was \n the engine built? ")
    ]
    assert replies[0] == replies[1]


# --- with the real encoder, on the questions that nothing was fitted on ----------------------------------------------------


def acceptance_questions() -> list[dict]:
    """The labelled questions: 20 that the articles answer and 10 that they do not."""
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module", params=["briefs", "originals"])
def asked(request, real_encoder) -> Iterator[tuple[dict[str, str], dict[str, Reply]]]:
    """The articles' texts as they are on file, and the reply to every question."""
    data = request.getfixturevalue(f"{request.param}_index")
    collection = BRIEFS if request.param == "briefs" else request.getfixturevalue("originals_collection")
    texts = {article.id: article.text for article in read_collection(collection)}
    generation: Generation = open_current(data, real_encoder)
    yield texts, {row["id"]: answer_question(row["q"], generation, real_encoder) for row in acceptance_questions()}
    generation.close()


def is_right(row: dict, reply: Reply) -> bool:
    """Whether the first quote comes from a right article and holds a right answer."""
    if not isinstance(reply, Answer):
        return False
    first = reply.quotes[0]
    text = " ".join(first.text.split())
    from_right = not {first.article.id, *first.also_in}.isdisjoint(row["articles"])
    return from_right and any(re.search(pattern, text, re.IGNORECASE) for pattern in row["answer"])


def test_all_passages_shown_are_the_articles_own_letters(asked):
    """Every quote and every nearest passage of every question is byte for byte text[start:end] of the cleaned article."""
    texts, replies = asked
    count = 0
    for reply in replies.values():
        for quote in shown(reply):
            count += 1
            assert quote.text.encode() == texts[quote.article.id][quote.span.start : quote.span.end].encode()
            assert quote.span.article_id == quote.article.id
            assert quote.answer_text in quote.text
            assert set(quote.also_in) <= set(texts) - {quote.article.id}
    assert count >= 60


def test_answerable_questions_are_answered_in_the_first_quote(asked):
    """At least 18 of the 20 answerable questions are right in the first quote."""
    answerable = [row for row in acceptance_questions() if row["answerable"]]
    wrong = [row["id"] for row in answerable if not is_right(row, asked[1][row["id"]])]
    assert len(answerable) == 20
    assert len(wrong) <= 2, wrong


def test_unanswerable_questions_are_declined(asked):
    """All 10 unanswerable questions are declined, each with a reason."""
    unanswerable = [row["id"] for row in acceptance_questions() if not row["answerable"]]
    assert len(unanswerable) == 10
    assert [name for name in unanswerable if isinstance(asked[1][name], Answer)] == []
    assert all(asked[1][name].reason for name in unanswerable)
