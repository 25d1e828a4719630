"""Many members asking the real bot over a loopback Discord: how soon each question is acknowledged and answered.

    python benchmarks/discord_load.py                    # 50 members, 200 questions, evenly over a minute
    python benchmarks/discord_load.py --seconds 0        # the same, as fast as it goes
    python benchmarks/discord_load.py --cold             # from the moment the bot is connected, while its model still loads

Runs `corpusbot run` as a process of its own over the shipped briefs, and prints one JSON object: seconds from the press of
the key to the acknowledgement (Discord gives three) and to the answer, at the 50th and 95th percentile and at most, by the
nearest rank; how many went unanswered or came out of order; how many were shown how many questions are ahead. Loopback and
bot share the machine's cores.
"""

import argparse
import asyncio
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.end_to_end.bot_process import BotProcess
from tests.end_to_end.loopback_discord import LoopbackDiscord
from tests.end_to_end.question_load import Outcome, ask_all, out_of_order

COMMAND = str(Path(sys.executable).parent / "corpusbot")
READY_SECONDS = 300.0
PATIENCE_SECONDS = 900.0  # after which an interaction's token is void anyway


def main() -> None:
    """Build the index, run the bot, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0, help="over which the questions are spread")
    parser.add_argument("--cold", action="store_true", help="do not wait until the model is loaded")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "articles").mkdir()
        for brief in (ROOT / "corpus" / "articles").glob("*.brief.md"):
            shutil.copy(brief, home / "articles")
        environment = dict(os.environ) | {"COLLECTION_DIR": str(home / "articles"), "DATA_DIR": str(home / "data")}
        subprocess.run([COMMAND, "reindex"], env=environment, cwd=home, check=True, stdout=sys.stderr)
        outcomes = asyncio.run(load(home, environment, options.members, options.seconds, options.cold))
    print(json.dumps(summary(outcomes, options.seconds), indent=2))


async def load(home: Path, environment: dict[str, str], members: int, seconds: float, cold: bool) -> list[Outcome]:
    """Ask the running bot."""
    async with LoopbackDiscord() as discord:
        settings = environment | {"DISCORD_TOKEN": discord.token}
        # Its own PYTHONPATH, by which the process is led to the loopback, must not be overwritten by ours.
        settings.pop("PYTHONPATH", None)
        async with BotProcess([COMMAND, "run"], discord, log=home / "bot.log", environment=settings, folder=home) as process:
            await process.ready(READY_SECONDS)
            await discord.until(lambda: discord.commands() or None, "commands", READY_SECONDS)
            if not cold:
                # The bot is there before its model is: the first help is shown when both that and its examples are ready.
                helped = await discord.slash("help", member=discord.administrator)
                await helped.response(READY_SECONDS, where=lambda message: "› " in message.text)
            return await ask_all(discord, members, seconds, PATIENCE_SECONDS)


def summary(outcomes: Sequence[Outcome], seconds: float) -> dict[str, object]:
    """What is printed."""
    acknowledged = [outcome.acknowledged_after for outcome in outcomes if outcome.acknowledged_after is not None]
    answered = [outcome.answered_after for outcome in outcomes if outcome.answered_after is not None]
    ends = [outcome.answered_at for outcome in outcomes if outcome.answered_at is not None]
    return {
        "questions": len(outcomes),
        "members": len({outcome.member_id for outcome in outcomes}),
        "asked_over_seconds": seconds,
        "answered_over_seconds": round(max(ends) - min(outcome.asked_at for outcome in outcomes), 1) if ends else None,
        "unacknowledged": len(outcomes) - len(acknowledged),
        "unanswered": len(outcomes) - len(answered),
        "out_of_order": len(out_of_order(list(outcomes))),
        "shown_their_place": sum(bool(outcome.waited) for outcome in outcomes),
        "acknowledged_seconds": percentiles(acknowledged),
        "answered_seconds": percentiles(answered),
        "failures": sorted({outcome.failure for outcome in outcomes if outcome.failure})[:3],
    }


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """The 50th and 95th percentile by the nearest rank, and the largest; empty for no values."""
    ranked = sorted(seconds)
    if not ranked:
        return {}
    return {
        name: round(ranked[math.ceil(share * len(ranked)) - 1], 3) for name, share in (("p50", 0.5), ("p95", 0.95), ("max", 1.0))
    }


if __name__ == "__main__":
    main()
