"""`embeddings.asking`: filters in the words of a question, follow-ups, and wishes for more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.services import Services
from bot.settings import Settings
from corpus.collection import write_article
from corpus.store import Filters
from embeddings.answers import Abstention, Answer, Reply
from embeddings.asking import NOTHING_FURTHER, Asked, ask_collection, resolved_question, unknown_source_sentence
from embeddings.conversation.follow_ups import Turn
from embeddings.generation import Generation
from embeddings.quotes import Quote
from tests.bot.sample_articles import FERRY, OFF_SUBJECT_QUESTION, SOLAR, SOLAR_QUESTION, SOLAR_SENTENCE
from tests.fake_encoder import FakeEncoder

TODAY = dt.date(2025, 11, 1)
BAKERY = replace(FERRY, id="bakery", title="Seven ovens", text="The bakery of Osterby opened with seven ovens in 2024.")
MILL = replace(SOLAR, id="mill", title="The mill", text="In December 2021 the old mill of Karst ground eighty tons of rye.")
QUARRY = replace(
    SOLAR,
    id="quarry",
    title="Below the quarry",
    text=(
        "The quarry of Granholm employs 90 masons.\n\nMost masons of the Granholm quarry live in Osterby.\n\n"
        "The quarry of Granholm lends its crane to other masons."
    ),
)
QUARRY_QUESTION = "How many masons does the quarry of Granholm employ?"


@pytest.fixture
def opened(services: Services, settings: Settings, encoder: FakeEncoder) -> Iterator[Generation]:
    """The sample collection and three more articles, indexed."""
    for article in (BAKERY, MILL, QUARRY):
        write_article(article, settings.collection_dir)
    services.rebuild()
    encoder.encoded.clear()
    with services.generation() as generation:
        yield generation


def passages(reply: Reply) -> tuple[Quote, ...]:
    """What a reply shows, as an answer or not."""
    return reply.quotes if isinstance(reply, Answer) else reply.nearest


def ask(
    opened: Generation, encoder: FakeEncoder, question: str, *turns: Turn, filters: Filters | None = None, count: int = 5
) -> Asked:
    """Ask on a fixed day."""
    return ask_collection(question, opened, encoder, None, filters, count, turns, TODAY)


# --- filters in words ------------------------------------------------------------------------------------------------


def test_a_publisher_that_a_question_names_is_a_filter(opened: Generation, encoder: FakeEncoder) -> None:
    """Only its articles are quoted; what is looked for is the question without it, encoded once."""
    asked = ask(opened, encoder, f"According to the Harbour Gazette, {SOLAR_QUESTION[0].lower()}{SOLAR_QUESTION[1:]}")
    assert asked.filter_labels == ("publisher: Harbour Gazette",)
    assert isinstance(asked.reply, Answer) and asked.reply.quotes[0].answer_text == SOLAR_SENTENCE
    assert encoder.encoded == [SOLAR_QUESTION]
    assert asked.reply.question.startswith("According to") and not asked.rewritten


def test_a_publisher_that_says_nothing_of_it_is_not_replaced_by_another(opened: Generation, encoder: FakeEncoder) -> None:
    """Who asks for one paper is not answered from another, and is told which one was looked at."""
    asked = ask(opened, encoder, "How many solar roofs did the town of Vetluga count, according to the Northern Courier?")
    assert isinstance(asked.reply, Abstention)
    assert asked.filter_labels == ("publisher: Northern Courier",)
    assert {quote.article.publisher for quote in passages(asked.reply)} <= {"Northern Courier"}


def test_a_paper_that_the_collection_lacks_is_told(opened: Generation, encoder: FakeEncoder) -> None:
    """The reason names the paper; what others say is offered as the nearest passages and not as its answer."""
    asked = ask(opened, encoder, "According to the New York Times, how many solar roofs did the town of Vetluga count in April?")
    assert isinstance(asked.reply, Abstention)
    assert asked.reply.reason == "The collection holds no article from the New York Times."
    assert asked.reply.nearest[0].answer_text == SOLAR_SENTENCE
    assert asked.reply.confidence == 0.0 and asked.filter_labels == ()


@pytest.mark.parametrize(
    ("source", "question", "named"),
    [
        ("New York Times", "What does the New York Times say?", "the New York Times"),
        ("New York Times", "根据纽约时报，有多少？", "New York Times"),
        ("The Economist", "根据经济学人，有多少？", "the Economist"),
        ("Reuters", "According to Reuters, why?", "Reuters"),
    ],
)
def test_a_paper_is_named_as_the_question_names_it(source: str, question: str, named: str) -> None:
    """With an article where it has one."""
    assert unknown_source_sentence(source, question) == f"The collection holds no article from {named}."


def test_a_paper_that_is_compared_with_another_is_no_filter(opened: Generation, encoder: FakeEncoder) -> None:
    """Its articles alone could not answer."""
    asked = ask(opened, encoder, "Is the number of solar roofs in the brief the same as in the Harbour Gazette?")
    assert asked.filter_labels == ()


def test_filters_set_by_hand_win(opened: Generation, encoder: FakeEncoder) -> None:
    """Words that name another paper change nothing then, and the question is asked as it stands."""
    question = "According to the Harbour Gazette, how many solar roofs did the town of Vetluga count in April?"
    asked = ask(opened, encoder, question, filters=Filters(article_ids=("ferry-line",)))
    assert asked.filter_labels == () and encoder.encoded == [question]
    assert {quote.article.id for quote in passages(asked.reply)} <= {"ferry-line"}


def test_a_bare_year_may_be_that_of_the_article(opened: Generation, encoder: FakeEncoder) -> None:
    """No passage speaks of the year, but one that answers was published in it: it is quoted, and the filter is shown."""
    asked = ask(opened, encoder, "How many solar roofs did the town of Vetluga count in 2024?")
    assert isinstance(asked.reply, Answer) and asked.reply.quotes[0].answer_text == SOLAR_SENTENCE
    assert asked.filter_labels == ("published in 2024",)


def test_a_year_that_the_passage_names_is_no_filter(opened: Generation, encoder: FakeEncoder) -> None:
    """What happened in 2024 may be reported in 2025."""
    asked = ask(opened, encoder, "How many ovens did the bakery of Osterby have in 2024?")
    assert passages(asked.reply)[0].article.id == "bakery"
    assert asked.filter_labels == ()


def test_a_year_without_an_answer_is_no_filter(opened: Generation, encoder: FakeEncoder) -> None:
    """Where the year's articles do not answer, the question is answered or declined as it stands."""
    question = "How many solar roofs did the town of Vetluga count in 2025?"
    asked = ask(opened, encoder, question)
    assert asked.filter_labels == ()
    assert asked.reply == ask(opened, encoder, question, filters=None).reply
    assert passages(asked.reply)[0].article.id == "solar-roofs"


