"""Follow-ups that put one thing in the place of another: "and in 2030?", "what about Beijing?", "and its design time?".

Each takes the last question and gives it back with the year, the name or the noun exchanged, or `None`.
"""

import re
from functools import cache

from embeddings.conversation.pronouns import resolve_pronoun
from embeddings.conversation.referents import MONTHS, YEAR, Name, NameKind, Turn, is_place, names_in, subject_of
from embeddings.question import AUXILIARY, HOW_MANY

MONTH = "|".join(month.capitalize() for month in sorted(MONTHS))
MOMENT = (
    rf"(?:(?:the )?(?:very )?(?:end|beginning|start|middle) of )?(?:(?:early|late|mid) )?(?:(?:{MONTH}),? )?{YEAR.pattern}"
    rf"(?: (?:and|to) {YEAR.pattern}|[-–]{YEAR.pattern})?"
)
RELATIVE = r"(?:last|this|next) (?:year|month|decade)|today|now|at present|(?:ten|five|\d+) years (?:ago|from now|later)"
TIME = re.compile(rf"(?:\b(?P<prep>in|by|since|before|after|until|from|as of|at|during) )?(?P<time>{MOMENT})")
TIME_ONLY = re.compile(rf"(?:the year )?(?:{MOMENT}|{RELATIVE})", re.I)
LEAD = re.compile(r"^(?:(?:and|but|or|so|then|also|ok|okay)[, ]+)*(?:(?:what|how) about\b)?[, ]*", re.I)
TRAIL = re.compile(r"(?: then| too| as well| instead| please)?[\s?!.]*$", re.I)
PREPOSITION = re.compile(r"^(in|into|for|by|since|before|after|until|at|on|with|from|of|to|as of|about|during|per) ", re.I)
UNIT = re.compile(
    r"(?:us )?(?:dollars?|yuan|rmb|renminbi|euros?|pounds?|yen|percent|per cent|percentage|usd|eur|cny|tons?|tonnes"
    r"|words|numbers|figures)",
    re.I,
)
VERBAL = re.compile(rf"\b(?:{AUXILIARY}|who|what|which|when|where|why|how|whose|that|it|he|she|they|you|i|we|is|there)\b", re.I)
ONES = re.compile(r"(?:the )?([A-Z][a-z]+|[a-z]+(?:an|ese|ish)) ones?", re.I)
OWNED = re.compile(r"(?:its|their|his|her) (.+)", re.I)
MAX_WORDS = 8  # a longer fragment says by itself what it is about
PEOPLES = frozenset({"american", "british", "european", "asian", "african", "western", "foreign", "domestic"})


def swap(question: str, turn: Turn) -> str | None:
    """Read a fragment such as "and in 2030?" as the last question with one part exchanged."""
    lead = LEAD.match(question)
    led = bool(lead and lead.group().strip())
    part = TRAIL.sub("", question[lead.end() if lead else 0 :]).strip(" ,")
    found = PREPOSITION.match(part)
    prep, rest = (found[1].lower(), part[found.end() :]) if found else ("", part)
    if not rest or len(part.split()) > MAX_WORDS or VERBAL.search(re.sub(r"\bthat$", "", rest)):
        return None
    bare = TIME_ONLY.fullmatch(rest) or (is_place(rest) and question.rstrip().endswith("?"))
    if not (led or bare or (prep and len(rest.split()) <= 3)):
        return None
    base = turn.question.rstrip(" ?.!")
    rules = (_before, _time, _unit, _ones, _owned, _name, _noun)
    return next((text for rule in rules if (text := rule(base, prep, rest, turn))), None)


def _before(base: str, prep: str, rest: str, turn: Turn) -> str | None:
    if rest.lower() not in {"that", "then"} or prep not in {"before", "after", "since"}:
        return None
    year = next((match.group() for text in (base, turn.said) for match in [YEAR.search(text)] if match), None)
    return _with_time(base, f"{prep} {year}") if year else None


def _time(base: str, prep: str, rest: str, turn: Turn) -> str | None:
    if not TIME_ONLY.fullmatch(rest):
        return None
    held = list(TIME.finditer(base))
    if prep or not YEAR.search(rest) or not held:
        return _with_time(base, f"{prep or ('in' if YEAR.search(rest) else '')} {rest}".strip())
    return _cut(base, *held[-1].span("time"), rest)


def _with_time(base: str, when: str) -> str:
    """The question with its last moment exchanged for another, or with one added."""
    held = [match for match in TIME.finditer(base) if match["prep"]]
    return _cut(base, *held[-1].span(), when) if held else f"{base} {when}?"


def _unit(base: str, prep: str, rest: str, turn: Turn) -> str | None:
    if prep not in {"in", "into"} or not UNIT.fullmatch(rest):
        return None
    return re.sub(rf", in {UNIT.pattern}$", "", base, flags=re.I) + f", in {rest}?"


