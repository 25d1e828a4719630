"""Misspelt questions, and the many words that must be left as they are."""

import pytest

from corpus.chunks import split_article
from embeddings.lexical_index import stem
from embeddings.slips import cost, near, shelves, slips
from embeddings.spelling import Change, Speller
from embeddings.surface_words import count_surface_words, english_words, surface_words

TEXTS = [
    "The electric ferry Auk carried many passengers. Beijing and China sent engineers to the institute in Port Linden.",
    "Zhou Hongyi heads the security group DeepSeek Marine. Kang Weimin and Xu Shan watched the committee's open-source tests.",
    "The dataset of the harbour holds patents and inventions. Each data base was checked for the general assembly.",
    "A second data base was sold, they said, by Queillerie Partners; the chatbot answered 12 questions about regulatory rules.",
    "The National Data Administration wants an effect that goes on in total. A ferry crosses the bay to Newtown.",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    """The words of five short texts."""
    return Speller(count_surface_words(TEXTS))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("how many passangers did the fery carry", "how many passengers did the ferry carry"),
        ("which inventoins and pattents", "which inventions and patents"),
        ("What does Chnia send?", "What does China send?"),
        ("Who went to Bejing?", "Who went to Beijing?"),
        ("who went to beijng", "who went to beijing"),
        ("the instutite in Port Linden", "the institute in Port Linden"),
        ("in totel", "in total"),
        ("a regulatry efect", "a regulatory effect"),
        ("Who heads the Natoinal Data Adminstration?", "Who heads the National Data Administration?"),
        ("the genaral asembly", "the general assembly"),
        ("the gemeral asembly", "the general assembly"),
        ("what is deepseak", "what is DeepSeek"),
        ("What does DepSeek sell?", "What does DeepSeek sell?"),
        ("wgat is a harbuor", "what is a harbour"),
    ],
)
def test_a_misspelt_word_is_mended(wrong, right):
    """Letters swapped, doubled, missing, too many or wrong lead to the collection's word, as the collection writes it."""
    words = count_surface_words([*TEXTS, "what they asked"])
    assert Speller(words).mended(wrong).text == right


def test_changes_tell_what_stood_where(speller):
    """Each change has its place in the question as it was asked, so that it can be shown to the reader."""
    question = "🙂 which pattents, and whose efect?"
    mended = speller.mended(question)
    assert mended.changes == (Change("pattents", "patents", 8), Change("efect", "effect", 28))
    assert all(question[change.start :].startswith(change.wrong) for change in mended.changes)
    assert mended.text == "🙂 which patents, and whose effect?"


@pytest.mark.parametrize(
    "question",
    [
        "How many patients were treated?",
        "Is Germany's harbour larger?",
        "Which programme has the best colour?",
        "Who is Wang Weimin?",
        "What did Wang say?",
        "Is Weng here?",
        "what did weng say",
        "Who is Li Hongyu?",
        "Who is Wu Shann?",
        "What did Francois Villion write about ferries?",
        "Does the AUKS ferry use OpenCL or GPT4o?",
        "Is harbuor2 at www.harbuor.org or @harbuor or /harbuor?",
        "Why couldn't and didn’t they?",
        "Are 12,401 and 2OO5 numbers?",
        "Who founded the new town?",
        "",
        "🙂 渡轮 ферри",
    ],
)
def test_other_words_are_left_alone(speller, question):
    """English words, other people's names, words in capitals, addresses, numbers and other scripts are never changed."""
    assert speller.mended(question).text == question
    assert speller.mended(question).changes == ()


def test_a_question_in_another_language_is_left_alone(speller):
    """Where most words are unknown, the question is in no English, and nearness means nothing."""
    question = "Wieviele Passagiere hatte dieses Schiff namens Auk in Beijng?"
    assert speller.mended(question).text == question


def test_half_a_name_is_mended_by_the_other_half(speller):
    """A known given name vouches for a surname; without it a short surname stays."""
    assert speller.mended("Who is Zhu Hongyi?").text == "Who is Zhou Hongyi?"
    assert speller.mended("Who is Zhou Hongyu?").text == "Who is Zhou Hongyi?"
    assert speller.mended("Who is Xu Shann?").text == "Who is Xu Shan?"
    assert speller.mended("Who is Zhu?").text == "Who is Zhu?"


def test_a_long_name_may_stand_beside_plain_words(speller):
    """A name that stands alone, or before a word such as "Partners", is mended where one slip makes it the collection's."""
    assert speller.mended("Who owns Quellerie Partners?").text == "Who owns Queillerie Partners?"
    assert speller.mended("Who owns Quellerie?").text == "Who owns Queillerie?"


