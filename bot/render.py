"""Words of articles and of people -> Discord's Markdown, letter for letter. Pure functions: nothing is sent from here."""

import re
from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.notes import marked_part, question_notes, referent_of
from bot.services import TimedReply
from bot.sources import source_line
from bot.wording import Wording, wording
from corpus.article import Article
from embeddings.quotes import Quote

# https://docs.discord.com/developers/resources/message
CONTENT_LIMIT = 2000

ANSWER_COLOUR = discord.Colour(0x2E7D32)
DECLINED_COLOUR = discord.Colour(0x9E9E9E)
NOTICE_COLOUR = discord.Colour(0xF9A825)
NEUTRAL_COLOUR = discord.Colour(0x546E7A)  # neither an answer nor a warning
NEAREST_SHOWN = 2
# Letters shown of what is not a quotation; escaping can double them.
QUESTION_SHOWN = 300
REASON_SHOWN = 1000
TITLE_SHOWN = 200
PUBLISHER_SHOWN = 100
REFERENT_SHOWN = 100
URL_SHOWN = 500  # a longer address is left out, for a cut one leads nowhere
ALSO_IN_SHOWN = 2
NOTE_SHOWN = 300
WORD_END_FROM = 0.6  # of the letters that a shortened text may have; an earlier end of a word would waste them
MARKDOWN = re.compile(r"([\\*_~`|<>\[\]()#@:])")
ENDS_LINK = re.compile(r"[<>()\\]")
# What turns the letters behind it around, for the rest of the line; articles have none (`corpus.cleaning`).
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
HALF_LETTER = re.compile("[\ud800-\udfff]")  # half a pair of UTF-16, which no JSON and no file can hold
LIST_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)


def escape(text: str) -> str:
    """Text that Discord shows letter for letter: no bold, link, mention, heading or list is made of it."""
    text = MARKDOWN.sub(r"\\\1", HALF_LETTER.sub("\N{REPLACEMENT CHARACTER}", TURNING.sub("", text)))
    # "1." begins a list: there the sign after the number is escaped, not the number.
    return LIST_START.sub(lambda m: m.group(1) + (m.group(2) if m.group(2).isdigit() else f"\\{m.group(2)}"), _dotless(text))


def _dotless(text: str) -> str:
    return re.sub(r"^(\s*\d+)\.", r"\1\\.", text, flags=re.MULTILINE)


def bold(text: str) -> str:
    """Text that is safe to send, in bold."""
    return f"**{text}**"


def question_line(question: str) -> str:
    """The question above its answer, shortened when it is long; safe to send."""
    return f"**{escape(shortened(question, QUESTION_SHOWN))}**"


def shortened(text: str, limit: int) -> str:
    """Text of at most `limit` letters, cut between two words where it can be; its end shows that. Never for quotations."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    # A long last word, such as an address or Chinese, is cut where it stands.
    if not text[limit - 1].isspace() and (space := kept.rfind(" ")) >= len(kept) * WORD_END_FROM:
        kept = kept[:space]
    return f"{kept.rstrip()}…"


def small_print(timed: TimedReply, say: Wording | None = None, notes: Sequence[str] = ()) -> str:
    """What was made of the question, in Discord's small letters; empty when it was answered as it was typed.

    Args:
        notes: further lines, before the others.
    """
    lines = (*notes, *question_notes(timed, say))
    return "\n".join(f"-# {escape(shortened(line, NOTE_SHOWN))}" for line in lines)


def quoted(quote: Quote, only_answer: bool = False, marked: bool = True) -> str:
    """The quotation as a block quote, the words that answer in bold; above it, what a pronoun in it stands for.

    Where every word would be bold none is: it would tell nothing.

    Args:
        only_answer: the answering sentence alone.
        marked: whether any words answer.
    """
    start, end = marked_part(quote)
    first, last = 0, len(quote.text)
    if only_answer:
        first, last = quote.answer.start - quote.span.start, quote.answer.end - quote.span.start
    bold = [(start - first, end - first)] if marked and (start, end) != (first, last) else []
    block = block_quote(quote.text[first:last], bold)
    referent = referent_of(quote)
    return f"{escape(f'[{shortened(referent, REFERENT_SHOWN)}]')}\n{block}" if referent else block


def block_quote(text: str, bold: Sequence[tuple[int, int]] = ()) -> str:
    """Words of an article as a block quote, letter for letter.

    Args:
        bold: where words begin and end that are set in bold, in order and apart from each other.
    """
    parts, place = [], 0
    for start, end in bold:
        parts += [escape(text[place:start]), f"**{escape(text[start:end])}**"]
        place = end
    whole = "".join([*parts, escape(text[place:])])
    return "\n".join(f"> {line}" for line in whole.split("\n"))


def small(text: str) -> str:
    """Lines in Discord's small letters."""
    return "\n".join(f"-# {line}" for line in text.split("\n"))


def source_words(article: Article, paragraph: int | None, say: Wording) -> str:
    """A source in words that are safe to send."""
    title = article.title and shortened(article.title, TITLE_SHOWN)
    publisher = article.publisher and shortened(article.publisher, PUBLISHER_SHOWN)
    line = escape(source_line(replace(article, title=title, publisher=publisher), paragraph, say))
    # Bound together: a line must not end with the sign and the next begin with its number.
    return line if paragraph is None else f"{line.removesuffix(f' {paragraph}')}\u00a0{paragraph}"


def linked_source(article: Article, paragraph: int | None, say: Wording) -> str:
    """A source in words that are safe to send, with a link where the article has an address."""
    line = source_words(article, paragraph, say)
    if article.url and len(url := link_target(article.url)) <= URL_SHOWN:
        label = say("open")
        line += f" · [{label}](<{url}>)"
    return line


def link_target(url: str) -> str:
    """An address in which no sign ends a Markdown link too early."""
    return ENDS_LINK.sub(lambda match: f"%{ord(match.group()):02X}", url)


def progress_text(done: int, total: int, say: Wording | None = None) -> str:
    """A line that shows how far a rebuild is."""
    say = say or wording()
    if not total:
        return say("Rebuilding the archive: reading the articles …")
    full = round(20 * done / total)
    bar = f"`{'█' * full}{'░' * (20 - full)}`"
    told = {"bar": bar, "done": done, "total": total}
    return say("Rebuilding the archive: {bar} {done} of {total} passages. Questions are answered meanwhile.", **told)