def _ones(base: str, prep: str, rest: str, turn: Turn) -> str | None:
    match = ONES.fullmatch(rest)
    asked = re.match(r"(?:which|what|how many|how much) ", base, re.I)
    if not match or not asked:
        return None
    kept = base[asked.end() :].split(" ", 1)
    if _is_people(kept[0]):
        kept = kept[1:]
    return f"{asked.group()}{match[1]} {' '.join(kept)}?"


def _owned(base: str, prep: str, rest: str, turn: Turn) -> str | None:
    match = OWNED.fullmatch(rest)
    owner = re.search(r" of (the [\w -]+?)(?= \w+$|$)|([A-Z][\w-]*(?: [A-Z][\w-]*)*)['’]s\b", base) if match else None
    held = (owner[1] or owner[2]) if owner else subject_of(base) or next((name.text for name in names_in(base)), None)
    return f"What is the {match[1]} of {held}?" if match and held else None


def _name(base: str, prep: str, rest: str, turn: Turn) -> str | None:
    fresh = rest.title() if is_place(rest) and rest.islower() else rest
    known = names_in(f"and {fresh}")
    if not known or fresh.removeprefix("the ").strip('"“”') != known[0].text:
        return None
    held = names_in(base)
    if target := _alike(known[0], held, base, prep):
        return _exchanged(base, target, fresh, prep)
    for name in held:  # "Chinese companies" and Norway: companies in Norway
        if known[0].kind is NameKind.PLACE and _is_people(name.text):
            return " ".join(f"{base[: name.start]}{base[name.end :]}".split()) + f" in {fresh}?"
    if match := re.match(r"(?:what|who) (?:is|are|was|were) (.+)$", base, re.I):
        return _cut(base, *match.span(1), fresh)
    return f"{base} {prep or ('in' if known[0].kind is NameKind.PLACE else 'for')} {fresh}?"


def _exchanged(base: str, target: Name, fresh: str, prep: str) -> str:
    start, end = target.start, target.end
    if fresh.startswith("the ") and base[:start].lower().endswith("the "):
        start -= len("the ")
    # "Arab countries" is one thing.
    if prep and (more := re.match(r" (?:countries|nations|states|provinces|region)\b", base[end:])):
        end += more.end()
    if fresh.endswith("s") and fresh[-2:].islower() and base[end : end + 2] in {"'s", "’s"}:  # "the Netherlands’ ports"
        return _cut(base, start, end + 2, f"{fresh}’")
    return _cut(base, start, end, fresh)


# What a name may take the place of, likest first.
TAKES = {
    NameKind.PLACE: (NameKind.PLACE,),
    NameKind.PERSON: (NameKind.PERSON,),
    NameKind.BODY: (NameKind.BODY, NameKind.OTHER, NameKind.PERSON),
    NameKind.OTHER: (NameKind.OTHER, NameKind.BODY, NameKind.PLACE),
}


def _alike(fresh: Name, held: list[Name], base: str, prep: str) -> Name | None:
    """The name of a question that another may take the place of: the last of the same kind, after the same preposition."""
    usable = [name for name in held if name.kind in TAKES[fresh.kind] and not _is_people(name.text)]
    after = [name for name in usable if prep and re.search(rf"\b{prep} (?:the )?$", base[: name.start], re.I)]
    for kind in TAKES[fresh.kind]:
        if same := [name for name in (after or ([] if prep and prep != "about" else usable)) if name.kind is kind]:
            return same[-1]
    return None


def _noun(base: str, prep: str, rest: str, turn: Turn) -> str | None:
    """ "And for Asia's ports?" after "… for care homes?"; "and hubs?" after "how many stations …?"."""
    if prep:
        held = list(
            re.finditer(rf"\b{prep} (?!{prep}\b)((?:(?!\b(?:in|for|by|since|at|on|with|from|to)\b)[\w’'+-]+ ?)+)$", base, re.I)
        )
        return _cut(base, *held[-1].span(1), rest) if held else f"{base} {prep} {rest}?"
    if re.match(r"the \w+", rest, re.I):
        if resolved := resolve_pronoun(f"What is {rest}?", [turn]):
            return resolved
        subject = subject_of(base)
        inside = "in" if subject and names_in(f"of {subject}") else "for"
        return f"What is {rest} {inside} {subject}?" if subject and subject.lower() not in rest.lower() else None
    counted = subject_of(base) if re.match(HOW_MANY, base, re.I) else None
    if counted and counted in base:
        return _cut(base, base.index(counted), base.index(counted) + len(counted), rest)
    said = re.search(r"\b(?:say|said|think|write|report) about (.+)$", base, re.I)
    return _cut(base, *said.span(1), rest) if said else None


def _cut(base: str, start: int, end: int, words: str) -> str:
    return f"{base[:start]}{words}{base[end:]}".rstrip() + "?"


def _is_people(word: str) -> bool:
    """Whether a name is an adjective, which no noun can take the place of."""
    return word.lower() in PEOPLES or word in _languages()


@cache
def _languages() -> frozenset[str]:
    """Languages by their English names, which are also adjectives of peoples: "Chinese", "German"."""
    from babel import Locale  # as in `corpus.country_names`

    return frozenset(Locale("en").languages.values())
