"""Why a question in another language is declined: a fixed set of English sentences, so that each can be translated."""

from dataclasses import dataclass
from enum import StrEnum

WORDS_NAMED = 3


class Reason(StrEnum):
    """The sentences; `{words}` stands for words of the question, as they were written there."""

    NOT_PREPARED = (
        "The articles are in English, and questions in other languages need the extra `languages`."
        " Whoever runs this bot can install it and rebuild the index."
    )
    NO_PASSAGE = "The articles do not answer this."
    LACKING = "The passages nearest to the question do not mention {words}."
    LACKS_FOCUS = "The articles touch on this, but the nearest passages do not speak of {words}."
    OFF_SUBJECT = "The articles are about other things."
    LACKS_KIND = "The articles touch on this but do not give what was asked."
    NEAR = "The articles come near this but do not answer it."
    NO_ARTICLE = "No article passes the filters."
    DAMAGED = "The passages found do not match their articles any more, so they are not shown."


@dataclass(frozen=True, slots=True)
class Declined:
    """One reason, and the question's own words that it names; most name none."""

    reason: Reason
    words: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The reason in English."""
        return self.reason.value.format(words=", ".join(self.words[:WORDS_NAMED]))