def test_joined_and_split_words_are_written_as_the_collection_does(speller):
    """ "opensource" and "data set" are met by "open-source" and "dataset"."""
    assert speller.mended("opensource tests").text == "open-source tests"
    assert speller.mended("which data set, which chat bot").text == "which dataset, which chatbot"
    assert speller.mended("whose database").text == "whose database"  # an English word
    assert speller.mended("who is zhouhongyi").text == "who is Zhou Hongyi"
    assert speller.mended("is deep seek open").text == "is DeepSeek open"


def test_two_words_as_near_and_as_common_leave_a_word_alone():
    """Nothing is guessed: without a likelier word the question stays."""
    assert Speller({"barter": 2, "banter": 2}).mended("a bavter").changes == ()
    assert Speller({"barter": 2, "banter": 3}).mended("a bavter").text == "a banter"


def test_a_nearer_english_word_is_what_was_meant():
    """The collection's word does not push itself before one that the misspelling fits better."""
    assert Speller({"relieve": 9}).mended("recieve").changes == ()
    assert Speller({"relieve": 9, "receive": 1}).mended("recieve").text == "receive"


def test_words_of_any_form_are_known(speller):
    """The plural or past of a word that the collection holds is no misspelling."""
    assert speller.mended("datasets chatbots ferrying").changes == ()


def test_stems_may_come_from_the_index():
    """Given stems decide what is known, so that nothing is stemmed twice."""
    words = {"pattern": 1}
    assert Speller(words).mended("patern").text == "pattern"
    assert Speller(words, stems={stem("patern")}).mended("patern").changes == ()


def test_mending_twice_changes_nothing_more(speller):
    """What has been mended is the collection's own."""
    once = speller.mended("whose harbuor, pattents and Zhu Hongyi").text
    assert speller.mended(once).changes == ()


def test_an_articles_own_sentences_are_never_changed(town_articles):
    """No word of the collection is a misspelling."""
    texts = [chunk.text for article in town_articles for chunk in split_article(article)]
    town = Speller(count_surface_words(texts))
    assert all(town.mended(text).changes == () for text in texts)


# --- the words themselves --------------------------------------------------------------------------------------------


def test_words_are_counted_by_texts():
    """A word counts once a text, in its own case; names of two words and frequent neighbours count as well."""
    words = count_surface_words(
        ["Ines Moreau saw a ferry, a ferry.", "A diesel ferry and Ferry Town", "The diesel ferry of 1961"]
    )
    assert words["ferry"] == 3
    assert words["Ferry"] == words["Ferry Town"] == words["Ines Moreau"] == 1
    assert words["diesel ferry"] == 2
    assert "1961" not in words and "town" not in words and "saw a" not in words


def test_a_sentences_first_capital_makes_no_name():
    """Every sentence begins with a capital; a second one beside it tells."""
    names = [
        word.word for word in surface_words("Passengers wait. Ines Moreau waits. Do they? In Linden they do.") if word.is_name
    ]
    assert names == ["Ines", "Moreau", "Linden"]
    assert not any(word.is_name for word in surface_words("WHO IS INES MOREAU"))


def test_english_has_both_spellings():
    """British and American words are English, and common misspellings are not."""
    assert {"colour", "color", "programme", "patients", "analyse"} <= english_words()
    assert {"recieve", "seperate", "goverment"}.isdisjoint(english_words())


def test_slips_are_counted_and_weighed():
    """A swap is one slip; of two words one slip away the one with the same letters is likelier."""
    assert slips("chnia", "china") == slips("fery", "ferry") == slips("totel", "total") == 1
    assert cost("chnia", "china") < cost("fery", "ferry") == cost("totel", "total") < cost("gooze", "goose")


@pytest.mark.parametrize(
    ("wrong", "right", "is_near"),
    [
        ("gerry", "ferry", True),
        ("xferry", "ferry", False),
        ("gery", "fery", False),
        ("ehtics", "ethics", True),
        ("hetics", "ethics", False),
        ("comitee", "committee", False),
        ("comittee", "committee", True),
        ("commitees", "committee", True),
        ("instutite", "institute", True),
        ("kang", "wang", False),
    ],
)
def test_near_words_begin_alike(wrong, right, is_near):
    """The first letter is right, swapped with the second or the key beside it; long words may have two slips."""
    assert (right in near(wrong, shelves([right, "unrelated"]))) == is_near
