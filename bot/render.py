"""A reply -> what Discord shows, within its limits. Pure functions: nothing is sent from here.

A quotation is never cut. Where it does not fit, less is shown around it, then fewer quotations, then only its place.
"""

import re
from dataclasses import replace

import discord

from bot.sources import source_line
from embeddings.answers import Answer, Reply
from embeddings.quotes import Quote

# https://docs.discord.com/developers/resources/message
CONTENT_LIMIT = 2000
DESCRIPTION_LIMIT = 4096
EMBEDS_TOTAL = 6000
EMBEDS_LIMIT = 10

ANSWER_COLOUR = discord.Colour(0x2E7D32)
DECLINED_COLOUR = discord.Colour(0x9E9E9E)
NEAREST_SHOWN = 2
# Letters shown of what is not a quotation; escaping can double them.
QUESTION_SHOWN = 300
REASON_SHOWN = 1000
TITLE_SHOWN = 200
PUBLISHER_SHOWN = 100
URL_SHOWN = 500  # a longer address is left out, for a cut one leads nowhere
ALSO_IN_SHOWN = 2
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


def reply_embeds(reply: Reply) -> list[discord.Embed]:
    """The embeds of a reply, at least one; together within Discord's limits."""
    if isinstance(reply, Answer):
        return _within_total([_quote_embed(number, quote, ANSWER_COLOUR) for number, quote in enumerate(reply.quotes, 1)])
    reason = escape(shortened(reply.reason, REASON_SHOWN))
    head = discord.Embed(description=f"**The articles do not answer this.** {reason}", colour=DECLINED_COLOUR)
    nearest = [_quote_embed(number, quote, DECLINED_COLOUR) for number, quote in enumerate(reply.nearest[:NEAREST_SHOWN], 1)]
    if nearest:
        head.set_footer(text="The passages below are the nearest ones. They are not an answer.")
    return _within_total([head, *nearest])


def _quote_embed(number: int, quote: Quote, colour: discord.Colour) -> discord.Embed:
    source = source_text(number, quote)
    for body in (quoted(quote), quoted(quote, only_answer=True)):
        if len(body) + len(source) + 2 <= DESCRIPTION_LIMIT:
            return discord.Embed(description=f"{body}\n\n{source}", colour=colour)
    return discord.Embed(description=f"*The passage is longer than Discord can show.*\n\n{source}", colour=colour)


def quoted(quote: Quote, only_answer: bool = False) -> str:
    """The quotation as a block quote, its answering sentence in bold."""
    start, end = quote.answer.start - quote.span.start, quote.answer.end - quote.span.start
    before, after = ("", "") if only_answer else (quote.text[:start], quote.text[end:])
    text = f"{escape(before)}**{escape(quote.answer_text)}**{escape(after)}"
    return "\n".join(f"> {line}" for line in text.split("\n"))


def source_text(number: int, quote: Quote) -> str:
    """The source under a quotation: its number, what it is, and a link where the article has one."""
    lines = [f"**[{number}]** {_source(quote)}", *(f"Also in: {_source(twin)}" for twin in quote.twins[:ALSO_IN_SHOWN])]
    if (more := len(quote.twins) - ALSO_IN_SHOWN) > 0:
        lines.append(f"Also in {more} more")
    return "\n".join(lines)


def _source(quote: Quote) -> str:
    article = quote.article
    title = article.title and shortened(article.title, TITLE_SHOWN)
    publisher = article.publisher and shortened(article.publisher, PUBLISHER_SHOWN)
    line = escape(source_line(replace(article, title=title, publisher=publisher), quote.paragraph))
    if article.url and len(url := link_target(article.url)) <= URL_SHOWN:
        line += f" · [open](<{url}>)"
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
