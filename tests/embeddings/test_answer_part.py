"""Which words of an answering sentence are the answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.answer_part import answer_part
from embeddings.question import read_question

FERRY = "The ferry Auk carried 12,400 passengers in its first month, and over 30 staff were hired by March 2024."
MARKET = "The harbour market was worth nearly 40 million euros in 2021, while boats brought in 2.5 billion yuan in 2023."
ARCHIVE = "The archive holds over 35,000 recordings, which exceed 400 petabytes in total volume."
MASTER = "Captain Tom Akande, master of the harbour, said that the bay would freeze."


def part(question: str, sentence: str) -> str | None:
    """The words that are marked; `None` when none are."""
    found = answer_part(read_question(question), sentence)
    return sentence[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("How many passengers did the Auk carry?", FERRY, "12,400"),
        ("How many staff were hired?", FERRY, "over 30"),
        ("How many pasengers used the Auk?", FERRY, "12,400"),
        ("How many companies joined?", "The companies that joined numbered more than 4,500.", "more than 4,500"),
        ("How many of the 10 boats came from Oslo?", "Of the 10 boats, 8 came from Oslo.", "8"),
        ("How many petabytes does the archive hold?", ARCHIVE, "400 petabytes"),
        ("How many recordings does the archive hold?", ARCHIVE, "over 35,000"),
        ("What is the total volume of the archive?", ARCHIVE, "400 petabytes"),
        ("How much was the harbour market worth in 2021?", MARKET, "nearly 40 million euros"),
        ("How much did boats bring in?", MARKET, "2.5 billion yuan"),
        ("harbour market size 2021", MARKET, "nearly 40 million euros"),
        ("How much did boats bring in, in billion yuan?", MARKET, "2.5 billion yuan"),
        ("What share of the boats is electric?", "Of 900 boats, 60 percent are electric.", "60 percent"),
        ("What percentage of sailors swim?", "About one in five sailors swims, the club says.", "About one in five"),
        ("How big is the global market?", "The global market reached $757.58 billion, or 3 percent.", "$757.58 billion"),
        ("How long has Ines Moreau lived in Oslo?", "Ines Moreau has lived in Oslo for over 20 years.", "over 20 years"),
        ("To what has the time come down?", "The time has come down from several hours to under 72 minutes.", "under 72 minutes"),
        ("How long did it use to take?", "The time has come down from several hours to under 72 minutes.", "several hours"),
        ("How often does the ferry cross?", "The ferry crosses eleven times a day with 300 seats.", "eleven times a day"),
        ("By how much did fares rise?", "Fares rose by 5% on the northern line.", "5%"),
    ],
)  # fmt: skip
def test_the_number_asked_for(question, sentence, answer):
    """Of several numbers the one that measures or counts what is asked, with its unit and "nearly" or "over"."""
    assert part(question, sentence) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("When were the staff hired?", FERRY, "by March 2024"),
        ("Since when has the fair been held?", "The fair, closed in 2020, has been held in Oslo since 2018.", "since 2018"),
        ("On which day did the bridge open?", "The bridge opened on Tuesday, May 6, 2025, after rain.", "Tuesday, May 6, 2025"),
        ("By which year will the port be electric?", "The 2030 Agenda says that by 2027 the port will be electric.", "by 2027"),
        ("When will it grow?", "It will grow between 2025 and 2035 in most ports.", "between 2025 and 2035"),
        ("When did the yard close?", "The yard closed in the first quarter of 2024 for good.", "in the first quarter of 2024"),
    ],
)
def test_the_date_asked_for(question, sentence, answer):
    """A date with "by" or "since" before it; the year in a name is no date."""
    assert part(question, sentence) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Who said that the bay would freeze?", MASTER, "Captain Tom Akande, master of the harbour"),
        ("Who is Tom Akande?", MASTER, "master of the harbour"),
        ("What is Tom Akande's position?", MASTER, "master of the harbour"),
        ("Who is master of the harbour?", MASTER, "Captain Tom Akande"),
        ("Who approved the plan?", "The Harbour Council approved the plan in a long night.", "Harbour Council"),
        ("In which city did the fair take place?", "The fair took place in Oslo, and Norway paid for it.", "Oslo"),
        ("Which country paid?", "The fair took place in Oslo in Norway on a wet day.", "Norway"),
        ("Where does Norway rank?", "Norway ranks second in the world by the number of ferries.", "second in the world"),
        ("Which committee does Ines sit on?", "Ines sits on the Bay Safety Committee with two friends.", "Bay Safety Committee"),
        ("At which session was it adopted?", "It was adopted by the council at its 78th session.", "78th session"),
        ("Which fields are covered?", "Three fields: fishing, sailing, and rowing.", "fishing, sailing, and rowing"),
        ("Which companies build ferries?", "Large companies such as Auk and Puffin are building ferries.", "Auk and Puffin"),
        ("What does BSC stand for?", "She leads the BSC, which stands for Bay Safety Committee.", "Bay Safety Committee"),
        ("Which project is Oslo using?", 'Oslo is using its "Wind and Waves" project to build a pier.', "Wind and Waves"),
    ],
)
def test_the_name_or_list_asked_for(question, sentence, answer):
    """A person with role or title, a body, a place, or what is listed behind the word that was asked for."""
    assert part(question, sentence) == answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many engineers work there?", "Over 80 countries sent delegates."),
        ("How many boats sank in 2021?", "In 2021 no boats sank."),
        ("Did 300 passengers come?", "Some 300 passengers came."),
        ("How many recordings are there?", "There are 40 recordings in Oslo and 60 recordings in Bergen."),
        ("How much electricity does the ferry use?", "The ferry holds 30 gigabytes of maps."),
        ("When was the fair?", "The fair was held in spring."),
        ("Who wrote it?", "The Digital Economy grew in Inner Mongolia."),
        ("Whom does the master thank?", "Ines Moreau thanked the crew."),
        ("Is it clear where this is going?", "The boats went from Oslo to Bergen."),
        ("Where does Ines Moreau come from?", "Ines Moreau has lived in Norway for years."),
        ("Which divide will be bridged?", "The plan bridges many a divide."),
        ("Why was the path closed?", "The path was closed in 2021 by 40 men."),
        ("How fast did it grow?", "It grew from a pier to a port."),
        ("How many boats?", "It carried GPT-5.5, 6G and the 360 Security Group."),
        ("", "Nothing was asked."),
        ("How many boats?", ""),
    ],
)
def test_nothing_is_marked_when_it_is_not_sure(question, sentence):
    """Where no part fits, or two fit as well, the whole sentence stays the answer."""
    assert part(question, sentence) is None


QUESTIONS = st.sampled_from(
    ["How many boats?", "When?", "Who said so?", "Where?", "Which plan?", "boat size", "What is its price?"]
)
PIECES = st.lists(
    st.sampled_from(
        "Ines Moreau Oslo said boats 12 4,500 million percent 2024 by the end of May such as , ; : “ ” $ yuan 亿 🙂".split()
    )
)


@settings(max_examples=150, deadline=None)
@given(QUESTIONS, st.one_of(st.text(max_size=120), PIECES.map(" ".join)))
def test_the_part_lies_inside_the_sentence(question, sentence):
    """Whatever the text, the part is a stretch of it that is not empty and begins and ends with no blank."""
    found = answer_part(read_question(question), sentence)
    if found:
        start, end = found
        assert 0 <= start < end <= len(sentence)
        assert sentence[start:end].strip() == sentence[start:end]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=120))
def test_any_question_is_taken(question, sentence):
    """No question or sentence raises."""
    answer_part(read_question(question), sentence)
