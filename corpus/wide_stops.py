"""Where sentences end in Chinese and Japanese: at 。！？, with the marks that close after them.

No end: ；、：, the dash ——, the ellipsis ……, and whatever stands inside 《》, inside short brackets, or inside a quotation
that is part of a sentence (口号是“快！再快！”的比赛). Finds positions only; English stops are nupunkt's (`corpus.chunks`).
"""

import re
from collections.abc import Iterator

from corpus.scripts import HAN, KANA

WIDE = "。！？｡"
CLOSING = "”’」』）】》〉﹂﹄"
LONGEST_ASIDE = 60  # letters; a longer bracket holds sentences of its own
# A question mark typed narrow ends a sentence after a Chinese letter, a narrow full stop only with a space behind it.
STOP = re.compile(rf"(?:[{WIDE}]+[{WIDE}!?]*|(?<=[{HAN}{KANA}])(?:[!?]+(?![A-Za-z0-9])|\.(?=\s)))…*[{CLOSING}]*")
ASIDES = re.compile(
    rf"《[^《》]{{1,{LONGEST_ASIDE}}}》|〈[^〈〉]{{1,{LONGEST_ASIDE}}}〉|（[^（）]{{1,{LONGEST_ASIDE}}}）|【[^【】]{{1,{LONGEST_ASIDE}}}】"
    rf"|“[^“”]{{1,{LONGEST_ASIDE}}}”|「[^「」]{{1,{LONGEST_ASIDE}}}」|『[^『』]{{1,{LONGEST_ASIDE}}}』"
)
QUOTATION = "“「『"
# “天很冷。”他说。 is one sentence; “天很冷。”市长说：“…” is two, since the colon opens the next.
SPOKEN_AFTER = re.compile(r"[^\s，,。！？：:；“”「」『』]{0,10}(?:说|說|问|問|道|答|称|稱|表示|指出|写道|寫道)[，,。]")


def wide_ends(text: str) -> list[int]:
    """The places, each behind a sentence's last sign, where a sentence of Chinese or Japanese ends inside a text."""
    asides = list(_asides(text))
    ends: list[int] = []
    for match in STOP.finditer(text):
        end = _with_straight_mark(text, match.end())
        inside = any(start < match.start() < stop for start, stop in asides)
        spoken = text[end - 1] in '”」』"' and SPOKEN_AFTER.match(text, end)
        if not inside and not spoken:
            ends.append(end)
    return ends


def _asides(text: str) -> Iterator[tuple[int, int]]:
    """Stretches whose stops end nothing: titles, brackets, and quotations that a sentence runs on from and into."""
    for match in ASIDES.finditer(text):
        start, end = match.span()
        if text[start] not in QUOTATION:
            # （…。） behind a full stop is a sentence by itself, and its last stop ends it.
            yield start, end - 2 if _stands_alone(text, start) else end
        elif re.match(r"\w", text[start - 1 : start]) and re.match(r"\w", text[end : end + 1]):
            yield start, end


def _stands_alone(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in WIDE + CLOSING


def _with_straight_mark(text: str, end: int) -> int:
    """Take in a straight quotation mark that closes: one with an odd number of them before it."""
    closes = text[end : end + 1] == '"' and text.count('"', 0, end) % 2 == 1
    return end + 1 if closes else end
