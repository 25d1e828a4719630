"""Clean-up: how letters are written, and what belongs to the page around an article."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given, settings

from corpus.cleaning import is_heading, looks_like_date, normalise, remove_furniture, without_e_mails
from tests.corpus.strange_texts import texts

BODY = ["The harbour froze in January, and no boat left for nine days.", "The council paid for coal."]
BODY_TEXT = "\n\n".join(BODY)


@settings(max_examples=300, deadline=None)
@given(texts)
@example("a\n#\nb\n\n# \u200b c")
@example("e\u200b\u0301")
def test_normalising_twice_changes_nothing(raw: str) -> None:
    """Positions refer to the normalised text, so it must be its own normal form: NFC, no outer or double spaces."""
    text = normalise(raw)
    assert normalise(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip() and "  " not in text and "\n\n\n" not in text and "\r" not in text


@settings(max_examples=300, deadline=None)
@given(texts)
def test_normalising_loses_no_visible_letter(raw: str) -> None:
    """Every letter, mark, figure and sign of a text is still there, as often as before."""

    def visible(text: str) -> Counter[str]:
        hidden = {"\u034f"}  # the combining grapheme joiner is a mark by name only
        return Counter(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c)[0] in "LMNPS" and c not in hidden)

    assert visible(normalise(raw)) == visible(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("One\r\ntwo\r\n\r\nThree\rfour", "One two\n\nThree four"),
        ("Non\u00a0breaking\u3000and\ttabs", "Non breaking and tabs"),
        ("Zero\u200bwidth, soft\u00adhyphen, \u202eturned\u202c, \ufeffmarked", "Zerowidth, softhyphen, turned, marked"),
        ("Cafe\u0301 and 한", "Café and 한"),
        ("a\u2028b\u2029c", "a b\n\nc"),
        ("人工智能\n正在改变", "人工智能正在改变"),
        ("人工智能\nAI", "人工智能 AI"),
        ("Above\n## Heading\nBelow", "Above\n\n## Heading\n\nBelow"),
        ("List:\n- one\n- two\n1. three", "List:\n\n- one\n\n- two\n\n1. three"),
        ("Bell\x07 and null\x00", "Bell and null"),
        ("👩\u200d🚀 flies", "👩\u200d🚀 flies"),
        (" \n\t\n", ""),
    ],
)
def test_the_same_words_are_written_in_one_way(raw: str, text: str) -> None:
    """Line ends, spaces, invisible marks and combining letters no longer make two texts differ; emoji stay whole."""
    assert normalise(raw) == text


@pytest.mark.parametrize(
    ("line", "expected"), [("# A", True), ("###### B", True), ("#A", False), ("####### C", False), ("#", False)]
)
def test_headings_are_one_to_six_signs_and_words(line: str, expected: bool) -> None:
    """A hashtag and a lone sign are not headings."""
    assert is_heading(line) is expected


@pytest.mark.parametrize(
    "row",
    [
        "Image 1",
        "Photo:",
        "Advertisement",
        "Farmers look at a map of their fields [Photo provided to HP]",
        "Boats in the ice (Picture: J. Tern/Harbour Post)",
        "The mayor opens the quay in Port Ellery, Sept. 3, 2024. Photo: Harbour News",
        "The mayor opens the quay Photo: VCG",
        "Photo credit: Jo Tern",
        "(Editor:Jo Tern)",
        "Web editor: Jo Tern, Li Na",
        "Editor: Jo Tern (jo@harbour.example)",
        "（责任编辑：李明）",
        "The views don't necessarily represent those of the Harbour Post.",
        "Opinions expressed here do not necessarily reflect the position of this paper.",
        "The views expressed in this column are those of the author.",
        "If you have special expertise, or want to share a thought, then send us your writings at post@harbour.example.",
        "Was this helpful?",
        "Was this page helpful?",
        "No comments:",
        "Post a Comment",
        "Comments (12)",
        "## Comments",
        "Leave a reply",
        "Likes and saves are stored in your browser.",
        "Discussion is powered by a widget. Add repo and category.",
        "Share this article",
        "Related stories",
        "Read more: Why the ice came early",
        "Read more",
        "Subscribe to our newsletter",
        "We use cookies to improve your visit.",
        "Copyright 2024 The Harbour Post. All rights reserved.",
        "© The Harbour Post",
        "[email protected]",
        "post@harbour.example",
    ],
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_furniture_goes_and_the_article_stays(row: str, place: str) -> None:
    """A paragraph of the page is dropped wherever it stands; the article around it keeps every letter."""
    rows = {"first": [row, *BODY], "middle": [BODY[0], row, BODY[1]], "last": [*BODY, row]}[place]
    cleaned = remove_furniture(rows)
    assert cleaned.text == BODY_TEXT
    assert cleaned.title is None


@pytest.mark.parametrize(
    "row",
    [
        "Copyright law must change before the models do, lawyers say.",
        "It all fits into one big picture: growth without debt.",
        "Photos of the ice were shared a million times, and nobody knew who took them.",
        "Editor: Why did you stay?",
        "Editors of three papers resigned.",
        "Opinions of fishermen do not reflect those of the town.",
        "The views from the tower don't represent the valley, he said.",
        "If you have special expertise, you are paid twice as much in Port Ellery.",
        "Read more books, he advised the council.",
        "Comments by the mayor were not helpful, the paper wrote.",
        "Share prices fell by 5.5 percent.",
        "Discussion",
        "By noon the quay was empty.",
        "Cookies are baked on Sundays.",
        "Image 1 of the report shows the quay.",
        "2024-09-03 was a Tuesday, and the ice had gone.",
    ],
)
def test_sentences_that_only_look_like_furniture_stay(row: str) -> None:
    """No sentence of an article is lost because it speaks of comments, photos, editors or copyright."""
    assert remove_furniture([BODY[0], row, BODY[1]]).text.split("\n\n")[1] == row
    assert remove_furniture([row, *BODY], title="Known").text.split("\n\n")[0] == row


@pytest.mark.parametrize(
    ("first", "date_line", "text"),
    [
        (" date 2024-09-03 IN the harbour, ice.", "2024-09-03", "IN the harbour, ice."),
        ("2024-09-03 The ice went.", "2024-09-03", "The ice went."),
        ("Date: 2024-09-03 The ice went.", "2024-09-03", "The ice went."),
    ],
)
def test_a_leading_bare_date_is_taken_off_and_kept_as_the_date(first: str, date_line: str, text: str) -> None:
    """The date before the first word is the page's; the first sentence itself keeps every letter."""
    cleaned = remove_furniture([first, *BODY])
    assert cleaned.date_line == date_line
    assert cleaned.text == f"{text}\n\n{BODY_TEXT}"


