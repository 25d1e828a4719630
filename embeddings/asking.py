"""A question as it was typed -> the question that is answered, the filters that its words ask for, and the reply.

Joins follow-ups (`embeddings.conversation`), filters in words (`embeddings.filters`) and answering (`embeddings.answers`);
each of those lives in its own package. Searches nothing itself.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.store import Filters
from embeddings.abstention import Abstainer
from embeddings.answers import Abstention, Answer, Reply, answer_question
from embeddings.conversation.chinese import has_chinese, in_english
from embeddings.conversation.follow_ups import MORE, SOURCES, Resolved, Turn, resolve
from embeddings.crosslingual.languages import language_of
from embeddings.encoder import Encoded, Encoder
from embeddings.filters.publication_dates import MONTHS, YEAR
from embeddings.filters.question_filters import FoundFilters, filters_in
from embeddings.generation import Generation
from embeddings.question import read_question
from embeddings.quotes import FURTHER_SHARE, MAX_QUOTES, Quote

NOTHING_FURTHER = "The articles say nothing further on this."
# Who asks for more takes passages that come less close than those of the first answer.
MORE_SHARE = 0.6
COMPARING = re.compile(
    r"\b(?:compare[ds]?|the same|differ(?:s|ent|ently)?|match(?:es)?|(?:dis)?agrees?|contradicts?|both|which one|versus|vs)\b"
    r"|比较|相比|相同|一致|不同",
    re.I,
)
YEARS = re.compile(rf"(?<![\d.,]){YEAR}(?!,?\d)")
OTHERS = re.compile(r"\b(?:other|another|further|more|second|else)\b|其他|别的|还有", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply, and what was made of the question before it was answered.

    `question_asked` is the question with what a follow-up left out put in, and `rewritten` says whether that changed it.
    `filter_labels` are for display: "publisher: China Daily". `reply.question` is the question as it was typed. `subject`
    is what a wish for more is about: the question before it.
    """

    reply: Reply
    question_asked: str
    rewritten: bool = False
    filter_labels: tuple[str, ...] = ()
    subject: str = ""

    @property
    def turn(self) -> Turn:
        """What the next question may refer to."""
        question = self.subject or self.question_asked
        if isinstance(self.reply, Abstention):
            return Turn(question)
        quotes = self.reply.quotes
        return Turn(question, tuple(quote.text for quote in quotes), quotes[0].answer_text)


def resolved_question(text: str, turns: Sequence[Turn] = ()) -> Resolved:
    """What a question stands for after the turns before it; `text` is what the encoder is given.

    Args:
        turns: oldest first.
    """
    resolved = resolve(read_question(text).text, turns)
    return replace(resolved, text=read_question(resolved.text).text)


def ask_collection(
    text: str,
    generation: Generation,
    encoder: Encoder,
    encoded: Encoded | None = None,
    filters: Filters | None = None,
    count: int = MAX_QUOTES,
    turns: Sequence[Turn] = (),
    today: dt.date | None = None,
    second: Encoder | None = None,
    abstainer: Abstainer | None = None,
) -> Asked:
    """Answer a question as people ask it: a follow-up, or with "according to China Daily" in it.

    Args:
        encoded: the vectors of `resolved_question(text, turns).text`, if it is encoded already.
        filters: set by hand; they win over those that the question's words ask for.
        count: quotes wanted, at least one.
        turns: of the same talk, oldest first.
        today: what "last year" counts from; today by default.
        second: the encoder for questions in other languages; without it such a question is declined.
        abstainer: decides whether passages answer an English question; the one that ships by default.
    """
    resolved = resolved_question(text, turns)
    more = _asks_for_more(text) if resolved.rewritten else None
    shown = sum(len(turn.quotes) for turn in turns) if more else None
    asker = _Asker(generation, encoder, second, abstainer, resolved.text, encoded, count, shown)
    # A filter set by hand is what the asker wants: the words are read for none then.
    found = FoundFilters(filters, resolved.text, explicit=True) if filters else _read(resolved.text, generation, today)
    reply, labels = _filtered(asker, resolved.text, found)
    if more:
        reply = _further(reply, turns if more.others else (), count)
    typed = read_question(text).text
    # "那2035年呢？" after an English question is answered as one in English, but who asked writes Chinese.
    reply = replace(reply, question=typed, language=language_of(typed))
    return Asked(reply, resolved.text, resolved.rewritten, labels, turns[-1].question if more else "")


