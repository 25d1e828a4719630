"""Articles, their figures and questions -> texts of a panel, within Discord's limits. Pure functions: nothing is sent from here.

A sentence of an article is never cut: where the key sentences do not fit, fewer are shown.
"""

from collections.abc import Sequence

from bot.article_desk import ArticleRow, ArticleSheet
from bot.article_names import title_words
from bot.figure_lines import short_value
from bot.figure_wording import plain_value, short_period, status_words
from bot.panels import TEXTS_TOTAL
from bot.render import PUBLISHER_SHOWN, TITLE_SHOWN, URL_SHOWN, block_quote, bold, escape, link_target, shortened, small
from bot.starter_questions import StarterQuestion
from bot.wording import Wording
from corpus.article import Article, Kind
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Status

ROWS_A_PAGE = 8
ROW_TITLES = (TITLE_SHOWN, 150, 100)  # letters of a title in the list: the first that lets a page hold its eight rows
ROW_PUBLISHER = 60  # letters; escaping can double them
NAME_SHOWN = 100  # letters of what somebody typed, and of what they may have meant
METRICS_SHOWN, FIGURES_SHOWN = 10, 3  # metrics of an article, and figures of one metric
FIGURES_ROOM = 1200  # letters of all lines about figures
METRIC_TITLE, VALUE_SHOWN, PERIOD_SHOWN = 60, 40, 60


# --- the list --------------------------------------------------------------------------------------------------------


def pages_of(rows: Sequence[ArticleRow]) -> int:
    """How many pages a list has; an empty one has one."""
    return max(1, -(-len(rows) // ROWS_A_PAGE))


def page_rows(rows: Sequence[ArticleRow], page: int) -> Sequence[ArticleRow]:
    """The articles of one page, from 0."""
    return rows[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]


def list_texts(rows: Sequence[ArticleRow], page: int, say: Wording) -> list[str]:
    """One page of the list: how many articles there are, then each with its source and what is in it."""
    if not rows:
        return [say("The archive has no articles yet.")]
    head = bold(say("Articles in the archive: {count}", count=len(rows)))
    if pages_of(rows) > 1:
        head += "\n-# " + say("Page {page} of {pages}", page=page + 1, pages=pages_of(rows))
    for letters in ROW_TITLES:
        numbered = enumerate(page_rows(rows, page), page * ROWS_A_PAGE + 1)
        body = "\n\n".join(_row_text(number, row, letters, say) for number, row in numbered)
        if len(head) + len(body) <= TEXTS_TOTAL:
            break
    return [head, body]


def _row_text(number: int, row: ArticleRow, letters: int, say: Wording) -> str:
    title = escape(title_words(row.article, say, letters))
    facts = [*_source_parts(row.article, ROW_PUBLISHER, say), say("paragraphs: {count}", count=row.paragraphs)]
    if row.figures:
        facts.append(say("figures: {count}", count=row.figures))
    return f"**{number}** · {title}\n{small(' · '.join(facts))}"


# --- one article -----------------------------------------------------------------------------------------------------


def sheet_texts(sheet: ArticleSheet, say: Wording) -> list[str]:
    """An article's source, key sentences, figures and questions; what it does not have is left out."""
    head, figures, questions = _head(sheet, say), _figures_text(sheet, say), questions_text(sheet.questions, say)
    sentences = _sentences_text(sheet, TEXTS_TOTAL - sum(map(len, (head, figures, questions))), say)
    return [text for text in (head, sentences, figures, questions) if text]


def _head(sheet: ArticleSheet, say: Wording) -> str:
    article = sheet.article
    title = escape(title_words(article, say, TITLE_SHOWN))
    facts = [*_source_parts(article, PUBLISHER_SHOWN, say), say("paragraphs: {count}", count=sheet.paragraphs)]
    if article.url and len(url := link_target(article.url)) <= URL_SHOWN:
        facts.append(f"[{say('open')}](<{url}>)")
    lines = [f"**{title}**", " · ".join(facts)]
    if article.kind is Kind.BRIEF:
        lines.append(small(say("The archive holds our own account of this article, not its text.")))
    return "\n".join(lines)


def _source_parts(article: Article, publisher_shown: int, say: Wording) -> list[str]:
    """Publisher and day, safe to send; what is unknown is said to be unknown."""
    publisher = escape(shortened(article.publisher, publisher_shown)) if article.publisher else say("publisher unknown")
    return [publisher, say.day(article.published_on) if article.published_on else say("date unknown")]


def _sentences_text(sheet: ArticleSheet, room: int, say: Wording) -> str:
    """As many of the key sentences as find room, each whole, in the order of the text."""
    heading = bold(say("Key sentences"))
    shown: list[str] = []
    room -= len(heading)
    for sentence in sheet.key_sentences:
        text = f"{block_quote(sentence.text)}\n{small(f'¶ {sentence.paragraph}')}"
        if len(text) + 2 <= room:
            shown.append(text)
            room -= len(text) + 2
    return f"{heading}\n" + "\n\n".join(shown) if shown else ""


def _figures_text(sheet: ArticleSheet, say: Wording) -> str:
    """A line for each metric: its figures as the article writes them, each with its time."""
    lines = [_metric_line(title, figures, say) for title, figures in list(sheet.figures.items())[:METRICS_SHOWN]]
    while sum(map(len, lines)) > FIGURES_ROOM:
        lines.pop()
    if not lines:
        return ""
    if (more := len(sheet.figures) - len(lines)) > 0:
        lines.append("-# " + say("more metrics: {count}", count=more))
    return "\n".join([bold(say("Figures")), *lines])


def _metric_line(title: str, figures: Sequence[StoredFigure], say: Wording) -> str:
    told = [_figure_words(one, say) for one in figures[:FIGURES_SHOWN]]
    more = [f"+ {len(figures) - FIGURES_SHOWN}"] if len(figures) > FIGURES_SHOWN else []
    values = say("; ").join([*told, *more])
    return "• " + escape(say("{metric}: {values}", metric=shortened(title, METRIC_TITLE), values=values))


def _figure_words(one: StoredFigure, say: Wording) -> str:
    """ "nearly 600 billion yuan (by 30 Sep 2024)"; what was not measured is said to be a forecast or a target."""
    period, status = one.figure.period, one.figure.status
    facts = [shortened(short_period(period, say), PERIOD_SHOWN)] if period else []
    facts += [status_words(status, say)] if status is not Status.REPORTED else []
    value = plain_value(one, say)
    value = shortened(value if len(value) <= VALUE_SHOWN else short_value(one, VALUE_SHOWN, say), VALUE_SHOWN)
    return say("{value} ({facts})", value=value, facts=say(", ").join(facts)) if facts else value


def questions_text(questions: Sequence[StarterQuestion], say: Wording) -> str:
    """Questions that the bot answers, a line each; empty without any."""
    if not questions:
        return ""
    return "\n".join([bold(say("Questions you can ask")), *(f"› {escape(one.text)}" for one in questions)])


def unknown_text(name: str, near: Sequence[Article], say: Wording) -> str:
    """That no one article has a name, and which ones may be meant."""
    sentence = escape(say("There is no article “{name}”.", name=shortened(name, NAME_SHOWN)))
    if not near:
        return say("{sentence} {next}", sentence=sentence, next=say("See /article list."))
    titles = "\n".join(f"› {escape(title_words(article, say, NAME_SHOWN))}" for article in near)
    meant = say("Did you mean one of these?")
    return say("{sentence} {next}", sentence=sentence, next=f"{meant}\n{titles}")
