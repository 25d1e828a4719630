"""Which part of the answering sentence is the answer itself: the number, date, name or list that a reader looks for.

Does not judge whether the sentence answers (`embeddings.abstention`), and marks nothing that the question itself said.
"""

import re
from collections.abc import Sequence

from embeddings.asked_figures import LONGEST_SENTENCE, asked_date, asked_quantity, nearness, wanted_quantity
from embeddings.conversation.referents import NAME, TITLES, Name, NameKind, name_kind, names_in
from embeddings.lexical_index import STOP_WORDS, stem, terms_of
from embeddings.name_roles import is_country, is_person
from embeddings.question import AUXILIARY, AnswerKind, Question

# The question word stands first in a clause; "judge where this is going" asks for no place.
ASKS = re.compile(
    r"(?:^|[,;:.?!]\s+|^(?:and|but|so)\s+)(?:(?:and|but|so)\s+)?(?:(?:in|on|at|of|for|from|to|by|with|since|under|as)\s+)?"
    r"(?P<word>who|whom|whose|what|which|when|where|how)\b",
    re.I,
)
# No role: "Ines Moreau, speaking in Oslo, …".
NO_ROLE = r"(?!(?:who|which|\w+ing|in|on|at|with|as|by|for|from|to|and|the article|the author)\b)"
APPOSITION = re.compile(rf",\s+(?:who is (?:an? )?)?(?P<role>{NO_ROLE}[^,;.]{{3,60}}?)(?=,|\s+\()")
LONGEST_ROLE = 8  # words; a longer one would hide the name in bold
RANK = re.compile(
    r"\brank(?:s|ed)?\s+(?P<place>(?:\w+ly\s+)?(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|among the top(?: \w+)?)"
    r"(?: in the world| worldwide| globally)?)",
    re.I,
)
RANKS = re.compile(r"\bwhere\b.*\brank(?:s|ed)?\b|\bwhat rank\b|\bhow (?:high )?(?:does|did|do|is) .*\brank(?:ed)?\b", re.I)
STANDS_FOR = re.compile(r"\b(?:stands for|short for)\s+(?:the\s+)?(?P<whole>[^,;.()]+)", re.I)
WHICH = re.compile(
    rf"\b(?:which|what)\s+(?P<noun>(?!{AUXILIARY}\b|about\b)(?:[\w’'-]+\s+){{0,4}}?[\w’'-]+)\s+(?:of|in|for|from|with|by|at|on|to|{AUXILIARY})\b",
    re.I,
)
WHICH_WORDS = re.compile(rf"\b(?:which|what)\s+(?!{AUXILIARY}\b|about\b)((?:[\w’'-]+\s+){{1,4}})", re.I)
LIST_END = (
    rf"(?=\s+(?:{AUXILIARY}|which|that|so|all of which)\b|\s+\(which|[;.](?:\s|$)|, (?:and )?(?:which|all|so|both|according|as)\b"
    r"|, (?:the (?:article|author)|[A-Z]\w+(?: \w+)?) (?:says?|said|writes?|wrote|adds?)\b|$)"
)
ORDINAL = r"(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
POSITION = re.compile(r"\b(?:position|role|job|post|title|profession|occupation)\b|\bwho (?:is|was|are|were)\b", re.I)
Part = tuple[int, int]


def answer_part(question: Question, sentence: str) -> tuple[int, int] | None:
    """Find the words of an answering sentence that give the answer: "nearly 600 billion yuan", "by September 2024".

    Returns:
        Where they start and end in the sentence, letters counted, end excluded. `None` when it is not sure which they
        are; then the whole sentence is the answer.
    """
    part = _found(question, sentence) if len(sentence) <= LONGEST_SENTENCE else None
    return _trimmed(sentence, *part) if part else None


