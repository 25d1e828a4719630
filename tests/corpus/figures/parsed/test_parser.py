"""The parser's files are the recorded ones, or they are not used."""

from pathlib import Path

import pytest

from corpus.figures.parsed import parser as module
from corpus.figures.parsed.parser import DIGEST, ParserError, digest_of, parser


def test_the_installed_parser_is_the_one_that_is_meant() -> None:
    """Its files have the digest, and it finds a verb's subject."""
    tree = parser()("The plant closed in May.")
    assert [token.text for token in tree if token.dep_ == "nsubj"] == ["plant"]


def test_a_changed_file_is_told(tmp_path: Path) -> None:
    """One byte more, or another name, is another digest."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "model").write_bytes(b"weights")
    first = digest_of(tmp_path)
    (tmp_path / "inner" / "model").write_bytes(b"weights.")
    assert digest_of(tmp_path) != first
    (tmp_path / "inner" / "model").write_bytes(b"weights")
    assert digest_of(tmp_path) == first != DIGEST
    (tmp_path / "inner" / "model").rename(tmp_path / "model")
    assert digest_of(tmp_path) != first


def test_other_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the folder, the digest and the cure, and nothing is loaded."""
    monkeypatch.setattr(module, "DIGEST", "0" * 64)
    parser.cache_clear()
    with pytest.raises(
        ParserError, match=rf"en_core_web_sm\S+ is not the one that is meant.* {DIGEST}\. Install corpusbot anew\.$"
    ):
        parser()
    monkeypatch.undo()
    parser.cache_clear()


@pytest.mark.parametrize(("name", "value"), [("PACKAGE", "no_such_package"), ("FOLDER", "no-such-folder")])
def test_a_missing_parser_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Whether the package is missing or holds another version."""
    monkeypatch.setattr(module, name, value)
    parser.cache_clear()
    with pytest.raises(ParserError, match=rf"parser is missing: .*{value}.* Install corpusbot anew\.$"):
        parser()
    monkeypatch.undo()
    parser.cache_clear()
