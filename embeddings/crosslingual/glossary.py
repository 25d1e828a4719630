"""What a question in another language says in English: numbers, names, and the words of `glossary.toml`.

Translates no sentence and knows no grammar; it finds single words and names that an English passage would hold. The
meaning of the whole question is the multilingual encoder's part.
"""

import importlib.util
import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from embeddings.crosslingual.collection_words import CollectionWords
from embeddings.crosslingual.foreign_numbers import read_numbers
from embeddings.crosslingual.languages import SMALL_WORDS
from embeddings.lexical_index import STOP_WORDS, Term, informative_terms, stem, terms_of
from embeddings.names import PEOPLE_ENDINGS, places

GLOSSARY = Path(__file__).with_name("glossary.toml")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*")
HAN = re.compile(r"[㐀-䶿一-鿿]+")
WHOLE_WORD = 4  # entries of so few letters would begin too many other words
LONGEST_NAME = 4  # Chinese signs; a name of a person or place rarely has more
MAX_READINGS = 64  # of one run of signs; a sign has one to four
JOINING_WORDS = frozenset({"of", "and", "the", "for"})
NO_NAMES = frozenset({"world", "reunion", "may"})  # "die Welt", "una reunión", "mai" are words of every day


class TermKind(StrEnum):
    """What sort of word was found."""

    NUMBER = "number"
    NAME = "name"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class ForeignTerm:
    """A word of a question and what English writes for it.

    `english` holds the alternatives, each a set of stems that must all stand in a passage; `written` is the first as English
    writes it, empty where the question's own letters are.
    """

    source: str
    english: tuple[frozenset[str], ...]
    kind: TermKind
    written: str = ""

    def held_by(self, stems: frozenset[str]) -> bool:
        """Whether a passage with these stems holds the word."""
        return any(alternative <= stems for alternative in self.english)

    def weight(self, rarity: Mapping[str, float]) -> float:
        """How much the word tells: the rarity of its rarest part, by its commonest alternative."""
        return min((max(rarity.get(part, 0.0) for part in alternative) for alternative in self.english), default=0.0)


def read_terms(question: str, language: str, known: CollectionWords) -> list[ForeignTerm]:
    """Find the words of a question that can be looked for in English passages.

    Args:
        language: ISO 639-1, as `embeddings.crosslingual.languages.language_of` gives it.
        known: the collection's own words.
    Returns:
        Each English meaning once; empty when nothing is known, which is no error.
    """
    text = unicodedata.normalize("NFC", question)
    found: list[ForeignTerm] = []
    # What one step has found is blanked out for the next, so that nothing counts twice.
    for step in (_glossary_terms, _number_terms, _pinyin_names, _latin_words):
        for start, term in step(text, language, known):
            text = text[:start] + " " * len(term.source) + text[start + len(term.source) :]
            found.append(term)
    found = [_also_as_written(term, known) for term in found] + _own_pieces(question, known)
    return list({term.english: term for term in found}.values())


def _also_as_written(term: ForeignTerm, known: CollectionWords) -> ForeignTerm:
    """A Chinese term, or figure with a Chinese unit, that Chinese articles of the collection hold as it stands."""
    words = terms_of(term.source)
    own = frozenset(part for word in words for part in word.stem.split())
    chinese = any(word.is_piece for word in words)
    return replace(term, english=(*term.english, own)) if chinese and own <= known.stems else term


def _own_pieces(question: str, known: CollectionWords) -> list[ForeignTerm]:
    """The pieces of a Chinese question that Chinese articles of the collection hold; none in an English collection."""
    pieces = [term for term in informative_terms(question) if term.is_piece and term.stem in known.stems]
    return [ForeignTerm(term.word, (frozenset({term.stem}),), TermKind.WORD) for term in pieces]


def english_terms(terms: Iterable[ForeignTerm]) -> list[Term]:
    """All English words of the terms, for the word index and its rarities; they stand nowhere in the question."""
    parts = {part for term in terms for alternative in term.english for part in alternative}
    return [Term(part, part, 0, 0) for part in sorted(parts)]


# --- the glossary and the world's countries ------------------------------------------------------------------------


@cache
def entries(language: str) -> tuple[tuple[str, tuple[frozenset[str], ...], TermKind, str], ...]:
    """Foreign word, its English alternatives, its kind and the first alternative as written, the longest word first.

    Empty for an unknown language.
    """
    found: dict[str, tuple[tuple[frozenset[str], ...], TermKind, str]] = {}
    for section, table in tomllib.loads(GLOSSARY.read_text(encoding="utf-8")).items():
        kind = TermKind.WORD if section == "subjects" else TermKind.NAME
        for english, languages in table.items():
            # Names of bodies and firms are often left as they are: "Huawei" in a German question.
            same = english.split(" | ") if kind is TermKind.NAME and language != "zh" else []
            # But "un" is an article in Spanish; in capitals, `_latin_words` finds it.
            same = [word for word in same if word.lower() not in SMALL_WORDS.get(language, "").split()]
            for word in [*languages.get(language, ()), *same]:
                found[plain(word)] = (_alternatives(english), kind, english.split(" | ")[0])
    for word, english in _calendar_and_countries(language):
        found.setdefault(plain(word), (_alternatives(english), TermKind.NAME, english))
    # Python's sort keeps the order of equals: the table goes before CLDR, so that "上海" is not read as "海地" (Haiti).
    return tuple((word, *found[word]) for word in sorted(found, key=len, reverse=True))


