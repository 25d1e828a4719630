"""The parts of a sentence around a number, by rule: words with their kinds, verb groups, where a clause begins and ends.

No parser: English articles state figures in few shapes ("X reached 5", "5 of X", "with 5 as X"), and a word list tells a verb
in front of a number from a noun. What a shape means is read by `corpus.figures.subjects`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"U\.S\.|\w(?:[\w&+]|[’'.-](?=\w)|,(?=\d{3}))*[’']?|[^\w\s]")
AUXILIARIES = frozenset(
    """
    is are was were be been being has have had having will would could can may might must shall should do does did to
    """.split()
)
MODALS = frozenset("will would could can may might must shall should".split())
INTENDING = frozenset(
    "plans plan aims aim wants want hopes hope vows vowed intends intend seeks seek due planning aiming".split()
)
BE = frozenset("is are was were be been being".split())
# Stand inside a verb group: "is widely expected to have already reached".
INSIDE = frozenset(
    """
    expected projected forecast forecasted estimated predicted set likely planned bound slated poised going said believed reported
    thought also already now not only just still then therefore thus even nearly almost about soon currently eventually once
    further again likely reportedly
    """.split()
)
# Regular verbs with which figures are stated; those of `IRREGULAR` are listed in full.
REGULAR = """
    reach exceed surpass top pass total number amount increase climb jump soar surge expand drop decline decrease shrink account
    represent cover cost measure contain last average remain attain achieve approach double triple cross hover range span equal
    show grow near generate produce contribute consume invest earn raise export import attract employ serve host support supply
    carry gather amass collect sign file register receive add open launch release issue use need require include operate handle
    process train create occupy receive record report post register exhaust price value put allocate save donate borrow deliver
    connect link visit attend concentrate focus integrate end push ensure feature comprise treat possess offer provide plan aim
    enable deploy establish install publish score claim charge pledge boast store hire estimate close live work unveil equate
    involve display own matter rank replace ship draw want fly plunge slip gain narrow widen shorten reduce cut compress
""".split()
IRREGULAR = frozenset(
    """
    had has have having hit hits hitting stood stands standing came comes coming come grew grown grows growing rose risen rises
    rising fell fallen falls falling made makes making make took takes taking held holds holding hold sold sells selling sell
    bought buys buying spent spends spending lost loses losing paid pays paying weighs weighed built builds building ran runs
    running sent sends sending saw sees seeing set sets got gets went goes going became becomes brought brings kept keeps
    led leads met meets won wins gives gave given worth put puts cost cut lent
    slid sank sunk swung sprang drove driven flew flown fed froze caught taught struck swept threw began chose ate drank laid
    bred tore withdrew oversaw overtook undertook broke broken dealt fought hung knew sought stole stuck sped strove dug eased
    lends shrank drew wrote written see lies meant means
    """.split()
)
# After "to", "will" and the like the bare form, too, is a verb.
BARE = frozenset(
    "hit stand come grow rise fall make take hold sell buy spend lose pay weigh build run send see get go become".split()
)
SAYING = frozenset(
    """
    said says say told tells noted notes added adds explained stressed emphasised emphasized announced argues argued forecast
    forecasts predicts predicted expects estimates believes shows show showed finds found suggests indicates indicate
    """.split()
)
SHOWING = frozenset("show say indicate suggest reveal expect estimate predict".split())
PREPOSITIONS = frozenset(
    """
    of in by at on for from to with as per among amid between across within throughout over under above below during since until
    after before through against into onto than via without around towards toward despite behind beyond including such like near
    outside inside along alongside compared
    """.split()
)
DETERMINERS = frozenset("the a an its their his her our this these those each every some any all both another such no".split())
PRONOUNS = frozenset("it they he she we i you there this these that those who which".split())
CONJUNCTIONS = frozenset("and or but while whereas although though because where when if so nor".split())
FLOATING = frozenset({"each", "all", "both"})  # stand before a verb, too: "the mills each sold"
ALSO_NOUNS = frozenset("cost cut set run lead hit stand rise fall use".split())
LINKING = frozenset("at to by from for".split())
MIN_PAST = 4  # letters: "need" and "feed" are no past forms
RELATIVES = frozenset("which who that whose where".split())
ADVERBS = frozenset(
    """
    nationwide worldwide globally annually today yesterday tomorrow last next now then later earlier ago more less here there year
    yearly monthly daily respectively alone already altogether overall each apiece combined together online long again so far
    also not too only possible instead
    """.split()
)


def _inflected(verb: str) -> set[str]:
    """ "exceed" gives "exceeded", "exceeds" and "exceeding"; also with a doubled last letter, as in "totalled"."""
    stem = verb[:-1] if verb.endswith("e") else verb
    past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeo" else stem + "ed"
    third = verb[:-1] + "ies" if past.endswith("ied") else verb + ("es" if verb.endswith(("ch", "ss", "sh")) else "s")
    return {past, third, stem + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing"}


FINITE = frozenset(word for verb in REGULAR for word in _inflected(verb)) | IRREGULAR
INFINITIVES = frozenset(REGULAR) | BARE | {"have", "be"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign of a sentence: `sentence[start:end]`; `low` is it in small letters."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The word in small letters, with a plain apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation."""
        return not self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """The words `first` to `last` (excluded) that make one verb: "is expected to reach"; `verb` is its last word."""

    first: int
    last: int
    verb: str

    @property
    def is_infinitive(self) -> bool:
        """Whether it is "to reach" alone."""
        return self.last - self.first == 2


