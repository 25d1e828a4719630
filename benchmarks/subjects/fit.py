"""Fits the weights by which `corpus.figures.parsed.choice` picks what a number measures, and writes them to `weights.json`.

    python benchmarks/subjects/fit.py                 cross-validates, by texts, and tells the numbers
    python benchmarks/subjects/fit.py --write         fits on everything and writes

Fitted on the tuning halves of `tests/figures`, on `development.jsonl` there, and on `texts.jsonl` here: texts that were invented
for this, each figure labelled with its subject only. The reported halves and `press6.jsonl` are not read; `blind.jsonl` holds
texts of the same kind by two more people, on which nothing is fitted: what all the weights make of it is told at the end.
"""

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME))

from corpus.article import Article
from corpus.chunks import split_article
from corpus.figures.numbers import numbers_in
from corpus.figures.parsed.candidates import Candidate, candidates
from corpus.figures.parsed.choice import asked_in, best
from corpus.figures.parsed.evidence import Evidence, evidence
from corpus.figures.subjects import subject_of
from embeddings.evaluation.figure_details import content_words, same_subject
from embeddings.evaluation.figure_labels import located, read_figure_files
from embeddings.evaluation.selection import Half, half_of

FIGURES = HOME / "tests" / "figures"
TEXTS = Path(__file__).with_name("texts.jsonl")
BLIND = Path(__file__).with_name("blind.jsonl")
WEIGHTS = HOME / "corpus" / "figures" / "parsed" / "weights.json"
HALVED = ("traps", "press1", "press2", "press3", "press4", "press5")
SEEN = 20  # candidates that a piece of evidence must speak of to be given a weight
STRENGTH = 0.05  # scikit-learn's C: of 0.01 to 0.3, the best by cross-validation
LEAST = 0.05  # a smaller weight is left out; what stays does as well by cross-validation
PARTS = 5
RIGHT = 0.4  # what a candidate is worth for being right at all, however far from the label's words
NEXT, OTHER = 0.75, 0.25  # what a candidate is worth whose main word is the label's second, or none of its
OF = re.compile(r" (?:of|for) ")
JOINT = re.compile(r" (?:of|that|who|whom|which|whose|in|on|for|to|by|from|with|at|among|within|under|over|against|as|into) ")


@dataclass(frozen=True, slots=True)
class Case:
    """A figure with everything that it may measure, what is known of each, how good each is, and whether the rules are right."""

    source: str
    text: str
    offered: list[Candidate]
    known: list[Evidence]
    good: list[float]  # 0 for what is wrong, up to 1 for the words of a label
    told_right: bool


def cases_of(source: str, article: Article, labels: Sequence[tuple[tuple[int, int], Sequence[str]]]) -> list[Case]:
    """The cases of one text; a figure that is not read as one is left out.

    Args:
        labels: of each figure its place in the article's text and the wordings of its subject that are right.
    """
    found = []
    sentences = [(one.span.start, one.span.end) for chunk in split_article(article) for one in chunk.sentences]
    for sentence in sentences:
        for number in numbers_in(article.text[slice(*sentence)], article.text).numbers:
            place = number.start + sentence[0], number.end + sentence[0]
            wanted = next((subjects for (start, end), subjects in labels if start < place[1] and place[0] < end), None)
            told = subject_of(article, sentence, place, number.noun, number.unit)
            asked = asked_in(article, sentence, place, number.unit, told) if wanted else None
            if wanted and asked and (offered := candidates(asked)):
                good = [max(goodness(one, candidate.words) for one in wanted) for candidate in offered]
                told_right = any(same_subject(one, told.words) for one in wanted)
                known = evidence(asked, offered)
                found.append(Case(source, article.id, offered, known, good, told_right))
    return found


def labelled_cases() -> list[Case]:
    """The cases of the labelled figures that may be fitted on."""
    found = []
    for name in (*HALVED, "development"):
        for line in read_figure_files([FIGURES / f"{name}.jsonl"]):
            if name in HALVED and half_of(line.id) is not Half.TUNING:
                continue
            here = located(line, {})
            assert here, line.id
            labels = [
                (place, (label.subject, *label.subject_also)) for label, place in zip(line.figures, here.places, strict=True)
            ]
            found += cases_of(name, here.article, labels)
    return found


