"""Fits a reader on written passages and questions, and measures whether it reads. An experiment: the bot uses nothing of it.

    python benchmarks/reader/fit.py benchmarks/reader/passages/*.jsonl --encoder all-mpnet-base-v2
    python benchmarks/reader/fit.py benchmarks/reader/passages/*.jsonl --encoder all-MiniLM-L6-v2 --width 192 --rounds 3 \\
        --answering benchmarks/reader/answering/*.jsonl

About half an hour on two cores for the larger encoder. Every tenth passage (by the hash of its id) is kept aside and measured.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from cases import Case, read_cases, read_contrasts

from embeddings.encoder import SentenceTransformerEncoder, TokenVectors, prepare_environment
from embeddings.model_files import KNOWN

prepare_environment(offline=True)

import torch
from network import Pairs, ReadingNetwork, Shape, pair_up
from sklearn.metrics import roc_auc_score
from torch.nn import functional

from embeddings.token_index import rounded, unrounded

BATCH = 32
DROPOUT = 0.2
RATE, DECAY = 5e-4, 0.05  # of AdamW; the rate rises over the first tenth and then falls to nothing
LONGEST_STEP = 1.0  # the gradients' norm is cut to this
STRANGERS = 0.1  # share of cases that also come with another passage, which does not answer


@dataclass(frozen=True)
class Example:
    """One case as the network sees it: tokens, and where the answer starts and ends among the columns; 0 without an answer."""

    question: TokenVectors
    passage: TokenVectors
    start: int
    end: int

    @property
    def length(self) -> int:
        """Tokens."""
        return len(self.question) + len(self.passage)


def main() -> None:
    """Fit, and print how the kept passages are read after each round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--encoder", required=True, choices=KNOWN)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--answering", nargs="*", default=[], type=Path, help="sentences that answer; only contrasts are fitted then"
    )
    parser.add_argument("--out", type=Path, help="where the weights go after each round")
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    cases = read_contrasts(options.paths, options.answering) if options.answering else read_cases(options.paths)
    encoder = SentenceTransformerEncoder(options.encoder)
    tokens = encoded(cases, encoder)
    learned = [case for case in cases if not case.kept_aside]
    kept = [case for case in cases if case.kept_aside]
    examples = [example_of(case, tokens) for case in with_strangers(learned)]
    network = ReadingNetwork(Shape(encoder.dimension, options.width, options.layers), DROPOUT)
    print(f"{len(examples)} examples of {len({case.passage_id for case in learned})} passages", flush=True)
    rise_and_fall = steps(network, options.rounds * -(-len(examples) // BATCH))
    for number in range(options.rounds):
        started = time.perf_counter()
        loss = one_round(network, examples, *rise_and_fall)
        print(
            f"round {number + 1}: loss {loss:.3f}, {time.perf_counter() - started:.0f} s, {measured(network, kept, tokens)}",
            flush=True,
        )
        if options.out:
            torch.save(network.state_dict(), options.out)


def measured(network: ReadingNetwork, cases: Sequence[Case], tokens: dict[str, TokenVectors]) -> str:
    """How well answered questions are told from unanswered ones: by their own passages, and by others, which must be chance."""
    answered = [case.answer is not None for case in cases]
    others = [random.choice(cases).passage for _ in cases]
    own = roc_auc_score(answered, answers(network, [(tokens[case.question], tokens[case.passage]) for case in cases]))
    strange = roc_auc_score(
        answered, answers(network, [(tokens[case.question], tokens[other]) for case, other in zip(cases, others, strict=True)])
    )
    return f"AUROC {own:.3f} with their own passages, {strange:.3f} with others (0.5 if it reads)"


def answers(network: ReadingNetwork, pairs: Sequence[tuple[TokenVectors, TokenVectors]]) -> list[float]:
    """Log-odds that each passage answers its question."""
    found: list[float] = []
    with torch.inference_mode():
        for first in range(0, len(pairs), BATCH):
            questions, passages = zip(*pairs[first : first + BATCH], strict=True)
            found += network(pair_up(questions, passages)).answers.tolist()
    return found


def encoded(cases: Sequence[Case], encoder: SentenceTransformerEncoder) -> dict[str, TokenVectors]:
    """The tokens of all texts, rounded as an index keeps them."""
    texts = list(dict.fromkeys(text for case in cases for text in (case.passage, case.question)))
    found: dict[str, TokenVectors] = {}
    for first in range(0, len(texts), 256):
        some = texts[first : first + 256]
        for text, one in zip(some, encoder.encode_with_tokens(some), strict=True):
            found[text] = TokenVectors(unrounded(rounded(one.tokens.vectors)), one.tokens.spans)
    return found


def with_strangers(cases: Sequence[Case]) -> list[Case]:
    """The cases, and some of their questions once more with a passage that another question is about."""
    other = [(case, random.choice(cases).passage) for case in cases if random.random() < STRANGERS]
    return [*cases, *(replace(case, passage=passage, answer=None) for case, passage in other if passage != case.passage)]


def example_of(case: Case, tokens: dict[str, TokenVectors]) -> Example:
    """Find the tokens of a case's answer."""
    question, passage = tokens[case.question], tokens[case.passage]
    start = end = 0
    if case.answer:
        inside = np.flatnonzero((passage.spans[:, 1] > case.answer[0]) & (passage.spans[:, 0] < case.answer[1]))
        if len(inside):
            start, end = (1 + len(question) + int(place) for place in (inside[0], inside[-1]))
    return Example(question, passage, start, end)


def steps(network: ReadingNetwork, count: int) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """How the network learns in `count` steps."""
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=count + 1, pct_start=0.1)


def one_round(
    network: ReadingNetwork,
    examples: Sequence[Example],
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> float:
    """Learn from each example once, those of like length together; the mean loss."""
    network.train()
    order = sorted(examples, key=lambda example: example.length + 30 * random.random())
    batches = [order[first : first + BATCH] for first in range(0, len(order), BATCH)]
    random.shuffle(batches)
    total = 0.0
    for batch in batches:
        loss = loss_of(network, batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), LONGEST_STEP)
        optimizer.step()
        schedule.step()
        total += loss.item()
    network.eval()
    return total / len(batches)


def loss_of(network: ReadingNetwork, batch: Sequence[Example]) -> torch.Tensor:
    """How wrong the network is about a batch: whether there is an answer, and where it starts and ends."""
    scores = network(paired(batch))
    starts, ends = (torch.tensor(places) for places in zip(*((one.start, one.end) for one in batch), strict=True))
    where = functional.cross_entropy(scores.starts, starts) + functional.cross_entropy(scores.ends, ends)
    whether = functional.binary_cross_entropy_with_logits(scores.answers, (starts > 0).float())
    loss: torch.Tensor = where / 2 + whether
    return loss


def paired(batch: Sequence[Example]) -> Pairs:
    """A batch's tokens side by side."""
    return pair_up([one.question for one in batch], [one.passage for one in batch])


if __name__ == "__main__":
    main()
