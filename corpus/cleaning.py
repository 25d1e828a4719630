"""The only text clean-up; every position in corpusbot refers to its output.

Two steps, of which only the second loses words: `normalise` settles how the letters are written (any file of the
collection goes through it), `remove_furniture` drops what a web page or paper put around the article (imports only).
"""

import re
import unicodedata
from dataclasses import dataclass

from corpus.article_labels import label_values
from corpus.scripts import HANGUL

# Zero-width, bidirectional and other marks that no reader sees but that make a quotation differ, or turn it around.
# The joiners U+200C and U+200D stay: emoji and several scripts are spelt with them.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
SPACES = re.compile(r"[^\S\n]+")
HEADING = re.compile(r"#{1,6} \S")
LIST_ITEM = re.compile(r"(?:[-*•]|\d{1,2}[.)]) \S")
SENTENCE_END = re.compile(r"[.!?…:;。！？：；][\"'”’)\]」』）]*$")


def normalise(text: str) -> str:
    """Write the same words in one way: NFC, visible letters only, single spaces, one blank line between paragraphs.

    Lines that stand together are one paragraph, as in Markdown, unless they are headings or list items.
    `normalise(normalise(text)) == normalise(text)`, and no visible letter is lost.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = text.replace("\x85", "\n")
    text = CONTROL.sub("", INVISIBLE.sub("", text))
    text = SPACES.sub(" ", unicodedata.normalize("NFC", text))
    paragraphs: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        paragraphs += _joined([line.strip() for line in block.split("\n") if line.strip()])
    return "\n\n".join(paragraphs)


def _joined(lines: list[str]) -> list[str]:
    paragraphs: list[str] = []
    apart = True
    for line in lines:
        starts = apart or is_heading(line) or bool(LIST_ITEM.match(line))
        if starts:
            paragraphs.append(line)
        else:
            paragraphs[-1] = continued(paragraphs[-1], line)
        apart = is_heading(line)
    return paragraphs


# Marks that Chinese shares with other scripts: between two of its letters they have no space either.
SHARED_MARKS = frozenset("“”‘’…—·")


def continued(before: str, line: str) -> str:
    """A paragraph with its next line: a space between, but none in Chinese and Japanese, which are set without."""
    last, first = before[-1:], line[:1]
    wide = _is_wide(last), _is_wide(first)
    joined = (
        all(wide)
        or (wide[0] and (_is_wide_mark(last) or first in SHARED_MARKS))
        or (wide[1] and (_is_wide_mark(first) or last in SHARED_MARKS))
    )
    return f"{before}{line}" if joined else f"{before} {line}".strip()


def _is_wide(letter: str) -> bool:
    # Emoji are as wide, but they stand in any script; Korean has spaces between its words.
    return bool(letter) and unicodedata.east_asian_width(letter) in "WF" and not re.match(f"[{HANGUL}]", letter)


def _is_wide_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "P"


def is_heading(line: str) -> bool:
    """Whether a line is a heading as our files write them: one to six `#`, a space, words."""
    return bool(HEADING.match(line))


# --- furniture -------------------------------------------------------------------------------------------------------

# Whole paragraphs that belong to the page, not to the article. Each needs the page's own wording: a paragraph that
# only mentions comments or photos stays.
NAMES = r"(?-i:[^\Wa-z][\w.'’-]*(?:[ ,、/]+(?:and )?[^\Wa-z][\w.'’-]*){0,6})"
FURNITURE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:image|photo|figure|picture|video|advertisement)\s*\d*\s*:?$",
        r".{0,400}[\[(](?:photo|picture|image|graphic)s?\s*(?:provided|by|from|courtesy|credit|:|/).{0,80}[\])]\s*$",
        # The mark stands after a full stop or has a capital, and a name follows: "the big picture: growth" is a sentence.
        r"(?:.{0,400}(?:[.!?\])”\"']\s*|\s(?=(?-i:[A-Z]))))?(?:photo|file photo|image|picture|graphic)s?(?: credit| courtesy)?"
        r"\s*[:/]\s*(?-i:[^\Wa-z])[^.!?]{1,60}\.?$",
        rf"[(（\[]?\s*(?:web |chief |copy |responsible |managing )?editors?\s*[:：]\s*{NAMES}\s*[)）\]]?$",
        r"[(（\[【]?(?:责任?编辑?|責任?編輯?|编辑|編輯|校对|校對|审核|審核)\s*[:：].{0,40}$",
        r"[(（\[【]?(?:图片?来源|圖片?來源|图源|供图|供圖|摄影|攝影|资料图片?|資料圖片?)\s*(?:[:：].{0,40}|[)）\]】])$",
        r"(?:相关|相關|延伸|推荐|推薦|热门|熱門)(?:阅读|閱讀|新闻|新聞|链接|連結|文章)\s*(?:[:：].{0,80})?$",
        r"(?:分享到|扫一扫|掃一掃|点击(?:查看|进入|下载)|點擊(?:查看|進入|下載)|上一篇|下一篇|返回(?:首页|顶部))[^。]{0,40}$",
        r"(?:版权|版權)(?:所有|声明|聲明)[\s:：©].{0,150}$",
        r"(?:原标题|原標題)\s*[:：].{0,120}$",
        r"[(（【]\s*(?:完|纠错|糾錯)\s*[)）】]$",
        r"(?:the )?(?:views|opinions)\b.{0,120}\b(?:do not|don['’]t|does not) necessarily (?:represent|reflect)\b.{0,120}$",
        r"(?:the )?(?:views|opinions) expressed .{0,80}\bare (?:those of|solely|his own|her own|their own|the author).{0,160}$",
        r"if you have (?:a )?(?:specific|special) expertise\b.{0,200}\b(?:send|write to|contact|e-?mail) us\b.{0,200}$",
        r"(?:was this (?:article |page |post )?helpful\??|no comments\s*:?|post a comment|comments?\s*(?:\(\d+\))?"
        r"|leave a (?:comment|reply)|feedback|likes?|share(?: this)?(?: article)?|print"
        r"|related (?:stories|articles|news)"
        r"|read more(?:\s*[:：»›>…].{0,80}| (?:about|on|at|here)\b.{0,80})?"
        r"|subscribe\b.{0,80}|sign up\b.{0,80}|newsletter|back to top|most (?:read|popular))$",
        r"likes and saves are stored in\b.{0,200}$",
        r"discussion is powered by\b.{0,300}$",
        r"(?:please enable javascript|we use cookies|this (?:site|website) uses cookies|accept (?:all )?cookies)\b.{0,300}$",
        r"(?:copyright\s*(?:©|\(c\)|\d{4}\b)|©|\(c\) ?\d{4}).{0,180}$",
    )
]
E_MAIL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]*\w|\[email(?:\s|&#160;)*protected\]"
    r"|[\w.+-]+\s*[\[({]at[\])}]\s*[\w-]+(?:\s*(?:\.|[\[({]dot[\])}])\s*[\w-]+)+",
    re.IGNORECASE,
)
# A small letter after the date means that the date is part of the first sentence.
BARE_DATE_AT_START = re.compile(
    r"^\s*(?:date\s*:?\s*(\d{4}-\d{2}-\d{2})\s+(?=\S)|(\d{4}-\d{2}-\d{2})\s+(?=(?-i:[^\sa-z])))", re.I
)
BYLINE = re.compile(r"^by[ \t]+(?!the\b)([^\d:;!?]{2,79}[^\d.:;!?])$", re.IGNORECASE)


@dataclass(frozen=True)
class Cleaned:
    """An article's text without the page around it, and what the page said of its source."""

    text: str
    title: str | None = None
    author: str | None = None
    date_line: str | None = None
    publisher: str | None = None


