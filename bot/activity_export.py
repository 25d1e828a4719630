"""Kept questions -> a CSV file that is safe to open in a spreadsheet. Names no member."""

import csv
import io
import re
from collections.abc import Sequence

from bot.activity import KeptQuestion

FIELDS = ("asked_at", "kind", "question", "language", "outcome", "took_ms", "articles", "helpful", "unhelpful", "reasons")
# What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection), also in its
# full-width form. Not only where a cell begins: some spreadsheets part cells at semicolons or tabs, whatever the file says.
FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))([\s\x00\ufeff\u200b]*)(?=[=+\-@＝＋－＠])")


def activity_csv(questions: Sequence[KeptQuestion]) -> bytes:
    """One line a question, in order.

    Times are UTC to the minute, so that nobody is found by the second; `took_ms` is milliseconds, `articles` ids parted by
    spaces, `helpful` and `unhelpful` count members, `reasons` are parted by " | ". An apostrophe stands before a formula.
    """
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, FIELDS)  # its line ends, \r\n, are those of RFC 4180
    writer.writeheader()
    writer.writerows(_row(one) for one in questions)
    return file.getvalue().encode("utf-8-sig")  # without the mark, Excel reads Chinese as Latin letters


def _row(one: KeptQuestion) -> dict[str, object]:
    asked_at = one.asked_at.replace(tzinfo=None).isoformat(timespec="minutes") + "Z"
    texts = {"question": one.text, "articles": " ".join(one.articles), "reasons": " | ".join(one.reasons), "kind": one.kind.value}
    safe = {name: harmless(text) for name, text in (texts | {"language": one.language}).items()}
    counts = {"outcome": one.outcome.value, "took_ms": round(one.took_ms), "helpful": one.helpful, "unhelpful": one.unhelpful}
    return {"asked_at": asked_at, **safe, **counts}


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before each sign that would begin one."""
    return FORMULA.sub(r"\1'", text)
