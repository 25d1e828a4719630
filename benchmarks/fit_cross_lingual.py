"""Fits the coefficients in embeddings/crosslingual/cross_lingual.json anew, and prints how ranking and declining do.

    python benchmarks/fit_cross_lingual.py corpus/articles tests/questions/languages.jsonl

Only the tuning half of the questions is used: those whose id has an even SHA-256. Without --write nothing is changed.
"""

import argparse
import datetime as dt
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import RepeatedStratifiedKFold

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from embeddings.answers import HITS
from embeddings.crosslingual.cross_lingual import COEFFICIENTS, CrossLingualEvidence
from embeddings.crosslingual.foreign_answers import weigh_foreign
from embeddings.crosslingual.multilingual_encoder import MultilingualEncoder
from embeddings.generation import open_current
from embeddings.question import read_question
from embeddings.reindex import reindex

PENALTY = 10.0  # scikit-learn's C; 3, 10 and 30 lie within 0.01 of AUROC
FOLDS, REPEATS = 10, 20
THRESHOLD = 0.55  # at 0.5, 0.55 and 0.6: 81, 88 and 91 % of unanswerable ones declined, 1, 1 and 4 % of answerable ones


class Bench:
    """A collection, indexed, whose questions are weighed just as they are answered."""

    def __init__(self, collection: Path, folder: Path) -> None:
        self.encoder = MultilingualEncoder()
        # English questions are not asked here, so that the first encoder does not matter.
        reindex(collection, folder, self.encoder, second=self.encoder)
        self.generation = open_current(folder, self.encoder, self.encoder)

    def ask(self, record: dict) -> tuple[CrossLingualEvidence, int | None]:
        """The evidence for a question, and the rank (from 0) of the first chunk that answers; none for unanswerable ones."""
        text = read_question(record["q"]).text
        (vector,) = self.encoder.encode([text])
        weighed = weigh_foreign(text, record["language"], self.generation, self.encoder, vector, HITS)
        spans = {(span["article"], span["text"]) for span in record["spans"]}
        right = (
            rank
            for rank, hit in enumerate(weighed.result.hits)
            if any((s.span.article_id, s.text) in spans for s in hit.chunk.sentences)
        )
        assert weighed.evidence is not None, "every question of the set has a nearest passage"
        return weighed.evidence, next(right, None)


def tuning_half(path: Path) -> list[dict]:
    """The records whose id has an even SHA-256."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [record for record in records if int(hashlib.sha256(record["id"].encode()).hexdigest(), 16) % 2 == 0]


def cross_validated(values: np.ndarray, answerable: np.ndarray) -> dict[str, float]:
    """AUROC, declined of unanswerable and wrongly declined, each by repeated cross-validation."""
    found = np.zeros((REPEATS, len(answerable)))
    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=1)
    for number, (train, test) in enumerate(folds.split(values, answerable)):
        model = LogisticRegression(C=PENALTY, max_iter=1000).fit(values[train], answerable[train])
        found[number // FOLDS, test] = model.predict_proba(values[test])[:, 1]
    return {
        "auroc": float(np.mean([roc_auc_score(answerable, row) for row in found])),
        "declined_of_unanswerable": float((found[:, ~answerable] < THRESHOLD).mean()),
        "declined_of_answerable": float((found[:, answerable] < THRESHOLD).mean()),
    }


def main() -> None:
    """Fit, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    records = tuning_half(options.questions)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.collection, Path(folder))
        asked = [bench.ask(record) for record in records]
        bench.generation.close()
    ranks = np.array([np.inf if rank is None else rank for (_, rank), r in zip(asked, records, strict=True) if r["answerable"]])
    print({f"recall@{count}": round(float((ranks < count).mean()), 3) for count in (1, 3, 5)}, f"of {len(ranks)}")
    values = np.array([list(evidence.values().values()) for evidence, _ in asked])
    answerable = np.array([record["answerable"] for record in records])
    figures = {name: round(value, 4) for name, value in cross_validated(values, answerable).items()}
    model = LogisticRegression(C=PENALTY, max_iter=1000).fit(values, answerable)
    weights = dict(zip(asked[0][0].values(), model.coef_[0].round(4).tolist(), strict=True))
    fitted = {
        "fitted_on": f"the tuning half of {options.questions.name}: {int(answerable.sum())} answerable and "
        f"{int((~answerable).sum())} unanswerable questions in Chinese, German and Spanish, asked of the five briefs",
        "fitted_at": dt.date.today().isoformat(),
        "method": f"logistic regression, L2 penalty C={PENALTY:g}; figures by {FOLDS}-fold cross-validation, {REPEATS} times",
        **figures,
        "threshold": THRESHOLD,
        "bias": round(float(model.intercept_[0]), 4),
        "weights": weights,
    }
    print(json.dumps(fitted, indent=2))
    if options.write:
        COEFFICIENTS.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
