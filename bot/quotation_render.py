"""A checked quotation -> the texts that Discord shows, within its limits. Pure functions: nothing is sent from here.

Shows the article's own words beside the pasted ones and names what differs; a passage is never cut.
"""

from collections.abc import Iterable, Sequence

from bot.passage_links import passage_url
from bot.quotation_desk import CheckedQuotation, Part
from bot.quotation_words import difference_words, headline_words, typography_words
from bot.render import REASON_SHOWN, escape, shortened, small, source_words
from bot.wording import Wording
from corpus.article import Article
from embeddings.quotation.differences import Difference, Place
from embeddings.quotation.quotation_check import QuotationCheck, Verdict

OTHER_PLACES = 5  # sources named beyond the first, of a quotation that stands in many places
MOST_DIFFERENCES = 15
PASTED_SHOWN = 1200  # letters of what was pasted
ROOM = 3600  # letters of one text, so that its source and what is said about it fit beside it
Stretch = tuple[int, int]


def check_texts(checked: Sequence[CheckedQuotation], say: Wording) -> list[str]:
    """All that is said about the quotations of a message, a text for each thing."""
    return [text for one in checked for text in _quotation_texts(one, say)]


def _quotation_texts(checked: CheckedQuotation, say: Wording) -> list[str]:
    found = checked.found
    head = [f"**{headline_words(found, say)}**"]
    if checked.part is not Part.WHOLE:
        head.append(f"-# {_checked_part(checked.part, say)}")
    if found.typography:
        head.append("-# " + say("Only typography differs: {what}", what=", ".join(typography_words(found.typography, say))))
    texts = ["\n".join(head)]
    if found.verdict in (Verdict.ALTERED, Verdict.NOT_FOUND):
        texts.append("\n".join([say("The pasted words:"), _pasted(checked)]))
        texts += _told_differences(found, say) if found.places else []
    texts += _places(found, say)
    if found.nearest:
        nearest = say("Nearest passage (not the quotation):")
        texts.append(f"{nearest}\n{_place_text(found.nearest, found.differences, say)}")
    if found.source_line:
        line = escape(shortened(found.source_line, REASON_SHOWN))
        texts.append("-# " + say("Taken for a source and not checked: {line}", line=line))
    return texts


def _checked_part(part: Part, say: Wording) -> str:
    if part is Part.BLOCK:
        return say("Checked: a block quote of the message.")
    return say("Checked: the words in quotation marks.")


def _pasted(checked: CheckedQuotation) -> str:
    """The pasted words, those that differ in bold; a long text is shortened, since it is no article's."""
    # Where nothing stands anywhere, all of it would be bold.
    differences = checked.found.differences if checked.found.places else ()
    stretches = [(one.quoted_start, one.quoted_end) for one in differences]
    if len(checked.text) <= PASTED_SHOWN:
        return marked_block(checked.text, stretches)
    beginning = shortened(checked.text, PASTED_SHOWN)
    last = len(beginning) - 1  # the sign behind it is ours
    return marked_block(beginning, [(start, min(end, last)) for start, end in stretches if start < last])


def _told_differences(found: QuotationCheck, say: Wording) -> list[str]:
    told = list(dict.fromkeys(difference_words(one, say) for one in found.differences))
    lines = [f"• {line}" for line in told[:MOST_DIFFERENCES]]
    if (more := len(told) - len(lines)) > 0:
        lines.append("-# " + say("{count} more differences", count=more))
    return packed_lines(lines)


def _places(found: QuotationCheck, say: Wording) -> list[str]:
    """Where an exact quotation stands, or the passages that an altered one was made from."""
    if found.verdict in (Verdict.EXACT, Verdict.TYPOGRAPHY):
        first, *others = found.places
        also = [small(say("Also in: {source}", source=place_source(one, say))) for one in others[:OTHER_PLACES]]
        if (more := len(others) - OTHER_PLACES) > 0:
            also.append(small(say("Also in {count} more", count=more)))
        return packed_lines([_place_text(first, (), say), *also])
    heading = say("What the article says:") if len(found.places) == 1 else say("What the articles say:")
    texts = [_place_text(place, found.differences, say) for place in found.places]
    return [f"{heading}\n{texts[0]}", *texts[1:]] if texts else []


def _place_text(place: Place, differences: Iterable[Difference], say: Wording) -> str:
    """A passage letter for letter, what the quotation has otherwise in bold, and its source."""
    first = place.span.start
    inside = [
        (one.span.start - first, one.span.end - first)
        for one in differences
        if one.original and one.span and one.span.article_id == place.article.id
    ]
    block, source = marked_block(place.text, inside), small(place_source(place, say))
    if len(block) + len(source) > ROOM:
        block = f"*{say('The passage is longer than Discord can show.')}*"
    return f"{block}\n{source}"


def place_source(place: Place, say: Wording) -> str:
    """The source of a passage, with a link to it where there is one."""
    return passage_source(place.article, place.paragraph, place.text, say)


def passage_source(article: Article, paragraph: int | None, text: str, say: Wording) -> str:
    """The source of any stretch of an article: title, publisher, date, paragraph, and a link to the very words."""
    line, url = source_words(article, paragraph, say), passage_url(article, text)
    return f"{line} · [{say('open')}](<{url}>)" if url else line


def marked_block(text: str, stretches: Iterable[Stretch]) -> str:
    """A text as a block quote, letter for letter, with stretches of it in bold; where all of it would be bold nothing is.

    Args:
        stretches: positions in the text, in any order; what lies outside of it or is blank is left out.
    """
    lines, place, merged = [], 0, _merged(stretches, len(text))
    if not _outside(text, merged).strip():
        merged = []  # it would tell nothing
    for line in text.split("\n"):
        inside = [(max(start - place, 0), max(end - place, 0)) for start, end in merged]
        lines.append(f"> {_marked_line(line, [(start, end) for start, end in inside if line[start:end].strip()])}")
        place += len(line) + 1
    return "\n".join(lines)


def _marked_line(line: str, stretches: Sequence[Stretch]) -> str:
    parts, place = [], 0
    for start, end in stretches:
        # Discord makes nothing bold that begins or ends with a space.
        start += len(line[start:end]) - len(line[start:end].lstrip())
        end -= len(line[start:end]) - len(line[start:end].rstrip())
        parts += [escape(line[place:start]), f"**{escape(line[start:end])}**"]
        place = end
    return "".join([*parts, escape(line[place:])])


def _outside(text: str, stretches: Sequence[Stretch]) -> str:
    """What of a text lies in no stretch."""
    ends = [0, *(end for _, end in stretches)]
    starts = [*(start for start, _ in stretches), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _merged(stretches: Iterable[Stretch], length: int) -> list[Stretch]:
    """The same stretches in order, those that touch made one: two pairs of asterisks side by side would show."""
    merged: list[Stretch] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in stretches):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def packed_lines(lines: Sequence[str], room: int = ROOM) -> list[str]:
    """Lines joined to as few texts as hold them, in order; none for no lines."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + 1 + len(line) <= room:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return texts
