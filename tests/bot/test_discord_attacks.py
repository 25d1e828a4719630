"""People who mean harm, and machines that fail: hostile words, forged presses, and a database that cannot be written.

That whatever is sent is what Discord takes, with no mention allowed, is checked at the end of every test here
(`tests.bot.discord_server.running`).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.activity import Kind, Outcome
from bot.bot_database import BotDatabaseError
from bot.client import CorpusBot
from bot.errors import UNFORESEEN
from bot.question_limits import QuestionLimits, Rate
from bot.server_settings import ServerSettings
from bot.services import Services
from bot.settings import Settings, load_settings
from corpus.article import Article, read_article
from corpus.collection import write_article
from corpus.errors import ArticleError
from tests.bot.discord_forgery import forge, forged, id_of, plant, reread, said
from tests.bot.discord_server import PATIENCE_SECONDS, Server, WatchingEncoder, buttons, passages, running, texts
from tests.bot.sample_articles import SOLAR, SOLAR_QUESTION, SOLAR_SENTENCE, write_collection

SIGNS = "@everyone <@42> <@&7> <t:0:R> [x](javascript:alert(1)) ||s|| ```py\n# h1\n> q\n-# small\n1. one\n- two ~~__**_"
FACT = "The harbour of Ostrava counted 4,210 storks in 2024."
STORKS = "How many storks did the harbour of Ostrava count in 2024?"
# Three that say the same, each with the longest source that Discord can show.
HOSTILE = tuple(
    Article(
        id=f"hostile-{number}",
        title="*" * (400 if number < 3 else 3000) + f"{number}",
        publisher="[x](https://evil.example) @everyone" * 50,
        published_on=dt.date(2025, 1, number),
        url=f"https://evil.example/{'(' * 150}{number}",
        text=f"{FACT} {SIGNS.replace(chr(10), ' ')}",
    )
    for number in (1, 2, 3)
)
WORDS = {
    "markup": SIGNS,
    "blank": " \u3000 ",
    "invisible": "\u200b\u2060\ufeff",
    "turned": "\u202e" + STORKS + "\u2066",
    "half a letter": "How many \ud800 storks \udfff?",
    "emoji": "👩‍👩‍👧‍👦🇨🇳" * 100,
    "zalgo": "s" + "\u0301" * 900,
    "one word": "x" * 1000,
    "brackets": "(" * 1000,
    "numbers": "1,2-3/4 " * 125,
    "sql": "'; DROP TABLE answers; -- \" NEAR(a b) * ^ : { }",
    "null": "a\x00b\x1b[31m",
}


@pytest.fixture
def encoder() -> WatchingEncoder:
    """The encoder of `services`."""
    made = WatchingEncoder()
    made.held_word = "a word that no test writes"
    return made


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has hostile articles beside the sample ones."""
    folder = write_collection(home / "articles", (SOLAR, *HOSTILE))
    return load_settings(collection_dir=folder, data_dir=home / "data")


@pytest.fixture
async def server(services: Services, settings: Settings) -> AsyncIterator[Server]:
    """A server whose bot may fail, for what it says then is looked at, and whose members ask as fast as they can."""
    async with running(services, settings, check_errors=False) as made:
        made.client.limits = QuestionLimits(member_rate=Rate(1000, 1.0))
        yield made


async def asked(server: Server, question: str = SOLAR_QUESTION, **options: Any) -> Any:
    """What stands where a question was asked."""
    result = await server.member.slash(server.channel, "ask", question=question, **options)
    assert result.acknowledged and result.response is not None
    return result.response.message


