"""Fits the coefficients that ship in embeddings/fitted anew, and prints how they do by cross-validation.

    python benchmarks/fit_abstention.py --encoder all-mpnet-base-v2 --index data --index OTHER_DATA \\
        --all-of development.jsonl … --of-first development3a.jsonl … --tuning-half-of shipped.jsonl …

Each index is a DATA_DIR: the questions of --all-of are asked of each, here of the briefs and of the originals; the others only of
the first, for whose articles they were written. The reported half of a file is never read. Without --write nothing is
changed. An operator's own collection: corpusbot evaluate --fit-abstention.
"""

import argparse
import json
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from embeddings.abstention import coefficients_file
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.evaluation.fitting import fit_abstention, gather
from embeddings.evaluation.questions import LabelledQuestion, read_question_files
from embeddings.evaluation.selection import Half, chosen
from embeddings.evidence import Evidence
from embeddings.generation import open_current
from embeddings.model_files import KNOWN


def main() -> None:
    """Fit, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", required=True, choices=KNOWN, help="the indexes' encoder")
    parser.add_argument("--index", action="append", required=True, type=Path)
    parser.add_argument("--all-of", nargs="*", default=[], type=Path)
    parser.add_argument("--of-first", nargs="*", default=[], type=Path)
    parser.add_argument("--tuning-half-of", nargs="*", default=[], type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    everywhere = read_question_files(options.all_of) if options.all_of else []
    halved = {question.id: question for question in read_question_files(options.tuning_half_of)} if options.tuning_half_of else {}
    # Follow-up questions are weighed as what they stand for, which is another module's doing.
    first_only = read_question_files(options.of_first) if options.of_first else []
    first_only += [halved[identifier] for identifier in chosen(halved, Half.TUNING) if not halved[identifier].turns]
    encoder = SentenceTransformerEncoder(options.encoder)
    questions: list[LabelledQuestion] = []
    evidence: list[Evidence] = []
    for number, data in enumerate(options.index):
        asked = [*everywhere, *first_only] if number == 0 else everywhere
        with closing(open_current(data, encoder)) as generation:
            evidence += gather(asked, generation, encoder)
        questions += asked
    names = [path.stem for path in (*options.all_of, *options.of_first)] + [
        f"tuning half of {path.stem}" for path in options.tuning_half_of
    ]
    fitted = fit_abstention(questions, evidence, ", ".join(names))
    print(json.dumps(asdict(fitted), indent=2))
    if options.write:
        fitted.write(coefficients_file(encoder.name))


if __name__ == "__main__":
    main()
