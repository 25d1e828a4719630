"""Finding articles and publishers by what somebody types, and naming them in one line. Pure functions.

By letters alone, in English and Chinese titles alike; no model is asked, since Discord wants an answer at each letter.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date
from rapidfuzz import fuzz

from bot.panels import CHOICE_LETTERS, MOST_CHOICES
from bot.render import shortened
from bot.wording import ENGLISH, LANGUAGES, Wording, wording
from corpus.article import Article, Kind
from corpus.scripts import HAN_LETTER, narrow

PUBLISHER_LETTERS = 30  # of a line that names an article: the title matters more
LEAST_LIKENESS = 75  # of 100 in rapidfuzz, as `embeddings.metrics.metric_search` has it
SIGNS = re.compile(r"[\W_]+")
LEAST_TYPED = 4  # letters, from which on a typing mistake can be told from another word


@dataclass(frozen=True, slots=True)
class Name:
    """An article and the words it is found by: its title, and all that is known of it, in lower case without signs."""

    article: Article
    title: str
    words: tuple[str, ...]


def name_of(article: Article) -> Name:
    """What an article is found by: title, id, publisher, author, day."""
    title = plain(article.title or "")
    known = (article.id, article.publisher, article.author, *_day_words(article.published_on))
    return Name(article, title, tuple(" ".join([title, *(plain(one or "") for one in known)]).split()))


def _day_words(day: dt.date | None) -> list[str]:
    """A day as people write it: as ISO 8601 has it, as the choices show it in each language, and its month by name."""
    if day is None:
        return []
    shown = [wording(language).day(day) for language in (ENGLISH, *LANGUAGES)]
    months = [format_date(day, "MMMM", locale=language) for language in (ENGLISH, *LANGUAGES)]
    return [str(day), *shown, *months, f"{day.month}月{day.day}日", str(day.day)]


def find_articles(typed: str, names: Sequence[Name], mistakes: bool = True) -> list[Article]:
    """The articles that somebody means, at most 25.

    Args:
        mistakes: whether words that are only like a title count as well.
    Returns:
        Best first: exact title or id; a title that begins so; one that has the words, or whose publisher, author or day has
        them; one that was meant with a typing mistake. All, in their own order, for no words at all.
    """
    asked = plain(typed)
    if not asked:
        return [name.article for name in names[:MOST_CHOICES]]
    least = 0.0 if mistakes else 1.0
    ranked = [(score, place) for place, name in enumerate(names) if (score := _score(asked, name)) and score >= least]
    ranked.sort(key=lambda entry: (-entry[0], entry[1]))
    return [names[place].article for _, place in ranked[:MOST_CHOICES]]


def find_publishers(typed: str, publishers: Sequence[str]) -> list[str]:
    """The publishers that somebody means, at most 25: those that begin so, then those that have the letters."""
    asked = plain(typed)
    found = [name for name in publishers if asked in plain(name)]
    return sorted(found, key=lambda name: not plain(name).startswith(asked))[:MOST_CHOICES]


def exact_article(typed: str, names: Sequence[Name]) -> Article | None:
    """The one article with an id or a title; nothing where two share the title."""
    asked = plain(typed)
    same = [name.article for name in names if typed == name.article.id or (asked and asked == name.title)]
    return same[0] if len(same) == 1 else next((one for one in same if one.id == typed), None)


def label_of(article: Article, say: Wording) -> str:
    """An article in one line of at most 100 letters: title, publisher, day. Discord shows it letter for letter."""
    source = source_label(article, say)
    if not source:
        return title_words(article, say, CHOICE_LETTERS)
    return f"{title_words(article, say, CHOICE_LETTERS - len(source) - 3)} · {source}"


def source_label(article: Article, say: Wording) -> str:
    """Publisher and day, as far as they are known, in at most 100 letters."""
    day = say.day(article.published_on) if article.published_on else ""
    publisher = shortened(article.publisher or "", PUBLISHER_LETTERS)
    return " · ".join(part for part in (publisher, day) if part)


def title_words(article: Article, say: Wording, limit: int) -> str:
    """An article's title, or that it has none, in at most `limit` letters; that a brief is one is said behind it."""
    title = article.title or say("untitled article")
    if article.kind is not Kind.BRIEF:
        return shortened(title, limit)
    return say("{title} (brief)", title=shortened(title, limit - len(say("{title} (brief)", title=""))))


def plain(text: str) -> str:
    """Lower case, narrow letters, single spaces, no signs."""
    return SIGNS.sub(" ", narrow(text).casefold()).strip()


def _score(asked: str, name: Name) -> float:
    """How well words name an article: 4 exactly, 1 to 3 surely, below 1 perhaps, 0 not at all."""
    if asked in (name.title, plain(name.article.id)):
        return 4.0
    if name.title.startswith(asked):
        return 3.0
    if asked in name.title:
        return 2.0
    if all(any(own.startswith(word) for own in name.words) for word in asked.split()):
        return 1.0
    if HAN_LETTER.search(asked):
        return _shared_signs(asked, name.title)
    likeness = fuzz.partial_ratio(asked, name.title) if LEAST_TYPED <= len(asked) <= len(name.title) else 0
    return likeness / 200 if likeness >= LEAST_LIKENESS else 0.0


def _shared_signs(asked: str, title: str) -> float:
    """The share of pairs of neighbouring signs that a title has of those typed, halved; at least half of them must be there."""
    pairs = {asked[place : place + 2] for place in range(len(asked) - 1)}
    share = sum(pair in title for pair in pairs) / len(pairs) if pairs else 0.0
    return share / 2 if share >= 0.5 else 0.0
