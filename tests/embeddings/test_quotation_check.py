"""A quotation is exact, exact but for typography, altered, or not found; one digit or one "not" decides."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import corpus
from corpus.article import Article
from corpus.collection import read_collection
from embeddings.quotation.differences import Difference, place_at, whole_sentences
from embeddings.quotation.quotation_check import MAX_LETTERS, QuotationCheck, QuotationError, Verdict, check_quotation
from embeddings.quotation.typography import is_whole, tokens_of
from embeddings.quotation.wording import DifferenceKind
from tests.corpus.strange_texts import texts

FERRY = Article(
    "ferry",
    "# The Auk sails\n\n"
    "The electric ferry Auk carried 12,400 passengers in March 2024, more than its sister ship, the Puffin. It can’t sail in "
    "storms, and it never sails at night. “We won't raise the fare of $4.50,” said Tom Akande; that is 15.6% less than in Oslo."
    "\n\n"
    "The harbour office did not close the old quay – a well-known café stands there. Its owner sells soup without salt… "
    "and bread. The quay is 190 metres long, and 25 million euros were spent on it between 2019 and 2021.",
    title="A ferry without a captain",
    publisher="Harbour Gazette",
)
MARKET = Article(
    "market",
    "The fish market opens at five in the morning. Forty stalls sell herring, cod and crab to the town.\n\n"
    "Nobody knows who painted its blue doors. The harbour office lends its tugboats to fishermen on Sundays.",
)
CHINESE = Article(
    "zh",
    "“海鸥号”渡轮去年运送旅客12.5万人次，比前一年增长了8.3%。市长李明说：“我们不会提高票价。”\n\n"
    "新码头将于2026年3月5日启用，造价约1.2亿元。港口没有计划关闭旧码头，也不打算裁员。",
    language="zh",
)
OURS = (FERRY, MARKET, CHINESE)
BRIEFS = tuple(read_collection(Path(corpus.__file__).parent / "articles"))
ARTICLES = {"ours": OURS, "all": OURS + BRIEFS, "English": (FERRY, MARKET, *BRIEFS)}
SENTENCE = "The electric ferry Auk carried 12,400 passengers in March 2024, more than its sister ship, the Puffin."

# A busy machine must not fail a promise about words.
steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def checked(text: str, articles: tuple[Article, ...] = OURS) -> QuotationCheck:
    """The check of a text, whose positions must be true in both texts."""
    found = check_quotation(text, articles)
    held = {article.id: article.text for article in articles}
    for place in (*found.places, *([found.nearest] if found.nearest else [])):
        assert place.text == held[place.span.article_id][place.span.start : place.span.end]
    for each in found.differences:
        assert text[each.quoted_start : each.quoted_end] == each.quoted
        if each.span and each.kind is not DifferenceKind.SEAM:
            assert held[each.span.article_id][each.span.start : each.span.end] == each.original
    return found


def only_difference(text: str) -> Difference:
    """The one difference of a text that must be altered."""
    found = checked(text)
    assert found.verdict is Verdict.ALTERED
    (difference,) = found.differences
    return difference


# --- exact -------------------------------------------------------------------------------------------------------------


@st.composite
def untouched(draw: st.DrawFn, which: str, least: int = 1) -> tuple[Article, int, int]:
    """A run of words of an article, in Chinese of letters, that cuts no word and no number."""
    article = ARTICLES[which][draw(st.integers(0, len(ARTICLES[which]) - 1))]
    pattern = r"[\u4e00-\u9fff，。]|[^\s\u4e00-\u9fff，。]+" if article.language == "zh" else r"\S+"
    words = [match.span() for match in re.finditer(pattern, article.text)]
    first = draw(st.integers(0, len(words) - least))
    last = draw(st.integers(first + least, min(len(words), first + 80)))
    start, end = words[first][0], words[last - 1][1]
    assume(is_whole(article.text, start, end) and any(letter.isalnum() for letter in article.text[start:end]))
    return article, start, end


@steady
@given(untouched("all"))
def test_an_untouched_run_of_words_is_exact_where_it_stands(run):
    """Whatever run of words is taken from an article, it is exact, and its own place is among the places."""
    article, start, end = run
    found = checked(article.text[start:end], OURS + BRIEFS)
    assert found.verdict is Verdict.EXACT
    assert (article.id, start, end) in {(place.span.article_id, place.span.start, place.span.end) for place in found.places}
    assert not found.differences


def test_a_quotation_in_several_places_is_given_with_all():
    """Every place is told, with article, paragraph and position; a heading has no paragraph."""
    places = checked("harbour office").places
    assert [(place.span.article_id, place.paragraph) for place in places] == [("ferry", 2), ("market", 2)]
    assert [place.paragraph for place in checked("The Auk sails").places] == [None]
    assert len(checked("the").places) == sum(len(re.findall(r"\bthe\b", article.text)) for article in OURS)


@pytest.mark.parametrize(
    "text",
    [
        "5 million euros were spent on it",
        "4.50,” said Tom Akande",
        "2,400 passengers in March 2024",
        "that is 15.6",
        "It can",
        "uk carried 12,400 passengers",
        "and 25 million euro",
    ],
)
def test_a_cut_number_sign_or_word_is_not_exact(text):
    """ "5 million" does not stand in "25 million", nor "can" in "can’t", nor 4.50 in "$4.50" without its currency."""
    assert checked(text).verdict in (Verdict.ALTERED, Verdict.NOT_FOUND)


# --- typography --------------------------------------------------------------------------------------------------------

QUAY = "“We won't raise the fare of $4.50,” said Tom Akande; that is 15.6% less than in Oslo."


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ('"We won’t raise the fare of $4.50," said Tom Akande', "quotation marks and apostrophes"),
        ("«We won't raise the fare of $4.50,» said Tom Akande", "quotation marks and apostrophes"),
        ("close the old quay - a well-known café", "dashes"),
        ("close the old quay—a well‑known café", "dashes"),
        ("soup without salt... and bread", "omission signs"),
        ("soup without salt . . . and bread", "omission signs"),
        ("The harbour  office\ndid\u00a0not close", "spaces and line breaks"),
        ("spent on it\u3000between 2019 and 2021", "spaces and line breaks"),
        ("a well-known cafe\u0301 stands", "forms of letters"),
        ("carried １２,４００ passengers", "forms of letters"),
        ("The harbour o\ufb03ce did not", "forms of letters"),
        ("The har\u00adbour office did not", "invisible marks"),
        ("The har\u200bbour\u200d office \u202edid\u202c not", "invisible marks"),
        ("“The harbour office did not close”.", "outer quotation marks"),
        ("« The harbour office did not close »", "outer quotation marks"),
        ("… The harbour office did not close […]", "omission signs at the ends"),
        ("## The Auk sails\n\nThe electric ferry Auk", "heading signs"),
    ],
)
def test_what_only_the_typesetter_chose_is_no_alteration(text, differs):
    """Marks, dashes, spaces, forms of letters and what no reader sees differ in typography only, and are named."""
    found = checked(text)
    assert found.verdict is Verdict.TYPOGRAPHY
    assert differs in found.typography
    assert found.places[0].span.article_id == "ferry"
    assert not found.differences


@steady
@given(untouched("all", 2), st.data())
def test_any_mixture_of_typography_is_no_alteration(run, data):
    """Decomposed letters, other marks, dashes, spaces and hidden marks, all at once, leave the wording as it is."""
    article, start, end = run
    swaps = {"'": "’", "“": '"', "”": '"', "-": "–", "–": "-", " ": " \n", "…": "..."}
    letters = [
        data.draw(st.sampled_from([letter, swaps.get(letter, letter), f"{letter}\u200b", unicodedata.normalize("NFD", letter)]))
        for letter in article.text[start:end]
    ]
    text = "".join(letters)
    assume(len(text) <= MAX_LETTERS)
    assert checked(text, OURS + BRIEFS).verdict in (Verdict.EXACT, Verdict.TYPOGRAPHY)


@steady
@given(texts)
def test_tokens_point_into_their_text(text):
    """However strange a text is, its tokens stand in it, in order, and none is empty."""
    tokens = tokens_of(text)
    assert len(tokens.keys) == len(tokens.starts) == len(tokens.ends)
    for places in (tokens.starts, tokens.ends):
        assert list(places) == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))


# --- altered -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "is_now", "kind"),
    [
        ("12,400", "12,500", DifferenceKind.FIGURE),
        ("12,400", "12.400", DifferenceKind.FIGURE),
        ("passengers", "lorries", DifferenceKind.WORDS),
        ("March 2024", "May 2024", DifferenceKind.DATE),
        ("2024", "2025", DifferenceKind.DATE),
        ("more than", "less than", DifferenceKind.COMPARISON),
        ("carried", "never carried", DifferenceKind.NEGATION),
        ("Puffin", "Kestrel", DifferenceKind.NAME),
        ("Auk", "AUK", DifferenceKind.CASE),
        ("electric ferry", "ferry electric", DifferenceKind.ORDER),
        ("electric ", "", DifferenceKind.WORDS),
        ("ferry", "fast new ferry", DifferenceKind.WORDS),
        ("2024, more", "2024 more", DifferenceKind.PUNCTUATION),
        ("carried 12,400 passengers", "[…]", DifferenceKind.OMISSION),
    ],
)
def test_each_alteration_is_named_with_both_wordings(was, is_now, kind):
    """A changed figure, date, name, order, capital or comma, and words put in or left out, are told for what they are."""
    found = only_difference(SENTENCE.replace(was, is_now, 1))
    assert found.kind is kind
    assert (found.quoted in is_now or is_now in found.quoted) and found.original in f"{was}, more"


@pytest.mark.parametrize(
    ("text", "kind", "original"),
    [
        ("The harbour office did close the old quay", DifferenceKind.NEGATION, "not"),
        ("It can sail in storms", DifferenceKind.NEGATION, "can’t"),
        ("sells soup with salt", DifferenceKind.NEGATION, "without"),
        ("it sails at night", DifferenceKind.NEGATION, "never"),
        ("Everybody knows who painted its blue doors", DifferenceKind.NEGATION, "Nobody"),
        ("that is 15.6‰ less than in Oslo", DifferenceKind.UNIT, "%"),
        ("the fare of €4.50", DifferenceKind.UNIT, "$"),
        ("The quay is 190 feet long", DifferenceKind.UNIT, "metres"),
        ("25 billion euros were spent", DifferenceKind.FIGURE, "million"),
        ("25 million dollars were spent on it", DifferenceKind.UNIT, "euros"),
        ("Fifty stalls sell herring", DifferenceKind.FIGURE, "Forty"),
    ],
)
def test_what_turns_a_statement_round_is_altered(text, kind, original):
    """A lost "not", another unit, another magnitude: altered, however alike the rest is."""
    found = only_difference(text)
    assert (found.kind, found.original) == (kind, original)


def test_a_quotation_in_capitals_is_altered_in_its_capitals_only():
    """Shouted or not, the words are found."""
    assert {each.kind for each in checked(SENTENCE.upper()).differences} == {DifferenceKind.CASE}


def test_a_word_cut_from_its_non_is_a_lost_negation():
    """ "non-" belongs to the word behind it: without it the quotation says the contrary."""
    article = Article("a", "The non-Chinese firms paid.")
    (difference,) = checked("Chinese firms paid", (article,)).differences
    assert (difference.kind, difference.original) == (DifferenceKind.NEGATION, "non-")


NEGATIONS = ["not", "no", "never", "without", "n't", "n’t"]


@steady
@given(untouched("all", 6), st.data())
def test_every_changed_digit_is_altered(run, data):
    """Any digit replaced, removed or put in makes a quotation altered."""
    article, start, end = run
    text = article.text[start:end]
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    assume(digits)
    place = data.draw(st.sampled_from(digits))
    changed = text[:place] + data.draw(st.sampled_from(["", "0", "7", "19"])) + text[place + 1 :]
    assume(not any(changed.strip() in other.text for other in OURS + BRIEFS))
    assert checked(changed, OURS + BRIEFS).verdict is Verdict.ALTERED


@steady
@given(untouched("English", 6), st.data())
def test_every_negation_put_in_is_altered(run, data):
    """A negation anywhere inside a quotation makes it altered."""
    article, start, end = run
    text = article.text[start:end]
    gaps = [match.start() for match in re.finditer(r"(?<=[a-z])(?= [a-z])", text)]
    assume(gaps)
    place, word = data.draw(st.sampled_from(gaps)), data.draw(st.sampled_from(NEGATIONS))
    found = checked(
        f"{text[:place]}{'' if word.startswith('n') and not word.isalpha() else ' '}{word}{text[place:]}", OURS + BRIEFS
    )
    assert found.verdict is Verdict.ALTERED
    assert DifferenceKind.NEGATION in {each.kind for each in found.differences}


@steady
@given(untouched("all", 6), st.data())
def test_every_negation_or_unit_taken_out_or_changed_is_altered(run, data):
    """A negation that is lost, or a unit or comparison that is another, makes a quotation altered."""
    article, start, end = run
    text = article.text[start:end]
    changes = [
        (r"(?<=.)(?:\bnot |\bno |\bnever |\bwithout |n[’']t\b|不|没)(?=.)", ""),
        (r"billion|亿", "million"), (r"yuan|euros|元", "dollars"), (r"%", "‰"), (r"\$", "€"), ("%", " percent"),
        (r"\bmore than\b", "less than"), (r"\bover\b", "under"), (r"metres", "feet"),
    ]  # fmt: skip
    found = [(match, word) for pattern, word in changes for match in re.finditer(pattern, text)]
    assume(found)
    match, word = data.draw(st.sampled_from(found))
    changed = text[: match.start()] + word + text[match.end() :]
    assert checked(changed, OURS + BRIEFS).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "quoted", "original"),
    [
        ("比前一年增长了8.4%。市长李明说", "8.4", "8.3"),
        ("市长李明说：“我们会提高票价。”", "", "不"),
        ("造价约1.2万元。港口没有计划关闭旧码头", "万", "亿"),
        ("新码头将于2026年3月6日启用，造价约1.2亿元", "6", "5"),
    ],
)
def test_chinese_is_compared_letter_by_letter(text, quoted, original):
    """Without spaces between words every letter counts by itself."""
    found = only_difference(text)
    assert (found.quoted, found.original) == (quoted, original)


# --- omissions and several places --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["…", "...", "[…]", "[...]", "(…)"])
def test_an_omission_between_exact_pieces_is_explained(sign):
    """ "Exact with omission" is altered, and what was left out is shown, be it as grave as a "not"."""
    found = checked(f"The harbour office did {sign} close the old quay")
    assert found.verdict is Verdict.ALTERED
    assert found.only_omissions
    assert [(each.quoted, each.original) for each in found.differences] == [(sign, "not")]


def test_an_omission_does_not_excuse_another_change():
    """Beside an omission a changed figure is still told."""
    found = checked("The electric ferry […] carried 12,500 passengers in March 2024, […] the Puffin.")
    assert not found.only_omissions
    assert DifferenceKind.FIGURE in {each.kind for each in found.differences}


def test_sentences_from_two_articles_are_told_apart():
    """Each is found where it stands; that no article says them together is itself a difference."""
    found = checked(f"{SENTENCE} Nobody knows who painted its blue doors.")
    assert found.verdict is Verdict.ALTERED
    assert [place.span.article_id for place in found.places] == ["ferry", "market"]
    assert [each.kind for each in found.differences] == [DifferenceKind.SEAM]


def test_a_sentence_left_out_or_moved_is_altered():
    """Sentences of one article in another order, or with one between them missing, are not its words."""
    one, two, three = "The fish market opens at five in the morning.", "Forty stalls", "sell herring, cod and crab to the town."
    assert checked(f"{one} {two} {three}").verdict is Verdict.EXACT
    assert checked(f"{two} {three} {one}").verdict is Verdict.ALTERED
    found = checked(f"{one} Nobody knows who painted its blue doors.")
    assert found.verdict is Verdict.ALTERED
    assert "Forty stalls sell herring" in found.differences[0].original


def test_the_worst_sentence_decides():
    """A paragraph with one sentence that stands nowhere is not found; the others are still given with their places."""
    invented = "Seven pelicans stole the mayor's trumpet during a solemn parade."
    found = checked(f"{SENTENCE} {invented} Nobody knows who painted its red doors.")
    assert found.verdict is Verdict.NOT_FOUND
    assert {place.span.article_id for place in found.places} == {"ferry", "market"}
    kinds = {each.kind: each.quoted for each in found.differences}
    assert kinds[DifferenceKind.UNFOUND] == invented
    assert kinds[DifferenceKind.WORDS] == "red"


# --- not found, sources, bad input -------------------------------------------------------------------------------------


def test_the_nearest_passage_is_offered_only_when_one_is_near():
    """A retelling gets the passage that it retells, a stranger gets nothing."""
    near = checked("Its sister ship, the Puffin, transported fewer people that spring, the ferrymen say.")
    assert near.verdict is Verdict.NOT_FOUND
    assert near.nearest is not None
    assert "sister ship, the Puffin" in near.nearest.text
    assert checked("Volcanoes erupt rarely on that remote moon.").nearest is None


def test_the_nearest_passage_is_whole_sentences() -> None:
    """Whatever part of a sentence is near: half of one would say something else."""
    found = checked("Every year the harbour office lends its tugboats to whoever asks politely for one and brings it back.")
    assert found.verdict is Verdict.NOT_FOUND and found.nearest is not None
    assert found.nearest.text == "The harbour office lends its tugboats to fishermen on Sundays."


def test_a_place_is_widened_to_sentences() -> None:
    """All that it touches, in one paragraph or two; of a heading, the line."""
    start, end = FERRY.text.index("sister ship"), FERRY.text.index("old quay")
    wide = whole_sentences(place_at(FERRY, start, end)).text
    assert wide.startswith("The electric ferry Auk") and wide.endswith("a well-known café stands there.")
    heading = FERRY.text.index("Auk sails")
    assert whole_sentences(place_at(FERRY, heading, heading + 3)).text == "# The Auk sails"
    sentence = place_at(MARKET, 0, MARKET.text.index(" Forty"))
    assert whole_sentences(sentence) == sentence
    assert checked("Volcanoes erupt.", ()).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    "source",
    [
        "\n— Harbour Gazette",
        "\n[1] brief of “A ferry”, Harbour Gazette, ¶ 1\n    https://gazette.example/a",
        "\nSource: Tom Akande, 2024",
    ],
)
def test_a_last_line_that_names_the_source_is_not_checked(source):
    """The source is left out and told; the quotation above it is as exact as before."""
    found = checked(SENTENCE + source)
    assert found.verdict is Verdict.EXACT
    assert found.source_line is not None
    assert found.source_line.split() == source.split()
    assert checked(f"“{SENTENCE}” — Harbour Gazette").verdict is Verdict.TYPOGRAPHY


@pytest.mark.parametrize("line", ["\n- it sailed twice", "\n— not.", "\n- Twelve Gulls sit on the quay."])
def test_a_last_line_of_other_words_is_checked(line):
    """What is no name and no date is part of the quotation, dash or not."""
    assert checked(SENTENCE + line).verdict in (Verdict.ALTERED, Verdict.NOT_FOUND)


@pytest.mark.parametrize("text", ["", " \n\t", "“…” —", "?!", "\u200b\u202e"])
def test_without_words_there_is_nothing_to_check(text):
    """Nothing, or signs only, is refused with a sentence that says what to do."""
    with pytest.raises(QuotationError, match="no words to check"):
        check_quotation(text, OURS)


def test_a_text_that_is_too_long_is_refused():
    """Beyond the limit the sentence says so, with both numbers; at the limit it is checked."""
    with pytest.raises(QuotationError, match="20,001 letters; at most 20,000"):
        check_quotation("a" * (MAX_LETTERS + 1), OURS)
    assert checked("a" * MAX_LETTERS).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    "unit",
    ["AI ", "a… ", ".", " ", "“", "‘“", "\u0301", "\u200b", "a\n", "[ ", "[. . . ", "1,", "\n- A", "中", "no… ", "the quay "],
)
def test_repeats_of_anything_are_judged(unit):
    """Pages of one sign or word, before, between and behind words, come to a verdict like any other text."""
    run = (unit * 6_000)[:6_000]
    for text in (f"The quay {run}", f"{run} is 190 metres", f"The quay {run} is long"):
        assert checked(text).verdict in set(Verdict)


@steady
@given(texts, texts, untouched("ours"))
def test_strange_texts_are_judged_and_their_positions_are_true(before, after, run):
    """Emoji, bidirectional marks and combining letters around a quotation break nothing."""
    article, start, end = run
    checked(f"{before}{article.text[start:end]}{after}")
