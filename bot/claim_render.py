"""What the articles give on a claim -> the texts that Discord shows, within its limits. Pure functions: it sends nothing.

Puts the message's numbers beside the articles' sentences. That something is true or false is never said.
"""

from decimal import Decimal

from babel.numbers import format_percent

from bot.answer_layout import answer_pages
from bot.claim_check import Numbers, Passages
from bot.claim_numbers import Aspect, Comparison, Counterpart, Standing
from bot.figure_wording import period_words, status_words, value_words, written_value
from bot.metric_series import paragraph_of
from bot.quotation_render import ROOM, marked_block, packed_lines, passage_source
from bot.render import bold, escape, shortened, small
from bot.wording import Wording
from corpus.figures.bounds import bound_words
from corpus.figures.figure import Bound, Figure
from corpus.scripts import HAN_LETTER

SUBJECT_SHOWN = 80  # letters
NUMBER_SHOWN = 60
MESSAGE_SHOWN = 200
PLACE_SHOWN = 80
UNREAD_SHOWN = 10  # numbers
NOTES_ROOM = 1200  # letters for what is said about a figure, beside its sentence


def message_line(text: str, url: str, say: Wording) -> str:
    """Which message was looked up, in small letters: a link to it and its beginning."""
    words = escape(shortened(" ".join(text.split()), MESSAGE_SHOWN))
    link = say("The message")
    return small(say("{label}: {words}", label=f"[{link}](<{url}>)", words=words))


def claim_texts(text: str, numbers: Numbers, passages: Passages, say: Wording) -> list[str]:
    """All that is said about a claim: its numbers beside the articles' figures, then the passages.

    Args:
        text: the message's plain words, from which the numbers were read.
    """
    compared = any(one.standing is not Standing.NO_FIGURE for one in numbers.compared)
    return [*_number_texts(text, numbers, say), *_passage_texts(passages, compared, say)]


# --- numbers -----------------------------------------------------------------------------------------------------------


def _number_texts(text: str, numbers: Numbers, say: Wording) -> list[str]:
    found = [one for one in numbers.compared if one.standing is not Standing.NO_FIGURE]
    texts = [_compared(text, one, say) for one in found]
    lines = [_absent(text, one, say) for one in numbers.compared if one.standing is Standing.NO_FIGURE]
    if numbers.unread:
        unread = say(", ").join(f"“{escape(shortened(one, NUMBER_SHOWN))}”" for one in numbers.unread[:UNREAD_SHOWN])
        lines.append("-# " + say("Not surely read, and not compared: {numbers}", numbers=unread))
    if numbers.more:
        lines.append("-# " + say("{count} more numbers of the message were not compared.", count=numbers.more))
    texts += packed_lines(lines)
    heading = bold(say("The numbers of the message"))
    return [f"{heading}\n{texts[0]}", *texts[1:]] if texts else []


def _absent(text: str, comparison: Comparison, say: Wording) -> str:
    return "• " + say("{number}: the articles give no such figure.", number=_claimed_words(text, comparison.claimed, say))


def _compared(text: str, comparison: Comparison, say: Wording) -> str:
    """A number of the message, how it stands to the articles, and the sentences that say so."""
    claimed, found = comparison.claimed, comparison.found
    assert found is not None  # the caller has sorted out the others
    number, value = _claimed_words(text, claimed, say), _value(found, say)
    if comparison.standing is Standing.SAME:
        first = say("{number}: the articles give the same figure.", number=number)
    elif Aspect.VALUE in found.aspects:
        first = say("{number}: the articles give {value}{gap}.", number=number, value=value, gap=_gap(claimed, found, say))
    else:
        first = say("{number}: the articles give {value}, which is not the same.", number=number, value=value)
    lines = [f"• {first}", *(f"-# {line}" for line in _notes(claimed, found, say)), _evidence(found, say)]
    for one in comparison.further:
        other = say("The articles also give {value}{gap} ({time}).", value=_value(one, say), gap=_gap(claimed, one, say),
                    time=_short(period_words(one.stored.figure.period, say)))  # fmt: skip
        with_one = [*lines, f"-# {other}", _evidence(one, say)]
        if sum(map(len, with_one)) > ROOM:
            break
        lines = with_one
    return "\n".join(lines)


def _claimed_words(text: str, figure: Figure, say: Wording) -> str:
    """A number as the message writes it, with its "over" or "nearly", and what it counts there."""
    sentence = text[figure.sentence_start : figure.sentence_end]
    start = figure.start - figure.sentence_start
    word = bound_words(sentence, start) if figure.bound is not Bound.NONE else ""
    joint = "" if not word or HAN_LETTER.search(word) else " "
    number = bold(f"“{escape(shortened(f'{word}{joint}{figure.text}', NUMBER_SHOWN))}”")
    if not figure.subject:
        return number
    return say("{value} ({facts})", value=number, facts=escape(shortened(figure.subject, SUBJECT_SHOWN)))


