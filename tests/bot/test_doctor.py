"""`bot.doctor`: what it finds, and whether it says what to do."""

from __future__ import annotations

import base64
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from pydantic import SecretStr

from bot.doctor import PERMISSIONS, Finding, examine, invite_link
from bot.services import Services
from bot.settings import SHIPPED_COLLECTION, Settings, load_settings
from corpus.collection import write_article
from embeddings.errors import ModelError
from embeddings.generation import current_id, generations_folder
from tests.bot.sample_articles import FERRY
from tests.fake_encoder import FakeEncoder

TOKEN = "sesame.klopstock.wunderkammer"


@pytest.fixture(autouse=True)
def hand_made_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor looks at the encoder that `services` uses."""
    monkeypatch.setattr("bot.doctor.SentenceTransformerEncoder", lambda name, check_cache: FakeEncoder())


def found(settings: Settings, topic: str) -> Finding:
    """The one finding about a topic."""
    (finding,) = [finding for finding in examine(settings) if finding.sentence.startswith(f"{topic}: ")]
    return finding


def current_folder(settings: Settings) -> Path:
    """Where the index that answers lies."""
    return generations_folder(settings.data_dir) / str(current_id(settings.data_dir))


def test_all_is_well_after_a_reindex(services: Services) -> None:
    """Nothing vital is missing; only the token is, which the command line does not need."""
    findings = examine(services.settings)
    assert [finding.sentence.split(":")[0] for finding in findings] == ["Settings", "Collection", "Model", "Index", "Discord"]
    assert [finding.good for finding in findings] == [True, True, True, True, False]
    assert not findings[-1].vital
    assert "3 articles" in findings[1].sentence and "consistent" in findings[3].sentence


def test_a_missing_index_is_told_with_its_cure(settings: Settings) -> None:
    """Before the first reindex the bot could not answer: that is vital, and the command is named."""
    finding = found(settings, "Index")
    assert (finding.good, finding.vital) == (False, True)
    assert finding.sentence.endswith("Run: corpusbot reindex")


def test_a_changed_collection_is_a_note(services: Services) -> None:
    """The old index still answers, so this is worth telling but not vital."""
    write_article(replace(FERRY, id="later", text="Something new happened."), services.settings.collection_dir)
    finding = found(services.settings, "Index")
    assert (finding.good, finding.vital) == (False, False)
    assert "has changed since. Run: corpusbot reindex" in finding.sentence


def test_a_changed_catalogue_is_a_note(services: Services, tmp_path: Path) -> None:
    """The old index still answers, but names its figures by the old catalogue."""
    (tmp_path / "metrics.toml").write_text("", encoding="utf-8")
    finding = found(services.settings.model_copy(update={"catalogue_file": tmp_path / "metrics.toml"}), "Index")
    assert (finding.good, finding.vital) == (False, False)
    assert "the catalogue has changed since. Run: corpusbot reindex" in finding.sentence


def test_figures_that_would_be_read_otherwise_now_are_a_note(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update that reads figures better, the old index still answers, and a reindex is worth it."""
    assert services.index_is_good()
    for module in ("bot.doctor", "bot.services"):
        monkeypatch.setattr(f"{module}.EXTRACTOR_VERSION", "later")
    finding = found(services.settings, "Index")
    assert (finding.good, finding.vital) == (False, False)
    assert "the way of reading figures has changed since. Run: corpusbot reindex" in finding.sentence
    assert not services.index_is_good()


def test_a_catalogue_that_cannot_be_read_is_told(services: Services, tmp_path: Path) -> None:
    """The index answers without it, but the next reindex would fail: the file is named."""
    finding = found(services.settings.model_copy(update={"catalogue_file": tmp_path / "gone.toml"}), "Index")
    assert (finding.good, finding.vital) == (False, False)
    assert f"{tmp_path / 'gone.toml'} does not exist" in finding.sentence


def test_the_figures_of_the_index_are_counted(services: Services) -> None:
    """How many figures there are, and how many numbers could not be read, is told with the other counts."""
    with services.generation() as generation:
        manifest = generation.manifest
    assert f" sentences, {manifest.figures} figures ({manifest.figures_left_out} numbers left out), built " in (
        found(services.settings, "Index").sentence
    )


