"""How sure a measured number is: percentile bootstrap over the questions (Efron & Tibshirani, 1993)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
LEVEL = 0.95
SEED = 20_251_121  # any fixed number: the same questions always give the same interval
FEWEST = 2  # of one question nothing can be said
BLOCK = 500_000  # places drawn at once: 4 MB

Places = NDArray[np.intp]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of what the number would be on other samples of such questions."""

    low: float
    high: float


def bootstrap_interval(statistic: Callable[[Places], Numbers], size: int, resamples: int = RESAMPLES) -> Interval | None:
    """Draw `size` questions of `size` again and again, with repetition, and look how much a number varies.

    Args:
        statistic: from the places of the drawn questions, shape (draws, size), to the number of each draw, shape
            (draws,); NaN where it is not defined.
    Returns:
        Nothing when there are too few questions, or the number is defined for none of the draws.
    """
    if size < FEWEST:
        return None
    chance = np.random.default_rng(SEED)
    block = max(1, BLOCK // size)
    draws = [min(block, resamples - start) for start in range(0, resamples, block)]
    values = np.concatenate([statistic(chance.integers(size, size=(count, size))) for count in draws])
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))


def one_by_one(statistic: Callable[[Places], float]) -> Callable[[Places], Numbers]:
    """Make a number that is computed from one draw fit for `bootstrap_interval`."""
    return lambda places: np.array([statistic(draw) for draw in places], dtype=np.float64)
