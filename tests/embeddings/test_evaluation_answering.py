"""A handful of questions about the town, asked and judged: every number can be counted on the fingers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from corpus.article import Span
from embeddings.answers import Abstention, Answer, Reply
from embeddings.evaluation.answering import measure_questions
from embeddings.evaluation.outcomes import Outcome
from embeddings.evaluation.questions import LabelledQuestion, Part, Passage
from embeddings.evaluation.report import Report
from embeddings.generation import Generation
from embeddings.quotes import Quote
from tests.fake_encoder import FakeEncoder

PASSENGERS = "The electric ferry Auk carried 12,400 passengers in its first month."
STALLS = "Its forty stalls open at five in the morning."
HEIGHT = "Each turbine of the Kestrel wind farm is 190 metres high."
OTHER_HEIGHT = "Each turbine of the Kestrel wind farm is 210 metres high."


@dataclass(frozen=True)
class Timed:
    """A reply that took some milliseconds."""

    reply: Reply
    took_ms: float = 20.0


def labelled(identifier: str, text: str, *parts: Part, **further: object) -> LabelledQuestion:
    """A question; without parts it has no answer."""
    question = LabelledQuestion(identifier, text, bool(parts), parts, digest=identifier)
    return replace(question, **further)  # type: ignore[arg-type]


def part(article_id: str, pattern: str) -> Part:
    """What an answer holds."""
    import re

    return Part(frozenset([article_id]), (re.compile(pattern, re.IGNORECASE),))


QUESTIONS = (
    labelled("right", "How many passengers?", part("ferry", "12,400"), passages=(Passage("ferry", PASSENGERS),), kind="direct"),
    labelled("second", "How many stalls?", part("harbour", "forty"), passages=(Passage("harbour", STALLS),), kind="direct"),
    labelled("declined", "How high is a turbine?", part("turbines", "190"), passages=(Passage("turbines", HEIGHT),)),
    labelled("sides", "Which turbine is higher?", part("turbines", "190"), part("cliffs", "210"), kind="comparing"),
    labelled("moon", "Who sold the moon?", kind="off-subject"),
    labelled("sun", "Who sold the sun?", kind="off-subject", language="de"),
)


@pytest.fixture
def replies(town: Generation) -> dict[str, Reply]:
    """What is replied to each question."""

    def quote(article_id: str, words: str) -> Quote:
        article = town.store.article(article_id)
        place = Span(article_id, article.text.index(words), article.text.index(words) + len(words))
        return Quote(place, words, place, words, article, 1, 1.0, 1)

    stages = {"encode": 1.0, "answer": 5.0}
    passengers, stalls = quote("ferry", PASSENGERS), quote("harbour", STALLS)
    high, higher = quote("turbines", HEIGHT), quote("cliffs", OTHER_HEIGHT)
    return {
        "How many passengers?": Answer("", (passengers,), 0.9, "g", stages),
        "How many stalls?": Answer("", (passengers, stalls), 0.8, "g", stages),
        "How high is a turbine?": Abstention("", "no", 0.3, (high,), "g", stages),
        "Which turbine is higher?": Answer("", (higher, passengers, high), 0.7, "g", stages),
        "Who sold the moon?": Abstention("", "no", 0.1, (), "g"),
        "Who sold the sun?": Answer("", (passengers,), 0.6, "g", stages),
    }


@pytest.fixture
def report(town: Generation, fake_encoder: FakeEncoder, replies: Mapping[str, Reply]) -> Report:
    """The six questions, asked."""
    return measure_questions("six", QUESTIONS, lambda text: Timed(replies[text]), town, fake_encoder)


def by_id(report: Report) -> dict[str, Outcome]:
    """The outcomes, by question."""
    return {outcome.label.id: outcome for outcome in report.outcomes}


def test_quotes_by_hand(report: Report) -> None:
    """Of four answerable ones two have a right first quote, three a full answer in the first three; three were answered."""
    assert report.value("quotes/first") == 2 / 4
    assert report.value("quotes/first_three") == 3 / 4
    assert report.value("where_answered/first") == pytest.approx(2 / 3)
    assert report.value("where_answered/first_three") == 1
    assert report.value("declining/wrongly_declined") == 1 / 4
    assert report.value("declining/rightly_declined") == 1 / 2
    assert report.value("replies/right") == 3 / 6


def test_tokens_by_hand(report: Report) -> None:
    """Of three with a passage, one is quoted letter for letter, one quote is elsewhere, one is declined and counts 0."""
    for name in ("precision", "recall", "iou"):
        assert report.value(f"quotes/token_{name}") == pytest.approx(1 / 3)
        assert report.value(f"where_answered/token_{name}") == 1 / 2


def test_a_declined_question_is_judged_by_its_nearest_passage(report: Report) -> None:
    """Risk and calibration ask what would have been shown."""
    outcomes = by_id(report)
    assert outcomes["declined"].first_is_right and not outcomes["declined"].reply_is_right
    assert not outcomes["moon"].first_is_right and outcomes["moon"].reply_is_right
    assert not outcomes["sun"].first_is_right and not outcomes["sun"].reply_is_right
    # right .9, second .8, sides .7, sun .6, declined .3, moon .1: right, wrong, right, wrong, right, wrong
    assert report.value("confidence/aurc") == pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4 + 2 / 5 + 3 / 6) / 6)


def test_chunks_are_measured_where_a_passage_is_found(report: Report) -> None:
    """Three questions have passages; their words stand in the chunks that hold them."""
    measured = next(measure for measure in report.measures if measure.key == "chunks/recall@10")
    assert (measured.questions, measured.value) == (3, 1)
    assert "chunks/recall@10" not in by_id(report)["sides"].values


def test_words_and_latency(report: Report) -> None:
    """Lengths of the four first quotes (11, 11, 11 and 11 words), milliseconds of every stage and in all."""
    assert report.value("length/median") == len(PASSENGERS.split())
    assert report.value("latency_ms/encode_p50") == 1
    assert report.value("latency_ms/answer_p95") == 5
    assert report.value("latency_ms/total_p50") == 20


def test_breakdowns_by_kind_and_language(report: Report) -> None:
    """Each kind and each language has its own numbers, over its own questions."""
    rows = {(row.by, row.value): row for row in report.rows}
    assert {value for by, value in rows if by == "kind"} == {"direct", "not given", "comparing", "off-subject"}
    assert rows["language", "en"].questions == 5 and rows["language", "de"].questions == 1
    direct = {measure.key: measure.value for measure in rows["kind", "direct"].measures}
    assert direct["quotes/first"] == 1 / 2
    off_subject = {measure.key: measure.value for measure in rows["kind", "off-subject"].measures}
    assert off_subject["declining/rightly_declined"] == 1 / 2 and "quotes/first" not in off_subject


def test_caution_is_counted_where_replies_have_it(town: Generation, fake_encoder: FakeEncoder, replies: dict[str, Reply]) -> None:
    """An answer may say that it is given with caution; an older one says nothing."""

    @dataclass(frozen=True)
    class Cautious(Answer):
        caution: bool = True

    answer = replies["How many passengers?"]
    assert isinstance(answer, Answer)
    replies["How many passengers?"] = Cautious(answer.question, answer.quotes, answer.confidence, answer.generation)
    report = measure_questions("six", QUESTIONS, lambda text: Timed(replies[text]), town, fake_encoder)
    assert report.value("replies/with_caution") == pytest.approx(1 / 6)
    assert [outcome.label.id for outcome in report.outcomes if outcome.caution] == ["right"]


def test_passages_that_the_collection_lacks_are_told(
    town: Generation, fake_encoder: FakeEncoder, replies: Mapping[str, Reply]
) -> None:
    """They are left out of chunk and token measures, and the report says how many and why."""
    lost = replace(QUESTIONS[0], passages=(Passage("ferry", "Words of a brief."), Passage("zoo", "A lion.")))
    report = measure_questions("two", [lost, QUESTIONS[1]], lambda text: Timed(replies[text]), town, fake_encoder)
    (note,) = report.notes
    assert "2 of 3 labelled passages do not stand" in note and "1 questions are left out" in note
    assert not any(key.startswith(("chunks/", "quotes/token")) for key in by_id(report)["right"].values)


def test_a_follow_up_question_is_resolved_before_it_is_asked(
    town: Generation, fake_encoder: FakeEncoder, replies: Mapping[str, Reply]
) -> None:
    """With a resolver the question that stands by itself is asked; without one the report says so."""
    follow_up = replace(QUESTIONS[0], text="How many?", turns=("What does the Auk carry?",))
    asked: list[str] = []

    def ask(text: str) -> Timed:
        asked.append(text)
        return Timed(replies["How many passengers?"])

    def resolve(text: str, turns: object) -> str:
        return f"{text} after {turns}"

    resolved = measure_questions("one", [follow_up, QUESTIONS[4]], ask, town, fake_encoder, resolve=resolve)
    assert asked == ["How many? after ('What does the Auk carry?',)", "Who sold the moon?"]
    assert not any("follow-up" in note for note in resolved.notes)
    plain = measure_questions("one", [follow_up], ask, town, fake_encoder)
    assert asked[-1] == "How many?" and any("1 follow-up questions were asked as they stand" in note for note in plain.notes)


def test_progress_is_told(town: Generation, fake_encoder: FakeEncoder, replies: Mapping[str, Reply]) -> None:
    """After each question, how many of how many."""
    seen: list[tuple[int, int]] = []
    ask = lambda text: Timed(replies[text])  # noqa: E731
    measure_questions("six", QUESTIONS, ask, town, fake_encoder, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(number, 6) for number in range(1, 7)]
