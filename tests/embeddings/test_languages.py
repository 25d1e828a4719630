"""The language of a question: English never leaves English, and the others are told by script or by their small words."""

import json
import threading
from pathlib import Path

import pytest

from embeddings.crosslingual import languages
from embeddings.crosslingual.languages import installed, language_of
from embeddings.crosslingual.multilingual_encoder import LANGUAGES

QUESTIONS = Path(__file__).resolve().parents[1] / "questions"
needs_detector = pytest.mark.skipif(not installed(), reason="the extra `languages` is not installed")


def labelled_english() -> list[str]:
    """The labelled English questions."""
    paths = [QUESTIONS / f"{name}.jsonl" for name in ("acceptance", "development", "development2", "reported")]
    return [json.loads(line)["q"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("change", [str, str.lower, str.upper, lambda text: text.replace("?", "")])
def test_labelled_english_questions_stay_english(change):
    """No question that we know to be English is taken for another language, in whatever case."""
    assert {question: found for question in labelled_english() if (found := language_of(change(question))) != "en"} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Zeng Yi", "zeng yi professor", "Wu Jun", "Qui Jun role", "liu liehong press conference date",
        "how do i center a div in css", "ai inclusion program", "Gui'an Guizhou green data centers", "deepseek api pricing",
        "What is 开源?", "Who is 曾毅 (Zeng Yi)?", "What does El País say about it?", "Die Zeit reported?",
        "When was Reguier de la Plancha born", "São Paulo AI summit", "naïve café résumé", "whihc compnay maed teh ferrry",
        "lol", "brb gtg", "asdfghjkl qwrtz", "!play despacito", "", "???", "4711", "🇨🇳🤖", "de la", "des",
        "half \ud83d a letter", "SELECT * FROM users WHERE 1=1;",
    ],
)  # fmt: skip
def test_names_keywords_errors_and_noise_stay_english(text):
    """A name, a handful of keywords, a typing error or noise is no reason to leave English."""
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("渡轮一天横渡海湾几次？", "zh"), ("誰經營這艘渡輪？", "zh"), ("AI+是什么", "zh"), ("什么是WAIC？", "zh"),
        ("渡輪はいつ出発しますか", "ja"), ("DeepSeekとは何ですか", "ja"), ("배는 몇 시에 출발합니까?", "ko"),
        ("Сколько стоит билет?", "ru"), ("كم سعر التذكرة؟", "ar"), ("ตั๋วราคาเท่าไร", "th"),
    ],
)  # fmt: skip
def test_scripts_tell_their_languages_without_a_detector(monkeypatch, text, language):
    """A question in its own script needs no detector, and a Latin name in it changes nothing."""
    monkeypatch.setattr(languages, "installed", lambda: False)
    assert language_of(text) == language


@needs_detector
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wer ist Wu Jun?", "de"), ("Wie viele Fahrgäste hatte die Fähre?", "de"), ("Rezept Apfelkuchen mit Sahne", "de"),
        ("Wann fand die Konferenz in Shanghai statt?", "de"), ("sag mir was zu den robotern", "de"),
        ("¿Qué es DeepSeek?", "es"), ("que es la inteligencia artificial", "es"), ("¿Y en 2024?", "es"),
        ("¿Quién es Zhou Hongyi?", "es"), ("quien propuso la iniciativa", "es"),
        ("Combien de passagers le ferry a-t-il transportés ?", "fr"), ("Chi guida il traghetto?", "it"),
        ("Hoeveel passagiers had het veer?", "nl"), ("Kto zaproponował tę inicjatywę?", "pl"),
        ("Quantos passageiros o barco levou?", "pt"), ("Bu gemiyi kim yaptı ve ne kadar hızlı?", "tr"),
    ],
)  # fmt: skip
def test_languages_in_latin_letters_are_told_by_their_small_words(text, language):
    """Whole questions are told by the detector and their own small words together, also around a Chinese name."""
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["Скільки коштує квиток і чи є знижка?", "قیمت بلیت چند است؟", "Hur många passagerare hade färjan?"]
)
def test_a_language_that_the_encoder_does_not_know_counts_as_english(text):
    """Ukrainian, Persian and Swedish are not sent to an encoder that never learnt them."""
    assert language_of(text) == "en"


def test_composed_and_decomposed_letters_are_one():
    """A question typed with separate accents is told as the same question with composed letters."""
    assert language_of("Wie viele Fahrga\u0308ste hatte die Fa\u0308hre?") == language_of("Wie viele Fahrgäste hatte die Fähre?")


def test_without_the_detector_latin_letters_are_english(monkeypatch):
    """An installation without the extra keeps every question in Latin letters where it was."""
    monkeypatch.setattr(languages, "installed", lambda: False)
    assert language_of("Wie viele Fahrgäste hatte die Fähre?") == "en"


def test_a_plain_english_question_does_not_load_the_detector(monkeypatch):
    """The detector's model takes time to read, so an English question is known by its own small words."""
    monkeypatch.setattr(languages, "_detector", lambda: pytest.fail("the detector was loaded"))
    assert language_of("How many passengers did the ferry carry in March?") == "en"


@needs_detector
def test_threads_may_ask_at_once():
    """The first questions of several threads load one detector and get the same language."""
    languages._load_detector.cache_clear()
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(language_of("Wann fährt die Fähre ab?"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["de"] * 4


def test_only_known_languages_come_back():
    """Every language that can be found is one that the encoder knows."""
    assert {language for language, _ in languages.SCRIPTS} | set(languages.SMALL_WORDS) <= LANGUAGES


@needs_detector
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hafen Fähre Fahrpreis Kinder", "de"),
        ("precio billete puerto niños", "es"),
        ("harbour ferry ticket price", "en"),
        ("Kestrel wind turbines capacity", "en"),
    ],
)
def test_keywords_without_small_words_have_a_language_too(text, language):
    """Four words that are surely German or Spanish are taken for it."""
    assert language_of(text) == language
