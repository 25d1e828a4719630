"""The mistakes that a person can mend, each a sentence that says what is wrong and what to do."""


class CorpusbotError(Exception):
    """Base of all errors whose text is meant for the operator to read."""


class ArticleError(CorpusbotError):
    """A file cannot become an article; the text names the file (and line, where one is known)."""


class CollectionError(CorpusbotError):
    """A collection folder is missing, empty or not writable."""


class StoreError(CorpusbotError):
    """A corpus database is missing, damaged or of another layout."""
