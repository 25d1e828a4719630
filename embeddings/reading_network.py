"""The network of the reader: an encoder's own layers, the last of them over question and passage together.

The first layers read each text by itself, as they do for its vector; the last ones, changed by small additions that were fitted,
read the question and the passage side by side (DeFormer, Cao et al., ACL 2020; the additions: LoRA, Hu et al., ICLR 2022).
Loads torch, so only `embeddings.reader` and the fitting import it, and only when something is read.
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

KEPT = 500  # texts whose states are kept, in half precision: 50 kB for a sentence of thirty word pieces
LONGEST = 160  # word pieces of one text; more are not seen
CLOSED = -1e4  # added before a softmax to what is not there


class ReadingNetwork(nn.Module):
    """Reads pairs with an MPNet encoder's layers.

    Args of its making:
        model, tokenizer: of the encoder (`transformers.MPNetModel`); neither is changed.
        weights: what was fitted: `layers.N.<linear layer>.A`, shape (rank, in), and `.B`, shape (out, rank), of which the product
            B A is added to that layer's weights; the LayerNorms of those layers; `seg`, shape (2, width), added to a token of a
            question or a passage; and `ans.weight`, `ans.bias`, which make log-odds of the first token.
        apart: how many layers read each text by itself.
    Raises:
        KeyError, RuntimeError: the weights do not fit the model.
    """

    def __init__(self, model: Any, tokenizer: Any, weights: Mapping[str, Tensor], apart: int) -> None:
        super().__init__()
        self._tokenizer = copy.deepcopy(tokenizer)  # its Rust side refuses two threads at once, so the encoder's is left alone
        self._kept: dict[str, Tensor] = {}
        self._model = [model]  # in a list: the encoder's layers are not this network's to save
        self.apart = apart
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in model.encoder.layer[apart:])
        width = model.config.hidden_size
        self.sides = nn.Parameter(torch.zeros(2, width))
        self.answers = nn.Linear(width, 1)
        with torch.no_grad():
            self._take(weights)
        self.eval()

    def _take(self, weights: Mapping[str, Tensor]) -> None:
        own = dict(self.layers.named_parameters())
        self.sides.copy_(weights["seg"])
        self.answers.weight.copy_(weights["ans.weight"])
        self.answers.bias.copy_(weights["ans.bias"])
        for name, value in weights.items():
            place = name.removeprefix("layers.")
            if name.endswith(".A"):
                own[place.removesuffix("A") + "weight"].add_(weights[name.removesuffix("A") + "B"].float() @ value.float())
            elif name.startswith("layers.") and not name.endswith(".B"):
                own[place].copy_(value)

    def forward(self, question: str, passages: Sequence[Sequence[str]]) -> Tensor:
        """Log-odds that each passage, given as its sentences, answers the question: shape (passages,)."""
        states = self._states([question, *(sentence for passage in passages for sentence in passage)])
        asked = states[question]
        rows = [torch.cat([asked, *(states[sentence] for sentence in passage)]) for passage in passages]
        state, filled = padded(rows)
        state = state + self.sides[(torch.arange(state.shape[1]) >= len(asked)).long()]
        answers: Tensor = self.answers(through(self._model[0], self.layers, state, filled)[:, 0]).squeeze(-1)
        return answers

    def _states(self, texts: Sequence[str]) -> dict[str, Tensor]:
        """The states of each text, those of texts read before from memory: the same sentences are read for many questions."""
        found = {text: state for text in texts if (state := self._kept.get(text)) is not None}  # another thread may clear it
        fresh = [text for text in dict.fromkeys(texts) if text not in found]
        if fresh:
            found |= zip(fresh, (state.half() for state in self._read_apart(fresh)), strict=True)
        if len(self._kept) > KEPT:
            self._kept.clear()
        self._kept.update(found)
        return {text: state.float() for text, state in found.items()}

    def _read_apart(self, texts: Sequence[str]) -> list[Tensor]:
        """The states of each text's tokens after the first layers, each of shape (tokens, width)."""
        tokens = self._tokenizer(list(texts), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        filled = tokens["attention_mask"].bool()
        model = self._model[0]
        state = through(model, model.encoder.layer[: self.apart], model.embeddings(tokens["input_ids"]), filled)
        return [row[: int(mask.sum())] for row, mask in zip(state, filled, strict=True)]


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Tokens' states filled up to the longest row, shape (rows, tokens, width), and which tokens are there, (rows, tokens)."""
    state = nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    return state, torch.arange(state.shape[1]) < torch.tensor([len(row) for row in rows])[:, None]


def through(model: Any, layers: Iterable[Any], state: Tensor, filled: Tensor) -> Tensor:
    """States after some of an encoder's layers, which see only the tokens that are there."""
    nearness = model.encoder.compute_position_bias(state)
    unseen = torch.zeros(filled.shape).masked_fill(~filled, CLOSED)[:, None, None]
    for layer in layers:
        state = layer(state, attention_mask=unseen, position_bias=nearness)[0]
    return state
