"""Formats: bytes of .md, .txt, .html and .pdf to paragraphs and what they say of their source."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
import pytest

from corpus.errors import ArticleError
from corpus.formats import Document, decode, markdown_paragraphs, read_document
from tests.corpus.sample_files import PAGE, PAGE_TEXT, pdf_bytes

LONG = "The harbour froze in January, and no boat left the quay for nine days, because the ice was as thick as a hand."
LONG_2 = "The council paid for the coal, and the school stayed open for everyone who had no stove at home to sit beside."


def text_file(text: str) -> list[str]:
    return read_document(text.encode(), ".txt", "a.txt").paragraphs


def refusal(raw: bytes, suffix: str) -> str:
    with pytest.raises(ArticleError) as caught:
        read_document(raw, suffix, f"bad{suffix}")
    sentence = str(caught.value)
    assert sentence.startswith(f"bad{suffix}:") and "\n" not in sentence
    return sentence


# --- encodings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The café’s “daily” paper – £5.", "utf-8"),
        ("The café’s “daily” paper – £5.", "utf-8-sig"),
        ("The café’s “daily” paper – £5.", "cp1252"),
        ("“China’s boom” is “Cold” – naïve résumés cost €30…", "cp1252"),
        ("Le marché a été très agité l’année dernière, après l’été.", "cp1252"),
        ("The café’s “daily” paper – £5.", "utf-16"),
        ("人工智能正在改变世界。中国的发展很快。", "gb18030"),
        ("人工智能正在改变世界。中国的发展很快。", "utf-8-sig"),
        ("شمس 🙂 שלום", "utf-8"),
    ],
)
def test_text_is_read_in_the_encodings_that_papers_use(text: str, encoding: str) -> None:
    """UTF-8 with or without byte order mark, UTF-16, Windows-1252 and GB 18030 give the letters that were written."""
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(1, 32)) * 4, b"\xff\xfe\x00"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_binary_files_are_refused(raw: bytes, suffix: str) -> None:
    """A picture or program under the name of a text is refused in a sentence that names it."""
    refusal(raw, suffix)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf"])
@pytest.mark.parametrize("raw", [b"", b" \r\n\t\n"])
def test_empty_files_are_refused(raw: bytes, suffix: str) -> None:
    """A file of nothing, or of blank lines, is refused as empty."""
    assert "empty" in refusal(raw, suffix)


@pytest.mark.parametrize("suffix", [".docx", ".png", ""])
def test_other_kinds_of_file_are_refused(suffix: str) -> None:
    """A kind that cannot be imported is refused with the list of those that can."""
    assert ".md .txt .html .pdf" in refusal(b"x", suffix)


def test_the_ending_is_read_in_any_case() -> None:
    """`.TXT` is a text file."""
    assert read_document(b"Hello there.", ".TXT", "A.TXT") == Document(["Hello there."], {})


# --- plain text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_that_are_paragraphs_stay_apart(end: str) -> None:
    """Long lines are whole paragraphs, with or without blank lines between them, under every line end."""
    assert text_file(f"{LONG}{end}{LONG_2}{end}{end}{LONG}") == [LONG, LONG_2, LONG]


def test_lines_that_an_editor_wrapped_are_joined() -> None:
    """A paragraph broken at the margin is one paragraph again."""
    wrapped = "The harbour froze in January, and no boat left\nthe quay for nine days, because the ice was as\nthick as a hand."
    assert text_file(f"{wrapped}\n\n{wrapped}") == [wrapped.replace("\n", " ")] * 2


def test_short_lines_above_long_ones_are_headings() -> None:
    """A short line without a full stop above a paragraph is a heading; a byline, a date and a sentence are not."""
    assert text_file(f"A hard winter\n{LONG}")[0] == "## A hard winter"
    for row in ("By Jo Tern", "September 3, 2024", "It was cold.", "Why did it freeze?"):
        assert text_file(f"{row}\n{LONG}")[0] == row


# --- Markdown --------------------------------------------------------------------------------------------------------


def test_front_matter_is_told_from_text() -> None:
    """The keys of the front matter become what is known; the text begins after it."""
    document = read_document(f"---\ntitle: Ice\ndate: 2024-09-03\n---\n\n{LONG}\n".encode(), ".md", "a.md")
    assert document == Document([LONG], {"title": "Ice", "date": dt.date(2024, 9, 3)})


def test_markup_goes_and_words_stay() -> None:
    """Emphasis, links and code keep their words, headings their signs; pictures and rules go."""
    text = (
        "Ice\n===\n\n### Cold\n\nIt was *very* **cold** at the [quay](http://x.example), `-5`.\n\n![map](m.png)\n\n---\n\n> Brr."
    )
    assert markdown_paragraphs(text) == ["## Ice", "### Cold", "It was very cold at the quay, -5.", "Brr."]


def test_lists_tables_and_code_keep_their_words() -> None:
    """Items, cells and listings are part of the text."""
    paragraphs = markdown_paragraphs("- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    listed\n")
    assert [row.strip() for row in paragraphs] == ["one", "two", "a", "b", "1", "2", "listed"]


@pytest.mark.parametrize("front_matter", ["title: 'open", "a: [", "published_on: 2025-02-30"])
def test_bad_front_matter_is_one_sentence(front_matter: str) -> None:
    """Front matter that is no YAML, or holds a day that does not exist, is refused in a sentence."""
    assert "front matter" in refusal(f"---\n{front_matter}\n---\nText.".encode(), ".md")


# --- HTML ------------------------------------------------------------------------------------------------------------


def test_a_page_gives_its_article_and_what_its_head_says() -> None:
    """Title, author, date, paper and address come from the head; cookies, menus, comments and footers stay out."""
    document = read_document(PAGE.encode(), ".html", "a.html")
    assert document.paragraphs == ["# Tidal power comes to Port Ellery", *PAGE_TEXT.split("\n\n")]
    assert document.metadata == {
        "title": "Tidal power comes to Port Ellery",
        "author": "Mira Castellan",
        "publisher": "The Harbour Post",
        "published_on": dt.date(2024, 11, 8),
        "url": "https://harbour.example/tidal",
    }


def test_a_page_that_says_nothing_of_itself_leaves_it_unknown() -> None:
    """No title, author, paper or date is made up for a page that has none."""
    document = read_document(f"<html><body><p>{LONG}</p><p>{LONG_2}</p></body></html>".encode(), ".htm", "a.htm")
    assert document == Document([LONG, LONG_2], {})


def test_a_page_in_windows_1252_keeps_its_letters() -> None:
    """Pages of older papers keep their quotation marks and accents."""
    page = f"<html><body><article><p>{LONG}</p><p>“Cafés” opened – at £5 – in the town’s old quarter.</p></article></body></html>"
    assert (
        "“Cafés” opened – at £5 – in the town’s old quarter."
        in read_document(page.encode("cp1252"), ".html", "a.html").paragraphs
    )


def test_a_page_without_an_article_is_refused() -> None:
    """A page whose words are all drawn by a script is refused in a sentence."""
    refusal(b"<html><body><div id='app'></div><script>draw('Home')</script></body></html>", ".html")


# --- PDF -------------------------------------------------------------------------------------------------------------

PRINTED = [
    "The harbour froze in January, and no boat left the quay for nine",
    "days, because the ice was as thick as a hand. The mayor said",
    "so.",
    "The council paid for the coal, and the school stayed open for all",
    "who had no stove (or no wood) at home.",
]
PRINTED_TEXT = [" ".join(PRINTED[:3]), " ".join(PRINTED[3:])]


def test_printed_lines_become_paragraphs() -> None:
    """The lines of a PDF are joined to paragraphs, and title and author come from its metadata."""
    document = read_document(pdf_bytes([PRINTED], "Ice (again)", "Jo Tern"), ".pdf", "a.pdf")
    assert document == Document(PRINTED_TEXT, {"title": "Ice (again)", "author": "Jo Tern"})


def test_a_pdf_that_says_nothing_of_itself_leaves_it_unknown() -> None:
    """Empty metadata is nothing, and the day the file was made is not taken for the day of publication."""
    assert read_document(pdf_bytes([PRINTED]), ".pdf", "a.pdf").metadata == {}


def test_a_sentence_across_pages_is_one_sentence_without_page_numbers_and_running_heads() -> None:
    """Page numbers and the line that heads every page go; a sentence that the page cut in two is whole."""
    head = "The Harbour Post"
    pages = [[head, *PRINTED[:4], "1"], [head, *PRINTED[4:], *PRINTED[:3], "Page 2 of 3"], [head, *PRINTED[3:], "3 / 3"]]
    document = read_document(pdf_bytes(pages), ".pdf", "a.pdf")
    assert document.paragraphs == PRINTED_TEXT * 2


def test_a_word_broken_at_the_margin_is_whole() -> None:
    """A hyphen at the end of a line joins the two halves of a word."""
    lines = ["The harbour froze in January, and no boat left the quay be-", "cause of the ice."]
    assert "because of the ice." in read_document(pdf_bytes([lines]), ".pdf", "a.pdf").paragraphs[0]


def test_a_pdf_of_pictures_names_the_cure() -> None:
    """A scan without text is refused with the word for what it needs."""
    assert "OCR" in refusal(pdf_bytes([[], []]), ".pdf")


@pytest.mark.parametrize("raw", [b"plain text", b"%PDF-1.7\nnothing follows", pdf_bytes([PRINTED])[:200]])
def test_a_damaged_pdf_is_refused(raw: bytes) -> None:
    """What is no PDF, or only the beginning of one, is refused in a sentence."""
    refusal(raw, ".pdf")


def test_a_locked_pdf_is_refused() -> None:
    """A PDF under a password is refused in a sentence that says so."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_bytes([PRINTED])))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    assert "password" in refusal(written.getvalue(), ".pdf")
