"""Files, folders and web pages -> articles in a collection folder.

Reads formats with `corpus.formats`, cleans with `corpus.cleaning`; what stays unknown stays unknown. Does not index.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from slugify import slugify

from corpus.article import Article, Kind, article_from_metadata
from corpus.cleaning import remove_furniture
from corpus.collection import held_articles, is_documentation, write_article
from corpus.errors import ArticleError, CollectionError
from corpus.formats import Document, read_document
from corpus.scripts import written_language

SOURCES = "sources.toml"
DEFAULT_MAX_BYTES = 20_000_000
FETCH_TIMEOUT_SECONDS = 30.0


class Outcome(StrEnum):
    """What became of one imported file."""

    NEW = "new"
    UPDATED = "updated"
    REPLACES_BRIEF = "replaces its brief"
    DUPLICATE = "already there"
    ORIGINAL_HELD = "passed over, the original is already there"


@dataclass(frozen=True)
class Imported:
    """A file that is now (or was already) in the collection."""

    source: str
    article: Article
    outcome: Outcome


@dataclass
class ImportReport:
    """What an import did: what went in, and one sentence for each file that did not."""

    imported: list[Imported] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def import_paths(sources: list[str], collection: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> ImportReport:
    """Bring files, folders and web pages into a collection; a bad one is refused and the others still go in.

    Args:
        sources: paths, or addresses that begin with http:// or https://.
        collection: made if it is missing.
        max_bytes: a larger file is refused.
    Raises:
        CollectionError: the collection folder cannot be written or one of its files is malformed.
    """
    try:
        collection.mkdir(parents=True, exist_ok=True)
        held = held_articles(collection)
    except OSError as error:
        raise CollectionError(f"The collection folder {collection} cannot be written: {error.strerror}.") from error
    report = ImportReport()
    contents = {article.digest: article for article in held}
    ids = {article.id: article for article in held}
    for source in sources:
        for name, outcome in _read_source(source, max_bytes, report):
            if isinstance(outcome, ArticleError):
                report.refused.append(str(outcome))
                continue
            imported = _keep(outcome, name, collection, contents, ids)
            report.imported.append(imported)
    return report


def _keep(article: Article, name: str, collection: Path, contents: dict[str, Article], ids: dict[str, Article]) -> Imported:
    derived = article.id.startswith(DERIVED)
    article = replace(article, id=article.id.removeprefix(DERIVED))
    same_text = contents.get(article.digest)
    if same_text and (derived or same_text.id != article.id or same_text.source_digest == article.source_digest):
        return Imported(name, same_text, Outcome.DUPLICATE)
    earlier = ids.get(article.id)
    if derived and earlier is not None:
        # Two different articles with one title: an id made from a title must not overwrite another article.
        article = replace(article, id=f"{article.id[:80]}-{article.digest[:8]}")
        earlier = ids.get(article.id)
    if earlier is not None and earlier.kind is Kind.ORIGINAL and article.kind is Kind.BRIEF:
        return Imported(name, earlier, Outcome.ORIGINAL_HELD)
    write_article(article, collection)
    contents[article.digest] = ids[article.id] = article
    if earlier is None:
        return Imported(name, article, Outcome.NEW)
    return Imported(name, article, Outcome.REPLACES_BRIEF if earlier.kind is not article.kind else Outcome.UPDATED)


# --- reading sources -------------------------------------------------------------------------------------------------

DERIVED = "derived:"  # marks an id that we made up from a title, until `_keep` settles it


def _read_source(source: str, max_bytes: int, report: ImportReport) -> Iterator[tuple[str, Article | ArticleError]]:
    if source.lower().startswith(("http://", "https://")):
        yield source, _article_or_error(partial(_fetch, source, max_bytes))
        return
    path = Path(source)
    if path.is_dir():
        yield from _read_folder(path, max_bytes, report)
        return
    try:
        known = _sources(path.parent).get(path.name, {})
    except ArticleError as error:
        yield source, error
        return
    yield source, _article_or_error(partial(_read_file, path, known, max_bytes))


def _read_folder(folder: Path, max_bytes: int, report: ImportReport) -> Iterator[tuple[str, Article | ArticleError]]:
    named: set[Path] = set()
    found = False
    for path in sorted(folder.rglob("*")):
        dangling = path.is_symlink() and not path.exists()
        if (
            not (path.is_file() or dangling)
            or path.name == SOURCES
            or any(part.startswith(".") for part in path.relative_to(folder).parts)
        ):
            continue
        try:
            known = _sources(path.parent)
        except ArticleError as error:
            if path.parent not in named:
                named.add(path.parent)
                yield str(path.parent / SOURCES), error
            continue
        if is_documentation(path) and path.name not in known:
            report.passed_over.append(f"{path}: passed over, it describes the folder.")
            continue
        found = True
        yield str(path), _article_or_error(partial(_read_file, path, known.get(path.name, {}), max_bytes))
    if not found and not named:
        yield str(folder), ArticleError(f"{folder}: the folder holds no file to import.")


def _article_or_error(read: Callable[[], Article]) -> Article | ArticleError:
    try:
        return read()
    except ArticleError as error:
        return error


def _sources(folder: Path) -> dict[str, dict[str, Any]]:
    """What `sources.toml` says of the files beside it; nothing when there is none."""
    path = folder / SOURCES
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ArticleError(f"{path}: is not valid TOML: {error}. Its folder was not imported.") from error
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ArticleError(f"{path}: {name!r} must be a table [{name!r}] of what is known of that file.")
    return tables


def _read_file(path: Path, known: dict[str, Any], max_bytes: int) -> Article:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise ArticleError(f"{path}: {size:,} bytes are over the limit of {max_bytes:,}. Raise MAX_IMPORT_BYTES or split it.")
        raw = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read: {error.strerror}.") from error
    # Checked by itself first, so that a mistake in sources.toml is not laid to the article's file.
    article_from_metadata({"id": "checked", **_with_date(known)}, "checked", f"{path.parent / SOURCES}, [{path.name}]")
    return build_article(read_document(raw, path.suffix, str(path)), known, str(path), path.stem)


def _fetch(url: str, max_bytes: int) -> Article:
    import httpx  # only web imports need it

    raw = bytearray()
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=FETCH_TIMEOUT_SECONDS) as response:
            response.raise_for_status()
            kind = response.headers.get("content-type", "").split(";")[0].strip()
            for part in response.iter_bytes():
                raw += part
                if len(raw) > max_bytes:
                    raise ArticleError(f"{url}: is over the limit of {max_bytes:,} bytes. Raise MAX_IMPORT_BYTES.")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        # httpx adds a second line with a link to a page about the status.
        reason = str(error).partition("\n")[0]
        raise ArticleError(f"{url}: could not be fetched ({type(error).__name__}: {reason}).") from error
    suffix = {"application/pdf": ".pdf", "text/plain": ".txt", "text/markdown": ".md"}.get(kind, ".html")
    return build_article(read_document(bytes(raw), suffix, url), {"url": url}, url, urlsplit(url).path.rsplit("/", 1)[-1])


def build_article(document: Document, known: dict[str, Any], where: str, stem: str) -> Article:
    """Clean a document and settle its source: what is `known` wins, then the file's own metadata, then its text.

    Raises:
        ArticleError: nothing is left after cleaning, or a value is malformed.
    """
    own = document.metadata
    if "id" not in own:
        # Front matter of other programs (tags, layout, draft …) is theirs; only our keys are read from a foreign file.
        own = {FOREIGN_KEYS[key]: value for key, value in own.items() if key in FOREIGN_KEYS}
    given = {key: value for key, value in {**own, **known}.items() if value not in (None, "")}
    title = given.get("title")
    cleaned = remove_furniture(document.paragraphs, title if isinstance(title, str) else None)
    if not cleaned.text:
        raise ArticleError(f"{where}: nothing is left after cleaning; it holds page furniture but no article.")
    metadata = {"title": cleaned.title, "author": cleaned.author, "publisher": cleaned.publisher, **given}
    if language := written_language(cleaned.text):
        metadata.setdefault("language", language)
    if "published_on" not in metadata and cleaned.date_line:
        metadata["published_on"] = _date(cleaned.date_line)
    metadata = _with_date(metadata)
    derived = "id" not in metadata
    metadata.setdefault(
        "id", slugify(str(metadata.get("title") or stem), max_length=80, word_boundary=True, save_order=True) or "article"
    )
    article = article_from_metadata(metadata, cleaned.text, where)
    return replace(article, id=DERIVED + article.id) if derived else article


FOREIGN_KEYS = {
    "title": "title",
    "author": "author",
    "publisher": "publisher",
    "published_on": "published_on",
    "date": "published_on",
    "url": "url",
    "language": "language",
    "lang": "language",
    "kind": "kind",
}


def _with_date(metadata: dict[str, Any]) -> dict[str, Any]:
    """The same values, with a publication date that was written out in words read as a date where that is sure."""
    written = metadata.get("published_on")
    return {**metadata, "published_on": _date(written) or written} if isinstance(written, str) else metadata


DATE_LABEL = re.compile(r"(?:published|posted|date)\s*(?:on|at)?\s*:?\s*", re.IGNORECASE)
DAY_OR_MONTH_FIRST = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d")


def _date(text: str) -> dt.date | None:
    """The day a line names, or nothing where day, month or year is missing or unsure."""
    import dateparser  # its language tables take half a second to load

    text = DATE_LABEL.sub("", text.strip(), count=1)
    if DAY_OR_MONTH_FIRST.match(text):
        return None  # 03/04/2025 is a day in March or in April
    # "absolute-time" alone: "yesterday" counts from the day of the import, which says nothing of the article.
    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    found = dateparser.parse(text, languages=["en", "zh"], settings=settings)
    return found.date() if found else None
