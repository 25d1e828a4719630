"""Numbers of questions in other languages, as English passages write them."""

import pytest

from embeddings.crosslingual.collection_words import passage_stems
from embeddings.crosslingual.foreign_numbers import read_numbers


@pytest.mark.parametrize(
    ("text", "language", "passage"),
    [
        ("市场规模会到1.5万亿吗", "zh", "The market will reach 1.5 trillion yuan."),
        ("投了300亿", "zh", "It cost 30 billion."),
        ("有5百万人", "zh", "Some 5 million people came."),
        ("三年里有3万人", "zh", "It trained 30,000 people."),
        ("2035年", "zh", "By 2035 all will have changed."),
        ("1,5 Billionen Yuan", "de", "The market will reach 1.5 trillion yuan."),
        ("12.400 Fahrgäste", "de", "The ferry carried 12,400 passengers."),
        ("4,50 Euro", "de", "A ticket costs 4.50 euros."),
        ("30 mil millones", "es", "It cost 30 billion."),
        ("2 billones de yuanes", "es", "It is worth 2 trillion yuan."),
        ("2 millones de barcos", "es", "There are 2 million boats."),
    ],
)
def test_a_number_is_found_in_its_english_form(text, language, passage):
    """Factors and separators of each language lead to what an English article writes."""
    stems = passage_stems(passage)
    (number,) = read_numbers(text, language)
    assert any(alternative <= stems for alternative in number.english)


@pytest.mark.parametrize(
    ("text", "language", "passage"),
    [
        ("1 Billion", "de", "It cost 1 billion."),
        ("1.5亿", "zh", "It cost 1.5 billion."),
        ("12.400", "de", "It carried 12,500."),
    ],
)
def test_another_number_is_not_taken_for_it(text, language, passage):
    """A German Billion is no English billion, and a like figure is another figure."""
    stems = passage_stems(passage)
    (number,) = read_numbers(text, language)
    assert not any(alternative <= stems for alternative in number.english)


def test_a_number_knows_where_it_stands():
    """Start and source cut the number out of the text; the figure of a version's name is no number."""
    text = "V4 kam 2025, 3 Millionen nutzen es"
    found = read_numbers(text, "de")
    assert [number.source for number in found] == ["2025", "3 Millionen"]
    assert all(text[number.start :].startswith(number.source) for number in found)


@pytest.mark.parametrize("text", ["", "keine Zahl", "三", "1.2.3 Millionen", "1,,2"])
def test_strange_figures_break_nothing(text):
    """What is no number gives none, or one that no passage holds; nothing is raised."""
    for language in ("zh", "de", "es", "fr"):
        read_numbers(text, language)
