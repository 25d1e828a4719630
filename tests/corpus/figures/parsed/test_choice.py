"""What a number measures by the grammar of its sentence: what is offered, what is known of it, and what is chosen."""

import json

import pytest

from corpus.article import Article
from corpus.figures.extraction import figures_in
from corpus.figures.parsed.candidates import TOLD, Candidate, candidates
from corpus.figures.parsed.choice import asked_in, best, chosen_subject, fitted_weights
from corpus.figures.parsed.evidence import evidence
from corpus.figures.subjects import Subject
from corpus.scripts import is_mostly_wide


def offered(text: str, number: str, unit: str, told: str = "") -> list[Candidate]:
    """All that is offered for a number of a text's only sentence."""
    start = text.index(number)
    asked = asked_in(Article("a", text), (0, len(text)), (start, start + len(number)), unit, Subject(told, None))
    assert asked
    return candidates(asked)


@pytest.mark.parametrize(
    ("text", "number", "unit", "words"),
    [
        ("The new cable will be laid by 40 divers.", "40", "count", "divers by which new cable will be laid"),
        ("The Kaohsiung mill makes 900 rugs.", "900", "count", "rugs that Kaohsiung mill makes"),
        ("In May 900 rugs were stolen.", "900", "count", "rugs that were stolen"),
        ("Some 62 percent of adults would not let software choose.", "62 percent", "percent",
         "share of adults that would not let software choose"),
        ("We spent 11 days to train the parrot.", "11 days", "second", "time that we spent to train parrot"),
        ("The lamp sells for 30 euros.", "30 euros", "EUR", "price of lamp"),
        ("The firm invested 3 million euros in looms.", "3 million euros", "EUR", "investment in looms"),
        ("Peru accounts for 60 percent.", "60 percent", "percent", "share that Peru accounts for"),
        ("It is a hand with 22 joints.", "22", "count", "joints of hand"),
    ],
)  # fmt: skip
def test_grammar_offers_what_a_number_measures(text: str, number: str, unit: str, words: str) -> None:
    """In words of the sentence, with the plain word of a measure."""
    assert words in [one.words for one in offered(text, number, unit)]


def test_what_the_rules_say_is_offered_first() -> None:
    """And with the measure that it may lack; nothing is offered in which a word stands twice."""
    found = offered("The bridge is 12 metres long.", "12 metres", "metre", "length of bridge")
    assert (found[0].words, found[0].kind) == ("length of bridge", TOLD)
    assert "length of length of bridge" not in [one.words for one in found]
    assert len({(one.words.lower(), one.kind) for one in found}) == len(found)


def test_a_rate_has_no_share() -> None:
    """What is a measure by itself gets no other."""
    found = [one.words for one in offered("The growth rate of the sector reached 4 percent.", "4 percent", "percent")]
    assert "growth rate of sector" in found and "share of growth rate of sector" not in found


def test_the_sentence_before_is_asked() -> None:
    """ "Of those" are what was said before, in the same paragraph only."""
    text = "The port hired 90 pilots. Of those, 12 have left."
    sentence, number = (26, len(text)), (text.index("12"), text.index("12") + 2)
    asked = asked_in(Article("a", text), sentence, number, "count", Subject("", None))
    assert asked and "pilots that have left" in [one.words for one in candidates(asked)]
    apart = text.replace(". Of", ".\n\nOf")
    asked = asked_in(Article("a", apart), (27, len(apart)), (number[0] + 1, number[1] + 1), "count", Subject("", None))
    assert asked and "pilots that have left" not in [one.words for one in candidates(asked)]


def test_evidence_knows_where_a_noun_stands() -> None:
    """The counted noun is told from the verb's subject."""
    text = "The mill makes 900 rugs."
    asked = asked_in(Article("a", text), (0, len(text)), (15, 18), "count", Subject("rugs", None, "counted"))
    assert asked
    found = candidates(asked)
    known = dict(zip([one.words for one in found if one.kind == "noun"],
                     [one for one, candidate in zip(evidence(asked, found), found, strict=True) if candidate.kind == "noun"],
                     strict=True))  # fmt: skip
    assert "role counted" in known["rugs"] and "role subject: own" in known["mill"]
    assert known["rugs"]["of told words its"] == 1 and known["mill"]["of told words its"] == 0


def test_the_highest_sum_is_chosen() -> None:
    """Evidence without a weight counts nothing, and of equals the first is taken."""
    one, other = Candidate("mill", "noun", None), Candidate("rugs", "noun", None)
    assert best([one, other], [{"a": 1.0, "unknown": 9.0}, {"b": 0.5}], {"a": 1.0, "b": 3.0}) is other
    assert best([one, other], [{"a": 1.0}, {"a": 1.0}], {"a": 1.0}) is one


def test_what_says_less_than_the_rules_is_not_chosen() -> None:
    """ "AI industry" does not take the place of "AI industry scale"."""
    told, less, more = (Candidate(words, kind, None) for words, kind in
                        (("AI industry scale", TOLD), ("AI industry", "noun"), ("sales of rugs", "noun")))  # fmt: skip
    assert best([told, less], [{}, {"b": 1.0}], {"b": 1.0}) is told
    assert best([told, more], [{}, {"b": 1.0}], {"b": 1.0}) is more


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("Exports of tea rose 3 percent to 40 million dollars.", "3 percent", "exports of tea"),
        ("The town has 12 bakeries.", "12", "bakeries"),
        ("About 43 percent of nurses said that they work at night.", "43 percent", "share of nurses"),
    ],
)
def test_simple_sentences_are_read_right(text: str, number: str, words: str) -> None:
    """The fitted weights find the plain cases."""
    (figure,) = [figure for figure in figures_in(Article("a", text)).figures if figure.text == number]
    assert figure.subject.startswith(words)


def test_chinese_is_left_to_the_rules() -> None:
    """The parser reads English."""
    text = "全市去年新建公园四十个，比前年多五个。"
    assert is_mostly_wide(text)
    assert chosen_subject(Article("a", text), (0, len(text)), (8, 10), "count", Subject("公园", None)) == "公园"


def test_whose_it_is_is_no_part_of_what_is_measured() -> None:
    """The place is told apart."""
    text = "Salisbury rents have risen by 9 percent."
    (figure,) = figures_in(Article("a", text)).figures
    assert figure.place == "Salisbury" and "Salisbury" not in figure.subject


def test_the_weights_say_what_they_were_fitted_on() -> None:
    """The file is readable: its date, its numbers, and a weight by name."""
    from importlib import resources

    about = json.loads(resources.files("corpus.figures.parsed").joinpath("weights.json").read_text(encoding="utf-8"))
    assert about["figures"] > 1000 and about["subject_right_cross_validated"] > about["subject_right_by_rules"]
    assert len(fitted_weights()) > 1000