@pytest.mark.parametrize("file", ["manifest.json", "corpus.db", "vectors.faiss"])
@pytest.mark.parametrize("damage", ["gone", "cut short"])
def test_a_damaged_index_is_told_with_its_cure(services: Services, file: str, damage: str) -> None:
    """Whichever file is missing or cut short, the finding is vital and names what to run."""
    path = current_folder(services.settings) / file
    content = path.read_bytes()
    path.unlink()
    if damage == "cut short":
        path.write_bytes(content[:60])
    finding = found(services.settings, "Index")
    assert (finding.good, finding.vital) == (False, True)
    assert finding.sentence.endswith("Run: corpusbot reindex")


def test_an_index_of_another_model_is_told(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """After MODEL_NAME was changed the index does not fit any more."""
    monkeypatch.setattr("bot.doctor.SentenceTransformerEncoder", lambda *_: FakeEncoder("other-words"))
    finding = found(services.settings, "Index")
    assert not finding.good and finding.vital
    assert "'fake-words'" in finding.sentence and "'other-words'" in finding.sentence


def test_a_model_that_cannot_be_used_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other findings are still made."""

    def missing(*_: object) -> FakeEncoder:
        raise ModelError("The default model's files are not installed. Run: pip install it.")

    monkeypatch.setattr("bot.doctor.SentenceTransformerEncoder", missing)
    finding = found(settings, "Model")
    assert not finding.good and finding.vital and "not installed" in finding.sentence
    assert found(settings, "Collection").good


def test_a_missing_collection_is_told(services: Services) -> None:
    """The index answers without it, but the next reindex would fail: its absence is told once, under its own name."""
    shutil.rmtree(services.settings.collection_dir)
    assert not found(services.settings, "Collection").good
    assert found(services.settings, "Index").good


def test_the_shipped_collection_is_said_to_be_shipped() -> None:
    """An operator sees whether their own articles are being read."""
    assert "(the shipped one)" in found(load_settings(), "Collection").sentence
    assert load_settings().collection_dir == SHIPPED_COLLECTION


def test_a_token_is_never_shown(settings: Settings) -> None:
    """Only that there is one is told."""
    findings = examine(settings.model_copy(update={"discord_token": SecretStr(TOKEN)}))
    assert findings[-1].good
    assert all(part not in str(findings) for part in TOKEN.split("."))


def test_examining_changes_nothing(services: Services) -> None:
    """The doctor looks and writes no file of index or collection."""

    def contents() -> dict[Path, bytes]:
        folders = (services.settings.data_dir, services.settings.collection_dir)
        return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}

    before = contents()
    examine(services.settings)
    assert contents() == before


def test_the_invite_link_is_made_from_the_token(settings: Settings) -> None:
    """The application's number stands in every token: the link names it, the scopes, and no permission that is not used."""
    number = 123456789012345678
    token = f"{base64.urlsafe_b64encode(str(number).encode()).decode().rstrip('=')}.sesame.wunderkammer"
    findings = examine(settings.model_copy(update={"discord_token": SecretStr(token)}))
    assert findings[-1].good and findings[-1].sentence.startswith("Invite: https://discord.com/")
    query = parse_qs(urlsplit(findings[-1].sentence.removeprefix("Invite: ")).query)
    assert query["client_id"] == [str(number)] and set(query["scope"][0].split()) == {"bot", "applications.commands"}
    assert discord.Permissions(int(query["permissions"][0])) == PERMISSIONS
    assert not PERMISSIONS.administrator and not PERMISSIONS.manage_guild
    assert "wunderkammer" not in str(findings)


@pytest.mark.parametrize("token", ["", "sesame", "c2VzYW1l.x.y", "\N{SNOWMAN}.x.y", "A.b.c"])
def test_of_a_token_of_another_shape_no_link_is_made(token: str) -> None:
    """Nothing is guessed."""
    assert invite_link(token) is None
