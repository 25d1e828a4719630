"""What holds digits or number words and is no figure: dates, ordinals, names, list numbers, phone numbers, addresses.

Measures nothing (`corpus.figures.numbers`): it says only which stretches of a text are not to be read as numbers. A name is
told by what stands next to the digits, so that one that nobody has heard of yet is a name, too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.figures.idioms import IDIOMS
from corpus.figures.no_figure_patterns import PATTERNS
from corpus.number_forms import NUMBER_WORDS
from corpus.units import CODES
from corpus.written_dates import MONTH, dates_in

PEOPLES = r"(?:[A-Z]\w*(?:ese|ish|[ai]an|ean|man|ench|utch|reek|wiss|can)s?|[A-Z&]{2,}s?|Arab|Thai)\b"
# Words that open a sentence or a title before a number that counts: "Over 4,500", "With 42", "Covering 40".
OPENERS = (
    r"(?:Over|More|Than|Nearly|Almost|About|Around|Some|Roughly|Approximately|Under|Below|Above|Up|At|Least|Only|Just|"
    r"Another|All|"
    r"The|These|Those|This|Its|Their|Our|His|Her|My|Your|Every|Each|Any|In|On|By|To|For|From|With|Of|Among|Across|Between|"
    r"Within|After|Before|Since|Until|Of|And|Or|But|As|If|When|While|Whereas|Then|Here|There|It|They|We|He|She|I|You|Is|Are|"
    r"Was|Were|Has|Have|Had|Not|No|Now|Today|Yesterday|Tomorrow|Meanwhile|However|Yet|Also|Still|Even|Last|First|Top|"
    rf"Total|Altogether|Plus|Minus|Rs|US|{'|'.join(CODES)}|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
GERUNDS = re.compile(r"[A-Z][a-z]+(?:ing|ed|ly)")
# "the 360 Security Group", "the 2030 Agenda", "Two Sessions"; not "306 Chinese firms", "42 AI firms".
BEFORE_NAME = re.compile(
    rf"(?<![\w.,$€£¥%-])(?:\d+(?:\.\d+)?|[A-Z][a-z]+(?:-[a-z]+)*)(?P<link>[ -])(?!{PEOPLES}|[kKMGTP]?(?:bps|Hz|Wh?|B|"
    rf"b)\b)(?=(?P<name>[A-Z][a-z]+))"
)
AFTER_NAME = re.compile(
    r"(?<![\w.])(?P<head>[a-z]?[A-Z][\w&/]*(?:\.[A-Z]\.?)*\+?)[ \u00a0](?P<number>\d+(?:[.-]\d+)*[A-Z]?(?: \d+B\b)?)"
    r"(?![\w%]|[.,]\d| ?%)"
    r"(?! ?(?:percent|per cent|hundred|thousand|[mbtrquadi]+illion|bn|mn|tn|yuan|RMB|dollars|euros|km|[kKMGTPE]?W|"
    r"[kMGTPEZ]B|[TPEZ]?FLOPS)\b|[-+])"
)
LISTED = re.compile(r"[A-Z]\w+ \d{1,3}(?:,\d{3})+,? (?:and )?$")  # "Hangzhou 1,100 and Chengdu 900"
# "Bergen has 260 boats, Oslo 110 and Moss 90": the verb and the noun are those of the first.
LIST_OPENS = re.compile(r"[A-Z]\w+ (?:[a-z]+ ){1,3}(?!(?:1[89]|20)\d\d\b)\d[\d,.]*(?<=\d)(?: [a-z-]+){0,2}[,;] (?:and )?$")
LIST_LINK = re.compile(r"[,;]? (?:and )?")
LIST_ENDS = re.compile(r"[.,;]|$| and ")
YEAR = re.compile(r"(?<![\w$€£¥.,+-])(?:1[89]|20)\d\d(?![\w%°,]|\.\d|-[a-z])")
PLURAL_BEHIND = re.compile(r" (?:[a-z-]+ ){0,2}?[a-z]{2,}s\b")
# "Has 60 Bengal tigers": a name that only describes what is counted; "Shares of 360 Security" names no plural.
DESCRIBED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)? (?!has|is|was|does|says|sells|makes|plans)[a-z]{2,}(?<!ss)s\b")
IN_SENTENCE = re.compile(r"(?<!\b[Tt]he )(?<!\bthat )(?<!\bwhich )(?<!\bwhen )(?<!\bas )(?<!\bif )(?<=[a-z] )$")
COUNTED_BEFORE = re.compile(
    r"(?i:\b(?:more than|over|nearly|almost|some|at least|fewer than|less than|up to|as many as|exceed\w*|surpass\w*|close to)) $"
)


@dataclass(frozen=True, slots=True)
class NoFigure:
    """A stretch of a text, `text[start:end]`, whose digits or number words measure nothing; `kind` says what it is."""

    start: int
    end: int
    kind: str


def no_figures_in(text: str) -> list[NoFigure]:
    """The stretches of a text that are no figures, by place; they may overlap."""
    found = [
        NoFigure(*match.span("no" if "no" in pattern.groupindex else 0), kind)
        for kind, pattern in (*PATTERNS, *IDIOMS)
        for match in pattern.finditer(text)
    ]
    found += [NoFigure(date.start, date.end, "date") for date in dates_in(text) if not _counts(text, date.start, date.end)]
    found += [NoFigure(match.start(), match.end(), "year") for match in YEAR.finditer(text) if not _counts(text, *match.span())]
    return sorted([*found, *_names_before(text), *_names_after(text)], key=lambda one: (one.start, one.end))


def _counts(text: str, start: int, end: int) -> bool:
    """Whether four digits that may be a year count something: "more than 2000 firms", but "in 2000 firms …"."""
    behind = re.match(r" ?(?:hundred|thousand|[mbtr]+illion|percent|yuan)\b", text[end:])
    return bool(behind or (COUNTED_BEFORE.search(text[:start]) and PLURAL_BEHIND.match(text, end)))


def _names_before(text: str) -> Iterator[NoFigure]:
    """A bare number that opens a name: "360 Security Group", "Five-Year Plan"."""
    for match in BEFORE_NAME.finditer(text):
        word = match.group().strip(" -")
        spelled = NUMBER_WORDS.fullmatch(word.split("-")[0]) and (
            "-" in match.group() or not _opens_sentence(text, match.start())
        )
        opens = word[0].isdigit() or spelled
        counts = DESCRIBED.match(text, match.end()) and IN_SENTENCE.search(text[: match.start()])
        if opens and not counts and not re.match(MONTH, text[match.end() :]):
            yield NoFigure(match.start(), match.end("name"), "name")


def _names_after(text: str) -> Iterator[NoFigure]:
    """A bare number that ends a name: "Summit 2030", "Windows 11"; not "Over 40", nor "in Lisbon 42 firms"."""
    listed = -1  # where the list so far ends
    for match in AFTER_NAME.finditer(text):
        head, place = match["head"], match.start()
        if re.fullmatch(rf"{OPENERS}|{MONTH}", head) or (_opens_sentence(text, place) and GERUNDS.fullmatch(head)):
            continue
        if re.search(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Aa]cross) $", text[:place]) and PLURAL_BEHIND.match(text, match.end()):
            continue
        goes_on = listed >= 0 and LIST_LINK.fullmatch(text[listed:place])
        if (goes_on or LIST_OPENS.search(text[:place])) and LIST_ENDS.match(text, match.end()):
            listed = match.end()
        elif not LISTED.search(text[:place]):
            yield NoFigure(place, match.end(), "name")


def _opens_sentence(text: str, place: int) -> bool:
    return re.search(r"(?:^|[.!?:;\n“\"(])\s*$", text[:place]) is not None
