"""Where a sentence says who is speaking: "according to X", "X said", ", said X", "data from X show", "据X介绍", "X表示".

Gives the words as they stand; whom they mean is read by `corpus.figures.speakers`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.figures.speaker_names import HAN_PERSON, HAN_ROLE, NAME, PAPER
from corpus.figures.speech_words import BODIES, DOUBTFUL_SAYS, PLAIN_SAYS, THINKS
from corpus.figures.wide_attributions import AS_TOLD, BY_WHOM, RECKONING, WHICH_SAYS, WIDE_ASIDE, WIDE_INVERTED
from corpus.number_words import SPELLED

SAYS = re.compile(
    # Who "were told" something did not say it.
    r"(?<![-\w])(?!(?:(?<=were )|(?<=was )|(?<=been )|(?<=being )|(?<=are ))told\b)"
    rf"(?:{PLAIN_SAYS}|{DOUBTFUL_SAYS}(?=,? that\b|[.,]?$|, [“\"]|: | in [^,.;]{{3,40}} that\b)"
    r"|(?:estimates?|forecasts?|projects)(?= (?:the|an?|its) |(?: [a-z]+){1,4} at )"
    r"|puts?(?= (?:(?:the|its) [^,.;]{3,60}|[a-z]+(?: [a-zA-Z]+){0,5}) at )|(?:thinks?|thought)(?= that\b)"
    # "Wants wages to rise": what others are to do; "wants to build" is a plan, which needs no speaker.
    r"|(?:wants?|wanted)(?= (?!to\b)(?:[\w’'-]+ ){1,6}to [a-z])|(?:demand(?:s|ed)|urge[sd])(?= ))(?![-\w])"
)
# A body whose task it is to count: what it "recorded" it says.
COUNTING = (
    r"(?:(?:[Mm]inistry|[Bb]ureau|[Aa]dministration|[Aa]gency|[Cc]ommission|[Ii]nstitute|[Dd]epartment|[Oo]ffice|[Oo]bservatory|"
    r"[Aa]uthorit(?:y|ies)|[Cc]oast [Gg]uard|[Rr]egistry|[Aa]ssociation|[Ff]ederation|[Ss]ervice|[Cc]ouncil|[Pp]olice)\b"
    r"(?: of (?:[A-Z]\w+(?: and )? ?)+)?"
    r"|^(?:[Tt]he )?(?:[Rr]esearchers|[Ss]cientists|[Bb]iologists|[Oo]fficials|[Rr]angers|[Vv]olunteers)"
    r"(?: (?:at|from|of|with|in) .*)?|(?:think tank|watchdog|regulator|consultancy|trade body|pollster|charity)(?: [A-Z]\w+)*)"
)
COUNTED = re.compile(
    rf"(?<=[a-z])(?: (?:has|have|had))? (?:record(?:s|ed)|count(?:s|ed)|register(?:s|ed)|logs|logged|tallies|tallied|"
    r"measured) (?=[\d$€£¥]|(?i:an?|the|about|around|over|nearly|almost|some|more|less|fewer|only|just|at|up|"
    rf"\b{SPELLED}\b)\b)"
)
SHOWS = re.compile(rf"\b{PAPER}\b[^,;]{{0,80}}?\b(?:shows?|showed|finds?|found|indicates?|indicated|suggests?|puts?)\b")
SOURCE = (
    r"(?:according to|in the (?:view|opinion|words|estimation) of|by the (?:count|reckoning|estimates?|calculations) of|"
    r"as (?:quoted|reported|told|stated) by)|(?:quotes?|quoted|cites?|cited|citing)(?! in | by )"
)
SOURCES = re.compile(
    r"(?:(?:the|an?|its|their|two|three|some|several|unnamed) )?(?:[A-Z]|(?:[a-z-]+ ){0,2}(?:officials?|sources?|people|persons?|"
    r"reports?|documents?|data|figures|stud(?:y|ies)|surveys?|records?|researchers?|analysts?|experts?|executives?|ministry|police|"
    r"statements?|memo|filings?|letter|minutes|estimates?)\b)"
)
ACCORDING = re.compile(
    rf"\b(?:{SOURCE}) (?P<who>(?:[^,;.()“”]|\.(?=\w))+?)"
    r"(?=[,;()“”]|\.(?!\w)|$| (?:that|as saying|show|while|which|who)\b)",
    re.I,
)
# Who says so between commas or at the end: ", the ministry projects, and", ", Ewa Lis, wrote in a blog post."
ASIDE = re.compile(
    rf", (?:(?:the|an?|its|their|his|her) [a-z][\w’' -]{{2,50}}, )?(?P<who>(?:(?:[Tt]he|an?|its|their|his|her|one) )?{BODIES}|"
    rf"(?:(?:[Tt]he|an?|its|their|his|her) (?:(?!for|of|at|from|in|with|on)[a-z]+ ){{0,3}}|"
    rf"[a-z]+(?:er|or|ist|yst|ief|ent) )?(?!I\b){NAME}(?:[’']s)?(?: [a-z]+){{0,2}})"
    rf"(?:, an? (?:[a-z-]+ ){{1,3}}?[a-z]+,|,)? (?:{PLAIN_SAYS}|{THINKS})"
    r"(?=[,.;]|$| (?:in|on|at|during|last|this|late|earlier|yesterday|today) (?!\d))"
)
SHORT_TITLE = r"(?:Rev|Dr|Mr|Mrs|Ms|Prof|Sir|Dame|Lord|Lady|Gen|Col|Capt|Sgt|Lt)"
INVERTED = re.compile(
    rf"[,”\"’]\s?(?:[A-Za-z]+ly )?(?:{PLAIN_SAYS}|{THINKS}) (?:[Tt]he )?(?:{SHORT_TITLE}\.? )?"
    rf"(?P<role>(?:(?:[Tt]he|an?|its|their|his|her) )?(?:[\w-]+[’']s? )?"
    rf"(?:[a-z][\w-]* ){{0,4}}[a-z]+, (?={NAME}(?:[,.;]|$)))?"
    rf"(?P<who>(?!(?:on|in|at|that|to|by|it|he|she|they|there) )(?:[Tt]he |"
    rf"an? )?(?:{NAME} )?(?:[a-z]+ ){{0,2}}{NAME})(?=[,.;]|$| (?:at|in|on|of|from|who)\b)"
)
# "“…,” said the minister": without the quotation's end "said the port grew" would look the same.
SAID_ROLE = re.compile(
    rf"[”\"’']\s?(?!tells|told){PLAIN_SAYS} (?P<who>(?:the|an?) (?:[a-z]+ ){{0,2}}[a-z]+?)"
    r"(?=[,.;]|$| (?:at|in|on|of|from|who|close)\b)"
)
AS_REPORTED = re.compile(
    rf"\b[Aa]s (?P<who>(?:the )?(?:{NAME}|[a-z]+ [a-z]+|[a-z]+)) (?:reported|reports|noted|put it|puts it|has it)(?=,)"
)
BY_COUNT = re.compile(
    r"\b(?:[Bb]y|[Ii]n|[Oo]n) (?P<who>(?:the )?(?:[\w-]+ ){0,3}[\w-]+?)(?:[’']s|(?<=s)[’']) (?:own )?"
    r"(?:count|reckoning|view|opinion|estimates?|calculations?|figures|tally)\b"
)
ESTIMATE_IS = re.compile(
    rf"(?P<who>(?:[Tt]he )?{NAME})[’']s? (?:[a-z]+ ){{0,2}}(?:estimate|forecast|figure|count|tally|projection) "
    r"(?:is|was|stands at|stood at)\b"
)
PAPER_OF = re.compile(
    rf"\b{PAPER} (?:(?:released|published|issued|compiled|collected|provided) )?(?:by|from) (?:the )?(?P<who>{NAME})"
)
PARTED = re.compile(r"[;:“”\"()]|, |\b(?:that|while|and|but|as|when)\b(?! [A-Z])")
HELPING = re.compile(
    r"\s+(?:also|then|further|recently|earlier|later|once|\w+ly|has|have|had|is|are|was|were|to|quoted as|himself|itself)$"
)
NO_SUBJECT = re.compile(
    r"^(?:(?:all|much|little|nothing|everything|"
    r"according|by|of|in|to|for|with|from|on|at|not|is|are|was|be|been|which|who|what|\d\S*|it is|there is)\b|$)"
    r"|(?:\bto|\bof|\bnot)$",
    re.I,
)
APPOSED = re.compile(
    rf"(?:^|[,;:”“\"] |\b(?:and|while|but) )(?P<who>(?:[Tt]he )?(?!(?:In|On|At|By|For|From|Of|To|With|As)\b){NAME}), "
)
PLACE_ASIDE = re.compile(rf"(?<=[\w]), (?:in|near|of|outside|at|on) (?:the )?{NAME},$")  # "growers around Kumasi, in Ghana, say"
CHINESE = (
    re.compile(r"(?:根据|据)(?P<who>[^，。；、：“”]{2,30}?)(?:介绍|统计|报道|数据|透露|预测|估计|测算|发布|消息)"),
    re.compile(
        r"(?:^|[，。；”]|[，。！]”)(?P<who>[^，。；：“”\d]{2,30}?)(?:表示|指出|透露|强调|认为|宣布|告诉|(?:介绍说?|说|称)(?=[，,:：“。]|$))"
    ),
    re.compile(r"(?P<who>[^，。；：“”\d]{1,30}?(?:机构|公司|部|局|委|院|行|会|中心|集团))(?:预计|预测)"),
    re.compile(
        rf"(?:^|[，。；”])(?P<who>[^，。；：“”\d]{{0,20}}?{HAN_ROLE}[\u4e00-\u9fff·]{{0,8}}?|{HAN_PERSON})(?:预计|预测|估计|测算)"
    ),
    re.compile(r"(?P<who>[^，。；：“”]{2,30}?)(?:发布的)?(?:最新)?(?:报告|数据|统计)显示"),
)
CHINESE_ASIDE = re.compile(
    r"^(?:另|又)?据|(?:近日|日前|今日|昨日|\d+日)?(?:在.{2,}|对.{2,}|向.{2,}|接受.+)$|(?:近日|日前|今日|昨日)|发布的?$"
)
CLOSING = (ASIDE, WIDE_ASIDE, INVERTED, WIDE_INVERTED, SAID_ROLE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where a sentence names a speaker, verb included, and the words that do: `sentence[start:end]` holds `words`."""

    start: int
    end: int
    words: str
    closes: bool = False  # it stands behind what was said: what follows a semicolon, or "and the", is not said by it
    opens: bool = False  # it stands before what was said: "of the 2,316 people asked by Gallup" is no answer to Gallup


