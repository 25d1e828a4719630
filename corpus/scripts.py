"""Letters of scripts that are written without spaces, and the pieces that such a text is searched by.

A run of them ("青石镇图书馆") is taken apart into its letters and its overlapping pairs, in the articles and in the questions
alike, so that the two can never be cut differently. Compared with a dictionary (jieba): pairs need no 19 MB and no second
to load, know the name of every town, and find as well in Chinese (Kwok, SIGIR 1997; Foo & Li, IPM 2004). FTS5's own
trigram tokenizer cannot find a word of two letters, and most Chinese words have two.
"""

import re
from collections.abc import Iterator

# Signs inside these blocks that are no letters for SQLite ("・", Thai vowel marks) are left out.
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
HANGUL = "\uac00-\ud7a3"
THAI = "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"
UNSPACED = HAN + KANA + HANGUL + THAI
RUN = re.compile(f"[{UNSPACED}]+")
HAN_LETTER = re.compile(f"[{HAN}]")
HAN_OR_KANA = re.compile(f"[{HAN}{KANA}]")
LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
# "２０２４" and "ＡＩ" are the letters that a keyboard for Chinese gives for "2024" and "AI".
WIDE_LETTERS = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
LETTERS_A_WORD = 2  # most Chinese words have two


def narrow(text: str) -> str:
    """A text with its full-width figures and Latin letters written narrow, letter for letter at the same places."""
    return text if text.isascii() else text.translate(WIDE_LETTERS)


def pieces_of(run: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of a run begin and end: at each letter first the pair that it opens, then the letter itself."""
    for start in range(len(run)):
        if start + 2 <= len(run):
            yield start, start + 2
        yield start, start + 1


def spaced(text: str) -> str:
    """What the word index is given of a text: its pieces and words, parted by spaces; English stays as it is."""
    return RUN.sub(lambda run: f" {' '.join(run.group()[start:end] for start, end in pieces_of(run.group()))} ", narrow(text))


def word_count(text: str) -> int:
    """How long a text is, in words; of a script without spaces, two letters count as one."""
    letters = sum(len(run) for run in RUN.findall(text))
    if not letters:
        return len(text.split())
    # What is left of "天很冷。" is a full stop, not a word.
    return letters // LETTERS_A_WORD + sum(bool(re.search(r"\w", part)) for part in RUN.sub(" ", text).split())


def is_mostly_wide(text: str) -> bool:
    """Whether a text is Chinese or Japanese, names and short quotations in Latin letters aside."""
    # A Chinese word has two letters where an English one has five.
    return 3 * len(HAN_OR_KANA.findall(text)) > len(LATIN_LETTER.findall(text))


def written_language(text: str) -> str | None:
    """The language that a script gives away, as ISO 639-1: "zh" or "ja"; `None` for any other."""
    if not HAN_LETTER.search(text) or not is_mostly_wide(text):
        return None
    kana = len(re.findall(f"[{KANA}]", text))
    # Japanese is more kana than Han; a Chinese article may quote a Japanese word.
    return "ja" if 5 * kana > len(HAN_LETTER.findall(text)) else "zh"
