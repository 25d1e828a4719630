"""What came of each question: the record from which every number, table, interval and comparison is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from embeddings.answers import Answer, Reply
from embeddings.quotes import Quote

FIRST_QUOTES = 3
TOTAL = "total"  # the stage that stands for the whole answering


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of a question before it is asked."""

    id: str
    answerable: bool
    kind: str
    language: str
    digest: str  # of the question and of what counts as right


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question.

    `values` holds the measures that apply to it, by "group/name" (`embeddings.evaluation.catalogue`).
    """

    label: Label
    answered: bool
    caution: bool
    confidence: float
    first_is_right: bool  # the first passage holds the answer, whether it is quoted or only named as the nearest
    values: Mapping[str, float]
    stage_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def reply_is_right(self) -> bool:
        """Answered with a right first quote, or rightly declined."""
        return (self.answered and self.first_is_right) if self.label.answerable else not self.answered


def passages_of(reply: Reply) -> tuple[Quote, ...]:
    """The quotes of an answer; of an abstention the nearest passages."""
    return reply.quotes if isinstance(reply, Answer) else reply.nearest


def outcome_of(
    label: Label,
    reply: Reply,
    first: bool,
    three: bool,
    stage_ms: Mapping[str, float],
    further: Mapping[str, float] | None = None,
) -> Outcome:
    """Judge a reply.

    Args:
        first: the first passage of the reply is right.
        three: the first three passages hold all that was asked for.
        further: measures of this question that need more than the reply.
    """
    answered = isinstance(reply, Answer)
    caution = answered and bool(getattr(reply, "caution", False))
    right = label.answerable and first
    decided = right and answered if label.answerable else not answered
    values = {"replies/right": float(decided), "replies/with_caution": float(caution)}
    if label.answerable:
        values |= {
            "quotes/first": float(answered and first),
            "quotes/first_three": float(answered and three),
            "declining/wrongly_declined": float(not answered),
        }
    else:
        values["declining/rightly_declined"] = float(not answered)
    if answered:
        values["length/words"] = float(len(passages_of(reply)[0].text.split()))
    values["confidence/brier"] = (reply.confidence - right) ** 2
    return Outcome(label, answered, caution, reply.confidence, right, {**values, **(further or {})}, stage_ms)
