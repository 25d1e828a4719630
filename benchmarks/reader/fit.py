"""Fits the reader: small additions to the last layers of the larger encoder, so that they read question and passage together.

    python benchmarks/reader/fit.py benchmarks/reader/passages/*.jsonl --steps 2000 --out reader.safetensors
    … --squad ../shared/eval/squad2-dev --index DATA_DIR --begin-with reader.safetensors --steps 1000 --rate 2.6e-4

About 2 s a step on two cores. Prints how the passages that are kept aside are read: 0.5 is chance. With --squad, the tuning half
of a retrieval set is learned from, too, in the windows that the bot picks; DATA_DIR is where `corpusbot evaluate` has indexed it.
"""

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from examples import Example, make_examples
from passages import Passage, read_passages

from embeddings.encoder import SentenceTransformerEncoder, prepare_environment
from embeddings.evaluation.retrieval import read_retrieval_set
from embeddings.evaluation.selection import Half, chosen
from embeddings.generation import open_current
from embeddings.model_files import LARGE
from embeddings.question import read_question
from embeddings.quotes import rank_sentences
from embeddings.weighing import HITS, passage_around

prepare_environment(offline=True)

import torch
from layers import APART, JoinedLayers, States, additions_of, learned_parameters, write_additions
from sklearn.metrics import roc_auc_score
from torch.nn import functional

BATCH = 32
RATE, HEADS_RATE = 5e-4, 1e-3  # of AdamW at their highest, after `RISE` steps; from there they fall in a line
RISE, LOWEST = 80, 0.02
LONGEST_STEP = 1.0  # the gradients' norm is cut to this
SHOWN = 25  # steps between two lines
MEASURED = 900  # examples of passages kept aside


def main() -> None:
    """Fit, print, and write the additions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--answering", type=Path, default=HERE / "answering")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--begin-with", type=Path)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    encoder = SentenceTransformerEncoder(LARGE.name)
    passages = read_passages(options.paths, options.answering)
    squad = squad_examples(options.squad, options.index, encoder) if options.squad else []
    states = States(*encoder.transformer(), {text for passage in passages for text in texts_of(passage)} | texts_in(squad))
    vectors = states.vectors()
    learned = [passage for passage in passages if not passage.kept_aside]
    kept = make_examples([passage for passage in passages if passage.kept_aside], vectors.nearness, 99)[:MEASURED]
    layers = JoinedLayers(encoder.transformer()[0], additions_of(options.begin_with) if options.begin_with else None)
    print(f"{len(passages)} passages, {len(learned)} to learn from, {len(squad)} examples of the retrieval set", flush=True)
    fit(layers, states, lambda seed: make_examples(learned, vectors.nearness, seed) + squad, options.steps, options.rate)
    print(measured(layers, states, kept))
    write_additions(layers, options.out, {"encoder_digest": encoder.digest, "apart": str(APART)})


def fit(layers: JoinedLayers, states: States, examples_for: Callable[[int], list[Example]], steps: int, rate: float) -> None:
    """Learn for so many steps, from other examples each time that all were seen."""
    parameters = learned_parameters(layers)
    optimizer = torch.optim.AdamW([{"params": group} for group in parameters], weight_decay=0.01)
    step, seed, losses, started = 0, 0, [], time.perf_counter()
    while step < steps:
        examples = examples_for(seed)
        seed += 1
        order = sorted(examples, key=lambda example: states.length(example) + 20 * random.random())
        batches = [order[first : first + BATCH] for first in range(0, len(order), BATCH)]
        random.shuffle(batches)
        for batch in batches[: steps - step]:
            share = min(1, (step + 1) / RISE) * max(LOWEST, 1 - step / steps)
            for group, highest in zip(optimizer.param_groups, (rate, HEADS_RATE), strict=True):
                group["lr"] = highest * share
            loss = loss_of(layers, states, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([one for group in parameters for one in group], LONGEST_STEP)
            optimizer.step()
            step += 1
            losses.append(loss.item())
            if step % SHOWN == 0:
                print(f"step {step}: loss {np.mean(losses[-SHOWN:]):.3f}, {time.perf_counter() - started:.0f} s", flush=True)


def loss_of(layers: JoinedLayers, states: States, batch: Sequence[Example]) -> torch.Tensor:
    """How wrong the layers are about a batch: whether there is an answer, and where it starts and ends."""
    joined = states.joined(batch)
    answers, starts, ends = layers(joined)
    where = functional.cross_entropy(starts, joined.starts, reduction="none")
    where = (where + functional.cross_entropy(ends, joined.ends, reduction="none")) / 2
    told = torch.tensor([float(example.places_answer) for example in batch])
    is_answered = torch.tensor([float(example.answer is not None) for example in batch])
    loss: torch.Tensor = (where * told).mean() + functional.binary_cross_entropy_with_logits(answers, is_answered)
    return loss


def measured(layers: JoinedLayers, states: States, examples: Sequence[Example]) -> str:
    """AUROC of windows with the answer against those without, by kind."""
    scores = []
    with torch.inference_mode():
        for first in range(0, len(examples), BATCH):
            scores += layers(states.joined(examples[first : first + BATCH]))[0].tolist()
    answered = np.array([example.answer is not None for example in examples])
    kinds = np.array([example.kind for example in examples])
    told = []
    for kind in ("own", "added", "stranger"):
        chosen_ones = (kinds == kind) | answered if kind == "stranger" else kinds == kind
        told.append(f"{kind} {roc_auc_score(answered[chosen_ones], np.array(scores)[chosen_ones]):.3f}")
    return "AUROC, passages kept aside: " + ", ".join(told)


def squad_examples(folder: Path, index: Path, encoder: SentenceTransformerEncoder) -> list[Example]:
    """The tuning half of a retrieval set: the window that the bot picks, which answers where it is of a relevant document."""
    labelled = read_retrieval_set(folder)
    found = []
    with closing(open_current(index, encoder)) as generation:
        for identifier in sorted(chosen(labelled.questions, Half.TUNING, None)):
            if int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 10 < 3:
                continue  # these are looked at while fitting
            question = read_question(labelled.questions[identifier])
            if not question.terms:
                continue
            (encoded,) = encoder.encode_with_tokens([question.text])
            ranked = rank_sentences(generation.searcher.search(question.text, encoded, HITS))
            relevant = labelled.relevant.get(identifier, frozenset())
            right = bool(ranked) and ranked[0].scored.sentence.span.article_id in relevant
            if ranked and (right or not relevant):
                window, answer = tuple(passage_around(ranked[0])), (0, 0, 0) if right else None
                found.append(Example(question.text, window, answer, "squad", not right))
    return found


def texts_of(passage: Passage) -> list[str]:
    """All texts that a passage may bring into an example."""
    return [*passage.own, *(text for text, _ in passage.added), *(asked.question for asked in passage.asked)]


def texts_in(examples: Sequence[Example]) -> set[str]:
    """All texts of examples."""
    return {text for example in examples for text in (example.question, *example.sentences)}


if __name__ == "__main__":
    main()
