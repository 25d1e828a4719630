"""A question said in English word by word: which words, in which order, and how Chinese is cut."""

from collections.abc import Sequence

import numpy as np
import pytest

from embeddings.crosslingual.collection_words import collection_words
from embeddings.crosslingual.cross_lingual import read_foreign_question
from embeddings.crosslingual.glossary import ForeignTerm, TermKind
from embeddings.crosslingual.multilingual_encoder import MultilingualEncoder, installed
from embeddings.crosslingual.word_by_word import EnglishWords, say, words_and_phrases
from embeddings.encoder import Vectors

TOWN = "The ferry Auk carried 12,400 passengers in its first month. A single ticket costs four euros."
# What means the same has the same place; everything else a place of its own.
MEANT = {
    "fähre": "ferry", "渡轮": "ferry", "fahrgäste": "passengers", "乘客": "passengers", "monat": "month", "月份": "month",
    "kutter": "trawler", "einzelfahrschein": "single ticket",
}  # fmt: skip


def encode(texts: Sequence[str]) -> Vectors:
    """A dictionary as an encoder: words that mean the same have the cosine 1, all others 0."""
    meanings = [MEANT.get(text.lower(), text.lower()) for text in texts]
    places = {meaning: number for number, meaning in enumerate(sorted({*MEANT.values(), "tide"}))}
    vectors = np.zeros((len(texts), len(places) + 1), dtype=np.float32)
    for row, meaning in zip(vectors, meanings, strict=True):
        row[places.get(meaning, 0)] = 1 if meaning in places else 0
    return vectors


@pytest.fixture
def english() -> EnglishWords:
    """The town's words, and two common ones that it lacks."""
    return EnglishWords([TOWN], ["trawler", "tide", "the"], encode)


def test_words_and_phrases_of_a_text() -> None:
    """Words that tell, and up to three of them side by side; none begins or ends with a small word, none spans a full stop."""
    found = words_and_phrases([TOWN])
    assert {"ferry", "ferry auk", "single ticket", "first month"} <= set(found)
    assert not {"the", "the ferry", "month a", "carried"} - {"carried"} & set(found)


def test_german_is_said_in_its_own_order(english: EnglishWords) -> None:
    """Small and asking words are left out, names stay, and a compound is said as the phrase that means it."""
    auk = ForeignTerm("Auk", (frozenset({"auk"}),), TermKind.NAME)
    said = say("Wie viele Fahrgäste hatte die Fähre Auk?", "de", [auk], english)
    assert [(word.source, word.english) for word in said if word.source != "hatte"] == [
        ("Fahrgäste", "passengers"), ("Fähre", "ferry"), ("Auk", "Auk"),
    ]  # fmt: skip
    assert [word.is_term for word in said if word.source != "hatte"] == [False, False, True]
    (ticket,) = say("Einzelfahrschein?", "de", [], english)
    assert ticket.english == "single ticket" and ticket.own == 1


def test_what_the_collection_lacks_is_said_with_a_common_word(english: EnglishWords) -> None:
    """A cutter is no ferry: how far the collection is from it is told beside the word."""
    (cutter,) = say("Kutter", "de", [], english)
    assert cutter.english == "trawler" and cutter.own < 0.5


def test_chinese_is_cut_where_english_has_words(english: EnglishWords) -> None:
    """No dictionary of Chinese words is needed: of all cuts, the one with the nearest English words wins."""
    said = say("渡轮乘客的月份", "zh", [], english)
    assert [(word.source, word.english) for word in said] == [("渡轮", "ferry"), ("乘客", "passengers"), ("月份", "month")]
    assert [word.start for word in said] == [0, 2, 5]


def test_nothing_is_said_of_nothing(english: EnglishWords) -> None:
    """A question of small words, and a collection without words, give no error."""
    assert say("Was ist das?", "de", [], english) == []
    empty = EnglishWords([], [], encode)
    assert [word.source for word in say("Fähre", "de", [], empty)] == ["Fähre"]


@pytest.mark.skipif(not installed(), reason="the extra `languages` is not installed")
@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("渡轮第一个月运送了多少乘客？", "zh", {"ferry", "passengers", "month"}),
        ("Was kostet eine einfache Fahrkarte?", "de", {"costs", "ticket"}),
        ("¿Cuántos pasajeros llevó el ferry Auk?", "es", {"passengers", "Auk"}),
    ],
)
def test_the_real_encoder_is_a_dictionary(question: str, language: str, words: set[str]) -> None:
    """The words of the town are found for Chinese, German and Spanish ones."""
    second = MultilingualEncoder()
    read = read_foreign_question(question, language, collection_words([TOWN]))
    said = say(question, language, read.terms, EnglishWords([TOWN], [], second.encode))
    spoken = " ".join(word.english for word in said)
    assert all(word in spoken for word in words), spoken
    assert read.in_english(said).endswith("?") and read.in_english(said).split()[0] in {"How", "What"}
