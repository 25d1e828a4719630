"""Trees and phrases of sentences: a number's verb, a verb's subject, and words as a table would say them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from spacy.tokens import Token

from corpus.figures.parsed.phrases import (
    behind_verb,
    content_words,
    doer,
    is_finite,
    left_behind,
    noun_phrase,
    relative_clause,
    verb_group,
    with_prepositions,
    written,
)
from corpus.figures.parsed.trees import (
    MOST_CHARACTERS,
    anchor,
    is_time,
    meant,
    number_tokens,
    path_between,
    subject_of_verb,
    tree_of,
    verb_over,
)


def word(sentence: str, text: str) -> Token:
    """The first token of a sentence that is written so."""
    tree = tree_of(sentence)
    assert tree
    return next(token for token in tree if token.text == text)


@pytest.mark.parametrize(
    ("sentence", "number", "top", "verb", "subject"),
    [
        ("Exports of tea rose 3 percent in May.", "3 percent", "percent", "rose", "Exports"),
        ("Exports of tea fell in May and rose 3 percent in June.", "3 percent", "percent", "rose", "Exports"),
        ("The ferry, which carries 400 cars, was built in Turku.", "400", "400", "carries", "ferry"),
        ("A mill making 5 tonnes a day stands idle.", "5 tonnes", "tonnes", "making", "mill"),
    ],
)
def test_a_number_hangs_on_a_verb_that_has_a_subject(sentence: str, number: str, top: str, verb: str, subject: str) -> None:
    """Also where the subject was said with the verb before, or a pronoun stands for it."""
    tree = tree_of(sentence)
    assert tree
    start = sentence.index(number)
    found = anchor(number_tokens(tree, start, start + len(number)))
    above = verb_over(found)
    said = subject_of_verb(above)
    assert said is not None
    assert (found.text, above.text, meant(said).text) == (top, verb, subject)


def test_a_table_is_not_parsed() -> None:
    """Nobody waits for the grammar of what is no sentence."""
    assert tree_of("12 " * MOST_CHARACTERS) is None


def test_threads_may_parse_at_once() -> None:
    """A message is read while the index is rebuilt; each gets its own sentence's tree."""
    sentences = [f"The port of Oslo took {number} ferries in May." for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        trees = list(pool.map(tree_of, sentences))
    assert [tree.text for tree in trees if tree] == sentences


def test_times_are_no_things() -> None:
    """Days, months and years say when, not what."""
    assert is_time(word("Sales rose in March.", "March")) and not is_time(word("Sales rose in March.", "Sales"))


def test_the_way_between_words_goes_over_what_both_hang_on() -> None:
    """Up from one, down to the other."""
    sentence = "Exports rose 3 percent."
    assert path_between(word(sentence, "percent"), word(sentence, "Exports")) in {"npadvmod|nsubj", "dobj|nsubj"}


@pytest.mark.parametrize(
    ("sentence", "noun", "plain", "long"),
    [
        ("The city's new electric ferries sail.", "ferries", "new electric ferries", "new electric ferries"),
        ("Sales of used cars fell.", "Sales", "sales", "sales of used cars"),
        ("An open-source model won.", "model", "open-source model", "open-source model"),
    ],
)
def test_a_noun_keeps_what_tells_it_from_others(sentence: str, noun: str, plain: str, long: str) -> None:
    """Without articles, owners and numbers; a hyphen stays, a capital of the sentence's beginning does not."""
    token = word(sentence, noun)
    assert (written(noun_phrase(token, ())), written(with_prepositions(token, ()))) == (plain, long)


def test_a_clause_tells_things_from_others() -> None:
    """A relative clause belongs to its noun."""
    noun = word("Hospitals that use software to read scans are few.", "Hospitals")
    assert written(relative_clause(noun, ())) == "that use software to read scans"


def test_a_not_is_never_left_out() -> None:
    """Those who would not are others than those who would."""
    verb = word("Most adults would not let software book a visit.", "let")
    assert written(verb_group(verb)) == "would not let"
    assert written(behind_verb(verb, ())) == "software book visit"
    assert doer(verb, ()) == "most adults"
    assert is_finite(verb) and not is_finite(word("They hope to win.", "win"))


def test_a_preposition_is_left_behind() -> None:
    """ "Accounts for 60 percent" is what somebody "accounts for"."""
    sentence = "Peru accounts for 60 percent of the ore."
    verb = word(sentence, "accounts")
    tree = tree_of(sentence)
    assert tree
    number = {token.i for token in number_tokens(tree, 18, 28)}
    assert left_behind(verb, number) == "for"
    assert left_behind(verb, ()) == ""


def test_content_words_are_in_the_singular() -> None:
    """Little words do not count."""
    assert content_words("The companies of the cities") == {"company", "city"}