def text_cases(path: Path) -> list[Case]:
    """The cases of the texts of which only the subjects are labelled."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        article = Article(text["id"], text["text"])
        labels = [(place_of(text["text"], one), (one["subject"], *one["subject_also"])) for one in text["figures"]]
        found += cases_of(f"texts {text['id'][:2]}", article, labels)
    return found


def place_of(text: str, figure: Mapping[str, object]) -> tuple[int, int]:
    """Where a labelled figure stands."""
    words, place = str(figure["text"]), -1
    for _ in range(int(str(figure["occurrence"]))):
        place = text.index(words, place + 1)
    return place, place + len(words)


def goodness(label: str, words: str) -> float:
    """How near a candidate that is right comes to a label: Dice's share of the content words that they have in common.

    Less where another word is the main one: "earthquake that killed people" is no good name for people killed.
    """
    wanted, said = content_words(label), content_words(words)
    if not said or not same_subject(label, words):
        return 0.0
    wanted_heads, said_heads = heads(label), heads(words)
    weight = 1.0 if said_heads[:1] == wanted_heads[:1] else NEXT if set(said_heads) & set(wanted_heads) else OTHER
    return weight * 2 * len(wanted & said) / (len(wanted) + len(said))


def heads(words: str) -> list[str]:
    """The main word of a subject, and of the first phrase behind it where that is an "of": "price" and "crate"."""
    parts = JOINT.split(words)
    last = [
        " ".join(sorted(content_words(part.split()[-1])))
        for part in parts[: 2 if OF.match(words, len(parts[0])) else 1]
        if part.split()
    ]
    return [word for word in last if word]


def fitted(cases: Sequence[Case]) -> dict[str, float]:
    """A weight for each piece of evidence: logistic regression over all candidates, each as much right as it is good.

    A candidate counts twice, as right and as wrong in part, so that of two that are right the closer one wins.
    """
    vectorizer = DictVectorizer()
    known = vectorizer.fit_transform([one for case in cases for one in case.known]).tocsr()
    is_seen = np.asarray((known != 0).sum(axis=0)).ravel() >= SEEN
    good = np.array([RIGHT + (1 - RIGHT) * one if one else 0.0 for case in cases for one in case.good])
    rows = vstack([known[good > 0], known])[:, is_seen]
    verdicts = np.r_[np.ones((good > 0).sum()), np.zeros(len(good))]
    model = LogisticRegression(C=STRENGTH, max_iter=400).fit(rows, verdicts, sample_weight=np.r_[good[good > 0], 1 - good])
    names = vectorizer.get_feature_names_out()[is_seen]
    return {str(name): float(weight) for name, weight in zip(names, model.coef_[0], strict=True)}


def goodness_chosen(case: Case, weights: Mapping[str, float]) -> float:
    """How good the candidate is that the weights favour."""
    return case.good[case.offered.index(best(case.offered, case.known, weights))]


def main() -> None:
    """Cross-validate; with --write, fit on everything and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    cases = [*labelled_cases(), *text_cases(TEXTS)]
    good = np.zeros(len(cases))
    for train, test in GroupKFold(PARTS).split(cases, groups=[case.text for case in cases]):
        weights = fitted([cases[place] for place in train])
        good[test] = [goodness_chosen(cases[place], weights) for place in test]
    told = np.array([case.told_right for case in cases])
    offered = np.array([any(case.good) for case in cases])
    for source in ("", *dict.fromkeys(case.source for case in cases)):
        chosen = np.array([not source or case.source == source for case in cases])
        print(
            f"{source or 'all':12} {chosen.sum():5} figures: rules {told[chosen].mean():.3f}, "
            f"chosen {(good > 0)[chosen].mean():.3f}"
            f" (goodness {good[chosen].mean():.3f}), among the candidates {offered[chosen].mean():.3f}"
        )
    weights = fitted(cases)
    blind = text_cases(BLIND)
    blind_good = [goodness_chosen(case, weights) for case in blind]
    print(
        f"blind        {len(blind):5} figures: rules {np.mean([case.told_right for case in blind]):.3f}, "
        f"chosen {np.mean([one > 0 for one in blind_good]):.3f} (goodness {np.mean(blind_good):.3f})"
    )
    if write:
        weights = {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= LEAST}
        about = {
            "fitted_on": dt.datetime.now(dt.UTC).date().isoformat(),
            "figures": len(cases),
            "candidates": sum(len(case.offered) for case in cases),
            "subject_right_cross_validated": round(float((good > 0).mean()), 3),
            "subject_right_by_rules": round(float(told.mean()), 3),
            "weights": dict(sorted(weights.items())),
        }
        WEIGHTS.write_text(json.dumps(about, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        print(f"wrote {len(weights)} weights to {WEIGHTS.relative_to(HOME)}")


if __name__ == "__main__":
    main()