def _calendar_and_countries(language: str) -> list[tuple[str, str]]:
    """Countries and months in a language and in English; none where CLDR does not know the language."""
    from babel import Locale, UnknownLocaleError  # its data files take a tenth of a second to read

    try:
        foreign, english = Locale(language), Locale("en")
    except UnknownLocaleError:
        return []
    names = [(name, english.territories[code]) for code, name in foreign.territories.items() if code in english.territories]
    width = "abbreviated" if language == "zh" else "wide"  # the abbreviated Chinese months are "9月"
    months = [(name, english.months["format"]["wide"][month]) for month, name in foreign.months["format"][width].items()]
    return [(name, meant) for name, meant in [*names, *months] if plain(meant) not in NO_NAMES]


def _alternatives(english: str) -> tuple[frozenset[str], ...]:
    found = []
    for part in english.split(" | "):
        stems = frozenset(term.stem for term in terms_of(part) if term.word.lower() not in JOINING_WORDS)
        found.append(stems)
        # "China" is also met by "Chinese".
        found += [frozenset({other}) for other in sorted(places().get(next(iter(stems)), ())) if len(stems) == 1]
    return tuple(dict.fromkeys(found))


def plain(text: str) -> str:
    """A text without case and accents, letter for letter, so that "código" is found in "CODIGO" at the same place."""
    # Latin letters only: a Korean syllable would fall apart into its sounds.
    return "".join((unicodedata.normalize("NFKD", sign) if sign < "\u0250" else sign)[0].lower()[0] for sign in text)


def _glossary_terms(text: str, language: str, known: CollectionWords) -> list[tuple[int, ForeignTerm]]:
    rest = plain(text)
    found = []
    for word, english, kind, written in entries(language):
        if word in rest and (match := _entry_pattern(word).search(rest)):
            if kind is TermKind.NAME:
                english = _with_peoples(english, known)
            found.append((match.start(), ForeignTerm(text[match.start() : match.end()], english, kind, written)))
            # What a longer entry has found is not found again by a part of it, as "Korea" in "South Korea".
            rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    return found


def _with_peoples(english: tuple[frozenset[str], ...], known: CollectionWords) -> tuple[frozenset[str], ...]:
    """Also the collection's words for a country's people: "Pakistani" for "Pakistan", which CLDR does not list."""
    single = [next(iter(alternative)) for alternative in english if len(alternative) == 1]
    peoples = [name + ending for name in single for ending in PEOPLE_ENDINGS if name + ending in known.capitalised]
    return tuple(dict.fromkeys([*english, *(frozenset({people}) for people in peoples)]))


@cache
def _entry_pattern(word: str) -> re.Pattern[str]:
    if HAN.search(word):
        return re.compile(re.escape(word))
    whole = len(word) <= WHOLE_WORD and word.isascii()
    return re.compile(rf"\b{re.escape(word)}" + (r"\b" if whole else r"[^\W\d_]*"))


def _number_terms(text: str, language: str, known: CollectionWords) -> list[tuple[int, ForeignTerm]]:
    numbers = read_numbers(text, language)
    return [
        (number.start, ForeignTerm(number.source, number.english, TermKind.NUMBER, _in_figures(number.english)))
        for number in numbers
    ]


def _in_figures(english: tuple[frozenset[str], ...]) -> str:
    """A number as English writes it, its figures first: "1.5 trillion"."""
    return " ".join(sorted(english[0], key=lambda part: not part[0].isdigit()))


# --- names ---------------------------------------------------------------------------------------------------------


def _pinyin_names(text: str, language: str, known: CollectionWords) -> list[tuple[int, ForeignTerm]]:
    """Names that the collection writes in pinyin: "徐珊" is "Xu Shan"; a sign with several readings counts with each."""
    # Of the extra `languages`; without it only the names in the glossary are known.
    if language != "zh" or not HAN.search(text) or importlib.util.find_spec("pypinyin") is None:
        return []
    from pypinyin import Style, pinyin  # its tables take a tenth of a second to read

    found: list[tuple[int, ForeignTerm]] = []
    taken: set[int] = set()
    for run in HAN.finditer(text):
        readings = pinyin(run.group(), style=Style.NORMAL, heteronym=True)
        for size, start in itertools.product(range(LONGEST_NAME, 1, -1), range(len(readings))):
            place = range(run.start() + start, run.start() + start + size)
            combinations = itertools.islice(itertools.product(*readings[start : start + size]), MAX_READINGS)
            names = {known.joined[joined] for parts in combinations if (joined := "".join(parts)) in known.joined}
            if names and start + size <= len(readings) and taken.isdisjoint(place):
                taken.update(place)
                source = text[place.start : place.stop]
                written = next(known.written[name] for name in sorted(names, key=sorted))
                found.append((place.start, ForeignTerm(source, tuple(sorted(names, key=sorted)), TermKind.NAME, written)))
    return found


def _latin_words(text: str, language: str, known: CollectionWords) -> list[tuple[int, ForeignTerm]]:
    """Words that need no translation: all Latin ones in a Chinese question, elsewhere those that the collection uses too."""
    found = []
    for match in LATIN_WORD.finditer(text):
        word, root = match.group(), stem(plain(match.group()))
        if word.lower() in STOP_WORDS or len(word) < 2:
            continue
        inside = text[: match.start()].rstrip()[-1:] not in ("", ".", "!", "?", "¿", "¡")
        is_name = language == "zh" or (word != word.lower() and word[1:] != word[1:].lower())
        is_name = is_name or (word[0].isupper() and root in known.capitalised)
        # In German every noun has a capital, so that one tells nothing there.
        is_name = is_name or (language != "de" and inside and word[0].isupper())
        if is_name or (len(word) > WHOLE_WORD and root in known.stems):
            kind = TermKind.NAME if is_name else TermKind.WORD
            found.append((match.start(), ForeignTerm(word, (frozenset({root}),), kind)))
    return found
