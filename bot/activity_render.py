"""Statistics and the privacy notice -> texts that Discord shows, within its limits. Pure functions: nothing is sent from here."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.activity_chart import outcome_words
from bot.activity_statistics import Statistics, Unanswered
from bot.figure_wording import number_words
from bot.panels import TEXTS_TOTAL
from bot.render import bold, escape, shortened
from bot.wording import Wording

ARTICLES_SHOWN = 5
UNANSWERED_SHOWN = 10
TITLE_SHOWN, QUESTION_SHOWN = 200, 160  # letters before escaping, which can double them
ROOM_FOR_MORE = 200  # letters of the line that counts what is not shown, in any language


def stats_texts(
    counted: Statistics, titles: Mapping[str, str], first: dt.date, last: dt.date, kept_days: int, say: Wording
) -> list[str]:
    """What an owner reads of a server, in parts: how it went, which articles were quoted, what could not be answered.

    Args:
        titles: of articles by id; of one that is missing, the id is shown.
        first: the first day counted, `last` the last one.
        kept_days: for how long questions are kept.
    Returns:
        Texts that are safe to send and fit into one message together.
    """
    if not kept_days:
        return [say("This bot keeps no questions, so there is nothing to count.")]
    heading = say("Questions from {first} to {last}", first=say.day(first), last=say.day(last))
    if not counted.asked:
        return ["\n".join([f"**{heading}**", say("None were asked.")])]
    parts = ["\n".join([f"**{heading}**", *_overview(counted, say)]), _quoted(counted, titles, say)]
    parts = [part for part in parts if part]
    if counted.unanswered:
        parts.append(_unanswered(counted.unanswered, TEXTS_TOTAL - sum(map(len, parts)), say))
    return parts


def _overview(counted: Statistics, say: Wording) -> list[str]:
    outcomes = [f"{outcome_words(outcome, say)} {count}" for outcome, count in counted.outcomes.items() if count]
    lines = [" · ".join([say("Asked: {count}", count=f"**{counted.asked}**"), *outcomes])]
    if counted.p50_ms is not None and counted.p95_ms is not None:
        times = {"p50": _seconds(counted.p50_ms, say), "p95": _seconds(counted.p95_ms, say)}
        lines.append(say("Time to answer: half within {p50} s, 95 in 100 within {p95} s", **times))
    if counted.helpful_share is None:
        return [*lines, say("Nobody has said yet whether an answer helped.")]
    judged = {"helpful": counted.helpful, "unhelpful": counted.unhelpful, "share": round(100 * counted.helpful_share)}
    return [*lines, say("👍 {helpful} · 👎 {unhelpful} · found helpful: {share}%", **judged)]


def _seconds(milliseconds: float, say: Wording) -> str:
    return number_words(
        Decimal(f"{milliseconds / 1000:.2g}" if milliseconds < 10_000 else f"{milliseconds / 1000:.0f}"), say.language
    )


def _quoted(counted: Statistics, titles: Mapping[str, str], say: Wording) -> str:
    """The articles that were quoted most, with how many answers quote them; empty without any."""
    if not counted.quoted:
        return ""
    named = [(shortened(titles.get(name, name), TITLE_SHOWN), count) for name, count in counted.quoted[:ARTICLES_SHOWN]]
    # No line may begin with what stands behind a title.
    lines = [f"{number}\\. {escape(title)}\u00a0·\u00a0{count}" for number, (title, count) in enumerate(named, 1)]
    return "\n".join([bold(say("Most quoted articles")), *lines])


def _unanswered(questions: Sequence[Unanswered], room: int, say: Wording) -> str:
    """The newest questions that the articles do not answer, as many as fit; the others are counted."""
    lines = [bold(say("Not answered by the articles, newest first"))]
    room -= len(lines[0]) + ROOM_FOR_MORE
    for one in questions[:UNANSWERED_SHOWN]:
        line = _unanswered_line(one)
        room -= len(line) + 1  # and the line's end
        if room < 0:
            break
        lines.append(line)
    if more := len(questions) - len(lines) + 1:
        lines.append("-# " + say("{count} more; with the option `export` you get them all as a file.", count=more))
    return "\n".join(lines)


def _unanswered_line(one: Unanswered) -> str:
    times = f"\u00a0(×{one.count})" if one.count > 1 else ""
    # The day first: behind a question it would stand alone on a line of a phone.
    return f"• <t:{int(one.last_asked_at.timestamp())}:d> {escape(shortened(one.text, QUESTION_SHOWN))}{times}"


def privacy_texts(kept_days: int, kept: int, answers_days: int, say: Wording) -> list[str]:
    """What is kept of members, for how long and why.

    Args:
        kept_days: for how long questions are kept; 0 when they are not.
        kept: questions kept of the reader.
        answers_days: for how long the buttons under an answer work.
    """
    heading, buttons = bold(say("What this bot keeps of you")), _buttons_text(answers_days, say)
    elsewhere = say(
        "Messages in Discord stay where they are. Recent questions are also held in memory for a while, so that you can go on"
        " asking."
    )
    if not kept_days:
        return ["\n".join([heading, say("Your questions are not kept.")]), f"{buttons}\n{elsewhere}"]
    what = say(
        "Each question, and each text that you have checked: with its time, server and language, how it was answered, how long"
        " that took, which articles were quoted, and whether you found the answer helpful. Not your name: a pseudonym, which"
        " nobody can trace back to you without a key that only the operator of this bot has."
    )
    private = say("What you ask with the option “private”, and quotations that you check, are kept without their words.")
    why = say(
        "So that those who manage a server see in /stats how the bot is used and which questions the articles leave open, without"
        " names; and to count the questions of a day, where a server limits them. Questions in direct messages are in no"
        " statistics."
    )
    yours = say("Questions of yours that are kept now: {count}", count=f"**{kept}**")
    return [
        f"{heading}\n{what} {private}",
        "\n".join([bold(say("For how long")), f"{_days(kept_days, say)} {buttons}"]),
        "\n".join([bold(say("Why")), why, elsewhere]),
        yours,
    ]


def _days(days: int, say: Wording) -> str:
    return say("One day; then it is deleted.") if days == 1 else say("{days} days; then it is deleted.", days=days)


def _buttons_text(days: int, say: Wording) -> str:
    """What is kept for the buttons under answers."""
    if days == 1:
        return say("What an answer showed is kept for one day, so that its buttons work.")
    return say("What an answer showed is kept for {days} days, so that its buttons work.", days=days)
