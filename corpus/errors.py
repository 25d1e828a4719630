"""The mistakes that a person can mend, each a sentence that says what is wrong and what to do."""

from pathlib import Path


class CorpusbotError(Exception):
    """Base of all errors whose text is meant for the operator to read."""


def place_of(error: BaseException) -> str:
    """Where an unforeseen error arose, as `file.py:12`; its text could hold what a user wrote, its place cannot."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "an unknown place"


class ArticleError(CorpusbotError):
    """A file cannot become an article; the text names the file (and line, where one is known)."""


class CollectionError(CorpusbotError):
    """A collection folder is missing, empty or not writable."""


class StoreError(CorpusbotError):
    """A corpus database is missing, damaged or of another layout."""
