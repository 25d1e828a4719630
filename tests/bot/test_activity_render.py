"""`bot.activity_render`: statistics and the privacy notice in words, within Discord's limits."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.activity import Outcome
from bot.activity_render import UNANSWERED_SHOWN, privacy_texts, stats_texts
from bot.activity_statistics import statistics
from bot.panels import TEXTS_TOTAL, Panel
from bot.wording import wording
from tests.bot.sample_activity import NOON, kept_question

SAY = wording()
FIRST, LAST = NOON.date() - dt.timedelta(days=29), NOON.date()


def told(questions: list, titles: dict[str, str] | None = None, kept_days: int = 30) -> list[str]:  # type: ignore[type-arg]
    return stats_texts(statistics(questions), titles or {}, FIRST, LAST, kept_days, SAY)


def declined(number: int, text: str = "Who owns kiosk {}?") -> list:  # type: ignore[type-arg]
    """Questions that the articles leave open, the last one newest."""
    moments = [NOON + dt.timedelta(minutes=count) for count in range(number)]
    return [kept_question(text=text.format(count), outcome=Outcome.DECLINED, asked_at=at) for count, at in enumerate(moments)]


def test_the_overview_has_every_number() -> None:
    """Asked, how it went, how long it took, whether it helped."""
    asked = [kept_question(took_ms=800.0, helpful=3), kept_question(took_ms=800.0, unhelpful=1, outcome=Outcome.CAUTIOUS)]
    (text,) = told(asked)
    assert text.split("\n") == [
        "**Questions from 21 Apr 2026 to 20 May 2026**",
        "Asked: **2** · answered 1 · answered with caution 1",
        "Time to answer: half within 0.8 s, 95 in 100 within 0.8 s",
        "👍 3 · 👎 1 · found helpful: 75%",
    ]


@pytest.mark.parametrize(("ms", "shown"), [(4.0, "0.004"), (123.0, "0.12"), (1550.0, "1.6"), (12_345.0, "12"), (95_000.0, "95")])
def test_times_are_in_seconds(ms: float, shown: str) -> None:
    """With two digits, which is as much as they are worth."""
    assert f"half within {shown} s" in told([kept_question(took_ms=ms)])[0]


def test_articles_stand_with_their_titles() -> None:
    """One whose title is not known any more stands with its id; markup in a title is shown as it is."""
    quoted = [kept_question(articles=("ferry", "gone_by")), kept_question(articles=("ferry",))]
    _, text = told(quoted, {"ferry": "“A *ferry*”"})
    assert text == "**Most quoted articles**\n1\\. “A \\*ferry\\*”\u00a0·\u00a02\n2\\. gone\\_by\u00a0·\u00a01"


def test_unanswered_questions_stand_newest_first() -> None:
    """With how often and when they were asked; the others are counted."""
    *_, text = told([*declined(UNANSWERED_SHOWN + 3), *declined(1)])
    lines = text.split("\n")
    assert lines[1] == f"• <t:{int(NOON.timestamp()) + 720}:d> Who owns kiosk {UNANSWERED_SHOWN + 2}?"
    assert len(lines) == UNANSWERED_SHOWN + 2
    assert lines[-1].startswith("-# 3 more;")
    assert "(×2)" in told([*declined(1), *declined(1)])[-1]


HOSTILE = "@everyone <@1> [x](https://x.example) **_`~|>#" * 20


@pytest.mark.parametrize("text", [HOSTILE, "_" * 1000, "漢" * 1000, "a\n" * 400], ids=["markup", "escapes", "chinese", "lines"])
def test_whatever_was_asked_fits_into_one_message(text: str) -> None:
    """Long texts and those full of markup: shortened, escaped, and never more than Discord takes."""
    asked = [kept_question(text=f"{number} {text}", outcome=Outcome.DECLINED) for number in range(300)]
    asked += [kept_question(articles=tuple(map(str, range(30))))]
    texts = told(asked, {str(number): text for number in range(30)})
    assert sum(map(len, texts)) <= TEXTS_TOTAL
    Panel(texts)
    assert "@everyone" not in "".join(texts).replace("\\@everyone", "")
    assert "more;" in texts[-1]


def test_without_questions_it_says_so() -> None:
    """Nothing asked, and nothing kept, are two different things."""
    assert told([]) == ["**Questions from 21 Apr 2026 to 20 May 2026**\nNone were asked."]
    assert told([], kept_days=0) == ["This bot keeps no questions, so there is nothing to count."]


def test_the_notice_says_what_how_long_and_why() -> None:
    """With how much there is of the reader now."""
    text = "\n".join(privacy_texts(30, 12, 7, SAY))
    for words in ("30 days", "7 days", "pseudonym", "/stats", "**12**", "direct messages"):
        assert words in text
    assert len(text) <= TEXTS_TOTAL


def test_the_notice_of_a_bot_that_keeps_nothing_says_so() -> None:
    """And does not promise statistics; what the buttons need is named all the same."""
    text = "\n".join(privacy_texts(0, 0, 7, SAY))
    assert "Your questions are not kept." in text and "7 days" in text
    assert "/stats" not in text and "pseudonym" not in text


def test_one_day_is_one_day() -> None:
    """Not "1 days"."""
    text = "\n".join(privacy_texts(1, 0, 1, SAY))
    assert "1 days" not in text and "One day;" in text
