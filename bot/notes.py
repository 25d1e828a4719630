"""What stands around quotations: the small print about the question, warnings, and which words of a quotation are marked.

Shared by the terminal and Discord, each of which sets it in its own way.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.wording import Wording, wording

if TYPE_CHECKING:
    from bot.services import TimedReply
    from embeddings.answers import Reply
    from embeddings.quotes import Quote


def wording_for(reply: "Reply") -> Wording:
    """The words of the asker's language."""
    return wording(reply.language)


def question_notes(timed: "TimedReply", say: Wording | None = None) -> list[str]:
    """What was made of the question before it was answered, a line each; empty when it was answered as it was typed.

    Args:
        say: the reader's language; the question's own by default.
    """
    asked, say = timed.asked, say or wording_for(timed.reply)
    # With its misspelt words mended, where there were any.
    understood = timed.reply.read_as or (asked.question_asked if asked and asked.rewritten else None)
    lines = [say("Understood as: {question}", question=understood)] if understood else []
    if asked and asked.filter_labels:
        lines.append(filters_note(asked.filter_labels, say))
    return lines


def filters_note(labels: Sequence[str], say: Wording) -> str:
    """What a search was narrowed to, by the question's words or by what was set beside it."""
    return say("Only: {filters}", filters="; ".join(map(say.label, labels)))


def answer_notes(reply: "Reply", say: Wording | None = None) -> list[str]:
    """What a reader must know before the quotations: that they may not answer, or that they disagree; `say` as above."""
    from embeddings.answers import Answer  # loads FAISS, which a list of articles does not need

    if not isinstance(reply, Answer):
        return []
    say = say or wording_for(reply)
    lines = [say("These are the closest passages; none may answer exactly.")] if reply.caution else []
    return [*lines, say.disagreement(reply.disagreement.sentence)] if reply.disagreement else lines


def marked_part(quote: "Quote") -> tuple[int, int]:
    """Where the words that answer stand in the quotation: the part that was found, or else the answering sentence."""
    part = quote.answer_part
    inside = part is not None and quote.answer.start <= part.start < part.end <= quote.answer.end
    marked = part if part is not None and inside else quote.answer
    return marked.start - quote.span.start, marked.end - quote.span.start


def referent_of(quote: "Quote") -> str | None:
    """What a pronoun in the quotation stands for. It is a word of ours: it goes before the quotation, not into it."""
    return quote.referent
