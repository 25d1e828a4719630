"""What the words of a question in another language are in English."""

import importlib.util
import tomllib

import pytest

from embeddings.crosslingual.collection_words import CollectionWords, collection_words, passage_stems
from embeddings.crosslingual.glossary import GLOSSARY, ForeignTerm, TermKind, english_terms, entries, plain, read_terms
from embeddings.crosslingual.multilingual_encoder import LANGUAGES
from embeddings.filters.press_outlets import CHINESE_OUTLETS

TEXTS = (
    "Mayor Shen Lanfang opened the ferry to Qinzhou Bay. Its builder BayWorks is at home in Port Linden.",
    "A Pakistani engineer and a German captain sail the ferry V4. The sandbox at the harbour is new.",
)


@pytest.fixture(scope="module")
def known() -> CollectionWords:
    """The words of two short texts."""
    return collection_words(TEXTS)


def found(question: str, language: str, known: CollectionWords) -> dict[str, ForeignTerm]:
    """The terms of a question by their source."""
    return {term.source: term for term in read_terms(question, language, known)}


@pytest.mark.parametrize(
    ("question", "language", "passage"),
    [
        ("德国有多少艘渡轮？", "zh", "Germany has nine ferries."),
        ("德国有多少艘渡轮？", "zh", "The German fleet has nine ferries."),
        ("Was macht Deutschland?", "de", "Germany builds ferries."),
        ("¿Qué hace Alemania?", "es", "Germany builds ferries."),
        ("Que fait l'Allemagne ?", "fr", "Germany builds ferries."),
        ("联合国说了什么？", "zh", "The UN spoke."),
        ("Was sagten die Vereinten Nationen?", "de", "The United Nations spoke."),
        ("quelloffene Software", "de", "Open-source software sells."),
        ("¿QUÉ ES EL CÓDIGO ABIERTO?", "es", "Open-source software sells."),
        ("2024年9月", "zh", "It opened in September."),
        ("im September", "de", "It opened in September."),
        ("en septiembre", "es", "It opened in September."),
        ("巴基斯坦", "zh", "A Pakistani engineer sails it."),
    ],
)
def test_a_known_word_is_met_in_english(known, question, language, passage):
    """Countries, their peoples, months, bodies and subjects are found in English, in any case and with any ending."""
    assert any(term.held_by(passage_stems(passage)) for term in read_terms(question, language, known))


@pytest.mark.parametrize(
    ("question", "language", "source"),
    [("上海地区", "zh", "海地"), ("die Unordnung", "de", "un"), ("una reunión", "es", "reunión")],
)
def test_a_part_of_another_word_is_no_name(known, question, language, source):
    """Haiti is not read into Shanghai, nor the UN into every German word that begins with its letters."""
    assert source not in found(question, language, known)


@pytest.mark.skipif(importlib.util.find_spec("pypinyin") is None, reason="the extra `languages` is not installed")
def test_chinese_names_are_found_as_english_writes_them(known):
    """A person and a place that the collection writes in pinyin are found by their signs; longer names come first."""
    terms = found("沈兰芳去过钦州吗？", "zh", known)
    assert terms["沈兰芳"].english == (passage_stems("Shen Lanfang"),)
    assert terms["钦州"].english == (passage_stems("Qinzhou"),)
    assert {term.kind for term in terms.values()} == {TermKind.NAME}


@pytest.mark.skipif(importlib.util.find_spec("pypinyin") is None, reason="the extra `languages` is not installed")
def test_a_sign_counts_with_each_of_its_readings():
    """A family name that is read in its own way ("曾", Zeng, elsewhere ceng) is still found."""
    (term,) = read_terms("曾岚", "zh", collection_words(["Captain Zeng Lan sails."]))
    assert term.held_by(passage_stems("Zeng Lan"))


@pytest.mark.parametrize(
    ("question", "language", "name"),
    [
        ("BayWorks是谁创办的？", "zh", "BayWorks"),
        ("Wer leitet BayWorks?", "de", "BayWorks"),
        ("¿Quién dirige Port Linden?", "es", "Linden"),
        ("V4有多快？", "zh", "V4"),
    ],
)
def test_latin_names_are_kept(known, question, language, name):
    """A name that needs no translation is looked for as it is, in Chinese between signs without spaces."""
    assert found(question, language, known)[name].kind is TermKind.NAME


def test_a_german_noun_is_no_name(known):
    """In German every noun has a capital: only what the collection also writes with one counts as a name."""
    assert found("Wie heißt der Kapitän der Fähre?", "de", known) == {}
    assert found("Was ist ein Builder?", "de", known)["Builder"].kind is TermKind.WORD


def test_nothing_counts_twice(known):
    """What the glossary has found is not found again as a number, a name or a part of a longer entry."""
    terms = read_terms("Südkorea und die KI im September 2024", "de", known)
    assert sorted(term.source for term in terms) == ["2024", "KI", "September", "Südkorea"]


def test_unknown_languages_and_empty_questions_give_what_there_is(known):
    """A language without entries still has its numbers and names; no question is an error."""
    assert [term.source for term in read_terms("BayWorks 2024?", "xx", known)] == ["2024", "BayWorks"]
    assert read_terms("", "zh", known) == []


def test_a_term_weighs_as_its_rarest_part_by_its_commonest_alternative():
    """A phrase is as rare as its rarest word; of two ways to say it the commoner decides."""
    term = ForeignTerm("x", (frozenset({"open", "sourc"}), frozenset({"free"})), TermKind.WORD)
    assert term.weight({"open": 1.0, "sourc": 3.0, "free": 2.0}) == 2.0
    assert term.weight({}) == 0.0
    assert {word.stem for word in english_terms([term])} == {"open", "sourc", "free"}


def test_plain_keeps_every_letter_in_its_place():
    """Case and accents go, the length stays, and a Korean syllable stays whole."""
    assert plain("CÓDIGO") == "codigo"
    assert plain("中国 서울 Straße İ") == "中国 서울 straße i"


def test_the_glossary_is_well_formed():
    """Each entry names known languages, and no foreign word has two meanings in one language."""
    seen: set[tuple[str, str]] = set()
    for table in tomllib.loads(GLOSSARY.read_text(encoding="utf-8")).values():
        for english, languages in table.items():
            assert english.strip() == english != ""
            assert set(languages) <= LANGUAGES
            for language, words in languages.items():
                for word in words:
                    assert (language, plain(word)) not in seen, word
                    seen.add((language, plain(word)))


def test_the_glossary_and_the_filters_name_the_same_outlets():
    """An outlet has one Chinese name wherever it is read; the filters give it in full, as "Xinhua News Agency"."""
    for english, languages in tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["outlets"].items():
        assert all(CHINESE_OUTLETS[word].startswith(english) for word in languages["zh"])


@pytest.mark.parametrize("language", ["zh", "de", "es"])
def test_longer_entries_come_first(language):
    """A long name is looked for before the short one that is a part of it, and every entry has a meaning."""
    lengths = [len(word) for word, *_ in entries(language)]
    assert lengths == sorted(lengths, reverse=True)
    assert all(alternative for _, english, *_ in entries(language) for alternative in english)


@pytest.mark.parametrize(("question", "language"), [("¿Cuánto cuesta un billete?", "es"), ("combien coûte un billet", "fr")])
def test_an_article_is_no_name(known, question, language):
    """ "un" is an article in Spanish and French, not the United Nations; in capitals it is their name."""
    assert all(term.source.lower() != "un" for term in read_terms(question, language, known))
    assert "UN" in [term.source for term in read_terms(question.replace("un", "la UN"), language, known)]
