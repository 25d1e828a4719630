"""Questions in other languages: which chunk is ranked first, what speaks against answering, and what is declined."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.chunks import split_article
from corpus.store import CorpusStore, StoredChunk
from embeddings.crosslingual.collection_words import CollectionWords, collection_words, passage_stems
from embeddings.crosslingual.cross_lingual import (
    CrossLingualAbstainer,
    CrossLingualEvidence,
    coefficients_file,
    coverage,
    default_abstainer,
    gather_evidence,
    rank_chunks,
    rank_sentences,
    read_foreign_question,
    reason,
)
from embeddings.crosslingual.glossary import english_terms
from embeddings.crosslingual.multilingual_encoder import MultilingualEncoder, installed
from embeddings.lexical_index import LexicalIndex
from embeddings.model_files import LARGE, SMALL
from embeddings.question import AnswerKind
from embeddings.quotes import quote_candidates, verified
from embeddings.search import Hit
from tests.conftest import FERRY, TURBINES

SUREST = CrossLingualEvidence(cosine=0.6, uncovered=0.0, any_missing=0.0, unknown=0.0, lacks_kind=0.0)
MUSEUM = "BayWorks opened a museum in Germany in 2019. Its director Ana Ruiz counted 30 visitors a day."


class Desk:
    """A few articles in a store, asked with cosines given by hand."""

    def __init__(self, store: CorpusStore) -> None:
        self.store = store
        self.chunks: list[StoredChunk] = store.all_chunks()
        self.known: CollectionWords = collection_words(chunk.text for chunk in self.chunks)
        self.lexical = LexicalIndex(store)

    def rank(self, text: str, language: str, cosine: float = 0.2, high: str = "") -> list[Hit]:
        """The ranking when every sentence has one cosine, save those that hold `high`, which have 0.3 more."""
        question = read_foreign_question(text, language, self.known)
        sentences = {s.id: cosine + 0.3 * bool(high and high in s.text) for c in self.chunks for s in c.sentences}
        chunks = {chunk.id: cosine for chunk in self.chunks}
        return rank_chunks(question, self.chunks, sentences, chunks, self.lexical.rarity(english_terms(question.terms)))

    def evidence(self, text: str, language: str, high: str = "") -> CrossLingualEvidence:
        """The evidence for the first quote of that ranking."""
        hits = self.rank(text, language, high=high)
        ranked = rank_sentences(hits)
        first = verified(quote_candidates(ranked, self.store), self.store.read_span)[0]
        question = read_foreign_question(text, language, self.known)
        rarity = self.lexical.rarity(english_terms(question.terms))
        return gather_evidence(question, hits, [entry.scored for entry in ranked], first, self.known, rarity)


@pytest.fixture
def desk(tmp_path: Path):
    """Three articles: a ferry, a wind farm, a museum."""
    with CorpusStore.create(tmp_path / "corpus.db") as store:
        for name, text in (("ferry", FERRY), ("museum", MUSEUM), ("turbines", TURBINES)):
            article = Article(name, text, title=f"About the {name}", publisher="Linden Post")
            store.add_article(article, split_article(article))
        store.finish()
    with CorpusStore.open(tmp_path / "corpus.db") as opened:
        yield Desk(opened)


# --- ranking -------------------------------------------------------------------------------------------------------


def test_meaning_alone_ranks_where_no_word_is_known(desk):
    """Without any known word, the chunk of the sentence nearest in meaning comes first."""
    hits = desk.rank("有鸟吗", "zh", high="gannets")
    assert "gannets" in hits[0].chunk.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(hits) == len(desk.chunks)


@pytest.mark.parametrize(
    ("question", "language"),
    [("德国的博物馆", "zh"), ("BayWorks是什么时候的", "zh"), ("Was geschah 2019?", "de"), ("¿Quién es Ana Ruiz?", "es")],
)
def test_a_rare_word_decides_between_likes(desk, question, language):
    """Between chunks that are equally near in meaning, a country, name or year of the question decides."""
    assert desk.rank(question, language)[0].chunk.text == MUSEUM


def test_equal_chunks_keep_the_articles_order(desk):
    """Where nothing tells chunks apart, their order is that of the collection, the same at every call."""
    assert [hit.chunk.id for hit in desk.rank("鸟", "zh")] == [chunk.id for chunk in desk.chunks]


def test_no_candidates_give_no_hits(desk):
    """A filter that no article passes is no special case."""
    assert rank_chunks(read_foreign_question("鸟", "zh", desk.known), [], {}, {}, {}) == []


def test_coverage_counts_rare_words_more(desk):
    """A passage that holds the rare word of a question covers more of it than one that holds the common word."""
    terms = read_foreign_question("Deutschland 2019", "de", desk.known).terms
    rarity = {"germani": 1.0, "german": 1.0, "2019": 3.0}
    assert coverage(terms, rarity, passage_stems("in 2019")) == pytest.approx(0.75)
    assert coverage(terms, rarity, passage_stems("in Germany, 2019")) == pytest.approx(1.0)
    assert coverage((), rarity, passage_stems("in 2019")) == 0.0


# --- what is asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("渡轮有多少乘客？", "zh", AnswerKind.NUMBER),
        ("有几家公司？", "zh", AnswerKind.NUMBER),
        ("塔有多高？", "zh", AnswerKind.NUMBER),
        ("什么时候开业？", "zh", AnswerKind.DATE),
        ("哪一年开业？", "zh", AnswerKind.DATE),
        ("谁说的？", "zh", AnswerKind.PERSON),
        ("在哪个国家？", "zh", AnswerKind.PLACE),
        ("为什么？", "zh", AnswerKind.ANY),
        ("Wie viele Fahrgäste?", "de", AnswerKind.NUMBER),
        ("wieviel kostet es", "de", AnswerKind.NUMBER),
        ("Wann fährt sie?", "de", AnswerKind.DATE),
        ("In welchem Jahr?", "de", AnswerKind.DATE),
        ("Wer sagt das?", "de", AnswerKind.PERSON),
        ("Wo liegt es?", "de", AnswerKind.PLACE),
        ("Warum?", "de", AnswerKind.ANY),
        ("¿Cuántos pasajeros?", "es", AnswerKind.NUMBER),
        ("cuantas empresas", "es", AnswerKind.NUMBER),
        ("¿Cuándo sale?", "es", AnswerKind.DATE),
        ("¿Quién lo dijo?", "es", AnswerKind.PERSON),
        ("¿En qué país?", "es", AnswerKind.PLACE),
        ("Combien ?", "fr", AnswerKind.ANY),
    ],
)
def test_question_words_tell_what_is_wanted(desk, question, language, kind):
    """A number, date, person or place is asked for by the question words of each language; others ask for anything."""
    assert read_foreign_question(question, language, desk.known).kind is kind


# --- evidence -----------------------------------------------------------------------------------------------------


def test_an_answer_leaves_nothing_missing(desk):
    """Where the passage holds all that the question names, nothing speaks against it."""
    evidence = desk.evidence("德国的博物馆2019年有多少观众？", "zh", high="30 visitors")
    assert (evidence.uncovered, evidence.any_missing, evidence.unknown, evidence.lacks_kind) == (0, 0, 0, 0)
    assert evidence.cosine == pytest.approx(0.5)
    assert evidence.lacking == ()


def test_a_country_that_the_passage_lacks_is_named(desk):
    """A question about another country shows it, in the question's own words."""
    evidence = desk.evidence("法国的博物馆有多少观众？", "zh", high="30 visitors")
    assert (evidence.any_missing, evidence.unknown) == (1, 1)
    assert evidence.uncovered > 0
    assert evidence.lacking == ("法国",)


