"""One article: its text, what is known of its source, and how it is kept in a file.

Does not clean furniture away (`corpus.cleaning`) and reads no foreign formats (`corpus.importing`): a file of the
collection is front matter plus text that is quoted as it stands.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from corpus.cleaning import is_heading, normalise
from corpus.errors import ArticleError

ARTICLE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID_LENGTH = 100


class Kind(StrEnum):
    """Whether we hold the publisher's own text or our account of it."""

    ORIGINAL = "original"
    BRIEF = "brief"


@dataclass(frozen=True)
class Span:
    """A stretch of one article's cleaned text.

    `start` and `end` count code points, end excluded: `text[start:end]` is the quotation.
    """

    article_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and where it stands; `number` counts from 1 and leaves headings out."""

    number: int
    start: int
    end: int
    heading: str | None


@dataclass(frozen=True)
class Article:
    """An article of the collection. What is `None` is not known, and is never guessed.

    `text` is NFC; paragraphs are parted by one blank line, headings begin with `#` and a space.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_on: dt.date | None = None
    url: str | None = None
    language: str = "en"
    kind: Kind = Kind.ORIGINAL

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal: the same text is the same article."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def source_digest(self) -> str:
        """SHA-256 of text and source together: it changes when anything a reader sees changes."""
        source = (self.id, self.title, self.publisher, self.author, str(self.published_on), self.url, self.language, self.kind)
        return hashlib.sha256(repr((source, self.digest)).encode()).hexdigest()

    def quote(self, span: Span) -> str:
        """The letters that a span stands for."""
        return self.text[span.start : span.end]

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs in order, each with the heading that it stands under; headings themselves left out."""
        found: list[Paragraph] = []
        heading: str | None = None
        for match in re.finditer(r"[^\n]+", self.text):
            if is_heading(match.group()):
                heading = match.group().lstrip("#").strip()
            else:
                found.append(Paragraph(len(found) + 1, match.start(), match.end(), heading))
        return found


def read_article(path: Path) -> Article:
    """Read one file of the collection.

    Raises:
        ArticleError: no front matter, a missing or malformed value, or no text; the sentence names path and line.
    """
    try:
        raw = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"{path}: cannot be read as UTF-8 text ({error}). Run: corpusbot import {path}") from error
    try:
        post = frontmatter.loads(raw)
    except (yaml.YAMLError, ValueError) as error:
        raise front_matter_error(error, str(path)) from error
    return article_from_metadata(post.metadata, normalise(post.content), f"{path}", raw)


def front_matter_error(error: yaml.YAMLError | ValueError, where: str) -> ArticleError:
    """The sentence for front matter that cannot be read; a day that no calendar has is YAML's only `ValueError`."""
    if isinstance(error, ValueError):
        return ArticleError(f"{where}: the front matter holds a date that does not exist ({error}). Write it like 2025-03-05.")
    mark = getattr(error, "problem_mark", None)
    # The mark counts from 0 after the opening "---" line.
    line = mark.line + 2 if mark else 1
    return ArticleError(f"{where}:{line}: the front matter is not valid YAML. Mend that line.")


def article_from_metadata(metadata: dict[str, Any], text: str, where: str, raw: str = "") -> Article:
    """Build an article from front matter or a `sources.toml` table.

    Args:
        where: what an error names, usually the path.
        raw: the file's text, to name the line of a bad value.
    Raises:
        ArticleError: an unknown key, a malformed value, no id or no text.
    """

    def fail(key: str, problem: str) -> ArticleError:
        if not raw:
            return ArticleError(f"{where}: {problem}")
        line = next((n for n, row in enumerate(raw.splitlines(), 1) if row.startswith(f"{key}:")), 1)
        return ArticleError(f"{where}:{line}: {problem}")

    known = {"id", "title", "publisher", "author", "published_on", "url", "language", "kind"}
    for key in sorted(set(metadata) - known):
        raise fail(key, f"unknown key {key!r}. Known keys: {', '.join(sorted(known))}.")
    values = {key: _plain(value) for key, value in metadata.items()}
    for key in known - {"published_on"}:
        if values.get(key) is not None and not isinstance(values[key], str):
            raise fail(key, f"{key} is {values[key]!r}, but must be text. Put it in quotation marks.")
    article_id = values.get("id") or ""
    if not ARTICLE_ID.fullmatch(article_id) or len(article_id) > MAX_ID_LENGTH:
        raise fail("id", f"id is {article_id!r}, but must be lower-case letters, digits and single hyphens.")
    published_on = values.get("published_on")
    if isinstance(published_on, str):
        try:
            published_on = dt.date.fromisoformat(published_on)
        except ValueError:
            raise fail("published_on", f"published_on is {published_on!r}, but must be a date like 2025-03-05.") from None
    if published_on is not None and not isinstance(published_on, dt.date):
        raise fail("published_on", f"published_on is {published_on!r}, but must be a date like 2025-03-05.")
    kind = values.get("kind") or Kind.ORIGINAL
    if kind not in set(Kind):
        raise fail("kind", f"kind is {kind!r}, but must be one of: {', '.join(Kind)}.")
    url = values.get("url")
    if url is not None and not re.match(r"https?://[^\s]+$", url):
        raise fail("url", f"url is {url!r}, but must begin with http:// or https://.")
    if not text:
        raise ArticleError(f"{where}: there is no text in it. Add the article's text or remove the file.")
    return Article(
        id=article_id,
        text=text,
        title=values.get("title"),
        publisher=values.get("publisher"),
        author=values.get("author"),
        published_on=published_on,
        url=url,
        language=values.get("language") or "en",
        kind=Kind(kind),
    )


def _plain(value: Any) -> Any:
    """A date without its time, text without outer spaces, and nothing for the empty string."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str):
        return normalise(value).replace("\n", " ") or None
    return value


def file_name(article: Article) -> str:
    """Where a collection keeps an article; a brief's name says so, so that it never overwrites an original."""
    return f"{article.id}.brief.md" if article.kind is Kind.BRIEF else f"{article.id}.md"


def article_file_text(article: Article) -> str:
    """The file that `read_article` reads back as the same article."""
    metadata: dict[str, Any] = {
        key: value
        for key in ("id", "title", "publisher", "author", "published_on", "url", "language")
        if (value := getattr(article, key)) is not None
    }
    metadata["kind"] = str(article.kind)
    return frontmatter.dumps(frontmatter.Post(article.text, **metadata), sort_keys=False, width=1000) + "\n"
