"""Fits the confidence and its two thresholds on labelled questions, and says how it does by cross-validation.

Used by `corpusbot evaluate --fit-abstention`, for the coefficients that ship and for an operator's own collection.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.questions import LabelledQuestion
from embeddings.evidence import NO_EVIDENCE, Evidence
from embeddings.generation import Generation
from embeddings.question import read_question
from embeddings.weighing import weigh

PENALTY = 1.0  # scikit-learn's C, on standardised evidence
FOLDS = 10
FEWEST = 20  # questions of each kind; fewer say nothing
WRONGLY_DECLINED = 0.05  # of answerable questions: what the first threshold allows
SURE = 0.95  # share of answerable ones among those that are answered without caution


@dataclass(frozen=True)
class Fitted:
    """Coefficients, what they were fitted on, and how they do on questions that each fold had not seen."""

    fitted_on: str
    fitted_at: str
    method: str
    auroc: float
    declined_of_unanswerable: float
    declined_of_answerable: float
    cautioned: float
    decline_below: float
    caution_below: float
    bias: float
    weights: dict[str, float]

    def write(self, path: Path) -> None:
        """Write the file that `embeddings.abstention.read_abstainer` reads."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


def gather(questions: Sequence[LabelledQuestion], generation: Generation, encoder: Encoder) -> list[Evidence]:
    """The evidence for each question on one index, in order."""
    read = [read_question(generation.speller.mended(read_question(question.text).text).text) for question in questions]
    encoded = encoder.encode_with_tokens([question.text for question in read])
    return [
        weigh(question, generation, vectors).evidence if question.terms else NO_EVIDENCE
        for question, vectors in zip(read, encoded, strict=True)
    ]


def fit_abstention(questions: Sequence[LabelledQuestion], evidence: Sequence[Evidence], name: str) -> Fitted:
    """Fit on labelled questions; a question that was asked of several collections comes several times.

    Args:
        evidence: one for each question.
        name: of the labelled files.
    Raises:
        EvaluationError: too few answerable or unanswerable questions.
    """
    from sklearn.linear_model import LogisticRegression  # a second to load, for this command only
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    answerable = np.array([question.answerable for question in questions])
    if min(answerable.sum(), (~answerable).sum()) < FEWEST:
        raise EvaluationError(
            f"{name} holds {answerable.sum()} answerable and {(~answerable).sum()} unanswerable questions;"
            f" fitting needs at least {FEWEST} of each."
        )
    values = np.array([list(found.values().values()) for found in evidence])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=PENALTY, max_iter=3000))
    groups = [question.id for question in questions]  # the same question on another collection is no new question
    confidence = cross_val_predict(model, values, answerable, cv=GroupKFold(FOLDS), groups=groups, method="predict_proba")[:, 1]
    model.fit(values, answerable)
    scaler, curve = model[0], model[1]
    weights = curve.coef_[0] / scaler.scale_
    decline_below, caution_below = thresholds(confidence, answerable)
    kept = confidence >= decline_below
    return Fitted(
        fitted_on=f"{name}: {answerable.sum()} answerable and {(~answerable).sum()} unanswerable cases of"
        f" {len(set(groups))} questions",
        fitted_at=dt.datetime.now(dt.UTC).date().isoformat(),
        method=f"logistic regression, L2 penalty C={PENALTY:g} on standardised evidence; figures by {FOLDS}-fold"
        " cross-validation grouped by question",
        auroc=round(float(roc_auc_score(answerable, confidence)), 4),
        declined_of_unanswerable=round(float((~kept)[~answerable].mean()), 4),
        declined_of_answerable=round(float((~kept)[answerable].mean()), 4),
        cautioned=round(float((kept & (confidence < caution_below)).mean()), 4),
        decline_below=decline_below,
        caution_below=caution_below,
        bias=round(float(curve.intercept_[0] - (weights * scaler.mean_).sum()), 4),
        weights=dict(zip(NO_EVIDENCE.values(), weights.round(4).tolist(), strict=True)),
    )


def thresholds(confidence: NDArray[np.float64], answerable: NDArray[np.bool_]) -> tuple[float, float]:
    """From which confidence on to answer, and from which on to answer without caution.

    The first declines one answerable question in twenty; from the second on, nineteen of twenty are answerable. The
    second is never below the first.
    """
    decline = float(np.quantile(confidence[answerable], WRONGLY_DECLINED))
    order = np.argsort(-confidence)
    sure = np.flatnonzero(np.cumsum(answerable[order]) / np.arange(1, len(order) + 1) >= SURE)
    caution = float(confidence[order][sure[-1]]) if len(sure) else 1.0
    return round(decline, 3), round(max(decline, caution), 3)
