"""What the words and signs of numbers are worth."""

import re
from decimal import Decimal

import pytest

from corpus.number_forms import forms_in
from corpus.number_words import COMMON_SCALES, HAN_SCALES, SCALES, SMALL, SPELLED, TENS, WORD_VALUES, value_of
from corpus.quantities import quantities_in


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("eight", "8"), ("Nineteen", "19"), ("ninety", "90"), ("forty-two", "42"), ("1,200", "1200"), ("3.5", "3.5"),
        ("a", "1"), ("an ", "1"), ("a dozen", "12"), ("half a", "0.5"), ("a hundred", "100"), ("a trillion", "1e12"),
        ("٣٤", "34"), ("ſix", "6"),
    ],
)  # fmt: skip
def test_a_number_in_figures_or_words_has_its_value(written, value):
    """Capitals, commas and hyphens do not matter, nor do figures of another script."""
    assert value_of(written) == Decimal(value)


def test_what_is_no_number_word_is_refused():
    """No value is made up for a word that is not known."""
    with pytest.raises(KeyError):
        value_of("canteen")


@pytest.mark.parametrize("word", [*SMALL[2:], *TENS])
def test_every_small_number_is_read_by_all_readers(word):
    """The table, text2num and the reader of quantities give one word the same value."""
    text = f"They saw {word} boats."
    (form,), (quantity,) = forms_in(text), quantities_in(text)
    assert form.value == WORD_VALUES[word] == Decimal(quantity.value)


@pytest.mark.parametrize("scale", [*COMMON_SCALES, *HAN_SCALES, "bn", "quintillion"])
def test_every_scale_multiplies(scale):
    """A scale behind figures moves their point by its power of ten."""
    (form,) = forms_in(f"它有 3{scale}" if scale in HAN_SCALES else f"It had 3 {scale}.")
    assert form.value == 3 * Decimal(10) ** {**SCALES, **HAN_SCALES}[scale]


def test_a_word_of_a_number_is_known():
    """The pattern takes each word that counts up to ninety, and each common scale."""
    assert all(re.fullmatch(SPELLED, word) for word in (*SMALL, *TENS, *COMMON_SCALES))
