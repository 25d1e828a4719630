"""The menus of a message and `/check` among people, in simcord's Discord (real discord.py, no network)."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.activity import Kind, Outcome
from bot.render import ANSWER_COLOUR, DECLINED_COLOUR, NEUTRAL_COLOUR, NOTICE_COLOUR
from bot.services import Services
from bot.settings import Settings
from embeddings.errors import ModelError
from tests.bot.discord_server import Server, WatchingEncoder, members_read, running, texts
from tests.bot.sample_metrics import HOSTILE, ROOFS_2024, metric_settings

FIND, CHECK = "Find in the articles", "Check this quotation"
CLAIM = "The number of solar roofs in Vetluga was 9,500 by the end of 2024."
QUOTATION = ROOFS_2024.text


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has series."""
    return metric_settings(home)


@pytest.fixture
def encoder() -> WatchingEncoder:
    """The encoder of `services`."""
    return WatchingEncoder()


async def answers(server: Server, menu: str, content: str, **parts: Any) -> list[discord.Message]:
    """What the member is shown when they use a menu on the administrator's message; nobody else sees it."""
    message = await server.administrator.send(server.channel, content, **parts)
    before = len(server.from_bot())
    result = await server.member.context_menu(server.channel, menu, message)
    assert result.acknowledged and result.response is not None and result.response.ephemeral
    shown = [result.response, *result.followups]
    assert all(one.ephemeral for one in shown) and len(server.from_bot()) - before == 0
    return [one.message for one in shown]


def colour(message: discord.Message) -> discord.Colour:
    """The colour of a message's frame."""
    (frame,) = [part for part in message.components if isinstance(part, discord.Container)]
    assert frame.accent_colour is not None
    return frame.accent_colour


async def said(server: Server, menu: str, content: str, **parts: Any) -> str:
    """The same as one text."""
    return "\n".join(text for message in await answers(server, menu, content, **parts) for text in texts(message))


def kept(server: Server) -> list[tuple[str, str, str]]:
    """Kind, text and outcome of what the statistics hold."""
    with server.client.database.turn() as db:
        return [
            (row["kind"], row["text"], row["outcome"])
            for row in db.query("SELECT kind, text, outcome FROM questions ORDER BY asked_at")
        ]


# --- Find in the articles ----------------------------------------------------------------------------------------------


async def test_a_claim_meets_passages_and_figures(server: Server) -> None:
    """Its number beside the articles', with the sentence and the source; then the passages. Nobody else sees it."""
    (message,) = await answers(server, FIND, CLAIM)
    head, numbers, *passages = texts(message)
    assert head.startswith("-# [The message](<https://discord.com/channels/") and head.endswith(f": {CLAIM}")
    assert "• **“9,500”** (solar roofs): the articles give **9,100**, 400 (4.2%) less." in numbers
    assert "was **9,100** by the end of 2024" in numbers and "“Blue again”, Northern Courier, 5 Mar 2025, ¶\u00a01" in numbers
    assert passages[0].startswith("**What the articles say on this**\n> ") and "**[1]** “" in passages[0]
    assert colour(message) == NEUTRAL_COLOUR


async def test_a_claim_that_the_articles_make_is_the_same(server: Server) -> None:
    """Said as such, and not as a verdict."""
    whole = await said(server, FIND, "Did you know? By the end of 2024 the number of solar roofs in Vetluga was 9,100!")
    assert "• **“9,100”** (solar roofs): the articles give the same figure." in whole
    assert not any(word in whole.lower() for word in ("true", "false", "correct", "wrong"))


async def test_a_claim_about_other_things_is_told(server: Server) -> None:
    """No passage, no figure."""
    whole = await said(server, FIND, "A penguin won 4,711 chess tournaments.")
    assert "**No passage of the articles is on this.**" in whole
    assert "• **“4,711”** (chess tournaments" in whole and "): the articles give no such figure." in whole


