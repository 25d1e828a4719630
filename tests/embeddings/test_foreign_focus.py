"""What a question in another language asks for, and whether a passage has a word for it."""

import numpy as np
import pytest

from embeddings.crosslingual.foreign_focus import focus_gap, focus_of
from embeddings.crosslingual.multilingual_encoder import MultilingualEncoder, installed
from tests.fake_encoder import FakeEncoder

needs_model = pytest.mark.skipif(not installed(), reason="the extra `languages` is not installed")
TURBINES = "The Kestrel wind farm supplies 36,000 homes with electricity, according to engineer Ruth Vail."


@pytest.mark.parametrize(
    ("question", "language", "focus"),
    [
        ("渡轮有多少乘客？", "zh", "乘客"),
        ("建了几座风力涡轮机", "zh", "风力涡轮机"),
        ("风电场的工程师叫什么名字？", "zh", "工程师"),
        ("谁是风电场的工程师？", "zh", "工程师"),
        ("Wie viele Fahrgäste hatte die Fähre?", "de", "Fahrgäste"),
        ("wieviele KI-Patente gibt es", "de", "KI-Patente"),
        ("Wer ist der Kapitän der Auk?", "de", "Kapitän"),
        ("¿Cuántos pasajeros tuvo?", "es", "pasajeros"),
        ("cuantas casas tienen luz", "es", "casas"),
        ("¿Quién es la ingeniera del parque?", "es", "ingeniera"),
    ],
)
def test_the_word_for_what_is_asked(question, language, focus):
    """The counted thing, or who is asked for, is read off the question."""
    assert focus_of(question, language) == focus


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("产业规模有多少亿元？", "zh"),
        ("一共雇了多少人？", "zh"),
        ("到底有多少家啊？", "zh"),
        ("为什么？", "zh"),
        ("Um wie viel Prozent ist sie gestiegen?", "de"),
        ("Wie viele gibt es?", "de"),
        ("¿Cuántos son?", "es"),
        ("¿Cuánto cuesta un billete?", "es"),
        ("Combien de passagers ?", "fr"),
        ("", "de"),
    ],
)
def test_units_and_verbs_are_nothing_asked_for(question, language):
    """Where a unit or a verb follows "how many", or no rule is known, nothing is looked for."""
    assert focus_of(question, language) is None


def test_a_word_of_the_passage_closes_the_gap():
    """The gap is 0 where the passage has the word itself, 1 where nothing is like it, or where there are no words."""
    encode = FakeEncoder().encode
    assert focus_gap("homes", TURBINES, encode) == 0
    assert focus_gap("gannets", TURBINES, encode) == 1
    assert focus_gap("homes", "…", encode) == 1


def test_a_word_half_alike_leaves_half_a_gap():
    """Between the two cosines, the gap falls in a straight line."""

    def encode(texts):
        return np.array([[1.0, 0.0]] + [[0.575, np.sqrt(1 - 0.575**2)]] * (len(texts) - 1), dtype=np.float32)

    assert focus_gap("x", "some homes", encode) == pytest.approx(0.5, abs=1e-4)


@needs_model
@pytest.mark.parametrize(
    ("word", "met"), [("房屋", True), ("Ingenieurin", True), ("hogares", True), ("乘客", False), ("Schüler", False)]
)
def test_the_real_encoder_knows_words_across_languages(word, met):
    """A word is met by its English counterpart in the passage, and by no other word."""
    gap = focus_gap(word, TURBINES, MultilingualEncoder().encode)
    assert gap < 0.5 if met else gap > 0.5
