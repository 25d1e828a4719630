"""One file's bytes -> its paragraphs and what it says of its source, a reader for each format.

Decides nothing about furniture, ids or collections; those are `corpus.cleaning` and `corpus.importing`.
"""

import datetime as dt
import io
import re
from dataclasses import dataclass
from functools import reduce

import frontmatter
import yaml

from corpus.article import front_matter_error
from corpus.article_labels import SOURCE_LINE
from corpus.cleaning import SENTENCE_END, continued, is_heading, looks_like_date
from corpus.errors import ArticleError
from corpus.scripts import UNSPACED, is_mostly_wide

READABLE_SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text", ".html", ".htm", ".pdf"})
WRAPPED_LINE_LIMIT = 110  # columns; longer lines are whole paragraphs, not lines broken by an editor
HEADING_LIMIT = 80  # columns
WIDE_SIGN = re.compile(rf"[{UNSPACED}\u3000-\u303f\uff01-\uff60]")
CHINESE_INDENT = "\u3000"  # a Chinese paragraph begins with two wide spaces, often with no blank line before it


@dataclass(frozen=True)
class Document:
    """What a file holds, before cleaning."""

    paragraphs: list[str]
    metadata: dict[str, object]


def read_document(raw: bytes, suffix: str, name: str) -> Document:
    """Read a file's bytes by its kind.

    Args:
        suffix: the file's ending with the dot, in any case.
        name: what an error calls the file.
    Raises:
        ArticleError: another kind of file, binary or damaged content, or no text.
    """
    suffix = suffix.lower()
    if suffix not in READABLE_SUFFIXES:
        raise ArticleError(
            f"{name}: {suffix or 'a file without an ending'} is not a kind that can be imported. Use .md .txt .html .pdf"
        )
    if not raw.strip():
        raise ArticleError(f"{name}: the file is empty.")
    if suffix == ".pdf":
        document = _read_pdf(raw, name)
    elif suffix in {".html", ".htm"}:
        document = _read_html(decode(raw, name), name)
    elif suffix in {".md", ".markdown"}:
        document = _read_markdown(decode(raw, name), name)
    else:
        document = Document(_text_paragraphs(decode(raw, name)), {})
    if not any(paragraph.strip() for paragraph in document.paragraphs):
        raise ArticleError(f"{name}: no text was found in it.")
    return document


def decode(raw: bytes, name: str) -> str:
    """Text from bytes: UTF-8 (with or without BOM), UTF-16 with BOM, otherwise Windows-1252, GB 18030 or Big5.

    Raises:
        ArticleError: the bytes are not text.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise ArticleError(f"{name}: is neither UTF-16 text nor another kind of text.") from None
    if b"\x00" in raw:
        raise ArticleError(f"{name}: is a binary file, not text.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_legacy(raw, name)
    controls = len(re.findall(r"[\x01-\x08\x0e-\x1f]", text))
    if controls > max(2, len(text) // 100):
        raise ArticleError(f"{name}: is a binary file, not text.")
    return text


def _decode_legacy(raw: bytes, name: str) -> str:
    from charset_normalizer import from_bytes  # kept out of start-up: its tables take a while to load

    best = from_bytes(raw, cp_isolation=["cp1252", "gb18030", "big5hkscs"]).best()
    if best is None:
        raise ArticleError(f"{name}: its encoding cannot be told. Save it as UTF-8.")
    return str(best)


def _read_markdown(text: str, name: str) -> Document:
    try:
        post = frontmatter.loads(text)
    except (yaml.YAMLError, ValueError) as error:
        raise front_matter_error(error, name) from error
    return Document(markdown_paragraphs(post.content), dict(post.metadata))


def markdown_paragraphs(text: str) -> list[str]:
    """Markdown without its markup: headings keep their `#`, links and emphasis keep their words, pictures go."""
    from markdown_it import MarkdownIt  # only imports need it

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    paragraphs: list[str] = []
    prefix = ""
    for token in tokens:
        if token.type == "heading_open":
            prefix = f"{token.markup if token.markup.startswith('#') else '##'} "
        elif token.type == "inline":
            words = "".join(
                "\n" if child.type in {"softbreak", "hardbreak"} else child.content
                for child in token.children or []
                if child.type in {"text", "code_inline", "softbreak", "hardbreak"}
            )
            if words.strip():
                paragraphs.append(prefix + words.strip())
            prefix = ""
        elif token.type in {"fence", "code_block"}:
            paragraphs.append(token.content)
    return paragraphs


def _text_paragraphs(text: str) -> list[str]:
    """Paragraphs of plain text, whether its lines are paragraphs or were wrapped by an editor."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs: list[str] = []
    for block in _blocks(lines):
        wrapped = len(block) > 1 and max(map(_columns, block)) <= WRAPPED_LINE_LIMIT and _looks_wrapped(block)
        paragraphs += [reduce(continued, block)] if wrapped else block
    return [_as_heading(row, following) for row, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True)]


