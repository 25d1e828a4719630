"""Imports: files, folders and web pages into a collection; what is refused, kept once, replaced, passed over."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus.article import Article, Kind, read_article
from corpus.collection import read_collection, write_article
from corpus.errors import ArticleError, CollectionError
from corpus.importing import ImportReport, Outcome, import_paths
from tests.corpus.sample_files import PAGE, PAGE_TEXT, pdf_bytes

BODY = (
    "The harbour froze in January, and no boat left the quay for nine days, because the ice was thick.\n\n"
    "The council paid for the coal, and the school stayed open for everyone who had no stove at home."
)
OTHER = "A ferry sails every hour from the first of May, and it carries bicycles for nothing, the council said."


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    return tmp_path / "collection"


def put(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def only(report: ImportReport) -> Article:
    assert not report.refused
    (imported,) = report.imported
    return imported.article


def outcomes(report: ImportReport) -> list[Outcome]:
    assert not report.refused
    return [imported.outcome for imported in report.imported]


def sentence(report: ImportReport, name: str) -> str:
    """The one sentence of a report in which the one file was refused."""
    (refused,) = report.refused
    assert name in refused and "\n" not in refused
    return refused


# --- kinds of file ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.txt", f"Ice in the harbour\n\n{BODY}", BODY),
        ("a.md", f"# Ice in the harbour\n\n{BODY}", BODY),
        ("a.md", f"---\ntitle: Ice in the harbour\n---\n\n{BODY}", BODY),
        ("a.html", PAGE.replace("Tidal power comes to Port Ellery", "Ice in the harbour"), PAGE_TEXT),
        (
            "a.pdf",
            pdf_bytes([BODY.replace("\n\n", " ").split(", ")], "Ice in the harbour"),
            BODY.replace("\n\n", " ").replace(", ", " "),
        ),
    ],
)
def test_each_kind_of_file_becomes_an_article(inbox: Path, collection: Path, name: str, content: str | bytes, text: str) -> None:
    """Text, Markdown, pages and PDF files give text and title, and the collection reads back what was imported."""
    article = only(import_paths([put(inbox, name, content)], collection))
    assert (article.id, article.title, article.text) == ("ice-in-the-harbour", "Ice in the harbour", text)
    assert read_collection(collection) == [article]
    assert [path.name for path in collection.iterdir()] == ["ice-in-the-harbour.md"]


def test_a_page_brings_what_its_head_says(inbox: Path, collection: Path) -> None:
    """Author, paper, date and address of a web page are taken from its metadata."""
    article = only(import_paths([put(inbox, "tidal.html", PAGE)], collection))
    assert article == Article(
        id="tidal-power-comes-to-port-ellery",
        text=PAGE_TEXT,
        title="Tidal power comes to Port Ellery",
        publisher="The Harbour Post",
        author="Mira Castellan",
        published_on=dt.date(2024, 11, 8),
        url="https://harbour.example/tidal",
    )


def test_title_byline_and_date_come_from_the_text(inbox: Path, collection: Path) -> None:
    """Without sources.toml the text itself says what it can."""
    article = only(
        import_paths([put(inbox, "a.txt", f"Ice in the harbour\nBy Jo Tern\nPublished: Sept. 3, 2024\n\n{BODY}")], collection)
    )
    assert (article.title, article.author, article.published_on) == ("Ice in the harbour", "Jo Tern", dt.date(2024, 9, 3))
    assert article.text == BODY


@pytest.mark.parametrize("name", ["ice 2024-09-03.txt", "ice.md", "ice.html", "ice.pdf"])
def test_what_stays_unknown_is_never_invented(inbox: Path, collection: Path, name: str) -> None:
    """Neither the file's name nor its day, nor today, gives a title, author, paper, date or address."""
    content: str | bytes = BODY
    if name.endswith(".html"):
        content = "<html><body>" + "".join(f"<p>{row}</p>" for row in BODY.split("\n\n")) + "</body></html>"
    if name.endswith(".pdf"):
        content = pdf_bytes([BODY.replace("\n\n", " ").split(", ")])
    article = only(import_paths([put(inbox, name, content)], collection))
    assert (article.title, article.publisher, article.author, article.published_on, article.url) == (None,) * 5
    assert article.id.startswith("ice")


@pytest.mark.parametrize("written", ["PORT ELLERY, Mar. 5 (HP) – ", "In March 2025, ", "Yesterday, "])
def test_half_a_date_is_no_date(inbox: Path, collection: Path, written: str) -> None:
    """A day without a year, a month without a day, and a day counted from another are all unknown."""
    assert only(import_paths([put(inbox, "a.txt", f"{written}{BODY}")], collection)).published_on is None