def attributions_in(sentence: str) -> list[Attribution]:
    """The attributions of a sentence, in order; of two that overlap the first kind found."""
    found: list[Attribution] = []
    for attribution in [*_matched(sentence), *_subjects(sentence)]:
        if not any(attribution.start < other.end and other.start < attribution.end for other in found):
            found.append(attribution)
    return sorted(found, key=lambda attribution: attribution.start)


def _matched(sentence: str) -> Iterator[Attribution]:
    for pattern in (
        ACCORDING, INVERTED, ASIDE, SAID_ROLE, AS_REPORTED, BY_COUNT, ESTIMATE_IS, AS_TOLD, WHICH_SAYS, BY_WHOM,
        WIDE_INVERTED, WIDE_ASIDE, RECKONING,
    ):  # fmt: skip
        for match in pattern.finditer(sentence):
            if match.group().startswith("citing") and not SOURCES.match(match["who"]):
                continue  # "citing orders from abroad" names a reason
            yield Attribution(match.start(), match.end(), match["who"], pattern in CLOSING, pattern is BY_WHOM)
    for pattern in CHINESE:
        for match in pattern.finditer(sentence):
            if who := CHINESE_ASIDE.sub("", match["who"]):
                yield Attribution(match.start("who"), match.end(), who)


def _subjects(sentence: str) -> Iterator[Attribution]:
    """ "X said": the words before each verb of saying, back to where its clause begins."""
    for verb in SAYS.finditer(sentence):
        left = sentence[: verb.start()].rstrip()
        while helping := HELPING.search(left):
            left = left[: helping.start()]
        subject = _apposed(left) if left.endswith(",") else _last_part(left)
        if subject is not None:
            start, words = subject
            yield Attribution(start, verb.end(), words)
    for verb in COUNTED.finditer(sentence):
        subject = _last_part(sentence[: verb.start()])
        if subject and re.search(rf"\b{COUNTING}$", subject[1]):
            yield Attribution(subject[0], verb.end(), subject[1])
    lowered = sentence[:1].lower() + sentence[1:]  # "Data from …" opens it as a common noun
    for match in (*SHOWS.finditer(lowered), *PAPER_OF.finditer(lowered)):
        yield Attribution(match.start(), match.end(), match.group())


def _last_part(left: str) -> tuple[int, str] | None:
    """The clause's words before the verb: "The head of the Transport Bureau"."""
    starts = [match.end() for match in PARTED.finditer(left)]
    start = starts[-1] if starts else 0
    words = left[start:].strip()
    if NO_SUBJECT.search(words) or len(words.split()) > 12:
        return None
    return start, words


def _apposed(left: str) -> tuple[int, str] | None:
    """The name that a description between commas follows: "Wu Jun, a member of the committee, noted"."""
    clause = left.rfind(";") + 1
    if place := PLACE_ASIDE.search(left):
        return _last_part(left[: place.start()])
    if name := APPOSED.search(left, clause):
        return name.start("who"), name["who"]
    last = re.search(rf", (?P<who>{NAME}),$", left)  # "an industry lobby, Bitforum, says"
    return (last.start("who"), last["who"]) if last else None
