"""Metrics and figures -> what Discord shows, within its limits. Pure functions: nothing is sent from here.

A sentence is never cut: where quotations do not fit, fewer are shown, and the others are counted.
"""

from collections.abc import Sequence

import discord

from bot.ask_series import Series
from bot.figure_desk import MetricCount, Sheet, title_in
from bot.figure_lines import figure_lines, source_letters
from bot.figure_wording import period_words, written_value
from bot.metric_series import paragraph_of
from bot.render import (
    ALSO_IN_SHOWN,
    ANSWER_COLOUR,
    DESCRIPTION_LIMIT,
    EMBEDS_LIMIT,
    EMBEDS_TOTAL,
    NOTICE_COLOUR,
    TITLE_SHOWN,
    block_quote,
    escape,
    linked_source,
    shortened,
)
from bot.wording import Wording, wording
from corpus.figure_store import StoredFigure

CHART_NAME = "chart.png"
MAX_ROWS = 25  # of a table of figures, half of what an embed may hold beside its quotations
MAX_SERIES_ROWS = 12
TIME_SHOWN = 60  # letters
NOTICE_SHOWN = 1200  # letters of what is said about the figures, before escaping
METRICS_NAMED = 5  # titles above the figures that a search found
EXPORT_HAS_ALL = "/metric export has all"
BACKTICK_LOOKALIKE = "\N{MODIFIER LETTER GRAVE ACCENT}"


def sheet_embeds(sheet: Sheet) -> list[discord.Embed]:
    """A metric's table, what is said about it, then each figure's sentence with its source; the chart in the first embed."""
    names = [escape(shortened(title, TITLE_SHOWN)) for title in sheet.titles]
    if sheet.marks:
        names = [f"{letter} · {name}" for letter, name in zip("AB", names, strict=True)]
    head = "\n".join(f"**{name}**" for name in names)
    return _fitting(head, sheet)


def found_embeds(sheet: Sheet) -> list[discord.Embed]:
    """What a search found: titles of metrics, then figures with their sentences; a sentence where it found nothing."""
    if not sheet.titles and not sheet.figures:
        return [discord.Embed(description="No figure of the articles is near to that.", colour=NOTICE_COLOUR)]
    lines = [f"**{escape(shortened(title, TITLE_SHOWN))}**" for title in sheet.titles[:METRICS_NAMED]]
    if (more := len(sheet.titles) - METRICS_NAMED) > 0:
        lines.append(f"{more} more metrics")
    head = "\n".join([*(["Metrics (see /metric show):"] if lines else []), *lines])
    return _fitting(head, sheet)


def list_embed(metrics: Sequence[MetricCount]) -> discord.Embed:
    """Every metric with how many figures it has and its newest value, a line each; those without room are counted."""
    if not metrics:
        text = "The archive has no metrics. /metric search finds single figures all the same."
        return discord.Embed(description=text, colour=NOTICE_COLOUR)
    lines = _that_fit([_metric_line(one) for one in metrics], DESCRIPTION_LIMIT)
    embed = discord.Embed(description="\n".join(lines), colour=ANSWER_COLOUR)
    if (more := len(metrics) - len(lines)) > 0:
        embed.set_footer(text=f"{more} more; {EXPORT_HAS_ALL}")
    return embed


def _metric_line(one: MetricCount) -> str:
    """A metric's title, the number of its figures, and the newest one as the article writes it."""
    title = f"**{escape(shortened(one.title, TITLE_SHOWN))}** · {one.count}"
    if one.newest is None:
        return title
    figure = one.newest.figure
    return f"{title} · {escape(written_value(one.newest))}, {escape(shortened(period_words(figure.period), TIME_SHOWN))}"


def series_embed(series: Series, say: Wording) -> discord.Embed:
    """What the articles say of a metric at other times, as a table whose letters stand for the sources under it.

    Made to stand under quotations (`with_series`).
    """
    letters, figures = source_letters(series.figures[:MAX_SERIES_ROWS]), series.figures[:MAX_SERIES_ROWS]
    table = code_block(figure_lines(figures, [letters[one.article.id] for one in figures], say))
    articles = {one.article.id: one.article for one in figures}
    sources = [f"**{letter}** {linked_source(articles[name], None, say)}" for name, letter in letters.items()]
    title = escape(shortened(title_in(series.metric, say.language), TITLE_SHOWN))
    embed = discord.Embed(description="\n".join([f"**{title}**", table, *sources]), colour=ANSWER_COLOUR)
    if (more := len(series.figures) - len(figures)) > 0:
        embed.set_footer(text=f"+ {more} · /metric show")
    return embed


