"""The real `corpusbot` command over the shipped briefs, as an operator runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import corpus
from tests.end_to_end.bot_process import BotProcess
from tests.end_to_end.loopback_discord import LoopbackDiscord

COMMAND = str(Path(sys.executable).parent / "corpusbot")
BRIEFS = Path(corpus.__file__).parent / "articles"
# The smaller encoder, which every install has: these tests are about the process, and the larger one takes six times as long.
MODEL = "all-MiniLM-L6-v2"
LONG_ARTICLE_SENTENCES = 1500  # enough to be encoding for a while, so that a question falls into it
KEEPER = "The keeper of the last lighthouse is called Ottoline Varga."
KEPT = {"PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH"}


def environment(home: Path, token: str = "") -> dict[str, str]:
    """An operator's settings, and nothing of this process's own."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    ours = {"COLLECTION_DIR": str(home / "articles"), "DATA_DIR": str(home / "data"), "MODEL_NAME": MODEL}
    return kept | ours | {"DISCORD_TOKEN": token}


def operators_home(home: Path) -> Path:
    """Copy the shipped briefs into a collection of their own, and index them with the real command."""
    (home / "articles").mkdir(parents=True)
    for brief in BRIEFS.glob("*.brief.md"):
        shutil.copy(brief, home / "articles")
    done = subprocess.run([COMMAND, "reindex"], env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return home


def write_long_article(folder: Path) -> None:
    """An article of our own with so many sentences that a rebuild takes a while."""
    sentences = " ".join(
        f"Lighthouse {n} stands {n * 3} metres above the sea and has {n % 7 + 1} lamps." for n in range(LONG_ARTICLE_SENTENCES)
    )
    (folder / "lighthouses.md").write_text(
        f"---\nid: lighthouses\ntitle: The lighthouses\nlanguage: en\nkind: original\n---\n\n{sentences}\n\n{KEEPER}\n",
        encoding="utf-8",
    )


def corpusbot_run(discord: LoopbackDiscord, home: Path, name: str = "bot", **more: str) -> BotProcess:
    """`corpusbot run` in the operator's folder; `more` are further variables of its environment."""
    settings = environment(home, discord.token) | more
    settings.pop("PYTHONPATH", None)  # the process puts the redirect before it
    return BotProcess([COMMAND, "run"], discord, log=home / f"{name}.log", environment=settings, folder=home)