async def test_an_articles_markup_reaches_nobody(server: Server) -> None:
    """Neither that of an article nor that of the message; the server's fixture looks at what was allowed to ping."""
    whole = await said(server, FIND, "@everyone [x](https://x.example) solar roofs in Vetluga: 9,900 by the end of March 2025")
    assert HOSTILE.title is not None and "\\@everyone" in whole
    assert not re.search(r"(?<!\\)(?:@|\]\((?!<))", whole)


async def test_talk_around_a_claim_does_not_hide_it(server: Server) -> None:
    """Each sentence is looked up where the message as a whole finds nothing."""
    whole = await said(
        server, FIND, "My uncle Bartholomew phoned from Zanzibar yesterday. The herd of mountain goats in Ostrava had 310 goats."
    )
    assert "**What the articles say on this**" in whole and "Meadow News" in whole


async def test_a_very_long_message_is_looked_up_in_part(server: Server) -> None:
    """And that is said."""
    whole = await said(server, FIND, " ".join([CLAIM, *("The penguins play chess every evening by the sea." for _ in range(38))]))
    assert "Only the beginning of the message was looked up" in whole and "400 (4.2%) less" in whole


async def test_the_words_are_in_the_members_language(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or in the one that the server has chosen; quotations stay as they are."""
    members_read(monkeypatch, "zh-CN")
    assert ROOFS_2024.text.split(" 9,100 ")[0] in await said(server, FIND, CLAIM)
    server.client.server_settings.change(server.guild.id, language="de")
    assert ROOFS_2024.text.split(" 9,100 ")[0] in await said(server, FIND, CLAIM)


# --- Check this quotation ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "headline", "frame"),
    [
        (QUOTATION, "**Exact: an article says so letter for letter.**", ANSWER_COLOUR),
        (f"> {QUOTATION}\nWell?", "**Exact: an article says so letter for letter.**", ANSWER_COLOUR),
        (QUOTATION.replace(", the", " , the"), "**Exact but for typography.**", ANSWER_COLOUR),
        (QUOTATION.replace("9,100", "9,800"), "**Altered: no article says it in these words.**", NOTICE_COLOUR),
        ("Zebras juggle beneath marzipan moonlight.", "**Not found: no article in the archive says this.**", DECLINED_COLOUR),
    ],
)
async def test_a_quotation_is_checked(server: Server, content: str, headline: str, frame: discord.Colour) -> None:
    """Exact, exact but for typography, altered, or not found."""
    (message,) = await answers(server, CHECK, content)
    assert texts(message)[1].split("\n")[0] == headline and colour(message) == frame


async def test_an_alteration_names_its_words(server: Server) -> None:
    """With both wordings, and the article's own sentence."""
    whole = await said(server, CHECK, QUOTATION.replace("9,100", "9,800"))
    assert "• Figure: “9,800” is “9,100” in the article" in whole and "Northern Courier" in whole


async def test_slash_check_does_the_same(server: Server) -> None:
    """For a quotation that stands in no message; the answer is its asker's alone."""
    result = await server.member.slash(server.channel, "check", quotation=QUOTATION)
    assert result.response is not None and result.response.ephemeral
    assert texts(result.response.message)[0] == "**Exact: an article says so letter for letter.**"
    result = await server.member.slash(server.channel, "check", quotation="?!")
    assert result.response is not None and texts(result.response.message)[0].startswith("There are no words to check.")


async def test_a_long_check_takes_several_messages(server: Server) -> None:
    """All of them for the asker alone."""
    shown = await answers(
        server, CHECK, "\n\n".join(f"> {QUOTATION} Another {n} penguins juggled here at night." for n in range(9))
    )
    assert len(shown) > 1


# --- what cannot be looked up ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("menu", [FIND, CHECK])
async def test_pictures_alone_are_told(server: Server, menu: str) -> None:
    """In a sentence."""
    told = await said(server, menu, "", attachments=[("roof.png", b"\x89PNG")])
    assert told == "This message holds only pictures, files or links. I can look up words only."


@pytest.mark.parametrize("menu", [FIND, CHECK])
async def test_no_words_are_told(server: Server, menu: str) -> None:
    """Signs and emoji are none."""
    assert await said(server, menu, "?! 🙂") == "There are no words in this message to look up."


@pytest.mark.parametrize("menu", [FIND, CHECK])
async def test_our_own_messages_are_told(server: Server, menu: str) -> None:
    """What we say is quoted already."""
    await server.say(f"{server.mention} How many solar roofs were there in Vetluga by the end of 2024?")
    result = await server.member.context_menu(server.channel, menu, server.from_bot()[-1])
    assert result.response is not None and result.response.ephemeral
    assert texts(result.response.message)[0].startswith("This message is mine")


# --- around it ---------------------------------------------------------------------------------------------------------


async def test_both_menus_are_offered_everywhere(server: Server) -> None:
    """With names that Discord takes."""
    menus = server.client.tree.get_commands(type=discord.AppCommandType.message)
    assert {menu.name for menu in menus} == {FIND, CHECK} and all(len(menu.name) <= 32 for menu in menus)
    await server.client.remove_cog("Menus")
    assert server.client.tree.get_commands(type=discord.AppCommandType.message) == []


async def test_it_is_acknowledged_first(server: Server, encoder: WatchingEncoder) -> None:
    """Before anything is encoded."""
    message = await server.administrator.send(server.channel, CLAIM)
    already = len(server.env.http_requests)
    await server.member.context_menu(server.channel, FIND, message)
    sent = server.env.http_requests[already : encoder.sent_before["Number of solar roofs"]]
    assert [entry.path.rsplit("/", 1)[1] for entry in sent] == ["callback"]


async def test_somebody_elses_words_are_not_kept(server: Server) -> None:
    """The statistics count a lookup; only a claim that one wrote oneself is kept as text."""
    await answers(server, FIND, CLAIM)
    await answers(server, CHECK, "Zebras juggle beneath marzipan moonlight.")
    mine = await server.member.send(server.channel, CLAIM)
    await server.member.context_menu(server.channel, FIND, mine)
    await server.member.slash(server.channel, "check", quotation=QUOTATION)
    assert kept(server) == [
        (Kind.CLAIM, "", Outcome.ANSWERED),
        (Kind.QUOTATION, "", Outcome.DECLINED),
        (Kind.CLAIM, CLAIM, Outcome.ANSWERED),
        (Kind.QUOTATION, "", Outcome.ANSWERED),
    ]


async def test_cooldowns_hold_here_too(server: Server) -> None:
    """A lookup costs as much as a question."""
    for _ in range(5):
        await server.member.slash(server.channel, "check", quotation=QUOTATION)
    result = await server.member.slash(server.channel, "check", quotation=QUOTATION)
    assert result.response is not None and result.response.ephemeral
    assert ":R>" in texts(result.response.message)[0]


async def test_no_log_line_holds_words(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a message's nor an article's."""
    caplog.set_level(logging.DEBUG, "bot")
    await answers(server, FIND, CLAIM)
    await answers(server, CHECK, QUOTATION)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert any("looked up a text (claim)" in line for line in ours)
    assert not any("Vetluga" in line for line in ours)


async def test_a_failure_is_told_and_counted(services: Services, settings: Settings, encoder: WatchingEncoder) -> None:
    """In a sentence without inner workings."""
    async with running(services, settings, check_errors=False) as server:
        encoder.failure = ModelError("/srv/model is broken")
        message = await server.administrator.send(server.channel, CLAIM)
        result = await server.member.context_menu(server.channel, FIND, message)
        assert result.response is not None and result.response.ephemeral
        told = result.response.content or texts(result.response.message)[0]
        assert told.startswith("The archive cannot be searched") and "/srv" not in told
        assert kept(server) == [(Kind.CLAIM, "", Outcome.FAILED)]