def words_of(text: str) -> list[Word]:
    """The words and signs of a sentence, in order; a number with its commas is one word."""
    return [Word(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)]


def verb_groups(words: Sequence[Word]) -> list[VerbGroup]:
    """The verb groups of a run of words, in order."""
    found: list[VerbGroup] = []
    place = 0
    while place < len(words):
        if is_verb(words, place):
            last = _group_end(words, place)
            found.append(VerbGroup(place, last, words[last - 1].low))
            place = last
        else:
            place += 1
    return found


def is_verb(words: Sequence[Word], place: int) -> bool:
    """Whether a word is one of a verb group; "the related companies" and "the planned hubs" hold none."""
    low = words[place].low
    before = words[place - 1].low if place else ""
    behind = words[place + 1].low if place + 1 < len(words) else ""
    if low == "to":
        return behind in INFINITIVES or _is_unknown_infinitive(words, place)
    if (
        low in SHOWING | SAYING
        and place
        and before not in DETERMINERS | {"of", "for"}
        and behind[:1].isalnum()
        and behind != "of"
    ):
        return True
    if low in AUXILIARIES or (before in AUXILIARIES and low in INFINITIVES) or (before in MODALS and low.isalpha()):
        return True
    if place == 0 and (low.endswith("ing") or (low.endswith("s") and words[0].text[0].isupper())):
        return False
    if before in DETERMINERS - FLOATING or before == "of" or before.endswith("'s"):
        return False
    if behind == "of" and low in ALSO_NOUNS:
        return False  # "the cost of a pump"
    if low not in FINITE:
        return _looks_like_verb(words, place)
    if low.endswith("s") and low not in {"has", "was", "is", "does"}:
        # "It exceeds 5" and "its sales rises": a plural noun is seldom followed by a number's words.
        return behind not in {"of", "in", "and", ",", "are", "were", "have", "had", "will", "reached"}
    return not (low.endswith("ing") and behind in {"of"})


def _is_unknown_infinitive(words: Sequence[Word], place: int) -> bool:
    """ "Plans to plant 5 trees": a verb that no list knows, between one of intent and what it is done to."""
    if place == 0 or place + 2 >= len(words) or words[place - 1].low not in INTENDING | INSIDE:
        return False
    object_ = words[place + 2]
    return words[place + 1].text.islower() and (object_.text[0].isdigit() or object_.low in DETERMINERS)


def _looks_like_verb(words: Sequence[Word], place: int) -> bool:
    """Whether a word that no list knows stands and ends as a verb: "delayed 130 ships", "traded at", "each seats 60"."""
    low = words[place].low
    behind = words[place + 1] if place + 1 < len(words) else None
    before = words[place - 1] if place else None
    if not low.isalpha() or not before or before.is_sign or before.low in PREPOSITIONS | CONJUNCTIONS - {"and"}:
        return False
    opens = behind is not None and (behind.text[0].isdigit() or behind.text in "$€£¥" or behind.low in DETERMINERS)
    if low.endswith("ed") and len(low) > MIN_PAST:
        linked = behind is not None and (
            (behind.low in LINKING and place + 2 == len(words)) or behind.low in {"up", "down", "back"}
        )
        to_number = place + 2 < len(words) and words[place + 2].text[0].isdigit() and words[place + 1].low in LINKING
        return behind is None or opens or linked or to_number
    third = low.endswith("s") and not low.endswith(("ss", "us", "is"))
    return third and opens and before.low not in CONJUNCTIONS and words[place].text.islower()


def _group_end(words: Sequence[Word], place: int) -> int:
    end = place + 1
    if words[place].low not in AUXILIARIES:
        return end
    while end < len(words):
        low = words[end].low
        participle = low.endswith("ed") or low in IRREGULAR
        known = low in AUXILIARIES - {"to"} or low in INSIDE or low in INFINITIVES or participle or low.endswith("ly")
        if words[end - 1].low in MODALS and low.isalpha():
            known = True  # "will slow": whatever stands there is a verb
        if low == "to" and end + 1 < len(words) and words[end + 1].low in INFINITIVES:
            known = True
        if not known or (low not in AUXILIARIES and low not in INSIDE and not _follows_auxiliary(words, end)):
            break
        end += 1
    while end - 1 > place and (
        words[end - 1].low.endswith("ly") or words[end - 1].low in {"nearly", "almost", "about", "only", "just"}
    ):
        end -= 1
    return end


def _follows_auxiliary(words: Sequence[Word], place: int) -> bool:
    before = words[place - 1].low
    return before in AUXILIARIES or before in INSIDE or before.endswith("ly")