def _found(question: Question, sentence: str) -> Part | None:
    if RANKS.search(question.text):
        match = RANK.search(sentence)
        return match.span("place") if match else None
    if wanted_quantity(question):
        quantity = asked_quantity(question, sentence)
        return (quantity.start, quantity.end) if quantity else None
    if question.kind is AnswerKind.DATE:
        date = asked_date(question, sentence)
        return (date.start, date.end) if date else None
    asks = ASKS.search(question.text)
    if not asks:
        return None
    if question.kind is AnswerKind.PERSON or POSITION.search(question.text):
        return _role(question, sentence) or (_person(question, sentence) if question.kind is AnswerKind.PERSON else None)
    if question.kind in {AnswerKind.PLACE, AnswerKind.CITY}:
        return _place(question, sentence)
    return _stands_for(question, sentence) or _thing(question, sentence)


def _trimmed(sentence: str, start: int, end: int) -> Part | None:
    words = sentence[start:end]
    start += len(words) - len(words.lstrip(" ,;:"))
    end -= len(words) - len(words.rstrip(" ,;:"))
    # Bold for nearly all of it would tell the reader nothing.
    return (start, end) if start < end and end - start < 0.8 * len(sentence) else None


def _asked(name: str, question: Question) -> bool:
    """Whether the question itself said a name, or most of it."""
    stems = [term.stem for term in terms_of(name) if term.word.lower() not in STOP_WORDS]
    held = {term.stem for term in terms_of(question.text)}
    return 2 * sum(one in held for one in stems) > len(stems)


def _role(question: Question, sentence: str) -> Part | None:
    """ "Who is Ines Moreau?" is answered by what stands behind her name: "master of the harbour"."""
    if not POSITION.search(question.text):
        return None
    for name in names_in(sentence):
        if name.kind is NameKind.PERSON and _asked(name.text, question):
            match = re.compile(r",\s+(?:who is (?:an? )?)?(?P<role>(?!who\b)[^,;]{3,120}?)(?=,|\s+\()").match(sentence, name.end)
            return match.span("role") if match else None
    return None


def _person(question: Question, sentence: str) -> Part | None:
    found = [name for name in names_in(sentence) if not _asked(name.text, question) and is_person(name, sentence)]
    if not found and (body := _acting_body(question, sentence)):
        return body
    name = _one_name(question, sentence, found)
    if not name or (re.search(r"\bwhom\b", question.text, re.I) and _acts(name, sentence)):
        return None
    start = _with_title(name, sentence)
    match = APPOSITION.match(sentence, name.end)
    if match and len(match["role"].split()) <= LONGEST_ROLE and not _asked(match["role"], question):
        return start, match.end("role")
    return start, name.end


def _acts(name: Name, sentence: str) -> bool:
    """Whether a name opens its sentence, where the one who acts stands and not the one to whom it is done."""
    return not re.search(r"[a-z]", sentence[: name.start])


def _with_title(name: Name, sentence: str) -> int:
    """Where the capitalised words before a name begin that are its title: "General Secretary"."""
    match = re.search(r"(?:[A-Z][a-z]+\s+)+$", sentence[: name.start])
    if match and match.group().split()[-1].lower() in TITLES:
        return match.start()
    return name.start


def _acting_body(question: Question, sentence: str) -> Part | None:
    """A body that is the subject of a verb of the question: "the Harbour Council approved …"."""
    verbs = {term.stem for term in question.focus}
    acting = []
    for name in names_in(sentence):
        behind = re.match(r"(?:,[^,]+,)?\s+(?:(?:has|have|had|was|is)\s+)?([a-z]+)", sentence[name.end :])
        if name.kind is NameKind.BODY and behind and stem(behind[1]) in verbs and not _asked(name.text, question):
            acting.append(name)
    return (acting[0].start, acting[0].end) if len(acting) == 1 else None


def _one_name(question: Question, sentence: str, found: Sequence[Name]) -> Name | None:
    """The only name, or the one that stands clearly nearest to the question's words."""
    if len({name.text for name in found}) < 2:
        return found[0] if found else None
    scored = sorted(((nearness(question, sentence, name.start, name.end), name) for name in found), key=lambda pair: -pair[0])
    return scored[0][1] if scored[0][0] > 1.5 * scored[1][0] else None