def test_a_bare_date_before_the_title_leaves_the_title() -> None:
    """Date, title, byline and time at the top are each recognised for what they are."""
    cleaned = remove_furniture(
        [" date 2024-09-03 Ice Leaves the Harbour; Boats Sail", "By J. K. Tern", "Sep 3, 2024 10:40 PM", *BODY]
    )
    assert (cleaned.title, cleaned.author, cleaned.date_line) == (
        "Ice Leaves the Harbour; Boats Sail",
        "J. K. Tern",
        "2024-09-03",
    )
    assert cleaned.text == BODY_TEXT


def test_what_the_page_does_not_say_is_nothing() -> None:
    """No title, author or date is made up from an article that begins with its first sentence."""
    cleaned = remove_furniture(BODY)
    assert (cleaned.text, cleaned.title, cleaned.author, cleaned.date_line) == (BODY_TEXT, None, None, None)


@pytest.mark.parametrize("above", ["Image 1", "By Jo Tern", "Sep 3, 2024", "Photo: Harbour News"])
def test_what_stands_above_a_title_is_not_the_title(above: str) -> None:
    """A caption, byline or date at the top is not taken for the title below it."""
    cleaned = remove_furniture([above, "Ice leaves the harbour", *BODY])
    assert (cleaned.title, cleaned.text) == ("Ice leaves the harbour", BODY_TEXT)


def test_a_title_that_is_known_is_not_repeated_in_the_text() -> None:
    """A first paragraph that says the known title again goes; one that says something else stays."""
    assert remove_furniture(["ICE LEAVES THE HARBOUR", *BODY], title="Ice leaves the Harbour!").text == BODY_TEXT
    assert remove_furniture(["A cold week", *BODY], title="Ice leaves").text == f"A cold week\n\n{BODY_TEXT}"


def test_the_day_of_a_change_is_not_the_day_of_publication() -> None:
    """A line that says when the page was updated goes, and gives no date; the line that says published does."""
    assert remove_furniture(["Updated: 2024-09-05 08:30", *BODY]).date_line is None
    both = remove_furniture(["Updated: 2024-09-05", "Published: September 3, 2024", *BODY])
    assert (both.date_line, both.text) == ("Published: September 3, 2024", BODY_TEXT)


def test_dates_and_bylines_inside_an_article_stay() -> None:
    """Once the article has begun, a line that is only a date, or begins with By, is part of it."""
    rows = [*BODY, "September 3, 2024", "By Jo Tern"]
    assert remove_furniture(rows).text == "\n\n".join(rows)


def test_a_heading_over_nothing_goes() -> None:
    """A last heading headed a widget that is gone; a heading over text stays."""
    assert remove_furniture(["Text of the article begins here.", "## Ice", *BODY, "## Discussion", "Was this helpful?"]).text == (
        f"Text of the article begins here.\n\n## Ice\n\n{BODY_TEXT}"
    )


@pytest.mark.parametrize(
    ("row", "mended"),
    [
        ("The writer fishes.([email protected])", "The writer fishes."),
        ("The writer fishes ([email&#160;protected]).", "The writer fishes."),
        ("The writer fishes. jo[at]harbour.example", "The writer fishes."),
        ("The writer fishes (jo [at] harbour [dot] example).", "The writer fishes."),
        ("The writer fishes <jo.tern@harbour.example>.", "The writer fishes."),
        ("Meet us @ the quay at 5.5 knots.", "Meet us @ the quay at 5.5 knots."),
        ("She works [at] home.", "She works [at] home."),
    ],
)
def test_e_mail_addresses_go_and_the_sentence_stays(row: str, mended: str) -> None:
    """An address goes with the brackets around it, written out or obfuscated; nothing else of the sentence does."""
    assert without_e_mails(row) == mended


@pytest.mark.parametrize(
    "row",
    [
        "Sep 24, 2025 10:40 PM",
        "5 March 2025",
        "Wednesday, Sept. 24, 2025",
        "Published: March 5, 2025",
        "2025年3月5日",
        "2025/3/5 08:30",
    ],
)
def test_date_lines_are_recognised(row: str) -> None:
    """A line that is nothing but a date, with or without a time, is a date line."""
    assert looks_like_date(row)


@pytest.mark.parametrize("row", ["March was cold", "2025", "On March 5, 2025 it froze", "March 5, 2025 was cold."])
def test_lines_with_other_words_are_no_date_lines(row: str) -> None:
    """A date inside a sentence does not make the sentence a date line."""
    assert not looks_like_date(row)
