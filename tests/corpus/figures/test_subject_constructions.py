"""What numbers measure in the common constructions of English press prose: rows, insertions, headlines, words that lean back.

Every text is invented and read as a whole article.
"""

import pytest
from sample_figures import by_rules

from corpus.article import Article
from corpus.figures.antecedents import object_before, subject_before
from corpus.figures.extraction import figures_in
from corpus.figures.places import places_in

Case = tuple[str, str, str, str | None]


def measured(text: str, number: str) -> tuple[str, str | None]:
    """Subject and place of the last number that is written so, by the rules."""
    told = [told for written, told in by_rules(text) if written == number][-1]
    return told.words, told.place


ROWS: list[Case] = [
    ("Oslo, Bergen and Narvik counted 410, 220 and 35 ferry captains respectively.", "410", "ferry captains", "Oslo"),
    ("Oslo, Bergen and Narvik counted 410, 220 and 35 ferry captains respectively.", "220", "ferry captains", "Bergen"),
    ("Bus fares in Turin and Genoa went up by 4 percent and 6 percent in May.", "6 percent", "bus fares", "Genoa"),
]
INSERTED: list[Case] = [
    (
        "The Lumen site in Bergen, Norway, will soon draw 40 megawatts.",
        "40 megawatts",
        "power consumption of Lumen site",
        "Bergen",
    ),
    ("The reactor, 17 years late, will produce 1.6 gigawatts.", "1.6 gigawatts", "reactor", None),
    ("The hut, perched at 2,900 metres, has a chimney 4 metres high.", "2,900 metres", "altitude of hut", None),
    ("The hut, perched at 2,900 metres, has a chimney 4 metres high.", "4 metres", "height of chimney", None),
    ("Sales of heat pumps in Poland, down 35 per cent last year, recover.", "35 per cent", "sales of heat pumps", "Poland"),
    ("Spending on defence, at 1.3 per cent of output, is low.", "1.3 per cent", "spending on defence", None),
    ("Thieves made off with jewels worth 5 million pounds.", "5 million pounds", "value of jewels", None),
    ("Helped by a weak krone, exports of salmon climbed 8 per cent.", "8 per cent", "exports of salmon", None),
    ("Money paid to tenants in Leeds has dropped by 300 pounds.", "300 pounds", "money paid to tenants", "Leeds"),
]
VERBS: list[Case] = [
    ("Takings at the fair were flat at 90,000 euros.", "90,000 euros", "takings at the fair", None),
    ("The gap narrowed to 12 tonnes as sales of salmon jumped 14 per cent.", "14 per cent", "sales of salmon", None),
    ("The boat, known as the Auk, gained 5 metres.", "5 metres", "boat", "Auk"),
    ("Exports of salmon fell until 2024, when they reached $18 million.", "$18 million", "exports of salmon", None),
    (
        "Copper on the London Metal Exchange gained 0.8 per cent.",
        "0.8 per cent",
        "copper on London Metal Exchange",
        "London Metal Exchange",
    ),
    ("The quay in Ostend is sinking by 3 centimetres a year.", "3 centimetres", "quay", "Ostend"),
    ("Prices start at 19,900 euros.", "19,900 euros", "prices", None),
    ("Cases of dengue in Sri Lanka nearly tripled to 88,000.", "88,000", "cases of dengue", "Sri Lanka"),
    (
        "Passenger numbers at the airport, hit by strikes, fell to 2 million.",
        "2 million",
        "passenger numbers at the airport",
        None,
    ),
    ("The council's board approved capital outlays of $20 million.", "$20 million", "capital outlays", None),
    ("Toll charges in Wales to rise 4.6% in January", "4.6%", "toll charges", "Wales"),
    ("The budget deficit will widen to 5.8 per cent of GDP.", "5.8 per cent", "budget deficit", None),
    ("The vaccine is 94 per cent effective.", "94 per cent", "vaccine", None),
    ("Each of the towers stands 180 metres tall.", "180 metres", "height of towers", None),
    ("Oystermen in Vannes got 14 euros for a 2-kg basket.", "14 euros", "basket", "Vannes"),
    ("Half the harvest was lost.", "Half", "share of harvest that was lost", None),
    ("Twice as many nurses in Bergen cycle to work.", "Twice", "nurses", "Bergen"),
]
LEANING: list[Case] = [
    ("The mayor hands out warm coats. So far 900 have been given away.", "900", "warm coats", None),
    (
        "The trust has spread its cash: 41 percent has gone into land, 9 percent into roads.",
        "9 percent",
        "share of cash that has gone into roads",
        None,
    ),
    ("Divers at a club in Graz built the raft. It weighs about 600 kilograms.", "600 kilograms", "weight of raft", "Graz"),
    ("The mill has modern looms. Today 71% is the reuse rate expected for wash water.", "71%", "reuse rate of wash water", None),
    ("Rescuers pulled 17 survivors from the rubble; 9 died in hospital.", "9", "survivors", None),
    ("Iceland drew 2.5 million visitors last year. In 2010 there were 490,000.", "490,000", "visitors", "Iceland"),
    (
        "One in four flats on Malta stood empty. A year ago the figure had been one in nine.",
        "one in nine",
        "share of flats that stood empty",
        "Malta",
    ),
    ("The start-up has 85 employees, a third of them physicists.", "a third", "share of employees", None),
    ("The bank expects to close 130 branches, leaving it with 410.", "410", "branches", None),
    ("Inflation eased to 3.1 per cent in May from 3.6 per cent in April.", "3.6 per cent", "inflation", None),
    ("Peru exported 900 tonnes of tea, far ahead of second-placed Chile with 310 tonnes.", "310 tonnes", "tea", "Chile"),
    ("The wall is 40 metres long and 6 metres high.", "6 metres", "height of wall", None),
    ("Ghana's pits yielded 54 tonnes of ore, against a target of 60 tonnes.", "60 tonnes", "ore", "Ghana"),
]
PLACES: list[Case] = [
    ('"We have 340 beds," said Ada Obi, matron of Calabar General Hospital.', "340", "beds", "Calabar General Hospital"),
    ("Toyama Steel said on Friday it would cut 2,500 jobs.", "2,500", "jobs", "Toyama Steel"),
    ("Turnover at the brewer Hallam & Sons slipped. Pre-tax losses were 6 million euros.",
     "6 million euros", "pre-tax losses", "Hallam & Sons"),
    ("Salisbury rents have risen by 9 percent.", "9 percent", "rents", "Salisbury"),
    ("Lumen, the Oslo-based games developer, employs 70 artists.", "70", "artists", "Lumen"),
    ("Four bodies including the Bank of Ghana signed; the text names 12 offences.", "12", "offences", None),
    ("Fares in Spain fell by 2 percent, while in Italy they rose by 5 percent.", "5 percent", "fares", "Italy"),
]  # fmt: skip
HAN: list[Case] = [
    ("该公司成立于2012年，目前在厦门有员工约800人。", "800", "员工", "厦门"),
    ("全省已有五家企业建成实验室。", "五", "企业", None),
]


