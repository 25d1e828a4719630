"""Which words of a question name one thing, and whether a passage holds the same name in some form.

A name is a word with a capital inside a sentence, a number or year, or a country or people in any case.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from corpus.country_names import homes_of_languages, territories
from corpus.number_forms import NumberForm, forms_in, meets
from embeddings.lexical_index import STOP_WORDS, Term, stem, terms_of

# Countries and languages whose names are common words.
NO_PLACES = frozenset(
    {"world", "latin", "church", "turkey", "jersey", "english", "polish", "reunion", "pseudo", "accent", "bidi"}
)
# Last words of names of several words that are said alone, and what CLDR lacks.
MORE_PLACES = ("korea", "saudi", "arabia", "america", "american", "usa", "britain", "british", "european", "asian", "african")
# Of several countries: an article may speak of them by naming one, so their absence tells little.
BROAD_PLACES = frozenset({"america", "american", "usa", "european", "asian", "african"})
CAPITALISED = re.compile(r"[A-Z][\w’']*(?:[ -](?:(?:of|and|for|the|on|in) )*[A-Z][\w’']*)+")


def is_name(term: Term, text: str) -> bool:
    """Whether a word of a question names one thing."""
    if term.is_number or term.stem in places():
        return True
    if text.isupper() or text.istitle():
        return False
    capital = term.word[0].isupper()
    if term.start == 0 or text[: term.start].rstrip()[-1:] in ".!?":
        # Every sentence begins with a capital: only an inner one tells, as in "DeepSeek".
        return capital and term.word[1:] != term.word[1:].lower()
    return capital and term.word.lower() not in STOP_WORDS


@cache
def places() -> Mapping[str, frozenset[str]]:
    """Stems of countries and peoples, each with the stems that mean the same place, from Unicode's CLDR.

    The world's languages name their peoples: "Chinese" goes with "China", "German" with "Germany".
    """
    countries = {name: stem(name.lower()) for code, name in territories().items() if code.isalpha() and name.isalpha()}
    found = {country: {country} for country in countries.values()}
    for language, home in homes_of_languages().items():
        people = stem(language.lower())
        found.setdefault(people, {people})
        country = countries.get(home or "")
        if country and language != "English":
            found[people].add(country)
            found[country].add(people)
    for word in MORE_PLACES:
        found.setdefault(stem(word), {stem(word)})
    return {name: frozenset(same) for name, same in found.items() if name not in NO_PLACES}


@cache
def long_places() -> frozenset[str]:
    """Names of countries in several words, in lower case."""
    return frozenset(name.lower() for code, name in territories().items() if code.isalpha() and " " in name)


def missing_names(terms: Sequence[Term], names: frozenset[str], question: str, passage: str) -> list[Term]:
    """The names, years and numbers of a question that a passage lacks.

    A person or body counts as held by half of the name ("Wu" for "Wu Jun") or by its initials ("UN" for "United
    Nations", and the other way round); a place or a year only by itself or another word for the same place, a number also
    in another written form.
    """
    stems = frozenset(part for term in terms_of(passage) for part in (term.stem, *term.stem.split()))
    capitals = frozenset(re.findall(r"\b[A-Z]{2,}\b", passage))
    short = initials(passage)
    by_group = _groups(question)
    numbers = forms_in(question) if any(term.is_number for term in terms) else []
    stated = forms_in(passage) if numbers else []
    missing = []
    for term in terms:
        group = next((words for start, end, words in by_group if start <= term.start < end), [])
        if term.stem not in names or _abbreviated(group, capitals) or (term.word.isupper() and term.word in short):
            continue
        if " ".join(group).lower() in long_places():
            held = " ".join(group).lower() in passage.lower()
        elif term.is_number:
            held = _number_held(term, numbers, stated, stems)
        elif term.stem in places():
            held = _held(term, stems)
        else:
            held = _held(term, stems) or _held_in_part(group, stems)
        if not held:
            missing.append(term)
    return missing


def is_one_place(term: Term) -> bool:
    """Whether a word names one country or people, and no part of the world."""
    return term.stem in places() and term.word.lower() not in BROAD_PLACES


# Written as a figure in questions and as a word in articles, or the other way round.
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ORDINAL_WORD = {f"{n}{suffix}": ORDINALS[n - 1] for n in range(1, 11) for suffix in ("st", "nd", "rd", "th")}


def _held(term: Term, stems: frozenset[str]) -> bool:
    if (word := ORDINAL_WORD.get(term.word.lower())) and stem(word) in stems:
        return True
    return not stems.isdisjoint(places().get(term.stem, frozenset({term.stem})))


def _number_held(term: Term, asked: Sequence[NumberForm], stated: Sequence[NumberForm], stems: frozenset[str]) -> bool:
    """Whether a passage has a question's number, in whatever form: "1,590,000" for "1.59 million"; "60" is not "60%"."""
    form = next((form for form in asked if form.start <= term.start < form.end), None)
    if form is not None and any(meets(form, other) for other in stated):
        return True
    return (form is None or form.unit is None) and _held(term, stems)


def _held_in_part(group: Sequence[str], stems: frozenset[str]) -> bool:
    """Half of a name of two words, two thirds of a longer one; a word in capitals, as in "Claude API", names no one."""
    held = sum(stem(word.lower()) in stems for word in group if not word.isupper())
    return (len(group) == 2 and held >= 1) or (len(group) > 2 and 3 * held >= 2 * len(group))


def _abbreviated(group: Sequence[str], capitals: frozenset[str]) -> bool:
    """Whether a passage has a name's initials; "ASEAN" keeps an inner letter of "Southeast"."""
    letters = _initials(group)
    if len(letters) < 4:
        return letters in capitals
    return any(len(short) - len(letters) in (0, 1) and _is_within(letters, short) for short in capitals)


def _is_within(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _initials(group: Sequence[str]) -> str:
    return "".join(word[0] for word in group)


def _groups(text: str) -> list[tuple[int, int, list[str]]]:
    """Names of several words: where each stands and its capitalised words; "Which" and the like are no part of one."""
    found = []
    for match in CAPITALISED.finditer(text):
        words = [(m.start(), m.group()) for m in re.finditer(r"[A-Z]\w*", match.group())]
        if words[0][1].lower() in STOP_WORDS:
            words = words[1:]
        if len(words) > 1:
            found.append((match.start() + words[0][0], match.end(), [word for _, word in words]))
    return found


def initials(text: str) -> frozenset[str]:
    """The initials of a passage's names of several words: "UN" for "United Nations"."""
    return frozenset(_initials(words) for _, _, words in _groups(text))
