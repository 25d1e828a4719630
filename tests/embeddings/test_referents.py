"""What a follow-up can point back to: names and their kinds, a question's subject, an answer's speaker."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.conversation.pronouns import person_of, thing_of
from embeddings.conversation.referents import NameKind, Turn, claim_of, is_place, name_kind, names_in, speaker_of, subject_of

BODY, OTHER, PERSON, PLACE = NameKind.BODY, NameKind.OTHER, NameKind.PERSON, NameKind.PLACE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who leads the Bay University?", [("Bay University", BODY)]),
        ("Is the Belt and Road Initiative old?", [("Belt and Road Initiative", BODY)]),
        ("Did China and Zambia meet?", [("China", PLACE), ("Zambia", PLACE)]),
        ("Captain Ines Moreau lives in Oslo.", [("Ines Moreau", PERSON), ("Oslo", PLACE)]),
        ("What does Taif charge in Port Linden?", [("Taif", OTHER), ("Port Linden", PLACE)]),
        ("How fast is the DeepSeek-V4 API?", [("DeepSeek-V4 API", OTHER)]),
        ("The “AI+” Harbour Initiative grew.", [("“AI+” Harbour Initiative", BODY)]),
        ("Who founded 360 Security Group?", [("360 Security Group", BODY)]),
        ("China's AI industry grew in March.", [("China", PLACE)]),
        ("Ferries cross the bay. Bicycles do not.", []),
        ("Who sails?", []),
        ("", []),
    ],
)
def test_names_and_their_kinds(text, names):
    """Capitals make names; a sentence's plain first word, months, titles and "AI" do not."""
    assert [(name.text, name.kind) for name in names_in(text)] == names


@pytest.mark.parametrize(
    ("name", "before", "kind"),
    [
        ("Ines Moreau", "", PERSON),
        ("Port Linden", "", PERSON),
        ("Port Linden", "lives in ", PLACE),
        ("Saudi Arabia", "", PLACE),
        ("Central Asia", "", PLACE),
        ("Shandong", "", PLACE),
        ("Ferrylink", "", OTHER),
        ("Ministry of Ports", "", BODY),
    ],
)
def test_the_kind_of_a_name(name, before, kind):
    """Last words tell bodies, tables tell places, two plain words a person, and "in" before it a place."""
    assert name_kind(name, before) is kind


def test_places_are_known():
    """Countries, peoples, and cities of the world and of our table; other words are none."""
    assert all(is_place(name) for name in ("Norway", "the US", "Norwegian", "Paris", "Shenzhen", "the United Kingdom"))
    assert not any(is_place(name) for name in ("Ferrylink", "ferries", ""))


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("How big is the market for care robots expected to be by 2035?", "the market for care robots"),
        ("How large is China's fleet?", "China's fleet"),
        ("How many ferries cross the bay?", "ferries"),
        ("How many electric ferries has Norway?", "electric ferries"),
        ("When did Norway buy the ferry Puffin?", "the ferry Puffin"),
        ("When did the Harbour Council issue its guideline on noise?", "the guideline on noise"),
        ("Who proposed the Harbour Plan?", "the Harbour Plan"),
        ("What does the harbour sandbox allow ferries to do?", "the harbour sandbox"),
        ("Which areas does the Harbour Initiative concentrate on?", "the Harbour Initiative"),
        ("What does Tom Akande say about quays?", "quays"),
        ("Where is Oslo?", "Oslo"),
        ("ferry prices", None),
        ("", None),
    ],
)
def test_the_subject_of_a_question(question, subject):
    """What is counted, described or dealt with, in the question's words."""
    assert subject_of(question) == subject


@pytest.mark.parametrize(
    ("sentence", "speaker", "claim"),
    [
        ("Tom Akande said that a quay is needed.", "Tom Akande", "a quay is needed"),
        ("Tom Akande, who leads the harbour, also stressed that a quay is needed.", "Tom Akande", "a quay is needed"),
        ("According to Tom Akande, a quay is needed.", "Tom Akande", "a quay is needed"),
        ("A quay is needed, according to Tom Akande.", "Tom Akande", "A quay is needed"),
        ("A quay is needed, the article says.", None, "A quay is needed"),
        ("A quay is needed.", None, None),
        ("According to the Bay University, a quay is needed.", None, "a quay is needed"),
        ("", None, None),
    ],
)
def test_who_says_what(sentence, speaker, claim):
    """A sentence is taken apart into its speaker, if that is a person, and what is said."""
    assert (speaker_of(sentence), claim_of(sentence)) == (speaker, claim)


def test_a_long_claim_is_cut_at_a_comma_or_a_word():
    """What was said stays short enough to be asked about, and is never cut within a word."""
    words = "ferries " * 30
    assert claim_of(f"Tom Akande said that {'ferries ' * 6}sail, {words}.", 100) == "ferries " * 6 + "sail"
    assert claim_of(f"Tom Akande said that {words}.", 100) == ("ferries " * 12).strip()


@pytest.mark.parametrize(
    ("question", "said", "who"),
    [
        ("Who is the captain?", "The captain is Ines Moreau.", "Ines Moreau"),
        ("Who met Tom Akande?", "Ines Moreau met Tom Akande.", "Ines Moreau"),
        ("What does Tom Akande say?", "Ines Moreau agrees.", "Tom Akande"),
        ("Is a quay needed?", "The minister met Ines Moreau, and Tom Akande said that it is.", "Tom Akande"),
        ("Is a quay needed?", "It is.", None),
    ],
)
def test_whom_he_or_she_means(question, said, who):
    """Who answers a who-question; else the question's person; else the speaker of the answer."""
    assert person_of([Turn(question, (said,))]) == who


@pytest.mark.parametrize(
    ("question", "said", "many", "thing"),
    [
        ("Which centre did Norway build?", "Norway built the Bay Translation Center.", False, "the Bay Translation Center"),
        ("What did Norway propose?", "In Oslo, Norway proposed the Harbour Plan.", False, "the Harbour Plan"),
        ("How many ships serve the Bay University?", "Two.", False, "the Bay University"),
        ("How many ships serve the Bay University?", "Two.", True, "ships"),
        ("How many ferries sail?", "Two.", False, "ferries"),
        ("Who is Tom Akande?", "He leads Ferrylink.", False, "Ferrylink"),
        ("Who sails?", "Nobody.", False, None),
    ],
)
def test_what_it_or_they_means(question, said, many, thing):
    """The name that answers; else the question's named thing for "it", what was counted for "they"."""
    assert thing_of([Turn(question, (said,))], many) == thing


def test_the_answering_sentence_comes_before_the_quote():
    """A turn's `said` is its answering sentence, else its first quote, else nothing."""
    assert Turn("q", ("one two", "three"), "two").said == "two"
    assert Turn("q", ("one two", "three")).said == "one two"
    assert Turn("q").said == ""


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300) | st.text(alphabet="AbC d.of 'and“”+-AI Group", max_size=300))
def test_any_text_has_names(text):
    """Whatever is read, a name stands where it says, and no reading fails."""
    assert all(text[name.start : name.end] == name.text for name in names_in(text))
    assert subject_of(text) != ""
    speaker_of(text)
    claim_of(text)
