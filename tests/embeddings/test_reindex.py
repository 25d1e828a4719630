"""A reindex encodes only what changed, and until its last step the old generation answers."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.errors import ArticleError, CollectionError
from embeddings import reindex as reindex_module
from embeddings.encoder import BATCH_SIZE
from embeddings.errors import ReindexRunningError, StaleIndexError
from embeddings.generation import current_id, generations_folder, open_current
from embeddings.index_files import content_digest
from embeddings.reindex import reindex, reindex_articles, roll_back
from embeddings.vector_index import VectorIndex
from tests.fake_encoder import FakeEncoder

ROOT = Path(__file__).resolve().parents[2]


def change_ferry(collection: Path) -> None:
    """Change one sentence of one article."""
    path = collection / "ferry.md"
    text = path.read_text(encoding="utf-8")
    assert "eleven times" in text
    path.write_text(text.replace("eleven times", "twelve times"), encoding="utf-8")


def on_disk(data: Path) -> set[str]:
    """The names of everything in the generations' folder."""
    return {path.name for path in generations_folder(data).iterdir()}


def texts_of(data: Path, encoder: FakeEncoder) -> list[str]:
    """What is quoted and encoded in the current generation: sentences, then chunks."""
    generation = open_current(data, encoder)
    chunks = generation.store.all_chunks()
    generation.close()
    return [sentence.text for chunk in chunks for sentence in chunk.sentences] + [chunk.text for chunk in chunks]


# --- nothing is encoded twice ------------------------------------------------------------------------------------------


def test_every_text_is_encoded_once(town_index, fake_encoder):
    """The first reindex encodes every sentence and chunk, each once."""
    encoded = list(fake_encoder.encoded)
    assert len(encoded) == len(set(encoded))
    assert set(encoded) == set(texts_of(town_index, fake_encoder))


def test_a_second_reindex_encodes_nothing(town_collection, town_index, fake_encoder):
    """Where nothing changed, the encoder is not asked at all, and the new generation says the same."""
    texts = texts_of(town_index, fake_encoder)
    fake_encoder.encoded.clear()
    report = reindex(town_collection, town_index, fake_encoder)
    assert fake_encoder.encoded == []
    assert (report.encoded, report.reused) == (0, len(texts))
    assert (report.added, report.changed, report.removed) == ((), (), ())
    assert texts_of(town_index, fake_encoder) == texts


def test_one_changed_sentence_is_all_that_is_encoded(town_collection, town_index, fake_encoder):
    """A changed sentence costs its own vector and that of the chunk around it."""
    fake_encoder.encoded.clear()
    change_ferry(town_collection)
    report = reindex(town_collection, town_index, fake_encoder)
    sentence, chunk = sorted(fake_encoder.encoded, key=len)
    assert sentence == "It crosses the bay twelve times a day."
    assert sentence in chunk
    assert (report.encoded, report.changed) == (2, ("ferry",))


def test_the_report_tells_what_came_and_went(town_collection, town_index, fake_encoder):
    """Added, changed and removed articles are told apart; another title is a change though no letter of the text is."""
    (town_collection / "cliffs.md").unlink()
    (town_collection / "gulls.md").write_text("---\nid: gulls\n---\n\nGulls nest on the roof.\n")
    path = town_collection / "harbour.md"
    path.write_text(path.read_text(encoding="utf-8").replace("A busy spring", "A quiet spring"), encoding="utf-8")
    fake_encoder.encoded.clear()
    report = reindex(town_collection, town_index, fake_encoder)
    assert (report.added, report.changed, report.removed) == (("gulls",), ("harbour",), ("cliffs",))
    assert fake_encoder.encoded == ["Gulls nest on the roof."]


def test_another_model_encodes_everything_anew(town_collection, town_index, fake_encoder):
    """Vectors of another model are of no use, and going back to the first model costs nothing."""
    other = FakeEncoder("other-model")
    assert reindex(town_collection, town_index, other).encoded == len(set(texts_of(town_index, other)))
    assert reindex(town_collection, town_index, fake_encoder).encoded == 0


def test_progress_rises_to_the_end(town_collection, tmp_path, fake_encoder):
    """Progress never falls, never passes the total and ends with it."""
    steps: list[tuple[int, int]] = []
    reindex(town_collection, tmp_path / "new", fake_encoder, lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert len({total for _, total in steps}) == 1
    assert steps[-1][0] == steps[-1][1]


# --- a crash at any instant --------------------------------------------------------------------------------------------


class Crash(BaseException):
    """Stops a reindex where no `except Exception` can hold it."""


def crash(*args: object, **options: object) -> None:
    """Stop here."""
    raise Crash


def crash_in_encode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeEncoder, "encode", crash)


def crash_in_replace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", crash)


def crash_at_the_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindex_module, "swap_current", crash)


def crash_at_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindex_module, "open_generation", crash)