def test_an_article_of_the_year_that_tells_of_another_is_no_answer(opened: Generation, encoder: FakeEncoder) -> None:
    """Reported in 2024, but "in December 2021": the question about 2024 is not answered by it."""
    asked = ask(opened, encoder, "How many tons of rye did the old mill of Karst grind in 2024?")
    assert isinstance(asked.reply, Abstention)
    assert asked.filter_labels == ()


def test_a_question_without_filters_uses_the_vectors_that_are_there(opened: Generation, encoder: FakeEncoder) -> None:
    """Questions that were encoded together are not encoded again."""
    (encoded,) = encoder.encode_with_tokens([SOLAR_QUESTION])
    encoder.encoded.clear()
    asked = ask_collection(SOLAR_QUESTION, opened, encoder, encoded, today=TODAY)
    assert isinstance(asked.reply, Answer) and encoder.encoded == []


@pytest.mark.parametrize("text", ["", "  ", "?!", "\ud83d", "🙂"])
def test_a_question_without_words_is_declined(opened: Generation, encoder: FakeEncoder, text: str) -> None:
    """Also after other questions, and with half of a surrogate pair."""
    for turns in ((), (Turn(SOLAR_QUESTION, (SOLAR_SENTENCE,), SOLAR_SENTENCE),)):
        assert isinstance(ask(opened, encoder, text, *turns).reply, Abstention)


# --- follow-ups ------------------------------------------------------------------------------------------------------


