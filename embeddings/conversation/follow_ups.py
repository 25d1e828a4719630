"""A follow-up question and the turns before it -> the question that it stands for.

By rules that can be explained, in this order: asking for sources or for more, who or when something was said, a bare
question word, one part exchanged (`embeddings.conversation.swaps`), a pronoun (`pronouns`). A question that no rule
recognises is left as it is: no language model guesses what was meant.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from embeddings.conversation.chinese import has_chinese, in_chinese, in_english, resolve_chinese
from embeddings.conversation.pronouns import person_of, resolve_pronoun, thing_of
from embeddings.conversation.referents import SPEAKING, Turn, claim_of
from embeddings.conversation.swaps import swap
from embeddings.lexical_index import informative_terms
from embeddings.question import AUXILIARY, FRAMING_WORDS

__all__ = ["MAX_LENGTH", "MAX_TURNS", "NO_RULE", "Resolved", "Turn", "resolve"]

MAX_TURNS = 3  # what was said longer ago is forgotten
MAX_LENGTH = 300  # code points of a resolved question: it is shown in small print
READ = 1000  # code points of a question or an answering sentence that are read
NO_RULE = "as asked"

START = r"^(?:(?:and|but|so|then|ok|okay)[, ]+)*"
THAT = r"(?:that|this|it|so|them)"
SOURCES = re.compile(
    rf"{START}(?:(?:is there |are there |do you have |what (?:is|are) )?(?:(?:any|an|a|the|your|some) )?"
    rf"(?:(?:other|another|further|more|second) )?(?:sources?|articles?|evidence|references?)(?: (?:for|on|about) {THAT})?"
    rf"|(?:which|what) (?:article|source|newspaper)s?(?: (?:says|said|reports) {THAT})?"
    rf"|where (?:does|did) {THAT} come from|says who|according to (?:which source|what))[\s?.!]*$",
    re.I,
)
MORE = re.compile(
    rf"{START}(?:(?:can you |could you |please )?(?:tell|give) (?:me|us) (?:(?:some|a bit|a little) )?"
    r"(?:(?:more|further) details?|more)"
    r"|(?:some )?(?:more|further) (?:details?|information|info)|more|go on|elaborate|continue|anything (?:else|more)|what else"
    rf"|details)(?: (?:about|on|of) {THAT})?(?:,? please)?[\s?.!]*$",
    re.I,
)
WHO_SAID = re.compile(
    rf"{START}(?P<verb>who (?:else )?{SPEAKING}|who (?:thinks|claimed|claims|reported|predicted|predicts|estimated))"
    rf" (?:that|this|it|so)[\s?.!]*$",
    re.I,
)
WHEN_SAID = re.compile(
    rf"{START}(?P<when>when|where|why|to whom) (?:did|does) (?:he|she|they|it) "
    rf"(?P<verb>say|claim|write|state|predict|stress|note|mention)(?: {THAT})?[\s?.!]*$",
    re.I,
)
ADVERB = r"(?:where|when|why|how|since when|until when|by when|from when|how come)"
WORD_ALONE = re.compile(
    rf"{START}(?P<word>{ADVERB}|how (?:much|many|long|often|old|big|large|far|fast)"
    r"|for how long|(?:by |with |to )?whom?|whose|what for"
    r"|(?:in )?(?:which|what) (?:ones?|city|country|year|month|place|date|day|company|article))(?: exactly| precisely)?"
    r"(?:(?:(?<=where)|(?<=when)|(?<=why)|(?<=how)) (?:is|was|were|are|did|does) (?:that|this)(?: happen)?)?[\s?.!]*$",
    re.I,
)
TAIL = re.compile(r", and (?:[\w ]{2,20})$", re.I)
COURTESY = re.compile(
    r"\W*(?:thanks?|thank you|thx|ok|okay|great|good|cool|nice|hi|hello|hey|yes|no|谢谢|好的|你好)(?: (?:a lot|so"
    r" much|you|very much))?\W*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The question to answer; `rewritten` when it is not the one that was typed, and the rule that made it."""

    text: str
    rewritten: bool
    rule: str


Rule = Callable[[str, Sequence[Turn]], str | None]


def resolve(question: str, turns: Sequence[Turn]) -> Resolved:
    """Say what a follow-up question asks, from the last three turns.

    Args:
        turns: oldest first; each with its resolved question, so that follow-ups can follow each other.
    Returns:
        The question as it was typed when it stands by itself, when nothing explains it, or when the resolved one would
        be longer than `MAX_LENGTH`. A rewritten text is one line without control or hidden signs.
    """
    asked = plain(question)
    recent = _recent(turns)
    if asked and len(asked) <= MAX_LENGTH and recent and not COURTESY.fullmatch(asked):
        name, text = _rewrite(asked, recent) or (NO_RULE, "")
        if text and len(text := _sentence(text)) <= MAX_LENGTH and text != asked:
            return Resolved(text, True, name)
    return Resolved(question, False, NO_RULE)