def test_front_matter_of_another_program_gives_what_we_know(inbox: Path, collection: Path) -> None:
    """From a foreign file our keys are read, under its names for them; its own keys are passed over."""
    front_matter = "title: Ice\ndate: 2024-09-03T08:00:00Z\nlang: en-GB\ntags: [ice, coal]\ndraft: false\nlayout: post"
    article = only(import_paths([put(inbox, "a.md", f"---\n{front_matter}\n---\n{BODY}")], collection))
    assert article == Article("ice", BODY, title="Ice", published_on=dt.date(2024, 9, 3), language="en-GB")


def test_a_file_of_a_collection_is_imported_as_it_is(inbox: Path, collection: Path) -> None:
    """A file with our own front matter keeps its id, kind and source."""
    article = Article("ice-2024", BODY, title="Ice", publisher="HP", published_on=dt.date(2024, 9, 3), kind=Kind.BRIEF)
    write_article(article, inbox)
    assert only(import_paths([str(inbox)], collection)) == article


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_letters_survive_the_encoding(inbox: Path, collection: Path, encoding: str) -> None:
    """Whatever a paper's file is encoded in, the collection holds the letters in UTF-8 and NFC."""
    text = "The café’s “daily” paper – £5 – said so, and the mayor’s résumé was read out at the quay by a naïve clerk."
    article = only(import_paths([put(inbox, "a.txt", text.encode(encoding))], collection))
    assert read_collection(collection)[0].text == article.text == text


# --- folders and sources.toml ----------------------------------------------------------------------------------------


def test_sources_say_what_the_files_do_not(inbox: Path, collection: Path) -> None:
    """What sources.toml knows of a file wins over the file; what it leaves out comes from the file or is unknown."""
    put(inbox, "a.txt", f"Ice in the harbour\nBy Jo Tern\n\n{BODY}")
    put(inbox, "b.txt", OTHER)
    put(inbox, "sources.toml", '["a.txt"]\nid = "ice-2024"\npublisher = "HP"\npublished_on = 2024-09-03\nauthor = "J. Tern"\n')
    report = import_paths([str(inbox)], collection)
    assert [imported.article for imported in report.imported] == [
        Article("ice-2024", BODY, title="Ice in the harbour", publisher="HP", author="J. Tern", published_on=dt.date(2024, 9, 3)),
        Article("b", OTHER),
    ]


def test_sources_count_for_a_single_file_too(inbox: Path, collection: Path) -> None:
    """A file named by itself is described by the sources.toml beside it."""
    put(inbox, "sources.toml", '["a.txt"]\nid = "ice-2024"\n')
    assert only(import_paths([put(inbox, "a.txt", BODY)], collection)).id == "ice-2024"


def test_sources_describe_foreign_markdown(inbox: Path, collection: Path) -> None:
    """An id from sources.toml does not make the foreign keys of a file's front matter mistakes."""
    put(inbox, "a.md", f"---\ntitle: Ice\ntags: [x]\ndate: 2024-09-03\n---\n{BODY}")
    put(inbox, "sources.toml", '["a.md"]\nid = "ice-2024"\n')
    assert only(import_paths([str(inbox)], collection)) == Article(
        "ice-2024", BODY, title="Ice", published_on=dt.date(2024, 9, 3)
    )


def test_folders_in_folders_are_read_and_hidden_files_are_not(inbox: Path, collection: Path) -> None:
    """A folder is imported to its depth; what the system hides in it is left alone."""
    put(inbox, "2024/winter/a.txt", BODY)
    put(inbox, ".git/b.txt", OTHER)
    put(inbox, ".DS_Store", b"\x00\x01")
    assert only(import_paths([str(inbox)], collection)).id == "a"


def test_a_readme_is_passed_over(inbox: Path, collection: Path) -> None:
    """A file about the folder is no article, and the report says that it was passed over."""
    for name in ("README.md", "LICENSE.txt"):
        put(inbox, name, f"These are articles.\n\n{OTHER}")
    put(inbox, "a.txt", BODY)
    report = import_paths([str(inbox)], collection)
    assert only(report).id == "a"
    assert sorted(Path(row.split(":")[0]).name for row in report.passed_over) == ["LICENSE.txt", "README.md"]


