"""Who says a number: the person or body that the article names for it, in the article's words, or the article itself.

A pronoun or a surname stands for the only person of the paragraph, or of the article so far, whom it fits; where several do, or
none, the article is the speaker. A number inside a longer quotation belongs to the paragraph's only speaker.
"""

import re

from corpus.article import Article, Paragraph
from corpus.chunks import sentences_of
from corpus.figures.attachment import WORDS, distance
from corpus.figures.attributions import Attribution, attributions_in
from corpus.figures.figure import ARTICLE
from corpus.figures.speaker_names import speaker_name
from corpus.scripts import HAN_LETTER

OWN_VOICE = 15  # in words: "X said, the article reports" is X's
# "Says Deng Hui, whose firm supplies 260 clinics": the article's own words; "said Jo Ray, who added that" goes on.
OWN_PREDICATE = re.compile(r", (?:and|but) (?:it )?[a-z]+(?:es|s) (?:up to|over|about|nearly|the|its|their|an?|\W?\d)")
RELATIVE = re.compile(r", (?:whose|who|which)\b")
SAYING = re.compile(r"\b(?:add(?:s|ed)|sa(?:ys|id)|note[sd]|explain(?:s|ed)|put(?:s)?|estimate[sd]|expects?|reckon(?:s|ed))\b")
NEW_CLAUSE = re.compile(r", whereas\b|, who[^,]*\b(?:is|was|has|had|leads|led|runs|heads)\b")
QUOTED_WORDS = 6  # shorter ones are terms: "30-minute rapid dubbing"
PRONOUN = re.compile(r"(?:he|she|it|they|who|which)", re.I)
ONE_WORD = re.compile(r"[A-Z][\w’'-]+")
FULL_NAME = r"(?:{one} [A-Z][a-z]+|[A-Z][a-z]+ {one})(?![\w’'-])"
ROLE = re.compile(r"[a-z]+")
QUOTATION = re.compile(r"[“\"]([^“”\"]*)[”\"]")


def speaker_of(article: Article, sentence: tuple[int, int], number: tuple[int, int]) -> str:
    """The person or body that says a number, or `ARTICLE`.

    Args:
        sentence, number: first and last place in the article's text, the last excluded.
    """
    text = article.text[slice(*sentence)]
    start, end = number[0] - sentence[0], number[1] - sentence[0]
    paragraph = next((part for part in article.paragraphs() if part.start <= sentence[0] < part.end), None)
    named: list[tuple[int, str]] = []
    for attribution in attributions_in(text):
        speaker = _resolved(article, paragraph, sentence[0] + attribution.start, attribution.words)
        if speaker and (cost := _cost(text, start, end, attribution)) is not None:
            named.append((cost + (OWN_VOICE if speaker == ARTICLE else 0), speaker))
    if named:
        return min(named, key=lambda entry: entry[0])[1]
    return _quoted_speaker(article, paragraph, number) or ARTICLE


def _cost(text: str, start: int, end: int, attribution: Attribution) -> int | None:
    """How far an attribution is from a number, in words; nothing where a semicolon parts it from the number before it."""
    if attribution.start < end and start < attribution.end:
        return 0 if attribution.start <= start else None
    if attribution.end <= start:
        if RELATIVE.match(text, attribution.end) and not SAYING.search(text[attribution.end : start]):
            return None
        if OWN_PREDICATE.match(text, attribution.end):
            return None
        if attribution.closes and NEW_CLAUSE.search(text[attribution.end : start]):
            return None
        return distance(text[attribution.end : start])
    if attribution.opens:
        return None
    between = text[end : attribution.start]
    if re.search(r", (?:and|but|while|yet)(?: the)?\s*$", between) and not re.match(r"[.,;:]|$", text[attribution.end :]):
        return None  # "Cocoa sells for £4,210, and growers say they receive less"
    return None if ";" in between or "；" in between else distance(between)


def _resolved(article: Article, paragraph: Paragraph | None, place: int, words: str) -> str | None:
    """The speaker that an attribution's words mean at their place; nothing where that is not sure."""
    if PRONOUN.fullmatch(words.strip()):
        return _only_speaker(article, paragraph, place)
    speaker = speaker_name(words)
    if speaker and ONE_WORD.fullmatch(speaker):
        return _full_name(article.text[:place], speaker) or speaker
    if speaker and ROLE.fullmatch(speaker) and (known := _only_speaker(article, paragraph, place)):
        described = rf"{re.escape(known)}[^.;]{{0,80}}\b{speaker}\b|\b{speaker}\b[^.;]{{0,20}}{re.escape(known)}"
        return known if re.search(described, article.text[:place], re.I) else speaker
    return speaker


def _only_speaker(article: Article, paragraph: Paragraph | None, place: int) -> str | None:
    """The one named speaker of a paragraph before a place; nothing where there are several."""
    if paragraph is None:
        return None
    names: set[str] = set()
    for sentence in sentences_of(article, paragraph):
        for attribution in attributions_in(sentence.text):
            at = sentence.span.start + attribution.start
            speaker = None if at >= place or PRONOUN.fullmatch(attribution.words.strip()) else speaker_name(attribution.words)
            if speaker and speaker != ARTICLE and (speaker[0].isupper() or HAN_LETTER.match(speaker)):
                names.add(_full_name(article.text[:at], speaker) or speaker)
    return names.pop() if len(names) == 1 else None


def _full_name(before: str, one: str) -> str | None:
    """The full name that a surname stands for, where the text before gives only one such."""
    if not ONE_WORD.fullmatch(one):
        return None
    found = {match.group() for match in re.finditer(rf"\b{FULL_NAME.format(one=re.escape(one))}", before)}
    return found.pop() if len(found) == 1 else None


def _quoted_speaker(article: Article, paragraph: Paragraph | None, number: tuple[int, int]) -> str | None:
    """The speaker of the quotation that a number stands in, where its paragraph names only one."""
    if paragraph is None:
        return None
    text = article.text[paragraph.start : paragraph.end]
    start, end = number[0] - paragraph.start, number[1] - paragraph.start
    for quotation in QUOTATION.finditer(text):
        if quotation.start() < start and end < quotation.end() and len(WORDS.findall(quotation[1])) >= QUOTED_WORDS:
            return _only_speaker(article, paragraph, paragraph.end)
    return None