def with_series(embeds: list[discord.Embed], extra: discord.Embed) -> list[discord.Embed]:
    """The embeds of an answer with a table under them; without it where Discord's limits leave no room."""
    total = sum(map(len, embeds)) + len(extra)
    fits = len(embeds) < EMBEDS_LIMIT and total <= EMBEDS_TOTAL and len(extra.description or "") <= DESCRIPTION_LIMIT
    return [*embeds, extra] if fits else embeds


def code_block(lines: Sequence[str]) -> str:
    """Lines in letters of one width; a back-tick among them cannot end the block."""
    text = "\n".join(lines).replace("`", BACKTICK_LOOKALIKE)
    return f"```\n{text}\n```"


def quote_embed(number: int, stored: StoredFigure, sheet: Sheet) -> discord.Embed:
    """A figure's sentence, its number in bold, and its source; where the sentence is longer than Discord shows, its source."""
    figure, say = stored.figure, wording()
    body = block_quote(stored.sentence, figure.start - figure.sentence_start, figure.end - figure.sentence_start)
    also = [
        say("Also in: {source}", source=linked_source(sheet.articles[name], None, say)) for name in stored.also_in[:ALSO_IN_SHOWN]
    ]
    if (more := len(stored.also_in) - ALSO_IN_SHOWN) > 0:
        also.append(say("Also in {count} more", count=more))
    source = "\n".join([f"**[{number}]** {linked_source(stored.article, paragraph_of(stored), say)}", *also])
    if len(body) + len(source) + 2 > DESCRIPTION_LIMIT:
        body = f"*{say('The passage is longer than Discord can show.')}*"
    return discord.Embed(description=f"{body}\n\n{source}", colour=ANSWER_COLOUR)


def _fitting(head: str, sheet: Sheet) -> list[discord.Embed]:
    """The first embed, the notice, and as many quotations as one message holds."""
    rows = min(len(sheet.figures), MAX_ROWS)
    first = discord.Embed(description="\n".join(part for part in (head, _table(sheet, rows)) if part), colour=ANSWER_COLOUR)
    if sheet.picture:
        first.set_image(url=f"attachment://{CHART_NAME}")
    above = [first, *_notice(sheet)]
    quotes = [quote_embed(number, one, sheet) for number, one in enumerate(sheet.figures[: EMBEDS_LIMIT - len(above)], 1)]
    left_of_table = len(sheet.figures) - rows
    if left_of_table:
        first.set_footer(text=f"{left_of_table} more; {EXPORT_HAS_ALL}")
    while quotes:
        if (more := len(sheet.figures) - len(quotes)) > 0:
            quotes[-1].set_footer(text=f"{more} more; {EXPORT_HAS_ALL}")
        if sum(map(len, [*above, *quotes])) <= EMBEDS_TOTAL:
            break
        quotes.pop()
    if sheet.figures and not quotes:
        above[-1].set_footer(text=f"{len(sheet.figures)} more; {EXPORT_HAS_ALL}")
    return [*above, *quotes]


def _table(sheet: Sheet, rows: int) -> str:
    numbers = [f"{mark}{number}" for number, mark in enumerate(sheet.marks or [""] * rows, 1)][:rows]
    return code_block(figure_lines(sheet.figures[:rows], numbers)) if rows else ""


def _notice(sheet: Sheet) -> list[discord.Embed]:
    """How the figures stand to each other, and what cannot be right: as many lines as find room, the others counted."""
    findings = [("**What does not fit:**", sheet.findings), ("**How they stand to each other:**", sheet.relations)]
    lines: list[str] = []
    room = NOTICE_SHOWN
    for heading, told in findings:
        kept = _that_fit(told, room)
        room -= sum(map(len, kept))
        lines += [heading, *map(escape, kept)] if told else []
        lines += [f"{len(told) - len(kept)} more"] if len(kept) < len(told) else []
    return [discord.Embed(description="\n".join(lines), colour=NOTICE_COLOUR)] if lines else []


def _that_fit(lines: Sequence[str], room: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1  # and the line's end
        if room < 0:
            break
        kept.append(line)
    return kept