def test_a_readme_that_sources_describe_is_an_article(inbox: Path, collection: Path) -> None:
    """What sources.toml names is meant."""
    put(inbox, "README.md", BODY)
    put(inbox, "sources.toml", '["README.md"]\nid = "read-this"\n')
    assert only(import_paths([str(inbox)], collection)).id == "read-this"


@pytest.mark.parametrize(
    ("toml", "word"),
    [
        ('["a.txt"\nid = "x"', "not valid TOML"),
        ("published_on = 2025-02-30", "not valid TOML"),
        ('title = "Ice"', "must be a table"),
        (b"\xff\xfe\x00", "not valid TOML"),
    ],
)
def test_a_malformed_sources_file_is_one_sentence(inbox: Path, collection: Path, toml: str | bytes, word: str) -> None:
    """Its folder is not imported with half of what is known; the other sources still go in."""
    put(inbox, "bad/a.txt", BODY)
    put(inbox, "bad/b.txt", BODY)
    put(inbox, "bad/sources.toml", toml)
    put(inbox, "good/c.txt", OTHER)
    report = import_paths([str(inbox / "bad"), str(inbox / "good")], collection)
    assert word in sentence(report, "sources.toml")
    assert [imported.article.id for imported in report.imported] == ["c"]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('titel = "Ice"', "unknown key 'titel'"),
        ('published_on = "2025-02-30"', "'2025-02-30'"),
        ('published_on = "03/04/2025"', "2025-03-05"),
        ('published_on = "yesterday"', "'yesterday'"),
        ("published_on = 2025", "2025-03-05"),
        ("title = 5", "quotation marks"),
        ('id = "Not An Id"', "'Not An Id'"),
        ('kind = "rumour"', "'rumour'"),
        ('url = "harbour.example"', "https://"),
    ],
)
def test_a_bad_value_in_sources_names_sources_and_the_file(inbox: Path, collection: Path, line: str, word: str) -> None:
    """An unknown key or a bad value is one sentence that says where it stands; the other files still go in."""
    put(inbox, "a.txt", BODY)
    put(inbox, "b.txt", OTHER)
    put(inbox, "sources.toml", f'["a.txt"]\n{line}\n["b.txt"]\nid = "ferry"\n')
    report = import_paths([str(inbox)], collection)
    refused = sentence(report, "sources.toml")
    assert word in refused and "a.txt" in refused
    assert [imported.article.id for imported in report.imported] == ["ferry"]


def test_a_date_written_in_words_is_read(inbox: Path, collection: Path) -> None:
    """A full date in words is as good as one in figures."""
    put(inbox, "sources.toml", '["a.txt"]\npublished_on = "3 September 2024"\n')
    assert only(import_paths([put(inbox, "a.txt", BODY)], collection)).published_on == dt.date(2024, 9, 3)


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("bad.md", b""),
        ("bad.html", b" \n "),
        ("bad.pdf", b"not a pdf"),
        ("bad.docx", b"PK\x03\x04"),
        ("bad.txt", b"x" * 2001),
        ("bad.txt", b"Image 1\n\nWas this helpful?\n"),
        ("bad.md", b"---\nid: a\ntags: x\n---\nText.\n"),
        ("bad.md", b"---\ntitle: 'open\n---\nText.\n"),
        ("bad.md", b"---\npublished_on: 2025-02-30\n---\nText.\n"),
    ],
)
def test_a_bad_file_is_named_and_the_others_still_go_in(inbox: Path, collection: Path, name: str, content: bytes) -> None:
    """Binary, empty, broken, oversized or article-less files are refused each in a sentence."""
    put(inbox, "a.txt", BODY)
    put(inbox, name, content)
    put(inbox, "z.txt", OTHER)
    report = import_paths([str(inbox)], collection, max_bytes=2000)
    sentence(report, name)
    assert [imported.article.id for imported in report.imported] == ["a", "z"]
    assert len(read_collection(collection)) == 2


def test_the_size_limit_is_a_setting(inbox: Path, collection: Path) -> None:
    """A file of exactly the limit goes in; one byte more is refused with the setting's name."""
    path = put(inbox, "a.txt", OTHER)
    report = import_paths([path], collection, max_bytes=len(OTHER) - 1)
    assert "MAX_IMPORT_BYTES" in sentence(report, "a.txt")
    assert outcomes(import_paths([path], collection, max_bytes=len(OTHER))) == [Outcome.NEW]