def remove_furniture(paragraphs: list[str], title: str | None = None) -> Cleaned:
    """Drop what is not the article, and keep every sentence that is.

    Args:
        paragraphs: as the file parts them, not yet normalised.
        title: if known, a first paragraph that repeats it is dropped.
    Returns:
        The cleaned text (the form that `normalise` gives), the title if the first paragraph is one, the author of a
        byline, the text of a bare date line, to be read by a date library, and the publisher where a Chinese source line
        ("来源：") names one.
    """
    rows = [row for paragraph in paragraphs if (row := without_e_mails(normalise(paragraph).replace("\n\n", " ")))]
    date_line: str | None = None
    labelled, rows = label_values(rows)
    title = title or labelled.get("title")
    if rows and (match := BARE_DATE_AT_START.match(rows[0])):
        date_line, rows[0] = match.group(1) or match.group(2), rows[0][match.end() :]
    found_title, rows = _split_title(rows, title)
    author: str | None = None
    kept: list[str] = []
    for position, row in enumerate(rows):
        near_top = position < 4 and not any(SENTENCE_END.search(earlier) for earlier in kept)
        if near_top and author is None and (match := BYLINE.match(row)):
            author = match.group(1).strip()
        elif near_top and looks_like_date(row):
            # The day of the last change is not the day of publication.
            date_line = date_line or (None if row.casefold().startswith("updated") else row)
        elif not is_furniture(row):
            kept.append(row)
    while kept and is_heading(kept[-1]):
        # A heading with nothing under it headed a widget.
        kept.pop()
    return Cleaned(
        normalise("\n\n".join(kept)),
        found_title,
        author or labelled.get("author"),
        date_line or labelled.get("date"),
        labelled.get("publisher"),
    )


