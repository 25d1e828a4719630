"""Numbers whose value or currency is told by the words around them."""

from decimal import Decimal

import pytest

from corpus.figures.numbers import WrittenNumber, numbers_in


def only(text: str) -> WrittenNumber:
    """The one number of a text."""
    (number,) = numbers_in(text).numbers
    return number


@pytest.mark.parametrize(
    ("text", "written", "value", "unit"),
    [
        ("Catches fell by a third in Oslo.", "a third", Decimal(100) / 3, "percent"),
        ("Catches shrank by a fifth.", "a fifth", 20, "percent"),
        ("It drew a tenth more than planned.", "a tenth", 10, "percent"),
        ("Half as many came.", "Half", 50, "percent"),
        ("It has twice as many boats as Bergen.", "twice", 2, "ratio"),
        ("Ferries of Norway cost 1.2 billion kroner.", "1.2 billion kroner", 12 * 10**8, "NOK"),
        ("A Swiss bank lost 28 million francs.", "28 million francs", 28 * 10**6, "CHF"),
    ],
)
def test_words_around_a_number_say_what_it_is(text, written, value, unit):
    """A fraction after a change, a multiple before a comparison, and money of the one country that is named."""
    number = only(text)
    assert (number.text, number.value, number.unit) == (written, value, unit)


@pytest.mark.parametrize("text", ["It was sold by a third party.", "They met twice that year.", "She sailed twice."])
def test_an_ordinal_or_a_repetition_is_no_fraction_or_multiple(text):
    """ "A third party" is the third of its kind, and "twice that year" says how often."""
    assert not numbers_in(text).numbers


def test_rupees_are_told_by_the_article():
    """Bare rupees are India's where the article speaks of India and of no other land that has rupees."""
    assert numbers_in("Fares in India rose to 95 rupees.").numbers[0].unit == "INR"
    assert not numbers_in("Fares in Pakistan rose to 95 rupees, above those of India.").numbers


def test_yen_or_yuan_is_told_by_the_article():
    """¥ is the yen's in an article about Japan, though the sentence does not name it; beside China nothing is sure."""
    assert numbers_in("It cost ¥500.").numbers[0].unit == "CNY"
    assert numbers_in("It cost ¥500.", "Osaka's ferries are dear. It cost ¥500.").numbers[0].unit == "JPY"
    assert not numbers_in("It cost Osaka ¥500.", "China's ferries are cheap. It cost Osaka ¥500.").numbers
