"""The network of the reader: layers of a transformer over the token vectors of a question and a passage, side by side.

An experiment: the bot does not use it (README.md says why).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from embeddings.encoder import TokenVectors

HEADS = 4  # of each layer's attention
PLACES = 512  # tokens of a question or a passage that are told apart by their place
CLOSED = -1e4  # added before a softmax to what is no choice
PASSAGE = 1  # the side of a passage's tokens; a question's is 0


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a network: numbers in a token vector, numbers in a layer, layers."""

    dimension: int
    width: int
    layers: int


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Questions and passages, a pair a row, its question's tokens first; rows are filled up to the longest.

    `vectors`: float32, shape (pairs, tokens, dimension). `likeness`: float32, shape (pairs, tokens, 2), a token's highest and
    mean cosine with the other text's. `sides`, `places`: int64, and `filled`: bool, shape (pairs, tokens).
    """

    vectors: Tensor
    likeness: Tensor
    sides: Tensor
    places: Tensor
    filled: Tensor


@dataclass(frozen=True, eq=False, slots=True)
class Scores:
    """What the network says of pairs.

    `answers`: log-odds that the passage answers, shape (pairs,). `starts`, `ends`: how well an answer starts and ends at each
    token, shape (pairs, 1 + tokens); column 0 stands for no answer.
    """

    answers: Tensor
    starts: Tensor
    ends: Tensor


class ReadingNetwork(nn.Module):
    """Reads pairs. The layers are those of a transformer's encoder, normalised first (Xiong et al., ICML 2020)."""

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        width = shape.width
        self.project = nn.Linear(shape.dimension, width)
        self.likeness = nn.Linear(2, width)
        self.sides = nn.Embedding(2, width)
        self.places = nn.Embedding(PLACES, width)
        self.whole = nn.Parameter(torch.zeros(width))  # a token of its own that gathers what the pair says
        self.layers = nn.ModuleList(Layer(width, dropout) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        self.span = nn.Linear(width, 2)
        self.answers = nn.Linear(width, 1)
        for table in (self.sides, self.places):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, pairs: Pairs) -> Scores:
        """Read pairs."""
        filled = functional.pad(pairs.filled, (1, 0), value=True)
        tokens = self.project(pairs.vectors) + self.likeness(pairs.likeness) + self.sides(pairs.sides) + self.places(pairs.places)
        state = torch.cat([self.whole.expand(len(tokens), 1, -1), self.dropout(tokens)], dim=1)
        unseen = torch.zeros(filled.shape).masked_fill(~filled, CLOSED)[:, None, None]
        for layer in self.layers:
            state = layer(state, unseen)
        state = self.norm(state)
        choices = functional.pad((pairs.sides == PASSAGE) & pairs.filled, (1, 0), value=True)
        starts, ends = self.span(state).masked_fill(~choices.unsqueeze(-1), CLOSED).unbind(dim=-1)
        return Scores(self.answers(state[:, 0]).squeeze(-1), starts, ends)


class Layer(nn.Module):
    """Attention over the whole pair, then two linear steps, each added to what was there."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.asked, self.joined = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widened, self.narrowed = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, state: Tensor, unseen: Tensor) -> Tensor:
        """One step: shape (pairs, tokens, width), unchanged."""
        pairs, tokens, width = state.shape
        parts = self.asked(self.before(state)).view(pairs, tokens, 3, HEADS, width // HEADS)
        asked, keys, values = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(asked, keys, values, attn_mask=unseen)
        seen = seen.transpose(1, 2).reshape(pairs, tokens, width)
        state = state + self.dropout(self.joined(seen))
        added: Tensor = self.dropout(self.narrowed(functional.gelu(self.widened(self.between(state)))))
        return state + added


def pair_up(questions: Sequence[TokenVectors], passages: Sequence[TokenVectors]) -> Pairs:
    """Lay questions and passages side by side, the first with the first; tokens beyond `PLACES` are not seen."""
    pairs = [(question.vectors[:PLACES], passage.vectors[:PLACES]) for question, passage in zip(questions, passages, strict=True)]
    longest = max(len(question) + len(passage) for question, passage in pairs)
    dimension = pairs[0][0].shape[1]
    vectors = np.zeros((len(pairs), longest, dimension), dtype=np.float32)
    likeness = np.zeros((len(pairs), longest, 2), dtype=np.float32)
    sides, places = np.zeros((2, len(pairs), longest), dtype=np.int64)
    filled = np.zeros((len(pairs), longest), dtype=np.bool_)
    for row, (question, passage) in enumerate(pairs):
        asked, end = len(question), len(question) + len(passage)
        vectors[row, :asked], vectors[row, asked:end] = question, passage
        cosines = question @ passage.T
        likeness[row, :asked] = np.stack([cosines.max(axis=1), cosines.mean(axis=1)], axis=1)
        likeness[row, asked:end] = np.stack([cosines.max(axis=0), cosines.mean(axis=0)], axis=1)
        sides[row, asked:end] = PASSAGE
        places[row, :asked], places[row, asked:end] = np.arange(asked), np.arange(len(passage))
        filled[row, :end] = True
    vectors *= np.sqrt(dimension)  # unit vectors would be tiny numbers to the first step
    return Pairs(*(torch.from_numpy(part) for part in (vectors, likeness, sides, places, filled)))
