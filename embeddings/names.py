"""Which words of a question name one thing, and whether a passage holds the same name in some form.

A name is a word with a capital inside a sentence, a number or year, or a country or people in any case.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz

from corpus.country_names import homes_of_languages, territories
from corpus.number_forms import NumberForm, forms_in, meets
from embeddings.lexical_index import STOP_WORDS, Term, stem, terms_of

# Countries and languages whose names are common words.
NO_PLACES = frozenset(
    {"world", "latin", "church", "turkey", "jersey", "english", "polish", "reunion", "pseudo", "accent", "bidi"}
)
# Last words of names of several words that are said alone, and what CLDR lacks.
MORE_PLACES = (
    "korea",
    "saudi",
    "arabia",
    "america",
    "american",
    "usa",
    "britain",
    "british",
    "european",
    "asian",
    "african",
)
# Of several countries: an article may speak of them by naming one, so their absence tells little.
BROAD_PLACES = frozenset({"america", "american", "usa", "european", "asian", "african"})
BODIES = frozenset(
    """
    University Institute Center Centre College School Academy Committee Commission Council Conference Congress Ministry Department
    Bureau Administration Agency Association Federation Union Bank Fund Group Company Corporation Library Museum Hospital
    Laboratory Lab Park Port Province City County District Initiative Plan Program Programme Project Report Forum Summit Network
    """.split()
)
TITLES = frozenset(
    """
    Mr Mrs Ms Dr Prof Professor President Premier Minister Chairman Chairwoman Chair Director Deputy Secretary General Governor
    Mayor Ambassador Founder Expert Author Scholar Researcher Sir According In The And But When While As By For With From
    """.split()
)
PEOPLE_ENDINGS = ("i", "n", "an", "ian", "ese")
# Parts of the world that a passage also speaks of by naming one of their countries; not Asia, which China is in.
CONTINENTS = {"africa": "Africa", "african": "Africa", "europe": "Europe", "european": "Europe"}
UNITED_STATES = re.compile(r"\b(?:US|USA|U\.S\.|United States|Americans?)(?!\w)")
YEAR = re.compile(r"(?:19|20)\d\d")
ALIKE = 60  # percent; "Jun" and "Jn" have 80, "Caiyu" and "Liehong" 33
DECADE = re.compile(r"(?:19|20)\d0s")
# "Did Beijing make up its mind?" asks of China; "companies in Beijing" does not.
SEAT_OF_CHINA = re.compile(
    r"\b(?i:did|does|do|has|had|will|would|can|that|which|what|why|how|when) Beijing\b"
    r"|\bBeijing (?:did|does|has|had|is|was|will|would|wants?|plans?|hopes?|promise[sd]|says?|said|took|takes|[a-z]+ed)\b"
    r"|\bBeijing[’']s (?:conduct|stance|policy|policies|view|views|government|plans?|position|principles?|approach|strategy)\b"
)
CAPITALISED = re.compile(r"[A-Z][\w’']*(?:[ -](?:(?:of|and|for|the|on|in) )*[A-Z][\w’']*)+")


def is_name(term: Term, text: str) -> bool:
    """Whether a word of a question names one thing."""
    if term.is_number or term.stem in places():
        return True
    if text.isupper() or text.istitle():
        return False
    if term.word == "US":
        return True
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
def _guessed_peoples() -> Mapping[str, frozenset[str]]:
    """Stems of countries with what their peoples may be called, and the other way round: "pakistan" with "pakistani".

    CLDR lists no peoples but those with a language; a form that nobody says does no harm in comparing.
    """
    found: dict[str, set[str]] = {}
    for name in (name.lower() for code, name in territories().items() if code.isalpha() and name.isalpha()):
        for people in {stem(root + ending) for root in (name, name.rstrip("aeioy")) for ending in PEOPLE_ENDINGS}:
            found.setdefault(stem(name), set()).add(people)
            found.setdefault(people, set()).add(stem(name))
    return {name: frozenset(same) for name, same in found.items()}


@cache
def countries_of(continent: str) -> frozenset[str]:
    """Stems of the countries of a part of the world and of their peoples.

    Args:
        continent: as the tz database begins the names of its zones ("Africa").
    """
    from babel import core  # its data files take a tenth of a second to read

    zones = core.get_global("zone_territories")
    codes = {code for zone, code in zones.items() if zone.startswith(f"{continent}/")}
    names = {stem(name.lower()) for code, name in territories().items() if code in codes and name.isalpha()}
    return frozenset().union(
        names, *(places().get(name, frozenset()) | _guessed_peoples().get(name, frozenset()) for name in names)
    )


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
        if term.word == "US":  # its stem is that of "use"
            held = UNITED_STATES.search(passage) is not None
        elif term.word == "Beijing" and SEAT_OF_CHINA.search(question):
            held = _held(term, stems) or "china" in stems or "chines" in stems
        elif continent := CONTINENTS.get(term.word.lower()):
            held = _held(term, stems) or not stems.isdisjoint(countries_of(continent))
        elif " ".join(group).lower() in long_places():
            held = " ".join(group).lower() in passage.lower()
        elif term.is_number:
            held = _number_held(term, numbers, stated, stems)
        elif term.stem in places():
            held = _held(term, stems)
        else:
            held = _held(term, stems) or _held_in_part(group, stems, passage)
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
    same = places().get(term.stem, frozenset({term.stem})) | _guessed_peoples().get(term.stem, frozenset())
    return not stems.isdisjoint(same)


def _number_held(term: Term, asked: Sequence[NumberForm], stated: Sequence[NumberForm], stems: frozenset[str]) -> bool:
    """Whether a passage has a question's number, in whatever form: "1,590,000" for "1.59 million"; "60" is not "60%"."""
    if DECADE.fullmatch(term.word):
        return any(part.startswith(term.word[:3]) for part in stems)
    if YEAR.fullmatch(term.word) and term.stem in stems:
        return True  # "2024 RMB" in keywords is a year, and no sum of money
    form = next((form for form in asked if form.start <= term.start < form.end), None)
    if form is not None and any(meets(form, other) for other in stated):
        return True
    return (form is None or form.unit is None) and _held(term, stems)


def _held_in_part(group: Sequence[str], stems: frozenset[str], passage: str) -> bool:
    """Half of a name of two words, two thirds of a longer one.

    Of two words, one in capitals ("Claude API"), one for a kind of body ("Tsinghua University") and one that the passage has in
    another name only ("Liu Caiyu" for "Liu Liehong") name no one.
    """
    held = [word for word in group if not word.isupper() and stem(word.lower()) in stems]
    if len(group) == 2:
        return any(word not in BODIES and not _only_in_others(word, group, passage) for word in held)
    return len(group) > 2 and 3 * len(held) >= 2 * len(group)


def _only_in_others(word: str, group: Sequence[str], passage: str) -> bool:
    """Whether a word stands in a passage only as a part of longer names that are not the asked one; a title makes no other."""
    named = list(re.finditer(rf"(?:\b(?P<before>[A-Z][\w’'-]+) )?\b{re.escape(word)}\b(?: (?P<behind>[A-Z][\w’'-]+))?", passage))
    beside = [{match["before"], match["behind"]} - {None} - TITLES for match in named]
    others = [{name for name in names if not any(_is_alike(name, asked) for asked in group)} for names in beside]
    return bool(named) and all(others)


def _is_alike(one: str, other: str) -> bool:
    """Whether two words are one, but for a slip of the keyboard."""
    return fuzz.ratio(one.lower(), other.lower()) >= ALIKE


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