# --- hostile words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WORDS)
async def test_questions_of_any_letters_are_answered_or_declined(
    server: Server, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """By command, in a message and looked up as a claim or quotation; nothing fails, and nothing of it becomes markup."""
    message = await asked(server, WORDS[name])
    assert texts(message) and UNFORESEEN not in "\n".join(texts(message))
    assert "\u202e" not in "\n".join(texts(message))
    if WORDS[name].strip():
        said_in_channel = await server.member.send(server.channel, f"{server.mention} {WORDS[name]}")
        for menu in ("Find in the articles", "Check this quotation"):
            result = await server.administrator.context_menu(server.channel, menu, said_in_channel)
            assert result.acknowledged and said(result) and UNFORESEEN not in said(result)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_hostile_articles_are_quoted_letter_for_letter(server: Server) -> None:
    """With the longest sources that can be shown, and the same statement in three articles."""
    message = await asked(server, STORKS)
    assert passages(message) and "4,210" in passages(message)[0]
    for action in ("context", "sources"):
        result = await server.administrator.click(message, custom_id=buttons(message)[action].custom_id)
        assert said(result) and UNFORESEEN not in said(result)
    for name, options in (
        ("article list", {}),
        ("article show", {"name": "hostile-1"}),
        ("help", {}),
        ("ask", {"question": STORKS, "article": "nothing"}),
        ("ask", {"question": STORKS, "publisher": "nothing"}),
    ):
        result = await server.member.slash(server.channel, name, **options)
        assert said(result) and UNFORESEEN not in said(result), name


# --- a database that fails -------------------------------------------------------------------------------------------


@contextmanager
def failing(server: Server, how: str) -> Iterator[None]:
    """The bot's database cannot be written meanwhile: by another process, for want of room, or of the right."""
    database = server.client.database
    other = sqlite3.connect(database.path, isolation_level=None)
    with database.turn() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    database._db.execute("PRAGMA busy_timeout = 50")
    if how == "locked":
        other.execute("BEGIN IMMEDIATE")
    else:
        database._db.execute({"full": f"PRAGMA max_page_count = {pages}", "read-only": "PRAGMA query_only = ON"}[how])
    try:
        yield
    finally:
        other.close()


@pytest.mark.parametrize("how", ["locked", "full", "read-only"])
async def test_an_answer_needs_no_database(server: Server, how: str) -> None:
    """A question is answered all the same by command, mention and direct message; what needs the database says so."""
    first = await asked(server)
    with failing(server, how):
        if how == "full":
            row: dict[str, Any] = {"server_id": 1, "user_id": 1, "kind": Kind.ASK, "text": "x" * 900, "articles": ()}
            for _ in range(100):  # until the free room in the file is used up
                with suppress(BotDatabaseError):
                    server.client.member_activity.note(**row, language="en", outcome=Outcome.ANSWERED, took_ms=1.0)
        message = await asked(server)
        assert SOLAR_SENTENCE.split()[0] in "\n".join(passages(message)), texts(message)
        (reply,) = await server.say(f"{server.mention} {SOLAR_QUESTION}")
        assert passages(reply)
        pressed = await server.member.click(first, custom_id=buttons(first)["helpful"].custom_id)
        assert pressed.acknowledged
        pressed = await server.member.click(first, custom_id=buttons(first)["sources"].custom_id)
        assert "Harbour Gazette" in said(pressed)


# --- forged presses --------------------------------------------------------------------------------------------------

FORGED = (
    "answer:page:xxxxxxxxxxxx:999", "answer:context:xxxxxxxxxxxx:0", "answer:helpful:'--;DROP x:0",
    "answer:page:\ud800xxxxxxxxxxx:1", "articles:page:99999", "settings:mentions:off", "settings:reset:yes", "settings:bogus",
    "settings:language:xx", "privacy:delete",
)  # fmt: skip
FORGED_CHOICES: tuple[tuple[str, list[str]], ...] = (
    ("language", ["xx"]), ("language", []), ("daily", ["1e9"]), ("daily", ["-1"]), ("length", ["@"]), ("feedback", ["x"]),
    ("channels", [str(number) for number in range(99)]),
)  # fmt: skip


async def test_forged_buttons_do_no_harm(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """A member who sends ids that the bot never gave learns nothing, changes nothing, and fails nothing."""
    message = await asked(server)
    for custom_id in (*FORGED, "answer-reason:xxxxxxxxxxxx", "nonsense"):
        plant(server, message, custom_id)
        await forged(server, server.member, message, {"custom_id": custom_id, "component_type": 2})
    assert server.client.server_settings.of(server.guild.id) == ServerSettings()
    assert "DROP" not in caplog.text and not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_a_page_that_is_not_there_is_the_last_one(server: Server) -> None:
    """Also where the id of the answer is right."""
    message = await asked(server, STORKS)
    custom_id = id_of(message, "sources").replace("sources", "page")[:-1] + "999"
    plant(server, message, custom_id)
    result = await forged(server, server.member, message, {"custom_id": custom_id, "component_type": 2})
    assert result.acknowledged and passages(reread(server, message))


async def test_forged_choices_are_refused(server: Server) -> None:
    """An administrator who sends values that no menu offers changes nothing, and is told so."""
    opened = await server.administrator.slash(server.channel, "settings")
    message = opened.response and opened.response.message
    for setting, values in FORGED_CHOICES:
        kind = 8 if setting in ("feedback", "channels") else 3
        data = {"custom_id": f"settings:{setting}", "component_type": kind, "values": values}
        result = await forged(server, server.administrator, message, data)
        assert said(result), setting
        assert server.client.server_settings.of(server.guild.id) == ServerSettings(), setting


async def test_complaints_stay_in_their_server(server: Server) -> None:
    """A forged choice of another server's channel passes nothing on to it."""
    elsewhere = server.env.create_guild("elsewhere").create_text_channel("press")
    await server.env.settle()
    server.client.server_settings.change(server.guild.id, feedback_channel=elsewhere.id)
    before = len(server.from_bot(elsewhere))
    message = await asked(server)
    form = await server.member.click(message, custom_id=buttons(message)["unhelpful"].custom_id)
    await server.member.submit_modal(form, {"text": "@everyone look here"})
    assert len(server.from_bot(elsewhere)) == before


async def test_a_feedback_channel_is_not_flooded(server: Server) -> None:
    """However often one member complains about one answer, the channel learns of it twice at most."""
    office = server.guild.create_text_channel("office")
    await server.env.settle()
    server.client.server_settings.change(server.guild.id, feedback_channel=office.id)
    message = await asked(server)
    identifier = id_of(message, "ask").split(":")[2]
    for _ in range(5):
        components = [{"type": 18, "component": {"type": 4, "custom_id": "text", "value": SIGNS}}]
        sent = {"custom_id": f"answer-reason:{identifier}", "components": components}
        assert "noted" in said(await forged(server, server.member, message, sent, kind=5))
    assert len(server.from_bot(office)) == 2


async def test_starter_questions_that_nobody_offers(server: Server) -> None:
    """A forged choice is a question as any other, and not a longer one."""
    message = await asked(server)
    plant(server, message, "starter:ask", 3, options=[{"label": "x", "value": "x"}])
    for value in (SIGNS, "x" * 4000):
        data = {"custom_id": "starter:ask", "component_type": 3, "values": [value]}
        result = await forged(server, server.member, message, data)
        assert said(result) and UNFORESEEN not in said(result)


# --- forms -----------------------------------------------------------------------------------------------------------


async def test_two_members_have_the_form_of_one_answer_open(server: Server) -> None:
    """What the second one writes arrives as well; so does what one sends twice."""
    message = await asked(server)
    custom_id = buttons(message)["ask"].custom_id
    mine, theirs = [await one.click(message, custom_id=custom_id) for one in (server.member, server.administrator)]
    for who, form in ((server.member, mine), (server.administrator, theirs)):
        result = await who.submit_modal(form, {"text": SOLAR_QUESTION})
        assert result.acknowledged and "7,300" in said(result)
    components = [{"type": 18, "component": {"type": 4, "custom_id": "text", "value": SOLAR_QUESTION}}]
    assert mine.modal is not None
    again = await forged(server, server.member, message, {"custom_id": mine.modal["custom_id"], "components": components}, kind=5)
    assert "7,300" in said(again)


async def test_a_form_from_before_a_restart_is_answered(server: Server, services: Services, settings: Settings) -> None:
    """A member may write for an hour."""
    message = await asked(server)
    form = await server.member.click(message, custom_id=buttons(message)["unhelpful"].custom_id)
    fresh = CorpusBot(services, settings.data_dir)
    await server.env.restart_bot(fresh)
    result = await server.member.submit_modal(form, {"text": SIGNS})
    assert "noted" in said(result)
    fresh.database.close()


async def test_forged_forms_do_no_harm(server: Server) -> None:
    """Forms that nobody opened, with too much or nothing in them, or of a kind that the bot does not have."""
    message = await asked(server)
    own = id_of(message, "ask").split(":")[2]
    ids = [f"answer-{form}:{one}" for form in ("ask", "reason", "x") for one in (own, "xxxxxxxxxxxx", "")]
    for custom_id in ids:
        for components in ([], [{"type": 18, "component": {"type": 4, "custom_id": "?", "value": SIGNS * 40}}]):
            result = await forged(server, server.member, message, {"custom_id": custom_id, "components": components}, kind=5)
            assert UNFORESEEN not in said(result)


# --- meanwhile -------------------------------------------------------------------------------------------------------


async def test_two_presses_at_once(server: Server) -> None:
    """Of one member and of two: each is answered."""
    message = await asked(server, STORKS)
    pressed = [buttons(message)[action] for action in ("helpful", "sources", "helpful")]
    data = [{"custom_id": button.custom_id, "component_type": 2} for button in pressed]
    results = [forge(server, who, message, one) for one in data for who in (server.member, server.administrator)]
    await server.env.settle()
    assert all(result.acknowledged and said(result) for result in results)


async def test_a_rebuild_between_question_and_press(server: Server, settings: Settings, services: Services) -> None:
    """Of a passage that has changed or gone no word is shown, and the buttons say so."""
    message = await asked(server, STORKS)
    for article in HOSTILE:
        (settings.collection_dir / f"{article.id}.md").unlink()
    services.rebuild()
    for action in ("context", "sources"):
        result = await server.member.click(message, custom_id=buttons(message)[action].custom_id)
        assert said(result) and "storks" not in said(result) and "hostile" not in said(result)


@pytest.mark.parametrize("what", ["message", "channel", "rights"])
async def test_what_is_gone_when_the_answer_is_ready(
    server: Server, encoder: WatchingEncoder, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    """The question was deleted: it is answered all the same. The channel is gone or closed: nothing fails loudly."""
    encoder.held_word = "storks"
    backend, channel = server.env.backend, server.guild.create_text_channel("doomed")
    await server.env.settle()
    question = backend.create_message(channel.id, server.member.id, f"{server.mention} {STORKS}")
    assert await asyncio.to_thread(encoder.reached.wait, PATIENCE_SECONDS)
    if what == "message":
        backend.delete_message(channel.id, question.id)
    elif what == "channel":
        backend.delete_channel(channel.id)
    else:
        backend.set_overwrite(
            channel.id, Overwrite(server.guild.id, OverwriteType.ROLE, deny=discord.Permissions(send_messages=True).value)
        )
    encoder.gate.set()
    await server.env.settle()
    if what == "message":
        assert passages(server.from_bot(channel)[0])
    assert "storks" not in caplog.text and passages(await asked(server))


def test_a_collection_takes_no_address_that_is_none_of_the_web(tmp_path: Path) -> None:
    """Scripts, data, files and addresses with a space are refused when the article is read, so no link is made of them."""
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b", "discord://x", "//x"):
        write_article(Article(id="a", text="Words.", url=url), tmp_path)
        with pytest.raises(ArticleError, match="must begin with"):
            read_article(tmp_path / "a.md")
