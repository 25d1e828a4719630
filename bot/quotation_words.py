"""What the check of a quotation found, in words of the reader's language. Pure functions; all texts are safe to send."""

from collections.abc import Sequence

from bot.render import escape, shortened
from bot.wording import Wording
from embeddings.quotation.differences import Difference
from embeddings.quotation.quotation_check import QuotationCheck, Verdict
from embeddings.quotation.wording import DifferenceKind

WORDS_SHOWN = 150  # letters of one differing stretch; the passage itself stands whole beside it


def headline_words(found: QuotationCheck, say: Wording) -> str:
    """The verdict in a sentence: exact, exact but for typography, altered, or not found."""
    places = len(found.places)
    if found.verdict is Verdict.EXACT:
        exact = say("Exact: an article says so letter for letter.")
        return exact if places == 1 else say("Exact: the articles say so letter for letter, in {count} places.", count=places)
    if found.verdict is Verdict.TYPOGRAPHY:
        return say("Exact but for typography.")
    if found.only_omissions:
        return say("Exact, with omissions that the quotation marks itself.")
    if found.verdict is Verdict.ALTERED:
        return say("Altered: no article says it in these words.")
    if places:
        return say("Not found in part: some of it stands in no article.")
    return say("Not found: no article in the archive says this.")


def typography_words(names: Sequence[str], say: Wording) -> list[str]:
    """What differs in typography only, by its names in `embeddings.quotation`."""
    known = {
        "quotation marks and apostrophes": say("quotation marks and apostrophes"),
        "dashes": say("dashes"),
        "omission signs": say("omission signs"),
        "spaces and line breaks": say("spaces and line breaks"),
        "invisible marks": say("invisible marks"),
        "heading signs": say("heading signs"),
        "forms of letters": say("forms of letters"),
        "outer quotation marks": say("outer quotation marks"),
        "omission signs at the ends": say("omission signs at the ends"),
    }
    return [known.get(name, name) for name in names]


def difference_words(difference: Difference, say: Wording) -> str:
    """What one difference is, with both wordings."""
    kind = _kind_words(difference.kind, say)
    quoted, original = _shown(difference.quoted), _shown(difference.original)
    if difference.kind is DifferenceKind.UNFOUND:
        return say("In no article: “{quoted}”", quoted=quoted)
    if difference.kind is DifferenceKind.SEAM:
        return say("Put together: what follows “{quoted}” stands in another place", quoted=quoted)
    if difference.kind is DifferenceKind.OMISSION:
        return say("Left out: “{original}”", original=original)
    if not difference.original:
        return say("{kind}: the article does not have “{quoted}”", kind=kind, quoted=quoted)
    if not difference.quoted:
        return say("{kind}: the quotation leaves out “{original}”", kind=kind, original=original)
    return say("{kind}: “{quoted}” is “{original}” in the article", kind=kind, quoted=quoted, original=original)


def _kind_words(kind: DifferenceKind, say: Wording) -> str:
    return {
        DifferenceKind.NEGATION: say("Negation"),
        DifferenceKind.FIGURE: say("Figure"),
        DifferenceKind.UNIT: say("Unit"),
        DifferenceKind.DATE: say("Date"),
        DifferenceKind.COMPARISON: say("Comparison"),
        DifferenceKind.NAME: say("Name"),
        DifferenceKind.WORDS: say("Words"),
        DifferenceKind.ORDER: say("Order of words"),
        DifferenceKind.CASE: say("Capital letters"),
        DifferenceKind.PUNCTUATION: say("Punctuation"),
    }.get(kind, say("Words"))


def _shown(text: str) -> str:
    return escape(shortened(" ".join(text.split()), WORDS_SHOWN))