def _value(found: Counterpart, say: Wording) -> str:
    return f"**{escape(shortened(written_value(found.stored, say), NUMBER_SHOWN))}**"


def _gap(claimed: Figure, found: Counterpart, say: Wording) -> str:
    """By how much the articles' value is more or less, ready to stand behind it; empty where a range has no one value."""
    figure = found.stored.figure
    if claimed.is_range or figure.is_range or claimed.unit != figure.unit or claimed.value == figure.value:
        return ""
    unit = "percentage point" if figure.unit == "percent" else figure.unit
    gap = escape(value_words(abs(figure.value - claimed.value), unit, say.language))
    if claimed.value > 0 and unit not in ("percentage point", "degC"):
        share = abs(figure.value - claimed.value) / claimed.value
        gap += f" ({format_percent(share.quantize(Decimal('0.001')), locale=say.language, decimal_quantization=False)})"
    return say(", {gap} more", gap=gap) if figure.value > claimed.value else say(", {gap} less", gap=gap)


def _notes(claimed: Figure, found: Counterpart, say: Wording) -> list[str]:
    """What else the two do not share, a line each."""
    figure, aspects = found.stored.figure, found.aspects
    mine, theirs = (_short(period_words(one.period, say)) for one in (claimed, figure))
    lines = []
    if Aspect.DATE in aspects:
        lines.append(say("Another time: {mine} in the message, {theirs} in the articles.", mine=mine, theirs=theirs))
    if Aspect.UNDATED in aspects:
        lines.append(_undated(claimed, figure, mine, theirs, say))
    if Aspect.PLACE in aspects:
        places = {"mine": _short(claimed.place or ""), "theirs": _short(figure.place or "")}
        lines.append(say("Another place: {mine} in the message, {theirs} in the articles.", **places))
    if Aspect.UNIT in aspects:
        lines.append(say("Another unit or currency: the two are not converted into each other."))
    if Aspect.BOUND in aspects:
        lines.append(say("One of the two gives only a bound, such as “over” or “nearly”; it does not settle the other."))
    if Aspect.ROUNDED in aspects:
        lines.append(say("Rounded differently: the articles write {value}.", value=_value(found, say)))
    if Aspect.STATUS in aspects:
        words = {"mine": status_words(claimed.status, say), "theirs": status_words(figure.status, say)}
        lines.append(say("Worded as {mine} in the message, as {theirs} in the articles.", **words))
    return lines


def _short(words: str) -> str:
    return escape(shortened(words, PLACE_SHOWN))


def _undated(claimed: Figure, figure: Figure, mine: str, theirs: str, say: Wording) -> str:
    dated = [one.period is not None and one.period.is_resolved for one in (claimed, figure)]
    if dated[1]:
        return say("No date in the message; in the articles: {time}.", time=theirs)
    if dated[0]:
        return say("In the message: {time}; no date in the articles.", time=mine)
    return say("No date in the message, and none in the articles.")


def _evidence(found: Counterpart, say: Wording) -> str:
    """The articles' sentence letter for letter, its number in bold, and its source."""
    stored, figure = found.stored, found.stored.figure
    first = figure.sentence_start
    block = marked_block(stored.sentence, [(figure.start - first, figure.end - first)])
    also = f" · {say('Also in {count} more', count=len(stored.also_in))}" if stored.also_in else ""
    source = small(passage_source(stored.article, paragraph_of(stored), stored.sentence, say) + also)
    if len(block) + len(source) > ROOM - NOTES_ROOM:
        block = f"*{say('The passage is longer than Discord can show.')}*"
    return f"{block}\n{source}"


# --- passages ----------------------------------------------------------------------------------------------------------


def _passage_texts(passages: Passages, compared: bool, say: Wording) -> list[str]:
    """The passages, the sentences of figures left out of account.

    Args:
        compared: whether sentences of the articles stand above already.
    """
    if passages.sure:
        heading = say("What the articles say on this")
    else:
        heading = say("No other passage is on this.") if compared else say("No passage of the articles is on this.")
    notes = [say("Only the beginning of the message was looked up, for it is long.")] if passages.cut else []
    notes += [say("These are the closest passages; none may answer exactly.")] if passages.caution else []
    pages = answer_pages(passages.quotes, passages.sure, max(1, len(passages.quotes)), ROOM, say)
    texts = [text for page in pages for text in page.texts]
    return ["\n".join([f"**{heading}**", *(f"-# {note}" for note in notes), *texts[:1]]), *texts[1:]]
