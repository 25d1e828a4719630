"""How well each word of a question is met by a passage, from the token vectors that the encoder makes anyway.

The score of a word is its highest cosine with any token of the passage (MaxSim: Khattab & Zaharia, SIGIR 2020). Only a
few passages of a question are looked at, so nothing of it is stored.
"""

from collections.abc import Sequence

from embeddings.encoder import Encoder, TokenVectors
from embeddings.lexical_index import Term, terms_of


def word_matches(question: str, terms: Sequence[Term], passages: Sequence[str], encoder: Encoder) -> list[dict[str, float]]:
    """For each passage: how well it meets each word of the question.

    Returns:
        One mapping a passage, from a word's stem to a number from about 0.1 (nothing like it) to 1 (the same word).
        Where the encoder gives no token vectors, a word is met (1) or not (0) by its letters.
    """
    tokens = encoder.token_vectors([question, *passages]) if passages else []
    if not tokens:
        held = [{term.stem for term in terms_of(passage)} for passage in passages]
        return [{term.stem: float(term.stem in stems) for term in terms} for stems in held]
    asked, *found = tokens
    matches = []
    for passage in found:
        best = (asked.vectors @ passage.vectors.T).max(axis=1) if len(passage.vectors) else [0.0] * len(asked.spans)
        matches.append({term.stem: _mean_over(term, asked, best) for term in terms})
    return matches


def _mean_over(term: Term, asked: TokenVectors, best: Sequence[float]) -> float:
    places = [place for place, (start, end) in enumerate(asked.spans) if term.start <= start and end <= term.end]
    return float(sum(best[place] for place in places) / len(places)) if places else 0.0
