"""What a member sets beside a question -> the filters of the search, or the sentence that says what is wrong with it."""

import datetime as dt
import difflib
import re

from bot.article_names import plain, source_label
from bot.render import shortened
from bot.wording import Wording
from corpus.article import Article
from corpus.errors import CorpusbotError
from corpus.store import CorpusStore, Filters
from embeddings.filters.publication_dates import Period, days_of, label_of

LIKENESS = 0.4  # difflib's, from which on a name may be meant
NAMES_OFFERED = 3
UNSURE = re.compile(
    r"\d{1,3}|\d{4}[-/.](?:1[3-9]|[2-9]\d|00)\b.*|\d{4}年(?:1[3-9]|[2-9]\d)月.*|(?:0?\d|1[0-2])([/.-])(?:0?\d|1[0-2])\1\d{2,4}"
    r"|\d{1,2}/\d{1,4}|.*\d:\d\d.*|\d{1,2} ?[ap]\.?m\.?|.*\d0s|[Qq][1-4]\b.*"
)
NAME_SHOWN = 200  # letters, before escaping


class FilterError(CorpusbotError):
    """An article, publisher or day that a member set is not one; the text is for the member, in their language."""


def read_filters(
    store: CorpusStore,
    article: str | None,
    publisher: str | None,
    since: str | None,
    until: str | None,
    say: Wording,
    today: dt.date | None = None,
) -> Filters:
    """The filters that a member means; blocks, for the library that reads days loads slowly.

    Args:
        article: an id, as a choice gives it, or a title.
        publisher: part of a name, in any case.
        since, until: a day, month or year as people write it: "2025-03-05", "March 2025", "2025年3月", "last month".
    Raises:
        FilterError: one of them is not in the collection, is no day, or the days are the wrong way round.
    """
    article, publisher, since, until = (text.strip() if text else text for text in (article, publisher, since, until))
    articles = store.articles()
    ids = (_article(article, articles, say).id,) if article else ()
    days = today or dt.date.today()
    first = _days(since, days, say).since if since else None
    last = _days(until, days, say).until if until else None
    if first and last and first > last:
        raise FilterError(say("“since” ({first}) is later than “until” ({last}).", first=say.day(first), last=say.day(last)))
    return Filters(ids, _publisher(publisher, articles, say) if publisher else None, first, last)


def filter_labels(filters: Filters, store: CorpusStore) -> tuple[str, ...]:
    """What filters let through, as `Wording.label` takes it: "publisher: China Daily", "since 5 Mar 2025"."""
    chosen = [one for one in store.articles() if one.id in filters.article_ids]
    gone = sorted({*filters.article_ids} - {one.id for one in chosen})
    labels = [f"article: {shortened(name, NAME_SHOWN)}" for name in (*(one.title or one.id for one in chosen), *gone)]
    labels += [f"publisher: {filters.publisher}"] if filters.publisher else []
    days = label_of(Period(filters.since, filters.until))
    return (*labels, *([days] if days else []))


def _article(name: str, articles: list[Article], say: Wording) -> Article:
    asked = plain(name)
    chosen = [one for one in articles if one.id == name]
    same = [one for one in articles if asked and plain(one.title or "") == asked]
    held = chosen or same or [one for one in articles if name.casefold() in (one.title or "").casefold()]
    if len(held) == 1:
        return held[0]
    if len({one.title for one in held}) == 1 or same:
        several = say("; ").join(source_label(one, say) or one.id for one in held[:NAMES_OFFERED])
        raise FilterError(
            say("Several articles are called “{name}”: {sources}. Begin to type, and choose one.", name=name, sources=several)
        )
    titles = {one.title or one.id: one for one in articles}
    raise FilterError(_unknown(say("There is no article “{name}”.", name=name), name, list(titles), say))


def _publisher(name: str, articles: list[Article], say: Wording) -> str:
    names = sorted({one.publisher for one in articles if one.publisher})
    if any(name.casefold() in known.casefold() for known in names):
        return name
    raise FilterError(_unknown(say("There is no article of “{name}”.", name=name), name, names, say))


def _unknown(sentence: str, name: str, known: list[str], say: Wording) -> str:
    near = difflib.get_close_matches(name, known, NAMES_OFFERED, LIKENESS) or known[:NAMES_OFFERED]
    names = say("; ").join(shortened(one, NAME_SHOWN) for one in near)
    return say("{sentence} {next}", sentence=sentence, next=say("There are: {names}.", names=names)) if near else sentence


def _days(moment: str, today: dt.date, say: Wording) -> Period:
    # dateparser turns 2025-13-01 around, fills up what a bare number leaves open, and reads 04/01 as the first of April.
    days = None if UNSURE.fullmatch(moment.strip()) else days_of(moment, today)
    if days is None:
        raise FilterError(
            say("“{moment}” is not a day that I can read. Write it like 2025-03-05, March 2025 or 2025.", moment=moment)
        )
    return days