def test_a_year_of_another_article_is_missing_but_not_unknown(desk):
    """What stands elsewhere in the collection is missing from the passage, but known."""
    evidence = desk.evidence("Wie viele Häuser versorgt Kestrel 2019?", "de", high="36,000")
    assert (evidence.any_missing, evidence.unknown, evidence.lacking) == (1, 0, ("2019",))


def test_a_sentence_without_a_number_lacks_the_kind(desk):
    """Who asks how many is not answered by a sentence without a number."""
    assert desk.evidence("多少只鸟？", "zh", high="gannets").lacks_kind == 1
    assert desk.evidence("多少户？", "zh", high="36,000").lacks_kind == 0


def test_a_source_may_be_named(desk):
    """A question may name the paper or the title that it means; they need not stand in the passage."""
    assert desk.evidence("Linden Post写了什么鸟？", "zh", high="gannets").any_missing == 0


def test_no_known_words_speak_neither_way(desk):
    """A language whose words we do not know is not held against the question."""
    evidence = desk.evidence("¿?", "xx", high="gannets")
    assert (evidence.uncovered, evidence.any_missing, evidence.unknown) == (0, 0, 0)


# --- the verdict --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "worse",
    [
        {"cosine": 0.1},
        {"uncovered": 1.0},
        {"any_missing": 1.0},
        {"any_missing": 1.0, "unknown": 1.0},
        {"lacks_kind": 1.0},
        {"focus_gap": 1.0},
    ],
)
def test_each_doubt_lowers_the_confidence(worse):
    """The shipped curve falls with every single thing that speaks against answering; what is unknown is missing, too."""
    values = SUREST.values() | worse
    assert default_abstainer().confidence(CrossLingualEvidence(**values)) < default_abstainer().confidence(SUREST)


