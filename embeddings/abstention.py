"""How sure we may be that a passage answers: a fitted logistic curve over readable evidence, two thresholds and a reason.

The coefficients, and the data they were fitted on, are in the folder `fitted` beside this file, a file for each encoder that
corpusbot knows: how near words lie to each other differs from encoder to encoder. Reads no passage itself
(`embeddings.evidence`).
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from embeddings.errors import StaleIndexError
from embeddings.evidence import NO_EVIDENCE, Evidence
from embeddings.model_files import SMALL

COEFFICIENTS = Path(__file__).with_name("fitted")
OFF_SUBJECT = 0.35  # cosine; it only chooses the words in which we decline, not whether
# Below this no passage is on the matter: of our tuning cases 2 of 468 answerable and 118 of 415 others lie there. About a
# country that the collection never names ask none of the first and 30 of the others.
NO_MATCH, UNLIKELY = 0.25, 0.1


@dataclass(frozen=True)
class Verdict:
    """Whether to answer, whether with a word of caution, how sure we are (0 to 1), and if we decline, why."""

    answered: bool
    confidence: float
    caution: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class Abstainer:
    """A logistic curve over the evidence, and two confidences: from which on we answer, and from which on without caution."""

    weights: Mapping[str, float]
    bias: float
    decline_below: float
    caution_below: float

    def confidence(self, evidence: Evidence) -> float:
        """How likely the passages answer, from 0 to 1."""
        total = self.bias + sum(self.weights[name] * value for name, value in evidence.values().items())
        curve = 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
        return min(curve, UNLIKELY) if evidence.sentence_match < NO_MATCH or evidence.unmentioned_place else curve

    def judge(self, evidence: Evidence) -> Verdict:
        """Answer, answer with caution, or decline with the reason in words."""
        confidence = self.confidence(evidence)
        if confidence >= self.decline_below:
            return Verdict(True, confidence, confidence < self.caution_below)
        return Verdict(False, confidence, reason=reason(evidence))


def log_odds(confidence: float) -> float:
    """The logarithm of the odds of a confidence from 0 to 1, both ends excluded by a millionth."""
    inside = min(1 - 1e-6, max(1e-6, confidence))
    return math.log(inside / (1 - inside))


def reason(evidence: Evidence) -> str:
    """Why we decline: the articles are about other things, or they mention the matter but do not say what was asked."""
    if evidence.instruction:
        return "This asks for something other than what the articles say."
    if evidence.cosine < OFF_SUBJECT or evidence.sentence_match < NO_MATCH:
        return "The articles are about other things."
    lacks = evidence.lacks_kind or evidence.lacks_unit
    if evidence.held:
        begin = f"The articles mention {', '.join(evidence.held[:2])}"
        if words := evidence.missing[:3] or evidence.focus[:3]:
            return f"{begin}, but the nearest passages say nothing of {', '.join(words)}."
        if evidence.lacks_reason:
            return f"{begin} but do not say why."
        return f"{begin} but do not {'give what was asked' if lacks else 'answer this'}."
    if evidence.missing:
        return f"The passages nearest to the question do not mention {', '.join(evidence.missing[:3])}."
    if evidence.focus:
        return f"The articles touch on this, but the nearest passages do not speak of {' '.join(evidence.focus[:3])}."
    if evidence.lacks_reason:
        return "The articles touch on this but do not say why."
    if lacks:
        return "The articles touch on this but do not give what was asked."
    return "The articles come near this but do not answer it."


def read_abstainer(path: Path) -> Abstainer:
    """Read fitted coefficients.

    Raises:
        StaleIndexError: missing, malformed, or fitted on other evidence than this corpusbot weighs.
    """
    cure = "Run: corpusbot evaluate --fit-abstention, or remove the file."
    try:
        fitted = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(value) for name, value in fitted["weights"].items()}
        found = Abstainer(weights, float(fitted["bias"]), float(fitted["decline_below"]), float(fitted["caution_below"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StaleIndexError(f"{path} holds no fitted coefficients ({type(error).__name__}). {cure}") from error
    if weights.keys() != NO_EVIDENCE.values().keys():
        raise StaleIndexError(f"{path} was fitted on other evidence than this corpusbot weighs. {cure}")
    return found


@cache
def default_abstainer(encoder: str) -> Abstainer:
    """The curve that ships with corpusbot for an encoder; for one that corpusbot does not know, the smaller one's."""
    path = coefficients_file(encoder)
    return read_abstainer(path if path.is_file() else coefficients_file(SMALL.name))


def coefficients_file(encoder: str) -> Path:
    """Where the coefficients for an encoder ship, if they do."""
    return COEFFICIENTS / f"{Path(encoder).name}.json"
