"""Discord commands, one group a module; `bot.client` loads every module of this folder that has a `setup`."""
