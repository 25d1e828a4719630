"""Chooses which labelled questions are asked: a half, a number of them. The choice depends on the ids alone."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from embeddings.evaluation.labelled_files import EvaluationError


class Half(StrEnum):
    """Weights, rules and thresholds may be fitted on `tuning`; what is reported comes from `reported`."""

    TUNING = "tuning"
    REPORTED = "reported"
    ALL = "all"


def half_of(identifier: str) -> Half:
    """The half that a question belongs to, for good: by the last bit of its id's SHA-256."""
    return Half.REPORTED if int(_digest(identifier), 16) % 2 else Half.TUNING


def chosen(identifiers: Iterable[str], half: Half = Half.ALL, limit: int | None = None) -> list[str]:
    """The ids of a half, at most `limit` of them, in the order given.

    A limit keeps those whose SHA-256 is smallest: the same at each run, and mixed as the whole set is.

    Raises:
        EvaluationError: nothing is left.
    """
    kept = [identifier for identifier in identifiers if half in (Half.ALL, half_of(identifier))]
    if not kept:
        raise EvaluationError(f"None of the questions is in the half {str(half)!r}. Use --half all.")
    if limit is None or limit >= len(kept):
        return kept
    few = set(sorted(kept, key=_digest)[:limit])
    return [identifier for identifier in kept if identifier in few]


def _digest(identifier: str) -> str:
    return hashlib.sha256(identifier.encode()).hexdigest()