# --- filters in words ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asker:
    """Answers texts of one question; a text that is encoded already is not encoded again.

    `shown` is how many quotes of earlier turns may have to make room for others, and `None` where nobody asks for more.
    """

    generation: Generation
    encoder: Encoder
    second: Encoder | None
    abstainer: Abstainer | None
    encoded_text: str
    encoded: Encoded | None
    count: int
    shown: int | None

    def reply(self, text: str, filters: Filters | None = None) -> Reply:
        """Answer one text."""
        encoded = self.encoded if text == self.encoded_text else None
        count, share = (self.count, FURTHER_SHARE) if self.shown is None else (self.count + self.shown, MORE_SHARE)
        return answer_question(text, self.generation, self.encoder, encoded, filters, count, self.abstainer, share, self.second)


def _read(text: str, generation: Generation, today: dt.date | None) -> FoundFilters:
    found = filters_in(text, generation.store.articles(), today or dt.date.today())
    # Of two sources that are compared, one may be named in a way that is read as a filter: it would shut out the other.
    alone = found.filters.publisher or len(found.filters.article_ids) == 1
    return FoundFilters(Filters(), text) if found.explicit and alone and COMPARING.search(text) else found


def _filtered(asker: _Asker, text: str, found: FoundFilters) -> tuple[Reply, tuple[str, ...]]:
    """The reply with the filters that were found, and the labels of those that hold."""
    if found.unknown_source:
        return _declined(asker.reply(text), unknown_source_sentence(found.unknown_source, text)), ()
    if found.explicit:
        return asker.reply(found.rest, found.filters), found.labels
    unfiltered = asker.reply(text)
    if not found.filters or any(_holds_moment(quote, found.filters) for quote in _passages(unfiltered)[:1]):
        return unfiltered, ()
    # "In 2025" may say when something happened or when it was reported: here no passage says that it happened then.
    filtered = asker.reply(found.rest, found.filters)
    kept = isinstance(filtered, Answer) and not _of_another_year(filtered.quotes[0], found.filters)
    return (filtered, found.labels) if kept else (unfiltered, ())


def unknown_source_sentence(source: str, question: str) -> str:
    """That the collection has nothing from an outlet, with the article that the question gives its name."""
    name = source.removeprefix("The ")
    article = "the " if source != name or re.search(rf"\bthe {re.escape(name)}\b", question, re.I) else ""
    return f"The collection holds no article from {article}{name}."


def _declined(reply: Reply, reason: str) -> Abstention:
    """What was found, told as the nearest passages and no answer."""
    known = (reply.generation, reply.stage_ms, reply.language, reply.read_as)
    return Abstention(reply.question, reason, 0.0, _passages(reply), *known)


def _passages(reply: Reply) -> tuple[Quote, ...]:
    return reply.quotes if isinstance(reply, Answer) else reply.nearest


def _holds_moment(quote: Quote, filters: Filters) -> bool:
    """Whether a quote itself speaks of the year or the month that the question names."""
    days = [day for day in (filters.since, filters.until) if day]
    if any(str(day.year) in quote.text for day in days):
        return True
    months = {(day.year, day.month) for day in days}
    month = MONTHS[days[0].month - 1] if len(days) == 2 and len(months) == 1 else None
    return month is not None and re.search(rf"\b{month}[a-z]*\b", quote.text) is not None


def _of_another_year(quote: Quote, filters: Filters) -> bool:
    """Whether what was reported in the year asked for says that it happened in others, such as "in December 2023"."""
    return YEARS.search(quote.text) is not None and not _holds_moment(quote, filters)


# --- more of the same ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _More:
    """A wish for more quotes; `others` when those that were shown already are not wanted again."""

    others: bool


def _asks_for_more(question: str) -> _More | None:
    words = " ".join(question.split())
    english = (in_english(words) or "") if has_chinese(words) else words
    if MORE.match(english):
        return _More(True)
    return _More(OTHERS.search(words) is not None) if SOURCES.match(english) else None


def _further(reply: Reply, turns: Sequence[Turn], count: int) -> Reply:
    """The quotes that no turn has shown yet; a decline when none is left."""
    if isinstance(reply, Abstention):
        return reply
    shown = [text for turn in turns for text in turn.quotes]
    fresh = tuple(quote for quote in reply.quotes if not any(quote.answer_text in text for text in shown))[:count]
    if len(fresh) == len(reply.quotes):
        return reply
    if not fresh:
        return replace(_declined(reply, NOTHING_FURTHER), nearest=())
    # A disagreement counts the quotes as they stood together.
    return replace(reply, quotes=fresh, disagreement=None, further=())
