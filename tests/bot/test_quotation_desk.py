"""Which words of a message are checked as a quotation."""

from __future__ import annotations

import pytest

from bot.quotation_desk import MOST_QUOTATIONS, Part, QuotationDesk, check_message
from bot.services import Services
from embeddings.quotation.quotation_check import QuotationError, Verdict
from tests.bot.sample_articles import ARTICLES, NOTICE, SOLAR, SOLAR_SENTENCE

ALTERED = SOLAR_SENTENCE.replace("7,300", "7,800")


def checked(content: str) -> list[tuple[Part, Verdict]]:
    """Part and verdict of each quotation of a message."""
    return [(one.part, one.found.verdict) for one in check_message(content, ARTICLES)]


@pytest.mark.parametrize("content", [SOLAR_SENTENCE, NOTICE.text, f"“{SOLAR_SENTENCE}”\n— Harbour Gazette, 2 May 2024"])
def test_a_message_that_is_a_quotation_is_checked_whole(content: str) -> None:
    """Also where the article's own words look like markup."""
    ((part, verdict),) = checked(content)
    assert part is Part.WHOLE and verdict in (Verdict.EXACT, Verdict.TYPOGRAPHY)


def test_markup_is_no_change() -> None:
    """Bold words are the same words; where they differ, they are told without their asterisks."""
    assert checked(SOLAR_SENTENCE.replace("7,300", "**7,300**")) == [(Part.WHOLE, Verdict.EXACT)]
    (one,) = check_message(ALTERED.replace("7,800", "**7,800**"), ARTICLES)
    assert one.text == ALTERED and [(each.quoted, each.original) for each in one.found.differences] == [("7,800", "7,300")]


def test_block_quotes_are_checked_without_the_talk_around() -> None:
    """Each by itself."""
    content = f"I saw this yesterday:\n> {SOLAR_SENTENCE}\nand then\n> {ALTERED}\nStrange!"
    assert checked(content) == [(Part.BLOCK, Verdict.EXACT), (Part.BLOCK, Verdict.ALTERED)]


def test_words_in_quotation_marks_are_checked_without_the_talk_around() -> None:
    """Be it a short introduction or a long one."""
    for around in (
        "The Gazette wrote: “{}”",
        "You will hardly believe what my uncle sent me this morning from work: “{}” Funny.",
    ):
        assert checked(around.format(SOLAR_SENTENCE.rstrip("."))) == [(Part.MARKED, Verdict.EXACT)]
        assert checked(around.format(ALTERED)) == [(Part.MARKED, Verdict.ALTERED)]


def test_an_article_that_quotes_somebody_is_checked_whole() -> None:
    """An alteration outside of the inner quotation must not be lost because that one is exact."""
    inside = "Most of the solar roofs belong to schools."
    content = f"The town of Vetluga counted 7,800 solar roofs in April. “{inside}”"
    ((part, verdict),) = checked(content)
    assert part is Part.WHOLE and verdict is not Verdict.EXACT


def test_many_quotations_are_not_all_checked() -> None:
    """A message is checked as far as one answer can show."""
    assert len(checked("\n\n".join(f"> {SOLAR_SENTENCE} {number}" for number in range(9)))) == MOST_QUOTATIONS


def test_talk_alone_is_not_found() -> None:
    """It is checked as it stands."""
    assert checked("Penguins play chess in the cellar of a distant lighthouse.") == [(Part.WHOLE, Verdict.NOT_FOUND)]


def test_no_words_cannot_be_checked() -> None:
    """Callers look before; whoever does not is told."""
    with pytest.raises(QuotationError):
        check_message("?!", ARTICLES)


async def test_the_desk_reads_the_generation(services: Services) -> None:
    """What is indexed is what counts."""
    (one,) = await QuotationDesk(services).check(SOLAR_SENTENCE)
    assert one.found.verdict is Verdict.EXACT and one.found.places[0].article.id == SOLAR.id


async def test_of_several_readings_the_nearest_to_an_article_counts(services: Services) -> None:
    """The title above an embed's words is no part of what they quote."""
    (one,) = await QuotationDesk(services).check(f"Some title\n\n{SOLAR_SENTENCE}", SOLAR_SENTENCE)
    assert one.found.verdict is Verdict.EXACT
