"""Makes examples of passages: each question with a few sentences that hold its answer, and with a few that do not.

The sentences are picked as the bot picks them, by their nearness to the question. Nothing but both texts together tells the two
apart: every question comes with its answer and without it, and added sentences, which another hand wrote, stand on both sides.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from passages import Asked, Passage, Place

ADDED = 0.5  # of a passage's added sentences that stand in a version of it
SAME_HAND = 0.6  # of the examples without the answer are picked among sentences of the hand that wrote the answer
STRANGERS = 0.5  # of the questions come with another passage, too
SEARCHED = 25  # passages of the same set in which a stranger is looked for
# How often a window takes the sentence before and the one behind, only the one before, only the one behind; else neither.
AROUND = ((0.4, 1, 1), (0.25, 1, 0), (0.15, 0, 1), (0.2, 0, 0))

Nearness = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a few sentences, and where among them the answer is: the sentence's number, its first and last letter."""

    question: str
    sentences: tuple[str, ...]
    answer: tuple[int, int, int] | None
    kind: str  # "own" or "added": who wrote the answer; "stranger": sentences of another passage; "squad"
    places_answer: bool = True  # no loss for the place where only the sentence is known


def make_examples(passages: Sequence[Passage], nearness: Nearness, seed: int) -> list[Example]:
    """Examples of passages, other ones for each seed.

    Args:
        nearness: of a question to some texts, the larger the nearer.
    """
    chance = random.Random(seed)
    pools = defaultdict(list)
    for passage in passages:
        pools[passage.set].append(passage)
    made = []
    for passage in passages:
        for asked in passage.asked:
            made.append(_with_answer(passage, asked, chance))
            if without := _without_answer(passage, asked, nearness, chance):
                made.append(without)
            if chance.random() < STRANGERS and (stranger := _stranger(passage, asked, pools[passage.set], nearness, chance)):
                made.append(stranger)
    return made


def _with_answer(passage: Passage, asked: Asked, chance: random.Random) -> Example:
    others = _some_added(passage, chance, asked.place)
    sentences = passage.version([*others, asked.place.number] if asked.place.is_added else others)
    center = next(k for k, (place, _) in enumerate(sentences) if place == asked.place)
    window = _window(len(sentences), center, chance)
    answer = (window.index(center), asked.start, asked.end)
    return Example(asked.question, tuple(sentences[k][1] for k in window), answer, "added" if asked.place.is_added else "own")


def _without_answer(passage: Passage, asked: Asked, nearness: Nearness, chance: random.Random) -> Example | None:
    others = _some_added(passage, chance, asked.place)
    sentences = passage.version(others, None if asked.place.is_added else asked.place.number)
    if not sentences:
        return None
    same = [k for k, (place, _) in enumerate(sentences) if place.is_added == asked.place.is_added]
    choice = same if same and chance.random() < SAME_HAND else list(range(len(sentences)))
    center = choice[_nearest(nearness(asked.question, [sentences[k][1] for k in choice]))]
    texts = tuple(sentences[k][1] for k in _window(len(sentences), center, chance))
    return Example(asked.question, texts, None, "added" if asked.place.is_added else "own")


def _stranger(
    passage: Passage, asked: Asked, pool: Sequence[Passage], nearness: Nearness, chance: random.Random
) -> Example | None:
    others = [other for other in chance.sample(pool, min(SEARCHED, len(pool))) if other is not passage]
    versions = [other.version(_some_added(other, chance)) for other in others]
    places = [(version, k) for version in versions for k in range(len(version))]
    if not places:
        return None
    version, center = places[_nearest(nearness(asked.question, [version[k][1] for version, k in places]))]
    return Example(asked.question, tuple(version[k][1] for k in _window(len(version), center, chance)), None, "stranger")


def _some_added(passage: Passage, chance: random.Random, without: Place | None = None) -> list[int]:
    return [k for k in range(len(passage.added)) if Place(True, k) != without and chance.random() < ADDED]


def _nearest(near: Sequence[float]) -> int:
    return max(range(len(near)), key=near.__getitem__)


def _window(count: int, center: int, chance: random.Random) -> range:
    ((_, before, behind),) = chance.choices(AROUND, weights=[share for share, _, _ in AROUND])
    return range(max(0, center - before), min(count, center + behind + 1))