def crash_at_the_manifest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindex_module.Manifest, "write", crash)


def crash_at_the_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindex_module, "_flush", crash)


CRASHES = [
    crash_in_encode,
    crash_at_the_manifest,
    crash_at_the_check,
    crash_at_the_flush,
    crash_in_replace,
    crash_at_the_swap,
]


@pytest.mark.parametrize("break_it", CRASHES, ids=lambda function: function.__name__)
def test_a_crash_leaves_the_old_generation(town_collection, town_index, fake_encoder, break_it):
    """Wherever a reindex stops, the old generation answers as before, nothing half-built stays, the next one goes through."""
    before, texts = current_id(town_index), texts_of(town_index, fake_encoder)
    change_ferry(town_collection)
    with pytest.MonkeyPatch.context() as monkeypatch, pytest.raises(Crash):
        break_it(monkeypatch)
        reindex(town_collection, town_index, fake_encoder)
    assert current_id(town_index) == before
    assert texts_of(town_index, fake_encoder) == texts
    assert not [name for name in on_disk(town_index) if name.startswith(".")]
    reindex(town_collection, town_index, fake_encoder)
    assert "It crosses the bay twelve times a day." in texts_of(town_index, fake_encoder)


def test_a_crash_in_progress_leaves_the_old_generation(town_collection, town_index, fake_encoder):
    """Whoever shows the progress may fail: the old generation answers."""
    before = current_id(town_index)
    change_ferry(town_collection)
    with pytest.raises(Crash):
        reindex(town_collection, town_index, fake_encoder, crash)
    assert current_id(town_index) == before
    assert on_disk(town_index) == {before}


def test_a_first_reindex_that_crashes_leaves_no_index(town_collection, tmp_path, monkeypatch):
    """Where there was no index, there is none after a crash, and the sentence says so."""
    monkeypatch.setattr(reindex_module, "swap_current", crash)
    with pytest.raises(Crash):
        reindex(town_collection, tmp_path, FakeEncoder())
    with pytest.raises(StaleIndexError, match="There is no index"):
        open_current(tmp_path, FakeEncoder())


def test_vectors_made_before_a_crash_are_kept(tmp_path, fake_encoder):
    """A reindex that was stopped goes on where it stood: no batch is encoded twice."""
    articles = [Article("gulls", " ".join(f"Gull {n} nests on roof {n}." for n in range(BATCH_SIZE + 20)))]

    def stop_after_one_batch(done: int, total: int) -> None:
        if done >= BATCH_SIZE:
            raise Crash

    with pytest.raises(Crash):
        reindex_articles(articles, tmp_path, fake_encoder, stop_after_one_batch)
    first = set(fake_encoder.encoded)
    assert BATCH_SIZE < len(first) < BATCH_SIZE + 20
    fake_encoder.encoded.clear()
    reindex_articles(articles, tmp_path, fake_encoder)
    assert fake_encoder.encoded
    assert first.isdisjoint(fake_encoder.encoded)


def test_a_killed_process_leaves_the_old_generation(town_collection, town_index, fake_encoder):
    """A process that dies while it encodes leaves the old one answering, no lock, and nothing that is ever read."""
    before = current_id(town_index)
    change_ferry(town_collection)
    program = f"""
import os
from pathlib import Path
from embeddings.reindex import reindex
from tests.fake_encoder import FakeEncoder
FakeEncoder.encode = lambda self, texts: os._exit(9)
reindex(Path({str(town_collection)!r}), Path({str(town_index)!r}), FakeEncoder())
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 9
    (half_built,) = on_disk(town_index) - {before}
    assert half_built.startswith(".")
    open_current(town_index, fake_encoder).close()
    with pytest.raises(StaleIndexError, match="no generation before"):
        roll_back(town_index, fake_encoder)
    reindex(town_collection, town_index, fake_encoder)
    assert half_built not in on_disk(town_index)


def test_a_generation_that_fails_its_own_check_never_answers(town_collection, town_index, fake_encoder, monkeypatch):
    """What cannot be opened is not made current."""
    before = current_id(town_index)
    monkeypatch.setattr(VectorIndex, "save", lambda self, path: path.write_bytes(b"no index"))
    with pytest.raises(StaleIndexError, match="damaged or truncated"):
        reindex(town_collection, town_index, fake_encoder)
    assert current_id(town_index) == before
    assert on_disk(town_index) == {before}


@pytest.mark.parametrize("bad", ["no front matter", "---\nid: [\n---\ntext"])
def test_a_bad_article_changes_nothing(town_collection, town_index, fake_encoder, bad):
    """An article that cannot be read stops the reindex before anything is written."""
    before = on_disk(town_index)
    (town_collection / "zebra.md").write_text(bad)
    with pytest.raises(ArticleError, match=r"zebra\.md:\d+:"):
        reindex(town_collection, town_index, fake_encoder)
    assert on_disk(town_index) == before


def test_a_collection_without_a_sentence_is_refused(town_index, fake_encoder):
    """An index of nothing would answer nothing: the old one stays."""
    before = current_id(town_index)
    with pytest.raises(CollectionError, match="hold no sentence"):
        reindex_articles([Article("empty", "# Only a heading")], town_index, fake_encoder)
    assert current_id(town_index) == before


def test_a_data_folder_that_cannot_be_written_is_named(town_collection, tmp_path, fake_encoder):
    """A data folder that is a file gives one sentence with the setting to change."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CollectionError, match=r"cannot be written.*Set DATA_DIR"):
        reindex(town_collection, tmp_path / "file", fake_encoder)


