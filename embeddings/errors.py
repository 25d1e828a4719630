"""What can be wrong with models and indexes, each a sentence that names the cure."""

from corpus.errors import CorpusbotError


class ModelError(CorpusbotError):
    """The encoder cannot be loaded, or its files are not the ones we trust."""


class StaleIndexError(CorpusbotError):
    """The index on disk was built otherwise than the settings say, or is damaged."""


class ReindexRunningError(CorpusbotError):
    """Another process or task is building an index in the same folder."""
