"""A folder of articles, one file each: read it whole, put one article into it.

Knows nothing of where articles come from (`corpus.importing`).
"""

import os
import tempfile
from pathlib import Path

from corpus.article import Article, Kind, article_file_text, file_name, read_article
from corpus.errors import ArticleError, CollectionError


def read_collection(folder: Path) -> list[Article]:
    """All articles of a collection folder, by id; an original takes the place of the brief with the same id.

    Raises:
        CollectionError: the folder is missing or holds no article.
        ArticleError: a file is malformed, or two files of one kind claim the same id.
    """
    if not folder.is_dir():
        raise CollectionError(f"The collection folder {folder} does not exist. Set COLLECTION_DIR, or run: corpusbot import PATH")
    articles = held_articles(folder)
    if not articles:
        raise CollectionError(f"The collection folder {folder} holds no articles. Run: corpusbot import PATH")
    return articles


def held_articles(folder: Path) -> list[Article]:
    """As `read_collection`, but an empty folder holds no articles."""
    held: dict[tuple[str, Kind], Path] = {}
    articles: dict[str, Article] = {}
    for path in sorted(folder.glob("*.md")):
        if is_documentation(path):
            continue
        article = read_article(path)
        if (other := held.setdefault((article.id, article.kind), path)) != path:
            raise ArticleError(f"{path}:1: the id {article.id!r} is taken by {other}. Change one of them.")
        if article.kind is Kind.ORIGINAL or article.id not in articles:
            articles[article.id] = article
    # The same text under two ids is kept once, under the first id.
    by_digest: dict[str, Article] = {}
    for _, article in sorted(articles.items()):
        by_digest.setdefault(article.digest, article)
    return list(by_digest.values())


def is_documentation(path: Path) -> bool:
    """Whether a file talks about a folder, as README files do, instead of being an article in it."""
    return path.stem.casefold() in {"readme", "license", "changelog", "notice"}


def write_article(article: Article, collection: Path) -> Path:
    """Put an article into a collection folder in one step, so that a crash leaves the old file or the new one.

    Raises:
        CollectionError: the folder cannot be written.
    """
    path = collection / file_name(article)
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=collection, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(article_file_text(article))
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise CollectionError(f"{path} cannot be written: {error.strerror}.") from error
    return path