def plain(text: str) -> str:
    """One line without control, formatting (bidirectional, zero-width) and private signs."""
    # Categories of the Unicode Standard, chapter 4.5; a line break is a control sign and must part words.
    return " ".join("".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C").split())


def _sentence(text: str) -> str:
    text = plain(text)
    text = re.sub(r"[\s?？]+$", "", text) + ("？" if has_chinese(text) else "?")
    return text[0].upper() + text[1:]


def _recent(turns: Sequence[Turn]) -> list[Turn]:
    """The turns that count: the last three, and none from before a change of the subject."""
    kept: list[Turn] = []
    for turn in reversed(turns[-MAX_TURNS:]):
        clean = Turn(plain(turn.question)[:READ], (), plain(turn.said)[:READ])
        if not clean.question or COURTESY.fullmatch(clean.question):
            continue
        if kept and not _stems(kept[0].question) & _stems(f"{clean.question} {clean.said}"):
            break
        kept.insert(0, clean)
    return kept


def _stems(text: str) -> set[str]:
    return {term.stem for term in informative_terms(text) if term.word.lower() not in FRAMING_WORDS}


def _sources(question: str, turns: Sequence[Turn]) -> str | None:
    return turns[-1].question if SOURCES.match(question) else None


def _more(question: str, turns: Sequence[Turn]) -> str | None:
    if not MORE.match(question):
        return None
    # Of "Are ferries electric?" no rule can tell where the thing ends.
    whole = re.match(rf"{AUXILIARY}\b", turns[-1].question, re.I)
    what = None if whole else thing_of(turns[-1:]) or person_of(turns[-1:])
    return f"What do the articles say about {what}?" if what else turns[-1].question


def _who_said(question: str, turns: Sequence[Turn]) -> str | None:
    match = WHO_SAID.match(question)
    if not match:
        return None
    claim = claim_of(turns[-1].said)
    return f"{match['verb']} that {_inner(claim)}?" if claim else f"{match['verb']} {_inner(_base(turns[-1]))}?"


def _when_said(question: str, turns: Sequence[Turn]) -> str | None:
    match = WHEN_SAID.match(question)
    who = person_of(turns) if match else None
    if not match or not who:
        return None
    asked = f"{match['when']} did {who} {match['verb']}"
    claim = claim_of(turns[-1].said)
    return f"{asked} that {_inner(claim)}?" if claim else f"{_base(turns[-1])}, and {_inner(asked)} so?"


def _word_alone(question: str, turns: Sequence[Turn]) -> str | None:
    match = WORD_ALONE.match(question)
    if not match:
        return None
    word, base = match["word"], _base(turns[-1])
    if re.fullmatch(ADVERB, word, re.I):
        if swapped := re.match(rf"{ADVERB} (?={AUXILIARY}\b)", base, re.I):
            return f"{word} {base[swapped.end() :]}?"
        if re.match(rf"{AUXILIARY}\b", base, re.I):
            return f"{word} {_inner(base)}?"
    # "Who proposed it?" – "Who?" asks the same again.
    return f"{base}?" if base.lower().startswith(word.lower()) else f"{base}, and {word.lower()}?"


def _base(turn: Turn) -> str:
    """The last question without its mark, and without what a bare question word added to it."""
    base = turn.question.rstrip(" ?.!")
    tail = TAIL.search(base)
    return base[: tail.start()] if tail and WORD_ALONE.match(tail.group().removeprefix(", ")) else base


def _inner(text: str) -> str:
    """A sentence as it stands inside another: its first capital goes unless it begins a name."""
    first = text.split(" ", 1)[0]
    common = first.lower() in {
        "the",
        "a",
        "an",
        "on",
        "in",
        "of",
        "by",
        "over",
        "who",
        "what",
        "which",
        "how",
        "when",
        "where",
        "why",
    }
    return text[:1].lower() + text[1:] if common or re.fullmatch(AUXILIARY, first, re.I) else text


def _swapped(question: str, turns: Sequence[Turn]) -> str | None:
    return swap(question, Turn(_base(turns[-1]), turns[-1].quotes, turns[-1].answer))


def _rewrite(question: str, turns: Sequence[Turn]) -> tuple[str, str] | None:
    """The first rule that gives a text, and the text; a follow-up is read in the language of the talk before it."""
    if has_chinese(turns[-1].question):
        chinese = question if has_chinese(question) else in_chinese(question)
        text = resolve_chinese(chinese, turns[-1]) if chinese else None
        return ("chinese", text) if text else None
    english = in_english(question) if has_chinese(question) else question
    return next(((name, text) for name, rule in RULES if english and (text := rule(english, turns))), None)


# Tried in this order; the first that gives a text wins.
RULES: tuple[tuple[str, Rule], ...] = (
    ("sources", _sources),
    ("more", _more),
    ("who said", _who_said),
    ("when said", _when_said),
    ("question word", _word_alone),
    ("swap", _swapped),
    ("pronoun", resolve_pronoun),
)
