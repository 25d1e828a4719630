"""Asks labelled questions of the collection that is indexed, and judges replies, quotes and chunks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from embeddings.answers import Answer, Reply
from embeddings.crosslingual.foreign_answers import search_any
from embeddings.encoder import Encoder
from embeddings.encoding import Progress
from embeddings.evaluation.outcomes import FIRST_QUOTES, TOTAL, Label, Outcome, outcome_of, passages_of
from embeddings.evaluation.questions import LabelledQuestion
from embeddings.evaluation.ranking_measures import measure_each
from embeddings.evaluation.report import Report, Source, make_report
from embeddings.evaluation.selection import Half
from embeddings.evaluation.spans import NO_OVERLAP, Located, best_overlap, locate, relevant_chunks
from embeddings.generation import Generation
from embeddings.question import read_question

CHUNKS = 10  # the deepest rank that a measure looks at
SET, CHUNK_GROUP = "questions", "chunks"


class Timed(Protocol):
    """A reply and how long it took, in milliseconds."""

    @property
    def reply(self) -> Reply:
        """The answer or abstention."""

    @property
    def took_ms(self) -> float:
        """From being asked to the reply."""


Ask = Callable[[str], Timed]
# From a follow-up question and the questions before it to a question that stands by itself.
Resolve = Callable[[str, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was put to the bot, the reply, and where its answer stands."""

    question: LabelledQuestion
    text: str
    timed: Timed
    located: Located


def measure_questions(
    name: str,
    questions: Sequence[LabelledQuestion],
    ask: Ask,
    generation: Generation,
    encoder: Encoder,
    half: Half = Half.ALL,
    resolve: Resolve | None = None,
    progress: Progress | None = None,
    second: Encoder | None = None,
) -> Report:
    """Ask each question and measure everything that its label allows.

    Args:
        ask: answers from `generation`.
        half: which half the questions are, for the report; the choice is `selection.chosen`.
        second: the encoder for questions in other languages, if `ask` has one.
        resolve: makes a follow-up question stand by itself; without it such a question is asked as it is.
    """
    # The model is loaded before the clock runs: only the first question of a process waits for it.
    encoder.encode_with_tokens(["warm up"])
    asked = []
    for number, question in enumerate(questions, 1):
        text = resolve(question.text, question.turns) if resolve and question.turns else question.text
        asked.append(Asked(question, text, ask(text), locate(question, generation.store)))
        if progress:
            progress(number, len(questions))
    ranked = chunk_measures(asked, generation, encoder, second)
    outcomes = [_outcome(entry, ranked.get(entry.question.id, {})) for entry in asked]
    source = Source(name, SET, str(half), encoder.name, generation.manifest.id, generation.manifest.articles)
    return make_report(source, outcomes, notes_on(asked, resolve is not None))


def chunk_measures(
    asked: Sequence[Asked], generation: Generation, encoder: Encoder, second: Encoder | None = None
) -> dict[str, dict[str, float]]:
    """How high the chunks that hold an answer are ranked, for each question whose passages are in the collection."""
    with_spans = [entry for entry in asked if entry.question.answerable and entry.located.spans]
    if not with_spans:
        return {}
    chunks = generation.store.all_chunks()
    relevant = {
        entry.question.id: {str(chunk_id): 1 for chunk_id in relevant_chunks(entry.located.spans, chunks)} for entry in with_spans
    }
    texts = {entry.question.id: read_question(entry.text).text for entry in with_spans}
    vectors = encoder.encode_with_tokens(list(texts.values()))
    rankings = {
        identifier: [str(hit.chunk.id) for hit in search_any(text, generation, encoded, second, CHUNKS).hits]
        for (identifier, text), encoded in zip(texts.items(), vectors, strict=True)
    }
    # A passage that stands between chunks (a heading) can be found by no ranking.
    return measure_each(rankings, {identifier: found for identifier, found in relevant.items() if found})


def _outcome(asked: Asked, ranked: dict[str, float]) -> Outcome:
    question, reply = asked.question, asked.timed.reply
    passages = passages_of(reply)
    further = {f"{CHUNK_GROUP}/{name}": value for name, value in ranked.items()}
    if question.answerable and asked.located.spans:
        met = best_overlap(passages[0], asked.located.spans) if isinstance(reply, Answer) else NO_OVERLAP
        further |= {"quotes/token_precision": met.precision, "quotes/token_recall": met.recall, "quotes/token_iou": met.iou}
    return outcome_of(
        Label(question.id, question.answerable, question.kind, question.language, question.digest),
        reply,
        first=bool(passages) and question.is_answered_by(passages[0]),
        three=question.is_covered_by(passages[:FIRST_QUOTES]),
        stage_ms={**reply.stage_ms, TOTAL: asked.timed.took_ms},
        further=further,
    )


def notes_on(asked: Sequence[Asked], resolved: bool) -> list[str]:
    """What a reader of the numbers must know: passages that the collection lacks, follow-up questions."""
    answerable = [entry for entry in asked if entry.question.answerable]
    missing = sum(entry.located.missing for entry in answerable)
    passages = sum(len(entry.question.passages) for entry in answerable)
    left_out = sum(bool(entry.question.passages) and not entry.located.spans for entry in answerable)
    unlabelled = sum(not entry.question.passages for entry in answerable)
    follow_ups = sum(bool(entry.question.turns) for entry in asked)
    notes = []
    if missing:
        notes.append(
            f"{missing} of {passages} labelled passages do not stand in the articles of this collection (it may hold originals"
            f" where the labels quote briefs); {left_out} questions are left out of the chunk and token measures."
        )
    if unlabelled:
        notes.append(f"{unlabelled} answerable questions have no labelled passage; chunk and token measures leave them out.")
    if follow_ups and not resolved:
        notes.append(f"{follow_ups} follow-up questions were asked as they stand, without the questions before them.")
    return notes
