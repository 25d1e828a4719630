"""Whether two statements say the same."""

import pytest

from embeddings.duplicates import ALIKE, figures, same_statement


def same(one: str, other: str, cosine: float = 0.99) -> bool:
    """Whether two sentences of that likeness make one statement, whichever comes first."""
    there, back = same_statement(one, other, lambda: cosine), same_statement(other, one, lambda: cosine)
    assert there == back
    return there


def test_the_same_letters_are_one_statement_without_a_look_at_vectors():
    """Quotation marks, capitals and spaces do not matter, and no vector is asked for."""
    assert same_statement("“The Auk sails.”", 'the auk "sails"', lambda: pytest.fail("asked for the vectors"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry carried 12,400 people.", "12400 people were carried by the ferry."),
        ("The harbour is busy this spring.", "This spring the harbour is busy."),
        ("In the bay eleven ferries cross.", "Eleven ferries cross in the bay."),
    ],
)
def test_other_words_of_like_meaning_are_one_statement(one, other):
    """Near in meaning and with the same figures and names: one statement; not near: two."""
    assert same(one, other, ALIKE)
    assert not same(one, other, ALIKE - 0.01)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Each turbine is 190 metres high.", "Each turbine is 210 metres high."),
        ("The ferry carried 4.5 people.", "The ferry carried 45 people."),
        ("The market has eight stalls.", "The market has nine stalls."),
        ("It cost 5 million euros.", "It cost 5 billion euros."),
        ("The market has stalls.", "The market has 40 stalls."),
        ("Half of the gulls nest here.", "A third of the gulls nest here."),
    ],
)
def test_another_figure_is_another_statement(one, other):
    """However alike two sentences are, a figure that differs, in digits or in words, makes two statements."""
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The quay is needed, said Tom Akande.", "The quay is needed, said Ines Moreau."),
        ("According to Ruth Vail the rotors turn.", "According to Jo Okafor the rotors turn."),
        ("Akande said that the quay is needed.", "Moreau said that the quay is needed."),
        ("The ferry crosses to Norway.", "The ferry crosses to Sweden."),
        ("The market moved in March.", "The market moved in May."),
    ],
)
def test_another_speaker_or_place_is_another_statement(one, other):
    """Who said it, where and when are part of the statement, also where the sentence begins with the speaker."""
    assert not same(one, other)


def test_figures_of_a_sentence():
    """Separators of thousands do not matter, and words for numbers are figures."""
    assert figures("In 2024, 12,400 people and eight gulls paid 4.50.") == {"2024", "12400", "eight", "4.50"}
