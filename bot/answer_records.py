"""What an answer showed, kept on disk so that its buttons still work after a restart. Positions are kept, never the texts.

A passage is read again from the current generation each time it is shown; one that is no longer there letter for letter is
not shown, and its number stays its own.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.bot_database import BotDatabase
from corpus.article import Span
from corpus.errors import CorpusbotError
from corpus.store import CorpusStore, Filters
from embeddings.answers import Abstention, Reply
from embeddings.conversation.follow_ups import Turn
from embeddings.quotes import Quote

KEPT_DAYS = 7  # how long buttons work, unless questions are kept for less
ID_BYTES = 9  # of an answer's id: nobody guesses another one's
DIGEST_LETTERS = 16


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Where a quotation stood: its article, span, answering sentence and marked words, in code points, and a digest of it."""

    article_id: str
    start: int
    end: int
    answer_start: int
    answer_end: int
    paragraph: int
    digest: str
    referent: str | None = None
    part: tuple[int, int] | None = None
    twins: tuple["ShownQuote", ...] = ()


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer as its buttons know it.

    `quotes` are numbered from 1 in their order, on every page; the first `sure` of them answer, the others only come near.
    A page holds at most `a_page` of them, and at most `room` letters of them. `question` and `turn` are `None` where questions
    are not kept, and so are `filters`, which the member had set. `member` is the asker's pseudonym; `discreet` tells that
    they chose to be answered privately, so that no word of theirs is kept.
    """

    member: str
    language: str
    private: bool
    caution: bool
    quotes: tuple[ShownQuote, ...]
    sure: int
    a_page: int
    room: int
    question: str | None = None
    turn: Turn | None = None
    question_id: int | None = None
    server_id: int | None = None
    filters: Filters | None = None
    discreet: bool = False


def shown_quote(quote: Quote) -> ShownQuote:
    """What is kept of a quotation."""
    part = (quote.answer_part.start, quote.answer_part.end) if quote.answer_part else None
    place = (quote.article.id, quote.span.start, quote.span.end, quote.answer.start, quote.answer.end, quote.paragraph)
    return ShownQuote(*place, _digest(quote.text), quote.referent, part, tuple(shown_quote(twin) for twin in quote.twins))


def passages_of(reply: Reply) -> tuple[tuple[Quote, ...], int]:
    """All passages that a reply can show, in the order of their numbers, and how many of them answer."""
    if isinstance(reply, Abstention):
        return reply.nearest, 0
    return (*reply.quotes, *reply.further), len(reply.quotes)


def quotes_of(shown: Sequence[ShownQuote], store: CorpusStore) -> list[Quote | None]:
    """The quotations as the store has them now; `None` in the place of one that has changed or is gone."""
    return [_quote_of(one, store) for one in shown]


def _quote_of(shown: ShownQuote, store: CorpusStore) -> Quote | None:
    span, answer = (Span(shown.article_id, *ends) for ends in ((shown.start, shown.end), (shown.answer_start, shown.answer_end)))
    try:
        article, text, answer_text = store.article(shown.article_id), store.read_span(span), store.read_span(answer)
    except (CorpusbotError, KeyError, IndexError):  # the article is gone, or shorter than it was
        return None
    if _digest(text) != shown.digest:
        return None
    twins = tuple(twin for one in shown.twins if (twin := _quote_of(one, store)))
    part = Span(article.id, *shown.part) if shown.part else None
    return Quote(span, text, answer, answer_text, article, shown.paragraph, 0.0, 0, twins, shown.referent, part)


class AnswerRecords:
    """The table `answers`; its rows expire."""

    def __init__(
        self, database: BotDatabase, kept_days: int, now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        """Read and write through the bot's database.

        Args:
            kept_days: of questions; with 0 no question's text is written, and follow-ups by button start anew.
            now: UTC.
        """
        self._database, self._kept_days, self._now = database, kept_days, now

    def add(self, shown: ShownAnswer) -> str:
        """Keep an answer; returns its id, twelve letters that are safe in a button's id."""
        identifier = secrets.token_urlsafe(ID_BYTES)
        if not self._kept_days:
            shown = replace(shown, question=None, turn=None, filters=None)
        expires = self._now() + dt.timedelta(days=min(KEPT_DAYS, self._kept_days or KEPT_DAYS))
        row = {"id": identifier, "member": shown.member, "question_id": shown.question_id, "expires_at": expires.isoformat()}
        with self._database.turn() as db:
            db.table("answers").insert(row | {"shown": json.dumps(asdict(shown), default=str)})
        return identifier

    def placed(self, identifier: str, channel_id: int, message_id: int) -> None:
        """Remember in which message an answer stands, so that its buttons can be taken away when they expire."""
        with self._database.turn() as db:
            db.execute("UPDATE answers SET channel_id = ?, message_id = ? WHERE id = ?", (channel_id, message_id, identifier))

    def get(self, identifier: str) -> ShownAnswer | None:
        """An answer by its id; `None` when it has expired, was deleted by its asker, or cannot be read any more."""
        with self._database.turn(writing=False) as db:
            rows = list(db.query("SELECT shown FROM answers WHERE id = ? AND expires_at > ?", (identifier, self._stamp())))
        return _read(rows[0]["shown"]) if rows else None

    def turn_in(self, message_id: int) -> Turn | None:
        """The turn that a message of ours answered, for whoever replies to it; `None` where nothing is kept of it."""
        query = "SELECT shown FROM answers WHERE message_id = ? AND expires_at > ?"
        with self._database.turn(writing=False) as db:
            rows = list(db.query(query, (message_id, self._stamp())))
        shown = _read(rows[0]["shown"]) if rows else None
        return shown.turn if shown else None

    def expired(self) -> list[tuple[str, int | None, int | None]]:
        """Ids of the answers whose time is over, each with its channel and message where known."""
        query = "SELECT id, channel_id, message_id FROM answers WHERE expires_at <= ? ORDER BY expires_at"
        with self._database.turn(writing=False) as db:
            return [(row["id"], row["channel_id"], row["message_id"]) for row in db.query(query, (self._stamp(),))]

    def drop(self, identifier: str) -> None:
        """Forget an answer."""
        with self._database.turn() as db:
            db.execute("DELETE FROM answers WHERE id = ?", (identifier,))

    def _stamp(self) -> str:
        return self._now().isoformat()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LETTERS]


def _read(text: str) -> ShownAnswer | None:
    """A record back from JSON; `None` where another version of this program wrote it in another shape."""
    try:
        fields: dict[str, Any] = json.loads(text)
        fields.setdefault("discreet", fields["private"])  # the version before did not tell the member's choice from the server's
        turn = Turn(**_tuples(fields.pop("turn"))) if fields.get("turn") else None
        quotes = tuple(_shown_quote(one) for one in fields.pop("quotes"))
        filters = _filters(fields.pop("filters", None))
        return ShownAnswer(**(fields | {"quotes": quotes, "turn": turn, "filters": filters}))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _shown_quote(fields: Mapping[str, Any]) -> ShownQuote:
    twins = tuple(_shown_quote(twin) for twin in fields["twins"])
    part = (fields["part"][0], fields["part"][1]) if fields["part"] else None
    return ShownQuote(**(dict(fields) | {"twins": twins, "part": part}))


def _filters(fields: Mapping[str, Any] | None) -> Filters | None:
    if not fields:
        return None
    since, until = (dt.date.fromisoformat(day) if day else None for day in (fields["since"], fields["until"]))
    return Filters(tuple(fields["article_ids"]), fields["publisher"], since, until)


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