def test_a_file_that_cannot_be_read_is_named(inbox: Path, collection: Path) -> None:
    """A path that is not there, and a link to nothing inside a folder, are refused and the others still go in."""
    put(inbox, "a.txt", BODY)
    (inbox / "link.txt").symlink_to(inbox / "gone.txt")
    assert "cannot be read" in sentence(report := import_paths([str(inbox)], collection), "link.txt")
    assert [imported.article.id for imported in report.imported] == ["a"]
    sentence(import_paths([str(inbox / "nowhere.txt")], collection), "nowhere.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_named(inbox: Path, collection: Path) -> None:
    """A file that the operator may not read is refused in a sentence."""
    path = Path(put(inbox, "a.txt", BODY))
    path.chmod(0)
    sentence(import_paths([str(path)], collection), "a.txt")


def test_a_folder_without_files_is_named(inbox: Path, collection: Path) -> None:
    """An empty folder is no silent success."""
    assert "holds no file" in sentence(import_paths([str(inbox)], collection), "inbox")


# --- one article, once -----------------------------------------------------------------------------------------------


def test_the_same_article_twice_is_kept_once(inbox: Path, collection: Path) -> None:
    """The same text under another name, in another format, or on another day adds nothing."""
    put(inbox, "a.txt", BODY)
    put(inbox, "b.md", f"\ufeff{BODY}\r\n")
    assert outcomes(import_paths([str(inbox)], collection)) == [Outcome.NEW, Outcome.DUPLICATE]
    assert outcomes(import_paths([str(inbox)], collection)) == [Outcome.DUPLICATE] * 2
    assert [path.name for path in collection.iterdir()] == ["a.md"]


def test_two_articles_of_one_title_are_both_kept(inbox: Path, collection: Path) -> None:
    """An id made from a title never overwrites another article."""
    put(inbox, "a.txt", f"Ice in the harbour\n\n{BODY}")
    put(inbox, "b.txt", f"Ice in the harbour\n\n{OTHER}")
    assert outcomes(import_paths([str(inbox)], collection)) == [Outcome.NEW, Outcome.NEW]
    assert {article.text for article in read_collection(collection)} == {BODY, OTHER}


def test_the_same_id_with_another_text_is_an_update(inbox: Path, collection: Path) -> None:
    """An article that was corrected takes the place of its earlier text; a new source alone is an update too."""
    first = Article("ice", BODY, title="Ice")
    for article in (first, replace(first, text=OTHER), replace(first, text=OTHER, title="Ferry")):
        write_article(article, inbox)
        outcome = outcomes(import_paths([str(inbox)], collection))
        assert outcome == [Outcome.NEW if article is first else Outcome.UPDATED]
        assert read_collection(collection) == [article]


def test_an_original_replaces_its_brief_whose_file_stays(inbox: Path, collection: Path) -> None:
    """The original is what is read from then on; the brief's file keeps every byte."""
    collection.mkdir()
    brief = write_article(Article("ice", "Our account of the ice.", kind=Kind.BRIEF), collection)
    before = brief.read_bytes()
    put(inbox, "sources.toml", '["a.txt"]\nid = "ice"\n')
    put(inbox, "a.txt", BODY)
    assert outcomes(import_paths([str(inbox)], collection)) == [Outcome.REPLACES_BRIEF]
    assert [(article.id, article.kind, article.text) for article in read_collection(collection)] == [("ice", Kind.ORIGINAL, BODY)]
    assert brief.read_bytes() == before


def test_removing_an_original_brings_its_brief_back(collection: Path) -> None:
    """The operator can take an original out again, and is left with the brief."""
    collection.mkdir()
    brief = Article("ice", "Our account of the ice.", kind=Kind.BRIEF)
    write_article(brief, collection)
    write_article(Article("ice", BODY), collection).unlink()
    assert read_collection(collection) == [brief]


def test_a_brief_does_not_replace_its_original(inbox: Path, collection: Path) -> None:
    """A brief that comes after the original changes nothing."""
    collection.mkdir()
    original = Article("ice", BODY)
    write_article(original, collection)
    write_article(Article("ice", "Our account of the ice.", kind=Kind.BRIEF), inbox)
    assert outcomes(import_paths([str(inbox)], collection)) == [Outcome.ORIGINAL_HELD]
    assert read_collection(collection) == [original]
    assert len(list(collection.iterdir())) == 1


# --- collections -----------------------------------------------------------------------------------------------------


def test_a_missing_or_empty_collection_names_the_cure(tmp_path: Path) -> None:
    """No folder, and a folder of nothing but a README, say how to fill them."""
    with pytest.raises(CollectionError, match="corpusbot import"):
        read_collection(tmp_path / "nowhere")
    put(tmp_path, "README.md", "About this folder.")
    with pytest.raises(CollectionError, match="holds no articles"):
        read_collection(tmp_path)


def test_one_id_in_two_files_is_named(collection: Path) -> None:
    """Two files that claim one id are a mistake that names both."""
    collection.mkdir()
    path = write_article(Article("ice", BODY), collection)
    put(collection, "other.md", path.read_bytes())
    with pytest.raises(ArticleError, match=r"other\.md:1: .*ice\.md"):
        read_collection(collection)


def test_one_text_under_two_ids_is_read_once(collection: Path) -> None:
    """Two files with the same text are one article, under the first id."""
    collection.mkdir()
    for article_id in ("b", "a"):
        write_article(Article(article_id, BODY), collection)
    assert [article.id for article in read_collection(collection)] == ["a"]


def test_a_collection_that_cannot_be_made_is_one_sentence(inbox: Path) -> None:
    """A file in the place of the collection folder is named."""
    path = put(inbox, "a.txt", BODY)
    with pytest.raises(CollectionError, match=r"a\.txt cannot be written"):
        import_paths([path], Path(path))


def test_an_import_leaves_only_whole_files(inbox: Path, collection: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the machine stops in the middle of an update, the earlier article is still whole."""
    collection.mkdir()
    write_article(Article("ice", BODY), collection)

    def power_cut(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", power_cut)
        with pytest.raises(CollectionError, match="No space left"):
            write_article(Article("ice", OTHER), collection)
    assert read_article(collection / "ice.md").text == BODY
    assert [path.name for path in collection.iterdir()] == ["ice.md"]


# --- web pages -------------------------------------------------------------------------------------------------------

SITE: dict[str, tuple[int, str, bytes]] = {
    "/tidal": (200, "text/html; charset=utf-8", PAGE.encode()),
    "/bare.txt": (200, "text/plain", BODY.encode()),
    "/ice.pdf": (200, "application/pdf", pdf_bytes([BODY.replace("\n\n", " ").split(", ")], "Ice")),
    "/ice.md": (200, "text/markdown", f"---\ntitle: Ice\n---\n{BODY}".encode()),
    "/image": (200, "image/png", b"\x89PNG\r\n\x1a\n\x00\x00"),
    "/big": (200, "text/plain", b"word " * 1000),
    "/gone": (404, "text/html", b"<p>Not here.</p>"),
}


class Site(BaseHTTPRequestHandler):
    """The pages of SITE, and a redirect."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/bare.txt")
            self.end_headers()
            return
        status, kind, body = SITE[self.path]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing in the test's output."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a small web site on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/bare.txt", "/ice.pdf", "/ice.md", "/moved"])
def test_an_address_is_imported_by_its_kind(site: str, collection: Path, path: str) -> None:
    """Texts, PDF files and Markdown are fetched, redirects followed, and the address is kept as the source."""
    article = only(import_paths([site + path], collection))
    assert article.url == site + path
    assert article.text.split(", ")[0] == "The harbour froze in January" or path == "/ice.pdf"
    assert read_collection(collection) == [article]


def test_a_web_page_is_imported_with_what_its_head_says(site: str, collection: Path) -> None:
    """A fetched page is cleaned like a saved one; its source is the address that was asked for."""
    article = only(import_paths([f"{site}/tidal"], collection))
    assert (article.text, article.title, article.url) == (PAGE_TEXT, "Tidal power comes to Port Ellery", f"{site}/tidal")
    assert (article.author, article.published_on) == ("Mira Castellan", dt.date(2024, 11, 8))


@pytest.mark.parametrize(("path", "word"), [("/gone", "404"), ("/image", "binary"), ("/big", "MAX_IMPORT_BYTES")])
def test_an_address_that_gives_no_article_is_named(site: str, collection: Path, inbox: Path, path: str, word: str) -> None:
    """A missing page, a picture and a page over the limit are refused; the others still go in."""
    report = import_paths([site + path, put(inbox, "a.txt", BODY)], collection, max_bytes=2000)
    assert word in sentence(report, site + path)
    assert [imported.article.id for imported in report.imported] == ["a"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x", "http://[broken/x", "https://"])
def test_an_address_that_does_not_answer_is_named(collection: Path, address: str) -> None:
    """Nobody at home and no address at all are refused in a sentence."""
    sentence(import_paths([address], collection), address)