def test_a_follow_up_is_answered_as_what_it_stands_for(opened: Generation, encoder: FakeEncoder) -> None:
    """The reply keeps the typed words, and the resolved question is told and is what the next turn builds on."""
    first = ask(opened, encoder, "What did the town of Vetluga count in 2024?")
    second = ask(opened, encoder, "and in 2019?", first.turn)
    assert second.rewritten and second.question_asked == "What did the town of Vetluga count in 2019?"
    assert second.reply.question == "and in 2019?"
    assert second.turn.question == second.question_asked
    assert resolved_question("and in 2019?", [first.turn]).text in encoder.encoded


def test_a_question_that_stands_alone_is_left_alone(opened: Generation, encoder: FakeEncoder) -> None:
    """Turns change nothing of it."""
    turn = ask(opened, encoder, OFF_SUBJECT_QUESTION).turn
    assert ask(opened, encoder, SOLAR_QUESTION, turn).reply == ask(opened, encoder, SOLAR_QUESTION).reply


def test_a_turn_holds_what_was_shown() -> None:
    """A declined question was answered by nothing."""
    assert Asked(Abstention("Why?", "No.", 0.1, (), "g"), "Why?").turn == Turn("Why?")


def test_the_asker_is_answered_in_the_language_they_write(opened: Generation, encoder: FakeEncoder) -> None:
    """A Chinese follow-up to an English question is answered from English words, for a reader of Chinese."""
    turn = ask(opened, encoder, QUARRY_QUESTION).turn
    asked = ask(opened, encoder, "更多", turn)
    assert asked.question_asked.startswith("What do the articles say")
    assert asked.reply.language == "zh"
    assert ask(opened, encoder, QUARRY_QUESTION).reply.language == "en"


# --- more ------------------------------------------------------------------------------------------------------------


def test_more_shows_what_was_not_shown(opened: Generation, encoder: FakeEncoder) -> None:
    """Whoever asks for more sees other passages, until there is nothing further."""
    first = ask(opened, encoder, QUARRY_QUESTION, count=1)
    turns, shown = [first.turn], [quote.text for quote in passages(first.reply)]
    for _ in range(5):
        asked = ask(opened, encoder, "Tell me more", *turns)
        if isinstance(asked.reply, Abstention):
            break
        fresh = [quote.text for quote in asked.reply.quotes]
        assert fresh and not set(fresh) & set(shown)
        turns, shown = [*turns, asked.turn], shown + fresh
    assert isinstance(asked.reply, Abstention)
    assert (asked.reply.reason, asked.reply.nearest) == (NOTHING_FURTHER, ())
    assert len(shown) > 1


def test_other_sources_are_not_the_ones_that_were_shown(opened: Generation, encoder: FakeEncoder) -> None:
    """ "Any other sources?" asks the same question for other quotes; "source?" shows the first ones again."""
    first = ask(opened, encoder, QUARRY_QUESTION)
    assert isinstance(first.reply, Answer)
    others = ask(opened, encoder, "Any other sources?", first.turn)
    assert others.question_asked == QUARRY_QUESTION
    assert first.reply.quotes[0].text not in [quote.text for quote in passages(others.reply)]
    again = ask(opened, encoder, "Source?", first.turn)
    assert passages(again.reply)[0] == first.reply.quotes[0]


def test_what_follows_a_wish_for_more_is_about_the_question_before(opened: Generation, encoder: FakeEncoder) -> None:
    """ "More" is no subject: the next follow-up goes on from the question that more was wanted of."""
    first = ask(opened, encoder, QUARRY_QUESTION)
    more = ask(opened, encoder, "more", first.turn)
    assert more.turn.question == QUARRY_QUESTION
    assert more.turn.quotes == tuple(quote.text for quote in (more.reply.quotes if isinstance(more.reply, Answer) else ()))


def test_more_of_nothing_is_a_question_like_any_other(opened: Generation, encoder: FakeEncoder) -> None:
    """Without a turn before there is nothing to see more of."""
    asked = ask(opened, encoder, "more")
    assert (asked.question_asked, asked.rewritten, asked.turn.question) == ("more", False, "more")


def test_as_many_quotes_as_wanted(opened: Generation, encoder: FakeEncoder) -> None:
    """A wish for more does not lift the limit on quotes."""
    turn = ask(opened, encoder, QUARRY_QUESTION, count=1).turn
    assert len(passages(ask(opened, encoder, "Tell me more", turn, count=1).reply)) == 1
