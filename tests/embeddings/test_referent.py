"""What the shorthand at the front of a quote refers to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.referent import leans, referent


@pytest.mark.parametrize(
    "sentence",
    [
        "It was built in 1961.",
        "It is a port that opened in May.",
        "He said so.",
        "Their boats sank.",
        "Its harbour is old.",
        "Both met in Oslo.",
        "Such boats sink.",
        "This is why it closed.",
        "That year, the yard closed.",
        "These boats sank.",
        "The plan failed.",
        "The Initiative grew.",
        "The company’s boats sank.",
        "“The country will set up a fund.",
        "The initiative, launched in May, grew.",
        "The former is older.",
        "By 2030, it will grow.",
        "According to the initiative, boats matter.",
        "In line with old hopes for peace, the initiative helps boats.",
        "However, the boats sank.",
        "For instance, boats sink.",
        "First, boats sink.",
        "But boats sink.",
    ],
)
def test_sentences_that_lean(sentence):
    """A pronoun, a noun with "the" that names nothing, or a connecting word at the front leans on what came before."""
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is estimated that boats sink.",
        "It has been shown that boats sink.",
        "It is important for boats to float.",
        "It takes two to sail.",
        "This year the fair opens.",
        "This Wednesday, the fair opens.",
        "This week’s fair opens.",
        "These days boats are cheap.",
        "This article shows boats.",
        "Those who sail know it.",
        "That Norway leads is clear.",
        "Both Norway and Zambia met.",
        "Italy is old.",
        "Theirs was a small boat.",
        "The plan to build a port failed.",
        "The Bay Initiative grew.",
        "The company Auk Lines grew.",
        'The campaign "Boats and Bays" grew.',
        "In detail, the Bay Initiative helps boats.",
        "The president of the club left.",
        "So far, no boats sank.",
        "First Bank grew.",
        "In May, Rana said that he left.",
        "In this era of fast boats, no one can steer alone.",
        "In addition to boats, Oslo has trams.",
        "The number of boats fell.",
        "Boats sank.",
        "",
    ],
)
def test_sentences_that_stand_by_themselves(sentence):
    """Words that only look like shorthand are no false alarm."""
    assert not leans(sentence)


@pytest.mark.parametrize(
    ("sentence", "before", "shorthand", "name"),
    [
        (
            "The initiative grew.",
            ["Norway launched the Bay Bridge Initiative in May."],
            "The initiative",
            "Bay Bridge Initiative",
        ),
        ("This initiative grew.", ["The Bay Initiative is old.", "Boats sank."], "This initiative", "Bay Initiative"),
        (
            "According to the initiative, boats matter.",
            ["Norway proposed a new Bay Initiative."],
            "the initiative",
            "Bay Initiative",
        ),
        (
            "The Action Plan is new.",
            ["Norway proposed the Bay Action Plan for Boats and for Bays."],
            "The Action Plan",
            "Bay Action Plan",
        ),
        ("The center opened.", ["Oslo built the Bay Boat Centre."], "The center", "Bay Boat Centre"),
        (
            "The agreement covers boats.",
            ["Moreau signed an agreement with Bay University."],
            "The agreement",
            "agreement with Bay University",
        ),
        ("The company grew.", ["Auk Lines, a ferry company, bought boats."], "The company", "Auk Lines"),
        ("“The country will set up a fund.", ["The 2025 report of Norway was read."], "The country", "Norway"),
        ("It grew.", ["The Bay Bridge Initiative was launched in May."], "It", "Bay Bridge Initiative"),
        ("It opened.", ["Ines Moreau said that the Bay Museum was built in 1961."], "It", "Bay Museum"),
        ("Its coast is long.", ["In the north, Norway has many boats."], "Its", "Norway"),
        ("He left.", ["Captain Tom Akande said that the boats sank."], "He", "Tom Akande"),
        ("She left.", ["Ines Moreau, master of the harbour, told Tom Akande of it."], "She", "Ines Moreau"),
        ("They met.", ["Norway and Zambia held talks."], "They", "Norway and Zambia"),
        ("By 2030, it will grow.", ["The Bay Museum is small."], "it", "Bay Museum"),
        ("However, it will grow.", ["The Bay Museum is small."], "it", "Bay Museum"),
        (
            "The initiative grew.",
            ["Norway launched the Bay Initiative.", "A speech at the meeting on the Global Boat Initiative followed."],
            "The initiative",
            "Bay Initiative",
        ),
    ],
)
def test_what_it_refers_to(sentence, before, shorthand, name):
    """The name is verbatim from an earlier sentence, and the shorthand is marked in its own."""
    found = referent(sentence, before)
    assert found is not None
    assert sentence[slice(*found.shorthand)] == shorthand
    assert found.name == name


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("The initiative grew.", []),
        ("The initiative grew.", ["Boats sank."]),
        ("The initiative grew.", ["The Bay Initiative met the Boat Initiative."]),
        ("The initiative grew.", ["Moreau spoke at the meeting on the Boat Initiative."]),
        ("These initiatives grew.", ["Norway launched the Bay Initiative."]),
        ("The company grew.", ["Norway and Zambia met Tom Akande."]),
        ("The country grew.", ["Norway met Zambia."]),
        ("It grew.", ["Boats sank near Oslo."]),
        ("It grew.", ["Captain Tom Akande left."]),
        ("It is estimated that boats sink.", ["The Bay Museum is small."]),
        ("He left.", ["Norway grew."]),
        ("He left.", ["In the bay, Ines Moreau told and Tom Akande said that boats sank."]),
        ("They met.", ["Boats and trams met Norway."]),
        ("This is why it closed.", ["The Bay Museum is small."]),
        ("Moreover, boats sank.", ["The Bay Museum is small."]),
        ("The Bay Museum grew.", ["Norway launched the Bay Initiative."]),
    ],
)
def test_no_referent_when_it_is_not_sure(sentence, before):
    """Where nothing fits, or two names fit as well, none is given."""
    assert referent(sentence, before) is None


def test_the_heading_helps_last():
    """A name in the heading stands in where the earlier sentences hold none."""
    assert referent("The initiative grew.", ["Boats sank."], "About the Bay Bridge Initiative").name == "Bay Bridge Initiative"
    assert referent("The initiative grew.", ["The Bay Initiative grew."], "About the Boat Initiative").name == "Bay Initiative"


WORDS = (
    "It He They This The initiative company country Both that is estimated Norway and Bay Initiative Ines Moreau said , . “ ’s 🙂"
).split()
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3), st.none() | TEXTS)
def test_the_shorthand_is_in_the_sentence_and_the_name_before_it(sentence, before, heading):
    """Whatever the texts, the marked words are the sentence's and the name is verbatim from what came before."""
    found = referent(sentence, before, heading)
    if found:
        start, end = found.shorthand
        assert 0 <= start < end <= len(sentence)
        assert any(found.name in text for text in (*before, heading or ""))
        assert leans(sentence)
