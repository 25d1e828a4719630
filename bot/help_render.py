"""Commands and live examples -> the texts of `/help` and of the welcome. Pure functions: nothing is sent from here."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.command_mentions import CommandMentions
from bot.panels import TEXTS_TOTAL
from bot.render import bold, escape, linked_source, quoted, shortened, small
from bot.starter_questions import StarterQuestion
from bot.wording import Wording

DESCRIPTION_SHOWN = 100  # letters, Discord's own limit
COMMANDS_ROOM = 2000  # letters of all lines about commands; Discord's descriptions are short, but there may be many

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu


def help_texts(listed: Sequence[str], examples: Sequence[StarterQuestion], named: CommandMentions, say: Wording) -> list[str]:
    """What the bot does, its commands, and as many examples with their quotations as find room.

    Args:
        listed: a line for each command, as `command_lines` makes them.
    """
    head = "\n".join(
        [
            bold(say("Ask the articles, and read the answer in their own words.")),
            say("Every answer is quoted letter for letter, with its source. Where the articles do not answer, I say so."),
            say("Use {ask}, mention me with a question, or write to me directly.", ask=named.of("ask", say)),
        ]
    )
    texts = [head, "\n".join([bold(say("Commands")), *_fitting(listed, COMMANDS_ROOM)])]
    shown = _examples(examples, TEXTS_TOTAL - sum(map(len, texts)), say)
    return [*texts, shown] if shown else texts


def welcome_texts(examples: Sequence[StarterQuestion], named: CommandMentions, say: Wording) -> list[str]:
    """What the bot says when it comes to a server: what it is for, how to ask, and questions to begin with."""
    head = "\n".join(
        [
            bold(say("Hello! I answer questions about a collection of press articles, in their own words.")),
            say("Every answer is quoted letter for letter, with its source. Where the articles do not answer, I say so."),
            say("Use {ask}, mention me with a question, or write to me directly.", ask=named.of("ask", say)),
            say("{help} shows everything I can do.", help=named.of("help", say)),
        ]
    )
    if not examples:
        return [head]
    return [head, "\n".join([bold(say("You could begin with:")), *(f"› {escape(one.text)}" for one in examples)])]


def command_lines(
    found: Iterable[AnyCommand], allowed: discord.Permissions, in_server: bool, named: CommandMentions, say: Wording
) -> list[str]:
    """A line for each command, and part of one, that a member may use: its name, to press on, and what it does.

    Args:
        allowed: what the member may do in the channel.
        in_server: whether the member is in a server that has added the bot; some commands exist only there.
    """
    lines: list[str] = []
    menus: list[str] = []
    for command in sorted(found, key=lambda one: one.name):
        if not _usable(command, allowed, in_server):
            continue
        if isinstance(command, app_commands.ContextMenu):
            menus.append(f"*{escape(say(command.name))}*")
        else:
            parts = command.commands if isinstance(command, app_commands.Group) else [command]
            lines += [_command_line(part.qualified_name, part.description, named, say) for part in parts]
    if menus:
        lines.append(say("On a message, under Apps: {names}", names=say(", ").join(menus)))
    return lines


def _command_line(name: str, description: str, named: CommandMentions, say: Wording) -> str:
    return f"{named.of(name, say)} {escape(shortened(say(description), DESCRIPTION_SHOWN))}"


def _usable(command: AnyCommand, allowed: discord.Permissions, in_server: bool) -> bool:
    """Whether a member is shown a command by Discord itself."""
    if command.guild_only and not in_server:
        return False
    needed = command.default_permissions
    return needed is None or allowed.administrator or needed <= allowed


def _examples(examples: Sequence[StarterQuestion], room: int, say: Wording) -> str:
    """Questions, each with the quotation that answers it; none is cut, those that do not fit are left out."""
    heading = bold(say("For example"))
    shown: list[str] = []
    room -= len(heading)
    for one in examples:
        source = linked_source(one.quote.article, one.quote.paragraph, say)
        text = f"› {escape(one.text)}\n{quoted(one.quote, only_answer=True)}\n{small(source)}"
        if len(text) + 2 <= room:
            shown.append(text)
            room -= len(text) + 2
    return f"{heading}\n" + "\n\n".join(shown) if shown else ""


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept
