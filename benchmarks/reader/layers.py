"""The last layers of the encoder with additions that learn, and the states of texts that its first layers make once for all.

Only for fitting; `embeddings.reading_network` reads with what comes out of it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from examples import Example
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from embeddings.reading_network import CLOSED, LONGEST, padded, through

APART = 8  # layers that read each text by itself
RANK, SCALE = 48, 2.0  # of the additions; what they add is SCALE B A
BATCH = 64
LINEAR = ("q", "k", "v", "o")


@dataclass(frozen=True, eq=False)
class Joined:
    """Questions and their sentences side by side.

    `states`: float32, shape (pairs, tokens, width); `filled`, bool, and `sides`, int64, 0 for the question and 1 for its
    sentences: (pairs, tokens); `starts`, `ends`: (pairs,).
    """

    states: Tensor
    filled: Tensor
    sides: Tensor
    starts: Tensor  # columns; 0, the question's first token, stands for no answer
    ends: Tensor


class States:
    """What the first layers make of each text by itself, in half precision."""

    def __init__(self, model: Any, tokenizer: Any, texts: Iterable[str]) -> None:
        self._model = model
        self._states: dict[str, np.ndarray] = {}
        self._places: dict[str, np.ndarray] = {}
        ordered = sorted(set(texts), key=len)
        with torch.inference_mode():
            for first in range(0, len(ordered), BATCH):
                some = ordered[first : first + BATCH]
                tokens = tokenizer(
                    some, padding=True, truncation=True, max_length=LONGEST, return_offsets_mapping=True, return_tensors="pt"
                )
                filled = tokens["attention_mask"].bool()
                state = through(model, model.encoder.layer[:APART], model.embeddings(tokens["input_ids"]), filled)
                for row, text in enumerate(some):
                    count = int(filled[row].sum())
                    self._states[text] = state[row, :count].half().numpy().copy()
                    self._places[text] = tokens["offset_mapping"][row, :count].numpy()

    def length(self, example: Example) -> int:
        """Tokens of an example."""
        return sum(len(self._states[text]) for text in (example.question, *example.sentences))

    def joined(self, examples: Sequence[Example]) -> Joined:
        """Examples side by side, filled up to the longest."""
        rows, asked, starts, ends = [], [], [], []
        for example in examples:
            parts = [self._states[example.question]]
            start = end = 0
            count = len(parts[0])
            for number, text in enumerate(example.sentences):
                if example.answer and example.answer[0] == number and example.places_answer:
                    places = self._places[text]
                    _, first, last = example.answer
                    inside = np.flatnonzero((places[:, 1] > first) & (places[:, 0] < last) & (places[:, 1] > places[:, 0]))
                    if len(inside):
                        start, end = count + int(inside[0]), count + int(inside[-1])
                parts.append(self._states[text])
                count += len(parts[-1])
            rows.append(torch.from_numpy(np.concatenate(parts)).float())
            asked.append(len(parts[0]))
            starts.append(start)
            ends.append(end)
        states, filled = padded(rows)
        sides = (torch.arange(states.shape[1]) >= torch.tensor(asked)[:, None]).long()
        return Joined(states, filled, sides, torch.tensor(starts), torch.tensor(ends))

    def vectors(self) -> "Vectors":
        """The vector of each text, as the encoder makes it."""
        found = {}
        ordered = sorted(self._states, key=lambda text: len(self._states[text]))
        with torch.inference_mode():
            for first in range(0, len(ordered), BATCH):
                some = ordered[first : first + BATCH]
                state, filled = padded([torch.from_numpy(self._states[text]).float() for text in some])
                state = through(self._model, self._model.encoder.layer[APART:], state, filled)
                mean = (state * filled.unsqueeze(-1)).sum(1) / filled.sum(1, keepdim=True)
                found.update(zip(some, functional.normalize(mean, dim=1).numpy(), strict=True))
        return Vectors(found)


class Vectors:
    """Vectors of texts, and how near they are."""

    def __init__(self, vectors: Mapping[str, np.ndarray]) -> None:
        self._vectors = vectors

    def nearness(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """The cosine of a question with each text."""
        near: list[float] = (np.array([self._vectors[text] for text in texts]) @ self._vectors[question]).tolist()
        return near


class Addition(nn.Module):
    """A linear layer that stays as it is, and a product of two thin matrices that is added to it (LoRA)."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        for parameter in linear.parameters():
            parameter.requires_grad = False
        self.A = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.B = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, state: Tensor) -> Tensor:
        """The layer's own output and what is added."""
        added: Tensor = self.linear(state) + functional.linear(functional.linear(state, self.A), self.B) * SCALE
        return added


class JoinedLayers(nn.Module):
    """The encoder's last layers with additions, over question and passage together, and what they say."""

    def __init__(self, model: Any, begin_with: Mapping[str, Tensor] | None = None) -> None:
        super().__init__()
        self._model = [model]
        self.layers = model.encoder.layer[APART:]
        for parameter in model.parameters():
            parameter.requires_grad = False
        for layer in self.layers:
            for name in LINEAR:
                setattr(layer.attention.attn, name, Addition(getattr(layer.attention.attn, name)))
            layer.intermediate.dense, layer.output.dense = Addition(layer.intermediate.dense), Addition(layer.output.dense)
            for norm in (layer.attention.LayerNorm, layer.output.LayerNorm):
                for parameter in norm.parameters():
                    parameter.requires_grad = True
        width = model.config.hidden_size
        self.seg = nn.Parameter(torch.zeros(2, width))
        self.ans, self.span = nn.Linear(width, 1), nn.Linear(width, 2)
        if begin_with:
            self.load_state_dict(dict(begin_with), strict=False)

    def forward(self, joined: Joined) -> tuple[Tensor, Tensor, Tensor]:
        """Log-odds of an answer, shape (pairs,), and of its first and last token at each column, shape (pairs, tokens)."""
        state = through(self._model[0], self.layers, joined.states + self.seg[joined.sides], joined.filled)
        span = self.span(state)
        closed = ~(joined.filled & (joined.sides == 1))
        closed[:, 0] = False
        starts, ends = span.masked_fill(closed.unsqueeze(-1), CLOSED).unbind(dim=-1)
        return self.ans(state[:, 0]).squeeze(-1), starts, ends


def learned_parameters(layers: JoinedLayers) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """Those of the layers, and those of the heads."""
    heads = {id(layers.seg), *(id(one) for head in (layers.ans, layers.span) for one in head.parameters())}
    learned = [one for one in layers.parameters() if one.requires_grad]
    return [one for one in learned if id(one) not in heads], [one for one in learned if id(one) in heads]


def write_additions(layers: JoinedLayers, path: Path, about: Mapping[str, str]) -> None:
    """Write what was learned, in half precision, as `embeddings.reading_network` reads it: B with SCALE in it."""
    learned = {name: value.detach() for name, value in layers.named_parameters() if value.requires_grad}
    kept = {name: (value * SCALE if name.endswith(".B") else value).half().contiguous() for name, value in learned.items()}
    save_file(kept, path, dict(about))


def additions_of(path: Path) -> dict[str, Tensor]:
    """What an earlier fitting wrote."""
    return {name: value.float() / (SCALE if name.endswith(".B") else 1) for name, value in load_file(path).items()}
