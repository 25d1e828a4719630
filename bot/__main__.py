"""`python -m bot` does what the command `corpusbot` does; without arguments it runs the Discord bot."""

import sys

from bot.cli import main

if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.argv.append("run")
    main()