def _split_title(rows: list[str], known: str | None) -> tuple[str | None, list[str]]:
    place = next((n for n, row in enumerate(rows) if not _stands_around_title(row)), None)
    if place is None:
        return known, rows
    row, rest = rows[place], rows[:place] + rows[place + 1 :]
    first = row.lstrip("# ").strip()
    if known is not None:
        return known, rest if _bare(first) == _bare(known) else rows
    long_enough_body = any(len(other) > len(first) for other in rest[place:])
    is_title = 3 <= len(first) <= 250 and not re.search(r"[.。;；,，][\"”’']?$", first) and long_enough_body
    if is_title and (row.startswith("# ") or first[0].isupper() or not first[0].isascii() or first[0].isdigit()):
        return first, rest
    return None, rows


def _stands_around_title(row: str) -> bool:
    return is_furniture(row) or looks_like_date(row) or bool(BYLINE.match(row))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DATE_LINE = re.compile(
    rf"(?:(?:published|updated|posted|date)\s*(?:on|at)?\s*:?\s*)?(?:[a-z]+day,?\s+)?"
    rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}\s+{MONTH},?\s+\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    r"|\d{4}年\d{1,2}月\d{1,2}日)"
    r"(?:[,|]?\s*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?)?\s*(?:\(?[A-Z]{2,4}[+-]?\d*\)?)?",
    re.IGNORECASE,
)


def looks_like_date(row: str) -> bool:
    """Whether a paragraph is nothing but a date, with or without a time."""
    return bool(DATE_LINE.fullmatch(row.strip()))


def is_furniture(row: str) -> bool:
    """Whether a whole paragraph belongs to the page around the article."""
    return any(pattern.match(row.lstrip("# ")) for pattern in FURNITURE)


def without_e_mails(row: str) -> str:
    """A paragraph without e-mail addresses, written out or obfuscated, and without the brackets that held them."""
    if not E_MAIL.search(row):
        return row
    row = re.sub(rf"\s*[(\[<]\s*(?:{E_MAIL.pattern})\s*[)\]>]", "", row, flags=re.IGNORECASE)
    return re.sub(r"\s+([.,;])", r"\1", re.sub(rf"\s*(?:{E_MAIL.pattern})", "", row, flags=re.IGNORECASE)).strip()
