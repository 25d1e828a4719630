"""How a source is named to readers, in Discord and on the terminal alike. Pure functions."""

from bot.wording import Wording, wording
from corpus.article import Article, Kind


def title_of(article: Article, say: Wording | None = None) -> str:
    """The title in quotation marks, or that there is none; a title of our own making keeps its square brackets."""
    say = say or wording()
    if article.title is None:
        return say("untitled article")
    return article.title if article.title.startswith("[") else f"“{article.title}”"


def source_line(article: Article, paragraph: int | None = None, say: Wording | None = None) -> str:
    """Title, publisher, date and paragraph, as in `brief of “…”, China Economic Net, 5 Mar 2025, ¶ 4`.

    What is unknown is said to be unknown.

    Args:
        say: the reader's language; English by default.
    """
    say = say or wording()
    title = title_of(article, say)
    parts = [
        say("brief of {title}", title=title) if article.kind is Kind.BRIEF else title,
        article.publisher or say("publisher unknown"),
        say.day(article.published_on) if article.published_on else say("date unknown"),
    ]
    if paragraph is not None:
        parts.append(f"¶ {paragraph}")
    return say(", ").join(parts)
