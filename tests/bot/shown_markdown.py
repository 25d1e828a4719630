"""What a reader sees of Discord's Markdown, for tests: the letters, and which of them are bold."""

from __future__ import annotations

import re

MARKUP = set("\\*_~`|<>[]()#@:")
LINE_START_MARKUP = re.compile(r"\s*(?:[-+*•>#]|\d+[.)])")


def display(text: str) -> tuple[str, str]:
    """What a reader sees of Discord Markdown that holds escapes and bold only, and the part of it that is bold.

    Fails where a sign would be taken for markup. Discord takes a backslash before any sign that is no letter or digit
    for an escape, and shows it before letters.
    """
    seen, bold, is_bold, place = "", "", False, 0
    while place < len(text):
        sign = text[place]
        if text.startswith("**", place):
            is_bold, place = not is_bold, place + 2
            continue
        if sign == "\\" and place + 1 < len(text) and not text[place + 1].isalnum() and not text[place + 1].isspace():
            sign, place = text[place + 1], place + 1
        else:
            assert sign not in MARKUP, f"{sign!r} at {place} of {text!r} is markup"
            begins_line = not text[:place].rsplit("\n", 1)[-1].strip("* ")
            assert not (begins_line and LINE_START_MARKUP.match(text, place)), f"{text[place : place + 9]!r} begins a list"
        seen, place = seen + sign, place + 1
        bold += sign if is_bold else ""
    assert not is_bold
    return seen, bold


def unquoted(block: str) -> str:
    """A block quote's Markdown without its marks; fails where a line has none."""
    lines = block.split("\n")
    assert all(line.startswith("> ") for line in lines)
    return "\n".join(line[2:] for line in lines)


def parted(text: str) -> tuple[str, str]:
    """A passage's block quote, and the lines of its source without the mark of small letters."""
    body, source = text.split("\n-# **[", 1)
    return body, "**[" + source.replace("\n-# ", "\n")