# --- one at a time, the last ones kept -----------------------------------------------------------------------------------


def test_a_second_reindex_at_once_is_refused(town_collection, town_index, fake_encoder):
    """While one reindex runs, another one and a roll-back are refused at once, and the first one goes through."""
    started, go_on = threading.Event(), threading.Event()
    change_ferry(town_collection)

    def wait(done: int, total: int) -> None:
        started.set()
        go_on.wait(10)

    thread = threading.Thread(target=reindex, args=(town_collection, town_index, FakeEncoder(), wait))
    before = current_id(town_index)
    thread.start()
    try:
        assert started.wait(10)
        with pytest.raises(ReindexRunningError, match="already running"):
            reindex(town_collection, town_index, fake_encoder)
        with pytest.raises(ReindexRunningError):
            roll_back(town_index, fake_encoder)
    finally:
        go_on.set()
        thread.join()
    assert current_id(town_index) != before


def test_a_questions_answer_goes_on_while_a_reindex_runs(town_collection, town_index, fake_encoder):
    """The current generation can be opened at any moment of a reindex."""
    seen: list[str] = []

    def look(done: int, total: int) -> None:
        generation = open_current(town_index, FakeEncoder())
        seen.append(generation.manifest.id)
        generation.close()

    before = current_id(town_index)
    change_ferry(town_collection)
    reindex(town_collection, town_index, fake_encoder, look)
    assert seen
    assert set(seen) == {before}


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_old_generations_are_removed(town_collection, town_index, fake_encoder, keep):
    """As many generations stay as are wanted, the newest ones, the current among them."""
    made = [reindex(town_collection, town_index, fake_encoder, keep=keep).manifest.id for _ in range(4)]
    assert on_disk(town_index) == set(made[-keep:])
    assert current_id(town_index) == made[-1]


def test_ids_rise_and_are_never_given_twice(town_collection, tmp_path, fake_encoder):
    """Generations made within one second sort by their time, also when earlier ones are removed meanwhile."""
    ids = [reindex(town_collection, tmp_path / "new", fake_encoder, keep=1).manifest.id for _ in range(6)]
    assert ids == sorted(set(ids))


def test_rolling_back_is_one_more_swap(town_collection, town_index, fake_encoder):
    """The generation before answers again, and once more the one before that; at the first one nothing changes."""
    first = current_id(town_index)
    change_ferry(town_collection)
    second = reindex(town_collection, town_index, fake_encoder).manifest.id
    third = reindex(town_collection, town_index, fake_encoder).manifest.id
    assert current_id(town_index) == third
    assert roll_back(town_index, fake_encoder) == second == current_id(town_index)
    assert roll_back(town_index, fake_encoder) == first == current_id(town_index)
    assert "It crosses the bay eleven times a day." in texts_of(town_index, fake_encoder)
    with pytest.raises(StaleIndexError, match="no generation before"):
        roll_back(town_index, fake_encoder)
    assert current_id(town_index) == first


def test_a_damaged_generation_is_not_rolled_back_to(town_collection, town_index, fake_encoder):
    """What cannot be opened does not become current by rolling back."""
    first = current_id(town_index)
    second = reindex(town_collection, town_index, fake_encoder).manifest.id
    (generations_folder(town_index) / first / "vectors.faiss").unlink()
    with pytest.raises(StaleIndexError, match="is missing"):
        roll_back(town_index, fake_encoder)
    assert current_id(town_index) == second


def test_after_rolling_back_a_reindex_makes_the_newest(town_collection, town_index, fake_encoder):
    """A reindex after a roll-back is current and newer than all others."""
    reindex(town_collection, town_index, fake_encoder)
    roll_back(town_index, fake_encoder)
    newest = reindex(town_collection, town_index, fake_encoder).manifest.id
    assert current_id(town_index) == newest == max(on_disk(town_index))


def test_the_content_digest_follows_the_collection(town_articles):
    """The order of the articles does not matter; any change of text or source does."""
    digest = content_digest(town_articles)
    assert content_digest(town_articles[::-1]) == digest
    renamed = Article("cliffs", town_articles[0].text, title="Another title")
    assert len({digest, content_digest(town_articles[1:]), content_digest([renamed, *town_articles[1:]])}) == 3
