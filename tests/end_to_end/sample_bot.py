"""A tiny discord.py bot, run as a process of its own to test the loopback with; no part of corpusbot."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import discord
from discord import app_commands

MENU = [discord.SelectOption(label="First", value="1"), discord.SelectOption(label="Second", value="2")]


class Pages(discord.ui.View):
    """One button that turns the page in place, and one that answers beside it."""

    @discord.ui.button(label="Next", custom_id="next")
    async def turn(self, interaction: discord.Interaction, button: discord.ui.Button[Pages]) -> None:
        """Show the second page."""
        button.disabled = True
        await interaction.response.edit_message(content="Page 2", view=self)

    @discord.ui.select(custom_id="menu", options=MENU)
    async def choose(self, interaction: discord.Interaction, menu: discord.ui.Select[Pages]) -> None:
        """Say to the chooser alone what was chosen."""
        await interaction.response.send_message(f"Chosen: {menu.values}", ephemeral=True)


class SampleBot(discord.Client):
    """Registers its commands once logged in, and replies where it is mentioned."""

    def __init__(self) -> None:
        intents = discord.Intents.default()
        intents.message_content = "message_content" in os.environ.get("SAMPLE_BOT_INTENTS", "")
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register the commands."""
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Reply to a mention with what the bot could read of the message."""
        if self.user in message.mentions and message.author != self.user:
            await message.reply(f"You said: {message.clean_content}")
        elif message.author != self.user:
            print(f"unaddressed: {message.content!r}", flush=True)


bot = SampleBot()


@bot.tree.command(description="Say it again, later.")
@app_commands.describe(text="What to say.")
async def echo(interaction: discord.Interaction, text: app_commands.Range[str, 1, 100]) -> None:
    """Defer, answer in two steps, follow up."""
    await interaction.response.defer()
    await interaction.edit_original_response(content="Looking …")
    embed = discord.Embed(title="Echo", description=text).add_field(name="Length", value=str(len(text)))
    await interaction.edit_original_response(content="Found.", embed=embed)
    await interaction.followup.send(f"Once more: {text}", ephemeral=True)


@bot.tree.command(description="Answer late.")
async def late(interaction: discord.Interaction, seconds: float) -> None:
    """Block like a model that is loading, then answer."""
    time.sleep(seconds)
    try:
        await interaction.response.send_message("Too late?")
    except discord.NotFound as error:
        print(f"refused with {error.code}", flush=True)


@bot.tree.command(description="Say more than Discord allows.")
async def long(interaction: discord.Interaction) -> None:
    """Send too much, then say how that was refused."""
    try:
        await interaction.response.send_message("x" * 2001)
    except discord.HTTPException as error:
        await interaction.response.send_message(f"{error.status} {error.code}")


@bot.tree.command(description="Answer twice.")
async def twice(interaction: discord.Interaction) -> None:
    """Acknowledge a second time behind discord.py's back, then say how that was refused."""
    await interaction.response.defer()
    interaction.response._response_type = None
    try:
        await interaction.response.send_message("Again")
    except discord.HTTPException as error:
        await interaction.followup.send(f"{error.status} {error.code}")


@bot.tree.command(description="Turn pages.")
async def pages(interaction: discord.Interaction) -> None:
    """Show a message with a button and a menu."""
    await interaction.response.send_message("Page 1", view=Pages())


@bot.tree.command(description="Show a picture.")
async def picture(interaction: discord.Interaction) -> None:
    """Upload a file and show it in an embed."""
    await interaction.response.defer()
    with open(__file__, "rb") as source:
        file = discord.File(source, filename="chart.png", description="A chart")
        embed = discord.Embed(title="Chart").set_image(url="attachment://chart.png")
        await interaction.followup.send(embed=embed, file=file)


@bot.tree.command(description="Only for those who manage the guild.")
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
async def manage(interaction: discord.Interaction, topic: str) -> None:
    """Say whether the payload's permissions allow it."""
    await interaction.response.send_message(f"{interaction.permissions.manage_guild} {topic}", ephemeral=True)


@manage.autocomplete("topic")
async def topics(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Offer the topics that begin like that."""
    known = ("paper", "power")
    return [app_commands.Choice(name=name, value=name) for name in known if name.startswith(typed)]


@bot.tree.command(description="Do something else elsewhere.")
async def wander(interaction: discord.Interaction) -> None:
    """Open a thread, write to the user, and ask for what the loopback does not know."""
    await interaction.response.send_message("Wandering")
    channel = interaction.channel
    assert isinstance(channel, discord.TextChannel)
    async with channel.typing():
        thread = await channel.create_thread(name="Aside", type=discord.ChannelType.public_thread)
        await thread.send("In the thread")
        await (await bot.fetch_user(interaction.user.id)).send("In private")
    try:
        await channel.guild.bans().__anext__()
    except discord.NotFound:
        await interaction.followup.send("No such place")


async def main() -> None:
    """Run until SIGTERM."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: asyncio.create_task(bot.close()))
    discord.utils.setup_logging()
    async with bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