@pytest.mark.parametrize("first", ["", SMALL.name, LARGE.name])
def test_the_shipped_curves_know_their_evidence(first):
    """The coefficients name each kind of evidence, say what they were fitted on, and answer what is surely answered."""
    content = json.loads(coefficients_file(first).read_text(encoding="utf-8"))
    assert content["weights"].keys() == SUREST.values().keys()
    assert "tuning half" in content["fitted_on"]
    assert default_abstainer(first).judge(replace(SUREST, english_odds=2.0 if first else 0.0)).answered


def test_an_unknown_encoder_lends_no_english_evidence():
    """Its curve would be another; so it gets the one in which English says nothing."""
    assert coefficients_file("/srv/models/of-our-own") == coefficients_file("")
    assert default_abstainer("of-our-own").weights["english_odds"] == 0


def test_declining_gives_a_reason():
    """A declined question hears what is lacking, or how far the articles are from it."""
    verdict = CrossLingualAbstainer({"cosine": 1.0}, -5.0, 0.5).judge(SUREST)
    assert not verdict.answered and verdict.confidence < 0.5
    assert verdict.reason == "The articles come near this but do not answer it."
    assert "do not mention 法国." in reason(CrossLingualEvidence(0.4, 0, 1, 1, 0, ("法国",)))
    assert reason(CrossLingualEvidence(0.1, 0, 0, 0, 0)) == "The articles are about other things."
    assert "do not speak of 乘客." in reason(CrossLingualEvidence(0.4, 0, 0, 0, 1, focus_gap=1, focus="乘客"))
    assert "do not give what was asked" in reason(CrossLingualEvidence(0.4, 0, 0, 0, 1))


# --- with the real encoder ----------------------------------------------------------------------------------------


@pytest.mark.skipif(not installed(), reason="the extra `languages` is not installed")
@pytest.mark.parametrize(
    ("question", "language", "answer"),
    [
        ("电动渡轮第一个月运送了多少乘客？", "zh", "12,400"),
        ("Wie viele Häuser versorgt der Windpark Kestrel mit Strom?", "de", "36,000"),
        ("¿Cuánto cuesta un billete sencillo?", "es", "4.50"),
        ("谁说电池够用三次横渡？", "zh", "Ines Moreau"),
    ],
)
def test_the_real_encoder_finds_the_answer(desk, question, language, answer):
    """A question in Chinese, German or Spanish finds the English sentence that answers."""
    encoder = MultilingualEncoder()
    sentences = [sentence for chunk in desk.chunks for sentence in chunk.sentences]
    vector = encoder.encode([question])[0]
    by_sentence = dict(zip([s.id for s in sentences], encoder.encode([s.text for s in sentences]) @ vector, strict=True))
    by_chunk = dict(zip([c.id for c in desk.chunks], encoder.encode([c.text for c in desk.chunks]) @ vector, strict=True))
    asked = read_foreign_question(question, language, desk.known)
    hits = rank_chunks(asked, desk.chunks, by_sentence, by_chunk, desk.lexical.rarity(english_terms(asked.terms)))
    best = rank_sentences(hits)[0]
    assert answer in best.scored.sentence.text
