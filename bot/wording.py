"""The bot's own words around quotations, in the asker's language: English, Chinese, German or Spanish.

Quotations, titles and names are never translated. The catalogues are gettext's, in `locale/<language>/LC_MESSAGES`; the
English text is the key, and a language that has no catalogue gets English. Sentences that `embeddings` makes (why it
declines, what a filter lets through) come in English; those listed here are recognised by their form.
"""

import datetime as dt
import gettext
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from embeddings.filters.publication_dates import MONTHS

DOMAIN = "corpusbot"
FOLDER = Path(__file__).with_name("locale")
ENGLISH = "en"
LANGUAGES = ("de", "es", "zh")  # beside English


def N_(message: str) -> str:
    """Mark a text for the catalogues and give it back as it is."""
    return message


# Sentences of `embeddings`, with braces where theirs hold words of the question or of the collection. Longer ones first,
# where a shorter one would take them as well.
REASONS = (
    N_("There are no words in this question to look for."),
    N_("No article passes the filters."),
    N_("The passages found do not match their articles any more, so they are not shown."),
    N_("The articles do not answer this."),
    N_("The articles are about other things."),
    N_("The articles mention {names}, but the nearest passages say nothing of {words}."),
    N_("The articles mention {names} but do not give what was asked."),
    N_("The articles mention {names} but do not say why."),
    N_("The articles mention {names} but do not answer this."),
    N_("The passages nearest to the question do not mention {words}."),
    N_("The articles touch on this, but the nearest passages do not speak of {words}."),
    N_("The articles touch on this but do not give what was asked."),
    N_("The articles touch on this but do not say why."),
    N_("The articles come near this but do not answer it."),
    N_("The collection holds no article from the {source}."),
    N_("The collection holds no article from {source}."),
    N_("The articles say nothing further on this."),
    N_("This asks for something other than what the articles say."),
    N_(
        "The articles are in English, and questions in other languages need the extra `languages`."
        " Whoever runs this bot can install it and rebuild the index."
    ),
)
DISAGREEMENTS = (
    N_("The sources differ: {one} ({one_source}) and {other} ({other_source})."),
    N_("The figures are of different dates: {one} ({one_source}) and {other} ({other_source})."),
)
LABELS = (
    N_("publisher: {names}"),
    N_("article: {title}"),
    N_("published in {year}"),
    N_("published on {day}"),
    N_("published {first} to {last}"),
    N_("since {day}"),
    N_("until {day}"),
)
DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")


class Wording:
    """The words of one language; called with an English text it gives the text in that language."""

    def __init__(self, language: str) -> None:
        """Read the catalogue; a language without one is worded in English."""
        self.language = language if language in LANGUAGES else ENGLISH
        self._gettext: Callable[[str], str] = gettext.translation(DOMAIN, FOLDER, [self.language], fallback=True).gettext

    def __call__(self, message: str, **values: object) -> str:
        """A text in this language.

        Args:
            message: the English text, a literal, so that it is found for the catalogues.
            values: what stands in its braces.
        """
        return self._gettext(message).format(**values)

    def reason(self, sentence: str) -> str:
        """Why we decline; a sentence that is not known stays English."""
        return self._known(sentence, REASONS, self(", "))

    def disagreement(self, sentence: str) -> str:
        """That sources differ, with figures and sources as they are."""
        return self._known(sentence, DISAGREEMENTS)

    def label(self, label: str) -> str:
        """A filter as it is shown, such as `publisher China Daily`, with its days as this language writes them."""
        if self.language == ENGLISH:
            return label.replace(": ", " ", 1)
        told = self._known(label, LABELS)
        return told if label.startswith(("article: ", "publisher: ")) else DAY.sub(self._written_day, told)  # names stay

    def day(self, day: dt.date) -> str:
        """A day, such as `5 Mar 2025`."""
        if self.language == ENGLISH:
            # strftime's names of months follow the machine's language.
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        from babel.dates import format_date  # its tables are not needed for English

        return format_date(day, format="medium", locale=self.language)

    def _written_day(self, match: re.Match[str]) -> str:
        return self.day(dt.date(int(match[3]), 1 + MONTHS.index(match[2]), int(match[1])))

    def _known(self, sentence: str, messages: tuple[str, ...], comma: str = ", ") -> str:
        """A sentence that is one of some messages, in this language; `comma` parts the words within it."""
        for message in messages:
            if match := _pattern(message).fullmatch(sentence):
                return self(message, **{name: part.replace(", ", comma) for name, part in match.groupdict().items()})
        return sentence


@cache
def wording(language: str = ENGLISH) -> Wording:
    """The words of one language, read once.

    Args:
        language: ISO 639-1, as a reply's `language` has it.
    """
    return Wording(language)


@cache
def _pattern(message: str) -> re.Pattern[str]:
    """What a text looks like once its braces are filled."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(message)), re.DOTALL)