def _blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.startswith(CHINESE_INDENT):
            blocks.append([])
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _looks_wrapped(block: list[str]) -> bool:
    broken = [line for line in block[:-1] if not SENTENCE_END.search(line) and _columns(line) > WRAPPED_LINE_LIMIT // 3]
    return len(broken) * 2 >= len(block) - 1


def _columns(line: str) -> int:
    """How wide a line is printed: letters of scripts without spaces, and their marks, take two columns."""
    return len(line) + len(WIDE_SIGN.findall(line))


def _as_heading(row: str, following: str) -> str:
    """A short line without a full stop above a long one is a heading."""
    short = _columns(row) <= HEADING_LIMIT and len(row.split()) <= 12
    heads = short and not SENTENCE_END.search(row) and len(following) > 2 * len(row) and not is_heading(row)
    is_source_line = row.lower().startswith("by ") or looks_like_date(row) or bool(SOURCE_LINE.match(row))
    begins = row[:1].isupper() or (is_mostly_wide(row) and not re.search(r"[，,、]$", row))
    return f"## {row}" if heads and begins and not is_source_line else row


def _read_html(text: str, name: str) -> Document:
    import trafilatura  # lxml and its rules take half a second to load

    page = trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    body = trafilatura.extract(text, output_format="markdown", include_comments=False, favor_recall=True, include_formatting=True)
    if page is None or not body:
        raise ArticleError(f"{name}: no article was found in this page.")
    found = page if isinstance(page, dict) else page.as_dict()
    metadata = {
        "title": found.get("title"),
        "author": found.get("author"),
        "publisher": found.get("sitename"),
        "published_on": _iso_date(found.get("date")),
        "url": found.get("url"),
        "language": found.get("language"),
    }
    return Document(markdown_paragraphs(body), {key: value for key, value in metadata.items() if value})


def _iso_date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


def _read_pdf(raw: bytes, name: str) -> Document:
    import pypdf  # only imports of PDF files need it
    from pypdf.errors import PyPdfError

    if b"%PDF-" not in raw[:1024]:
        raise ArticleError(f"{name}: is not a PDF file.")
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(f"{name}: is locked with a password. Save it without one.")
        pages = [page.extract_text() for page in reader.pages]
        information = reader.metadata
        metadata = {"title": information.title, "author": information.author} if information else {}
    except ArticleError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ArticleError(f"{name}: is damaged and cannot be read as a PDF.") from error
    lines = [line for page in _without_running_heads(pages) for line in [*page, ""]]
    if not any(line.strip() for line in lines):
        raise ArticleError(f"{name}: holds no text, only pictures. Run it through text recognition (OCR) first.")
    return Document(_pdf_paragraphs(lines), {key: value for key, value in metadata.items() if value and value.strip()})


def _without_running_heads(pages: list[str]) -> list[list[str]]:
    """Drop page numbers, and first and last lines that most pages share."""
    split = [page.splitlines() for page in pages]
    edges = [_edge(line) for page in split for line in {*page[:1], *page[-1:]}]
    repeated = {edge for edge in edges if len(pages) > 2 and edges.count(edge) > len(pages) // 2}

    def is_head(line: str, place: int, count: int) -> bool:
        at_edge = place == 0 or place == count - 1
        return at_edge and (
            _edge(line) in repeated or bool(re.fullmatch(r"\s*(?:page |第 ?)?\d+(?: of \d+| ?/ ?\d+| ?[页頁])?\s*", line, re.I))
        )

    return [[line for place, line in enumerate(page) if not is_head(line, place, len(page))] for page in split]


def _edge(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _pdf_paragraphs(lines: list[str]) -> list[str]:
    """Join the printed lines: a paragraph ends at a blank line, or at a line that ends a sentence well short of the margin."""
    margin = max((len(line.strip()) for line in lines), default=0)
    paragraphs = [""]
    for line in (line.strip() for line in lines):
        if re.search(r"[A-Za-z]-$", paragraphs[-1]) and line[:1].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + line
        elif not line:
            # A page break falls inside a sentence as often as not, but a line well short of the margin is a heading.
            if SENTENCE_END.search(paragraphs[-1]) or len(paragraphs[-1]) < min(HEADING_LIMIT, margin * 0.8):
                paragraphs.append("")
        else:
            paragraphs[-1] = continued(paragraphs[-1], line)
            if SENTENCE_END.search(line) and len(line) < margin * 0.8:
                paragraphs.append("")
    rows = [row for row in paragraphs if row]
    return [_as_heading(row, following) for row, following in zip(rows, [*rows[1:], ""], strict=True)]
