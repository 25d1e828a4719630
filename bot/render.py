"""A reply -> what Discord shows, within its limits. Pure functions: nothing is sent from here.

A quotation is never cut. Where it does not fit, less is shown around it, then fewer quotations, then only its place.
"""

import re
from dataclasses import replace

import discord

from bot.notes import answer_notes, marked_part, question_notes, referent_of, wording_for
from bot.services import TimedReply
from bot.sources import source_line
from bot.wording import Wording, wording
from corpus.article import Article
from embeddings.answers import Answer, Reply
from embeddings.quotes import Quote

# https://docs.discord.com/developers/resources/message
CONTENT_LIMIT = 2000
DESCRIPTION_LIMIT = 4096
EMBEDS_TOTAL = 6000
EMBEDS_LIMIT = 10

ANSWER_COLOUR = discord.Colour(0x2E7D32)
DECLINED_COLOUR = discord.Colour(0x9E9E9E)
NOTICE_COLOUR = discord.Colour(0xF9A825)
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
MARKDOWN = re.compile(r"([\\*_~`|<>\[\]()#@:])")
ENDS_LINK = re.compile(r"[<>()\\]")
LIST_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)


def escape(text: str) -> str:
    """Text that Discord shows letter for letter: no bold, link, mention, heading or list is made of it."""
    text = MARKDOWN.sub(r"\\\1", text)
    # "1." begins a list: there the sign after the number is escaped, not the number.
    return LIST_START.sub(lambda m: m.group(1) + (m.group(2) if m.group(2).isdigit() else f"\\{m.group(2)}"), _dotless(text))


def _dotless(text: str) -> str:
    return re.sub(r"^(\s*\d+)\.", r"\1\\.", text, flags=re.MULTILINE)


def question_line(question: str) -> str:
    """The question above its answer, shortened when it is long; safe to send."""
    return f"**{escape(shortened(question, QUESTION_SHOWN))}**"


def shortened(text: str, limit: int) -> str:
    """Text of at most `limit` letters; its end shows what was left out. Never for quotations."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def small_print(timed: TimedReply) -> str:
    """What was made of the question, in Discord's small letters; empty when it was answered as it was typed."""
    return "\n".join(f"-# {escape(shortened(line, NOTE_SHOWN))}" for line in question_notes(timed))


def reply_embeds(reply: Reply) -> list[discord.Embed]:
    """The embeds of a reply in the asker's language, at least one; together within Discord's limits."""
    say = wording_for(reply)
    notes = "\n".join(escape(shortened(line, REASON_SHOWN)) for line in answer_notes(reply))
    above = [discord.Embed(description=notes, colour=NOTICE_COLOUR)] if notes else []
    if isinstance(reply, Answer):
        shown = [_quote_embed(number, quote, ANSWER_COLOUR, say) for number, quote in enumerate(reply.quotes, 1)]
        return _within_total([*above, *shown])
    reason = escape(shortened(say.reason(reply.reason), REASON_SHOWN))
    heading = say("The articles do not answer this.")
    head = discord.Embed(description=f"**{heading}** {reason}", colour=DECLINED_COLOUR)
    nearest = [_quote_embed(number, quote, DECLINED_COLOUR, say) for number, quote in enumerate(reply.nearest[:NEAREST_SHOWN], 1)]
    if nearest:
        head.set_footer(text=say("The passages below are the nearest ones. They are not an answer."))
    return _within_total([*above, head, *nearest])


def _quote_embed(number: int, quote: Quote, colour: discord.Colour, say: Wording) -> discord.Embed:
    source = source_text(number, quote, say)
    for body in (quoted(quote), quoted(quote, only_answer=True)):
        if len(body) + len(source) + 2 <= DESCRIPTION_LIMIT:
            return discord.Embed(description=f"{body}\n\n{source}", colour=colour)
    too_long = say("The passage is longer than Discord can show.")
    return discord.Embed(description=f"*{too_long}*\n\n{source}", colour=colour)


def quoted(quote: Quote, only_answer: bool = False) -> str:
    """The quotation as a block quote, the words that answer in bold; above it, what a pronoun in it stands for."""
    start, end = marked_part(quote)
    first, last = 0, len(quote.text)
    if only_answer:
        first, last = quote.answer.start - quote.span.start, quote.answer.end - quote.span.start
    block = block_quote(quote.text[first:last], start - first, end - first)
    referent = referent_of(quote)
    return f"{escape(f'[{shortened(referent, REFERENT_SHOWN)}]')}\n{block}" if referent else block


def block_quote(text: str, start: int, end: int) -> str:
    """Words of an article as a block quote, letter for letter, those from `start` to `end` in bold."""
    marked = f"{escape(text[:start])}**{escape(text[start:end])}**{escape(text[end:])}"
    return "\n".join(f"> {line}" for line in marked.split("\n"))


def source_text(number: int, quote: Quote, say: Wording | None = None) -> str:
    """The source under a quotation: its number, what it is, and a link where the article has one."""
    say = say or wording()
    also = [say("Also in: {source}", source=_source(twin, say)) for twin in quote.twins[:ALSO_IN_SHOWN]]
    if (more := len(quote.twins) - ALSO_IN_SHOWN) > 0:
        also.append(say("Also in {count} more", count=more))
    return "\n".join([f"**[{number}]** {_source(quote, say)}", *also])


def _source(quote: Quote, say: Wording) -> str:
    return linked_source(quote.article, quote.paragraph, say)


def linked_source(article: Article, paragraph: int | None, say: Wording) -> str:
    """A source in words that are safe to send, with a link where the article has an address."""
    title = article.title and shortened(article.title, TITLE_SHOWN)
    publisher = article.publisher and shortened(article.publisher, PUBLISHER_SHOWN)
    line = escape(source_line(replace(article, title=title, publisher=publisher), paragraph, say))
    if article.url and len(url := link_target(article.url)) <= URL_SHOWN:
        label = say("open")
        line += f" · [{label}](<{url}>)"
    return line


def link_target(url: str) -> str:
    """An address in which no sign ends a Markdown link too early."""
    return ENDS_LINK.sub(lambda match: f"%{ord(match.group()):02X}", url)


def _within_total(embeds: list[discord.Embed]) -> list[discord.Embed]:
    """As many embeds from the first on as one message may hold."""
    kept: list[discord.Embed] = []
    total = 0
    for embed in embeds[:EMBEDS_LIMIT]:
        total += len(embed)
        if kept and total > EMBEDS_TOTAL:
            break
        kept.append(embed)
    return kept


def progress_text(done: int, total: int) -> str:
    """A line that shows how far a rebuild is."""
    if not total:
        return "Rebuilding the archive: reading the articles …"
    full = round(20 * done / total)
    return (
        f"Rebuilding the archive: `{'█' * full}{'░' * (20 - full)}` {done} of {total} passages. Questions are answered meanwhile."
    )