def _place(question: Question, sentence: str) -> Part | None:
    wants_country = re.search(r"\b(?:country|countries)\b", question.text, re.I)
    origin = re.search(r"\bfrom\W*$|^from where", question.text, re.I)
    found = [
        name
        for name in names_in(sentence)
        if name.kind is NameKind.PLACE and not _asked(name.text, question) and _is_located(name, sentence)
        and (question.kind is not AnswerKind.CITY or not is_country(name.text))
        and (not wants_country or is_country(name.text))
        and (not origin or re.search(r"\bfrom\s+(?:the\s+)?$", sentence[: name.start], re.I))
    ]  # fmt: skip
    name = _one_name(question, sentence, found)
    return (name.start, name.end) if name else None


def _is_located(name: Name, sentence: str) -> bool:
    """Whether something is said to be there: "in Oslo", "Oslo's harbour"; not "the Norwegian premier"."""
    before, behind = sentence[: name.start], sentence[name.end :]
    return bool(re.search(r"\b(?:in|from|near|at|to|with)\s+(?:the\s+)?$", before, re.I) or re.match(r"['’]s?\b", behind))


def _stands_for(question: Question, sentence: str) -> Part | None:
    if re.search(r"\bstand for\b|\bshort for\b", question.text, re.I) and (match := STANDS_FOR.search(sentence)):
        return match.span("whole")
    return None


def _thing(question: Question, sentence: str) -> Part | None:
    """ "Which committee …?" is answered by a name that ends in "Committee", "Which sectors …?" by "such as steel and glass"."""
    match = WHICH.search(question.text)
    if not match:
        # "Which companies build …": the verb is not known from the noun, but only the noun can head a list.
        words = WHICH_WORDS.search(question.text)
        return next((found for word in words[1].lower().split() if (found := _listed(word, sentence))), None) if words else None
    head = match["noun"].split()[-1].lower()
    return _numbered(head, question, sentence) or _listed(head, sentence) or _named(head, question, sentence)


def _numbered(head: str, question: Question, sentence: str) -> Part | None:
    """ "At which session …?" -> "78th session"."""
    found = [
        m
        for m in re.finditer(rf"\b{ORDINAL}\s+{re.escape(head)}\b", sentence, re.I)
        if m.group().lower() not in question.text.lower()
    ]
    return found[0].span() if len(found) == 1 else None


def _listed(head: str, sentence: str) -> Part | None:
    """What is listed behind the asked word: "five key areas: …", "such industries as …", "companies such as …"."""
    noun = rf"\b{re.escape(head)}\b"
    patterns = (
        rf"\bsuch {noun} as (?P<list>.+?){LIST_END}",
        rf"{noun}(?:[^,;.:]{{0,40}})?(?:,| -)? (?:such as|including|namely|among them) (?P<list>.+?){LIST_END}",
        rf"{noun}: (?P<list>.+?)(?=[;.](?:\s|$)|$)",
    )
    found = [match for pattern in patterns if (match := re.search(pattern, sentence, re.I))]
    return found[0].span("list") if len(found) == 1 else None


def _named(head: str, question: Question, sentence: str) -> Part | None:
    """The only name that the question lacks and that ends in the asked word or stands before it."""
    found = []
    for match in NAME.finditer(sentence):
        name = match.group().strip('"“”')
        start = sentence.index(name, match.start())
        last, behind = name.split()[-1].lower(), re.match(r"[\"”]?\s+(\w+)", sentence[match.end() :])
        ends = stem(last.strip('"”')) == stem(head) and " " in name
        stands_before = bool(behind and stem(behind[1].lower()) == stem(head)) and name_kind(name) is not NameKind.PLACE
        if (ends or stands_before) and not _asked(name, question):
            found.append((start, start + len(name)))
    quoted = [match.span(1) for match in re.finditer(rf"[\"“]([^\"”]+)[\"”]\s+{re.escape(head)}\b", sentence, re.I)]
    found = [part for part in quoted if not _asked(sentence[slice(*part)], question)] or found
    return found[0] if len(found) == 1 else None
