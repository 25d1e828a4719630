"""Which words of a question name one thing, and whether a passage holds the name in some form."""

import pytest

from embeddings.names import initials, is_name, long_places, missing_names, places
from embeddings.question import read_question


def missing(question: str, passage: str) -> list[str]:
    """The names of a question that a passage lacks."""
    read = read_question(question)
    return [term.word for term in missing_names(read.terms, read.names, read.text, passage)]


def named(question: str) -> list[str]:
    """The words of a question that are taken for names."""
    read = read_question(question)
    return [term.word for term in read.terms if is_name(term, read.text)]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How often does the Auk cross?", ["Auk"]),
        ("how many ferries has norway", ["norway"]),
        ("Ferries of the bay in 2024?", ["2024"]),
        ("Is it true? Ferries cross.", []),
        ("DeepSeek is what?", ["DeepSeek"]),
        ("HOW MANY FERRIES CROSS THE BAY", []),
        ("Why Do Ferries Cross The Bay", []),
        ("Who sailed around the world?", []),
    ],
)
def test_names_are_capitals_inside_numbers_and_places(question, names):
    """A capital inside a sentence, a number and a country name one thing; a first word and shouting do not."""
    assert named(question) == names


@pytest.mark.parametrize(
    ("question", "passage", "lacking"),
    [
        ("How many ferries has Norway?", "Port Linden has three ferries.", ["Norway"]),
        ("How many ferries has Norway?", "Norwegian ferries are many.", []),
        ("How many German ferries are there?", "In Germany there are forty.", []),
        ("How many ferries are there in Germany?", "The Chinese ferries are forty.", ["Germany"]),
        ("What did Ines Moreau say?", "Moreau said that the batteries last.", []),
        ("What did Ines Moreau say?", "Tom Akande said that a quay is needed.", ["Ines", "Moreau"]),
        ("What did the United Nations say?", "The UN said little.", []),
        ("What did the UN say?", "The United Nations said little.", []),
        ("What did the UN say?", "The town council said little.", ["UN"]),
        ("What happened in 2024?", "In 2023 the ferry came.", ["2024"]),
        ("Who came 2nd?", "The Puffin came second.", []),
        ("Do 4,500 people live there?", "4,500 people do.", []),
        ("Do 4,500 people live there?", "Four hundred people do.", ["4,500"]),
        ("How large is South Korea?", "North Korea is large.", ["South", "Korea"]),
        ("How large is South Korea?", "South Korea is large.", []),
    ],
)
def test_a_name_is_held_in_another_form_but_not_by_another_name(question, passage, lacking):
    """Half a person's name, initials and the people's name hold a name; another year, place or number does not."""
    assert missing(question, passage) == lacking


def test_places_know_their_people():
    """Countries and peoples from Unicode's data mean one another; common words that are places too are left out."""
    assert places()["german"] & places()["germani"] >= {"german", "germani"}
    assert "world" not in places()
    assert "south korea" in long_places()


def test_initials_of_long_names():
    """ "Kestrel Wind Farm" shortens to KWF; a name of one word has no initials."""
    assert initials("The Kestrel Wind Farm near Linden") == {"KWF"}
    assert initials("no names here, Linden") == frozenset()


@pytest.mark.parametrize(
    ("question", "passage", "held"),
    [
        ("Which hub reached 1,590,000 petaflops?", "The hub reached 1.59 million PFLOPS.", True),
        ("Which share was 60 percent?", "Its share was 60%.", True),
        ("Which share was 60 percent?", "It lies in 60 countries, with a share of 6%.", False),
        ("Who invested 600bn yuan?", "The state invested 0.6 trillion yuan.", True),
        ("Who invested 600bn yuan?", "The state invested 6 trillion yuan.", False),
    ],
)
def test_a_number_is_held_in_any_written_form(question, passage, held):
    """Scales, units and signs may be written otherwise; another number is another number."""
    assert (missing(question, passage) == []) is held


@pytest.mark.parametrize(
    ("question", "passage", "lacking"),
    [
        ("Which trader from Pakistan came?", "A Pakistani trader came.", []),
        ("What did the Malaysian port send?", "Malaysia sent tea.", []),
        ("How large will it be by the mid-2030s?", "By 2035 it will be large.", []),
        ("How large was it in the 2020s?", "By 2035 it will be large.", ["2020s"]),
        ("ferry tickets 2024 yuan", "In 2024 ferry tickets cost 9 yuan.", []),
        ("Which African farm grows tea?", "A farm in Zambia grows tea.", []),
        ("Which African farm grows tea?", "A farm in Peru grows tea.", ["African"]),
        ("Did Beijing agree to the plan?", "China agreed to the plan.", []),
        ("How many ferries are in Beijing?", "China has 40 ferries.", ["Beijing"]),
        ("How many ferries has the US?", "China has 40 ferries.", ["US"]),
        ("How many ferries has the US?", "American ferries number 40.", []),
        ("How can the US use it?", "The United States burns it.", []),
        ("Is tea in use in Chile?", "Chile grows tea.", []),
        ("What did Wu Jn say?", "Wu Jun said no.", []),
        ("What does Torvik University teach?", "Lund University teaches law.", ["Torvik"]),
        ("What did Liu Weimin say?", "Liu Caiyu said no.", ["Weimin"]),
        ("What did Liu Weimin say?", "President Liu said no.", []),
    ],
)
def test_parts_of_names_and_of_the_world(question, passage, lacking):
    """Peoples, decades and parts of the world are held by what they hold; half a name only where it is not another's."""
    assert missing(question, passage) == lacking
