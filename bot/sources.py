"""How a source is named to readers, in Discord and on the terminal alike. Pure functions."""

from corpus.article import Article, Kind


def title_of(article: Article) -> str:
    """The title in quotation marks, or that there is none; a title of our own making keeps its square brackets."""
    if article.title is None:
        return "untitled article"
    return article.title if article.title.startswith("[") else f"“{article.title}”"


def source_line(article: Article, paragraph: int | None = None) -> str:
    """Title, publisher, date and paragraph, as in `brief of “…”, China Economic Net, 5 Mar 2025, ¶ 4`.

    What is unknown is said to be unknown.
    """
    brief = "brief of " if article.kind is Kind.BRIEF else ""
    day = article.published_on
    parts = [
        f"{brief}{title_of(article)}",
        article.publisher or "publisher unknown",
        f"{day.day} {day:%b %Y}" if day else "date unknown",
    ]
    if paragraph is not None:
        parts.append(f"¶ {paragraph}")
    return ", ".join(parts)
