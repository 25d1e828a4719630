"""Fits the coefficients in embeddings/crosslingual/cross_lingual*.json anew, and prints how ranking and declining do.

    python benchmarks/fit_cross_lingual.py corpus/articles --encoder all-mpnet-base-v2 \\
        --tuning-half-of tests/questions/languages.jsonl --all-of tests/questions/languages_development.jsonl

Once for each encoder of English questions, and once without one, for encoders that corpusbot does not know. The tuning half of a
file are the questions whose id has an even SHA-256. Without --write nothing is changed.
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
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from embeddings.crosslingual.cross_lingual import COEFFICIENTS, CrossLingualEvidence
from embeddings.crosslingual.foreign_answers import weigh_foreign
from embeddings.crosslingual.multilingual_encoder import MultilingualEncoder
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.generation import open_current
from embeddings.model_files import KNOWN
from embeddings.question import read_question
from embeddings.quotes import Quote
from embeddings.reindex import reindex
from embeddings.weighing import HITS

PENALTY = 1.0  # scikit-learn's C, on standardised evidence
FOLDS, REPEATS = 10, 20
# Of answerable questions. With 0.05 (as in English), 0.07, 0.08, 0.1 and 0.12 of them, 70, 77, 82, 84 and 85 % of the
# unanswerable ones are declined: from 0.08 on, each costs more than it brings.
WRONGLY_DECLINED = 0.08


class Bench:
    """A collection, indexed, whose questions are weighed just as they are answered."""

    def __init__(self, collection: Path, folder: Path, first: str | None) -> None:
        self.encoder = MultilingualEncoder()
        self.first = SentenceTransformerEncoder(first) if first else None
        # Without a first encoder no English is weighed, and the second one stands in its place.
        reindex(collection, folder, self.first or self.encoder, second=self.encoder)
        self.generation = open_current(folder, self.first or self.encoder, self.encoder)

    def ask(self, record: dict) -> tuple[CrossLingualEvidence, int | None]:
        """The evidence for a question, and the rank (from 0) of the first quote that answers; none for unanswerable ones."""
        text = read_question(record["q"]).text
        (vector,) = self.encoder.encode([text])
        weighed = weigh_foreign(text, record["language"], self.generation, self.encoder, vector, HITS, first=self.first)
        spans = {(span["article"], span["text"]) for span in record["spans"]}
        right = (rank for rank, quote in enumerate(weighed.candidates) if any(_holds(quote, *span) for span in spans))
        assert weighed.evidence is not None, "every question of the set has a nearest passage"
        return weighed.evidence, next(right, None)


def _holds(quote: Quote, article_id: str, text: str) -> bool:
    return quote.article.id == article_id and text in quote.text


def records_of(path: Path) -> list[dict]:
    """All records of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def tuning_half(path: Path) -> list[dict]:
    """The records whose id has an even SHA-256."""
    return [record for record in records_of(path) if int(hashlib.sha256(record["id"].encode()).hexdigest(), 16) % 2 == 0]


def cross_validated(values: np.ndarray, answerable: np.ndarray) -> tuple[float, dict[str, float]]:
    """The threshold, and AUROC, declined of unanswerable and wrongly declined, each by repeated cross-validation."""
    found = np.zeros((REPEATS, len(answerable)))
    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=1)
    for number, (train, test) in enumerate(folds.split(values, answerable)):
        found[number // FOLDS, test] = _model().fit(values[train], answerable[train]).predict_proba(values[test])[:, 1]
    threshold = round(float(np.quantile(found[:, answerable], WRONGLY_DECLINED)), 3)
    return threshold, {
        "auroc": float(np.mean([roc_auc_score(answerable, row) for row in found])),
        "declined_of_unanswerable": float((found[:, ~answerable] < threshold).mean()),
        "declined_of_answerable": float((found[:, answerable] < threshold).mean()),
    }


def _model() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=PENALTY, max_iter=3000))


def main() -> None:
    """Fit, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--encoder", choices=KNOWN, help="the encoder for English questions; without it none is used")
    parser.add_argument("--tuning-half-of", nargs="*", default=[], type=Path)
    parser.add_argument("--all-of", nargs="*", default=[], type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    records = [record for path in options.tuning_half_of for record in tuning_half(path)]
    records += [record for path in options.all_of for record in records_of(path)]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.collection, Path(folder), options.encoder)
        asked = [bench.ask(record) for record in records]
        bench.generation.close()
    ranks = np.array([np.inf if rank is None else rank for (_, rank), r in zip(asked, records, strict=True) if r["answerable"]])
    print({f"answered by the first {count}": round(float((ranks < count).mean()), 3) for count in (1, 3, 5)}, f"of {len(ranks)}")
    values = np.array([list(evidence.values().values()) for evidence, _ in asked])
    answerable = np.array([record["answerable"] for record in records])
    threshold, figures = cross_validated(values, answerable)
    model = _model().fit(values, answerable)
    scaler, curve = model[0], model[1]
    weights = curve.coef_[0] / scaler.scale_
    names = [f"the tuning half of {path.name}" for path in options.tuning_half_of] + [path.name for path in options.all_of]
    fitted = {
        "fitted_on": f"{', '.join(names)}: {answerable.sum()} answerable and {(~answerable).sum()} unanswerable questions in"
        f" Chinese, German and Spanish, asked of the five briefs, {options.encoder or 'no encoder'} for English",
        "fitted_at": dt.date.today().isoformat(),
        "method": f"logistic regression, L2 penalty C={PENALTY:g} on standardised evidence; figures by {FOLDS}-fold"
        f" cross-validation, {REPEATS} times",
        **{name: round(value, 4) for name, value in figures.items()},
        "threshold": threshold,
        "bias": round(float(curve.intercept_[0] - (weights * scaler.mean_).sum()), 4),
        "weights": dict(zip(asked[0][0].values(), weights.round(4).tolist(), strict=True)),
    }
    print(json.dumps(fitted, indent=2))
    if options.write:
        name = f"{COEFFICIENTS.stem}.{options.encoder}.json" if options.encoder else COEFFICIENTS.name
        COEFFICIENTS.with_name(name).write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
