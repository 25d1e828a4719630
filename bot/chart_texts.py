"""The words in and under a chart: what stands at a point, which article a colour is, what could not be drawn.

Draws nothing (`bot.charts`).
"""

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.figure_wording import figure_value, period_words, short_period, status_words, unit_name
from bot.sources import title_of
from bot.wording import Wording, wording
from corpus.article import Article
from corpus.figure_store import StoredFigure

MAX_ALT_TEXT = 1024  # Discord's limit for the description of an attached file
ROOM_FOR_MORE = 30  # letters of "; and 12 more."
# Fonts with Chinese letters under the names they are installed by; matplotlib brings none.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
    "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "SimHei", "Arial Unicode MS",
)  # fmt: skip


def alt_text(title: str, figures: Sequence[StoredFigure], say: Wording | None = None) -> str:
    """A chart in words for those who cannot see it, each value with time, status and source; at most 1,024 characters."""
    say = say or wording()
    text = shortened(say("Chart: {title}.", title=title), MAX_ALT_TEXT // 4)
    for number, stored in enumerate(figures):
        part = f" {_told(stored, say)}" + say(".")
        room = MAX_ALT_TEXT - (ROOM_FOR_MORE if number + 1 < len(figures) else 0)
        if len(text) + len(part) > room:
            return f"{text} " + say("And {count} more.", count=len(figures) - number)
        text += part
    return text


def _told(stored: StoredFigure, say: Wording) -> str:
    figure = stored.figure
    facts = say(", ").join((figure_value(stored, say), period_words(figure.period, say), status_words(figure.status, say)))
    return say("{value} ({facts})", value=facts, facts=source_words(stored.article, say))


def point_label(stored: StoredFigure, say: Wording) -> str:
    """Value and time, one above the other; a unit that is a word stands beside the axis, once."""
    figure = stored.figure
    if unit_name(figure.unit, say.language):
        stored = replace(stored, figure=replace(figure, unit="count"))
    return f"{figure_value(stored, say)}\n{short_period(figure.period, say)}"


def source_words(article: Article, say: Wording) -> str:
    """Publisher and day of an article, the title where the publisher is unknown, as far as they can be drawn."""
    day = say.day(article.published_on) if article.published_on else say("date unknown")
    return f"{_publisher(article, say)}, {day}"


def legend(articles: Sequence[Article], say: Wording) -> list[str]:
    """A line for each article: publisher and day, or the title where that is unknown or would name two of them."""
    short = [source_words(article, say) for article in articles]
    titles = [_title(article, say) or text for article, text in zip(articles, short, strict=True)]
    unsure = [article.publisher is None or short.count(text) > 1 for article, text in zip(articles, short, strict=True)]
    return [title if one else text for one, title, text in zip(unsure, titles, short, strict=True)]


def notes(undated: Sequence[StoredFigure], other_unit: Sequence[StoredFigure], say: Wording) -> list[str]:
    """What is not drawn, and why: a line for each reason that applies."""
    found = []
    if undated:
        found.append(say("Without a date: {values}", values=_listed(undated, say)))
    if other_unit:
        found.append(say("In another unit, not drawn: {values}", values=_listed(other_unit, say)))
    return found


def _listed(figures: Sequence[StoredFigure], say: Wording) -> str:
    return say("; ").join(figure_value(stored, say) for stored in figures)


def _publisher(article: Article, say: Wording) -> str:
    return article.publisher if article.publisher and is_drawable(article.publisher) else _title(article, say) or article.id


def _title(article: Article, say: Wording) -> str:
    return title_of(article, say) if article.title and is_drawable(article.title) else ""


def shortened(text: str, width: int) -> str:
    """A text of one line, cut at a word and ended with an ellipsis where it is longer than `width` letters."""
    if len(text) <= width:
        return text
    cut = textwrap.shorten(text, width, placeholder=" …")
    # One long word, as a Chinese title is one, would leave only the ellipsis.
    return cut if len(cut) > width // 2 else f"{text[: width - 1]}…"


def is_drawable(text: str) -> bool:
    """Whether the fonts at hand have all letters of a text; of others a chart would show empty boxes."""
    return all(ord(letter) in _letters() for letter in text if not letter.isspace())


@cache
def families() -> tuple[str, ...]:
    """The fonts that a chart is drawn with; a letter that the first lacks is taken from the next."""
    from matplotlib import font_manager  # reads the fonts of the machine: a second the first time

    installed = {font.name for font in font_manager.fontManager.ttflist}
    return ("DejaVu Sans", *(name for name in CHINESE_FONTS if name in installed))


@cache
def _letters() -> frozenset[int]:
    from matplotlib import font_manager  # as above

    found: set[int] = set()
    for name in families():
        found |= font_manager.get_font(font_manager.findfont(name)).get_charmap().keys()
    return frozenset(found)
