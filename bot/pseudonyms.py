"""A Discord user's number -> a name that says nothing without a key that stays on the operator's machine.

Pseudonymous, not anonymous: whoever has both the key and a user's number can make the name again, which is how members
can have their own questions deleted.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from corpus.errors import CorpusbotError

FILE_NAME = "pseudonym.key"
KEY_BYTES = 32
LETTERS = 32  # of a pseudonym: 128 bits, so that two members never share one


class PseudonymKeyError(CorpusbotError):
    """The key file cannot be read, written or used."""


class Pseudonyms:
    """Names users by HMAC-SHA-256 (RFC 2104) with the key of one folder."""

    def __init__(self, folder: Path) -> None:
        """Read the key, or make one that only the operator's account may read.

        Raises:
            PseudonymKeyError: the file cannot be read or written, or holds no key of ours.
        """
        path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._key = _new_key(path) if not path.exists() else bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError) as error:
            raise PseudonymKeyError(f"{path} cannot be used ({type(error).__name__}). {CURE}") from error
        if len(self._key) != KEY_BYTES:
            raise PseudonymKeyError(f"{path} holds {len(self._key)} bytes, not {KEY_BYTES}. {CURE}")

    def of(self, user_id: int) -> str:
        """A user's pseudonym: 32 hexadecimal letters, always the same for one key."""
        return hmac.new(self._key, str(user_id).encode(), hashlib.sha256).hexdigest()[:LETTERS]


CURE = "Put back the file from a backup; if you delete it, members can no longer delete the questions kept under the old key."


def _new_key(path: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    # "x" semantics: of two processes that start together, one makes the key and the other fails instead of losing it.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
    return key