@pytest.mark.parametrize(("text", "number", "words", "place"), ROWS)
def test_numbers_in_a_row_share_what_they_measure(text: str, number: str, words: str, place: str | None) -> None:
    """The last of a row of counts names what all count, the first of other rows; places in a row of that length fall to each."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), INSERTED)
def test_an_insertion_is_about_the_noun_before_it(text: str, number: str, words: str, place: str | None) -> None:
    """What stands between commas, and a participle behind a noun, tells of that noun and hides no verb."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), VERBS)
def test_verbs_are_known_by_their_place(text: str, number: str, words: str, place: str | None) -> None:
    """A verb that no list holds is told from nouns by what stands around it, in headlines, too."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), LEANING)
def test_a_number_without_a_noun_leans_on_what_was_said(text: str, number: str, words: str, place: str | None) -> None:
    """Pronouns, "the figure", "of them" and bare numbers measure what the words before name."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), PLACES)
def test_whose_a_figure_is(text: str, number: str, words: str, place: str | None) -> None:
    """A speaker's "we", a body that tells of itself, the sentence before, and the number's own clause say whose it is."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), HAN)
def test_chinese_firms_and_their_staff(text: str, number: str, words: str, place: str | None) -> None:
    """What firms have somewhere is their place's, and the verb behind a counted noun is no part of it."""
    assert any(
        (f.subject, f.place) == (words, place) for f in figures_in(Article("a", text)).figures if f.text.startswith(number)
    )


@pytest.mark.parametrize(
    ("pronoun", "words"), [("it", ["raft"]), ("they", ["Divers", "at", "a", "club"])]
)  # one raft, several divers
def test_a_pronoun_takes_up_a_noun_of_its_number(pronoun: str, words: list[str]) -> None:
    """ "It" is the one thing that many people built; "they" are the people."""
    assert [word.text for word in subject_before("Divers at a club built the raft.", pronoun)] == words


def test_the_object_is_what_the_verb_is_done_to() -> None:
    """Behind a verb and its particle stands the object; a sentence without a verb has none."""
    assert [word.text for word in object_before("The mayor hands out warm coats.")] == ["warm", "coats"]
    assert object_before("A quiet day.") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Workers in Duluth, Minnesota, left.", ["Duluth"]),
        ("The Turin-based maker Vela Motors left.", ["Vela Motors"]),
        ("Bodies such as Interpol met in Lyon.", ["Lyon"]),
        ("The hospital in Accra admitted 40 patients.", ["Accra"]),
        ("Italians leave home late.", ["Italy"]),
    ],
)
def test_names_said_by_the_way_are_no_places(text: str, names: list[str]) -> None:
    """The state behind a city, a firm's seat beside its name and examples own no figure; a people's plural is its country."""
    assert [place.name for place in places_in(text)] == names
