"""What speaks for and against answering, read off a search: how well the first quote meets the question, and what it lacks.

Decides nothing; `embeddings.abstention` weighs it.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass

from corpus.article import Article
from embeddings.answer_part import answer_part
from embeddings.lexical_index import Term
from embeddings.names import is_one_place, missing_names
from embeddings.question import (
    COMMON_NAMES,
    FRAMING_WORDS,
    AnswerKind,
    Question,
    asks_name,
    compares,
    fits_kind,
    is_instruction,
    lacks_reason,
    missing_unit,
)
from embeddings.quotes import Quote, Ranked
from embeddings.search import Hit, SearchResult

SENTENCES_BEFORE = 1  # a speaker is often named one sentence earlier
LOOKED_AT = 3  # best sentences that may bear the answer
MANY_TERMS = 12  # telling words; more of them tell no more
WEAK_MATCH = 0.45  # of the question's tokens with a sentence's; paraphrases without a common word reach about this
STRONG_MATCH = 0.6  # about what a passage on the same matter reaches
CLEAR_NO = 2  # log-odds against; 1 to 3 do alike on our tuning cases
LEAD_OVER = 5
USUAL_LEAD, LARGEST_LEAD = 0.21, 0.52  # median and 99th percentile of our tuning questions


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against answering. The numbers run from 0 to 1, most often."""

    sentence_match: float  # how well the tokens of the first quote's best sentence meet the question's, by rarity
    weak_match: float  # how far that lies below what a passage on the matter reaches, 0 from there on
    worst_word: float  # how well the least met of the telling words is met by the first quote
    second_word: float  # the same of the next
    mean_word: float  # the same, on average over the telling words
    unknown_words: float  # share of the words that stand nowhere in the collection, by rarity
    unknown_count: float  # how many such words there are, at most three
    missing_names: float  # share of the telling words that are names, years or numbers and that the passage lacks, by rarity
    other_subject: float  # a good match all the same: the passage says this of somebody or something else
    focus_gap: float  # 1 when the thing asked for (the counted thing, the deed) is not met at all by the first quote
    lacks_kind: float  # 1 when the question wants a number, sum of money, date, person or place and the first quote holds none
    lacks_part: float  # 1 when none of the first quote's sentences has a part that is sure to give such an answer
    has_part: float  # 1 when its best sentence has one
    lacks_unit: float  # 1 when the question names a unit (dollars, percent, hours) and the first quote does not
    instruction: float  # 1 when the message gives orders to the bot instead of asking
    has_name: float  # 1 when the question names something
    length: float  # telling words, as a share of twelve
    margin: float  # lead of the best chunk over the sixth
    lacks_reason: float  # 1 when the question asks why and the first quote has no word of reason
    asks_name: float  # 1 when the question wants something named, or told exactly
    reads_answer: float = 0.0  # log-odds, by the reader, that the passage answers; 0 where nothing was read
    reads_no: float = 0.0  # how far those lie below a clear no, at most 0: between there and yes the reader knows less
    unmentioned_place: bool = False  # the question is about a country or people that the collection never names
    cosine: float = 0.0  # highest cosine of one of the best sentences; tells only how we decline
    missing: tuple[str, ...] = ()  # names, years and numbers of the question that the passage lacks
    focus: tuple[str, ...] = ()  # the thing asked for, where it is not met
    held: tuple[str, ...] = ()  # names of the question that the passage has; they tell only how we decline

    def values(self) -> dict[str, float]:
        """The numbers that are weighed, by name."""
        return {name: float(value) for name, value in asdict(self).items() if name not in NOT_WEIGHED}


NOT_WEIGHED = frozenset({"unmentioned_place", "cosine", "missing", "focus", "held"})


NO_EVIDENCE = Evidence(0, 1, 0, 0, 0, 1, 3, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0)


def gather_evidence(
    question: Question,
    result: SearchResult,
    ranked: Sequence[Ranked],
    first: Quote,
    answering: Ranked,
    matches: Mapping[str, float],
    unknown: Set[str],
    reading: float = 0.0,
    beside: Sequence[Quote] = (),
) -> Evidence:
    """Read the evidence off a search.

    Args:
        ranked: the sentences that compete to be quoted, best first.
        first: the quote around the best of them that can be quoted.
        answering: that best one.
        matches: how well that quote meets each word of the question (`embeddings.late_interaction`).
        unknown: the question's stems that the collection never uses.
        reading: log-odds, by the reader, that the passage around the best sentence answers; 0 without a reader.
        beside: the other passages that could be quoted; a question that compares may name their articles.
    """
    hit, scored = answering.hit, answering.scored
    telling = telling_terms(question)
    met = sorted(matches.get(term.stem, 0.0) for term in telling)
    weight = {term.stem: result.rarity.get(term.stem, 0.0) for term in question.terms}
    total = sum(weight.values()) or 1.0
    around = named_around(first, hit)
    if compares(question.text):
        # Its sides are told by different articles, which it may name by title, publisher, author and year.
        around = " ".join([around, *(dated_source(quote.article) for quote in (first, *beside))])
    missing = missing_names(question.terms, question.names, question.text, around)
    asked = frozenset(term.word.lower() for term in question.terms)
    gap = focus_gap(question, matches)
    wants_kind = question.kind is not AnswerKind.ANY
    has_part = wants_kind and answer_part(question, first.answer_text) is not None
    quoted = [s.sentence.text for s in hit.sentences if first.span.start <= s.sentence.span.start < first.span.end]
    return Evidence(
        sentence_match=scored.late,
        weak_match=max(0.0, WEAK_MATCH - scored.late),
        worst_word=met[0],
        second_word=met[min(1, len(met) - 1)],
        mean_word=sum(met) / len(met),
        unknown_words=sum(weight[stem] for stem in unknown) / total,
        unknown_count=min(3, len(unknown)),
        missing_names=sum(weight[term.stem] for term in missing) / total,
        other_subject=max(0.0, scored.late - STRONG_MATCH) if missing else 0.0,
        focus_gap=gap,
        lacks_kind=float(not fits_kind(first.text, question.kind, asked)),
        lacks_part=float(wants_kind and not has_part and not any(answer_part(question, text) for text in quoted)),
        has_part=float(has_part),
        lacks_unit=float(missing_unit(question.text, first.text) is not None),
        instruction=float(is_instruction(question.text)),
        has_name=float(bool(question.names)),
        length=min(1.0, len(telling) / MANY_TERMS),
        margin=lead(result.hits),
        lacks_reason=float(lacks_reason(question.text, first.text)),
        asks_name=float(asks_name(question.text)),
        reads_answer=reading,
        reads_no=min(0.0, reading + CLEAR_NO),
        unmentioned_place=any(is_one_place(term) and term.stem in unknown for term in missing),
        cosine=max(entry.scored.cosine for entry in ranked[:LOOKED_AT]),
        missing=as_written(missing, question.text),
        focus=tuple(term.word for term in question.focus) if gap > 0.5 else (),
        held=held_names(question, missing),
    )


def lead(hits: Sequence[Hit]) -> float:
    """How far the best chunk lies before the sixth, from 0 to what nearly all questions stay below.

    Where there are fewer, the usual lead: a small collection is no reason to be more or less sure.
    """
    if len(hits) <= LEAD_OVER:
        return USUAL_LEAD
    return min(LARGEST_LEAD, max(0.0, hits[0].score - hits[LEAD_OVER].score))


def held_names(question: Question, missing: Sequence[Term]) -> tuple[str, ...]:
    """The names of a question that are not missing, as they are written there: "Xu Shan", "DeepSeek".

    Numbers tell nothing here, nor do names that stand everywhere.
    """
    lost = {term.start for term in missing}
    held = [
        term
        for term in question.terms
        if term.stem in question.names and not term.is_number and term.start not in lost and term.word.lower() not in COMMON_NAMES
    ]
    return as_written(held, question.text)


def as_written(terms: Sequence[Term], text: str) -> tuple[str, ...]:
    """Words as a text writes them, those that stand side by side as one: "United States", not "United" and "States"."""
    names: list[tuple[int, int]] = []
    for term in terms:
        if names and text[names[-1][1] : term.start] in {" ", "-"}:
            names[-1] = (names[-1][0], term.end)
        else:
            names.append((term.start, term.end))
    return tuple(text[start:end] for start, end in names)


def named_around(quote: Quote, hit: Hit) -> str:
    """Where a name of the question may stand: in the quote, just before it, in its heading or in its source line."""
    before = [s.sentence.text for s in hit.sentences if s.sentence.span.end <= quote.span.start][-SENTENCES_BEFORE:]
    return " ".join([*before, quote.text, hit.chunk.heading or "", source_words(quote.article)])


# A word of the focus whose best token lies below the first is not met, above the second it is; read off the development
# questions.
FOCUS_NOT_MET, FOCUS_MET = 0.25, 0.6


def telling_terms(question: Question) -> list[Term]:
    """The words that do not only frame the question; all of them where there are no others."""
    return [term for term in question.terms if term.word.lower() not in FRAMING_WORDS] or list(question.terms)


def focus_gap(question: Question, matches: Mapping[str, float]) -> float:
    """How badly the thing asked for is missed: 0 met (or no rule says what it is), 1 not met at all."""
    if not question.focus:
        return 0.0
    return 1 - _between(min(matches.get(term.stem, 0.0) for term in question.focus), FOCUS_NOT_MET, FOCUS_MET)


def _between(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def dated_source(article: Article) -> str:
    """Its source words and the year of publication, where several articles are asked for by them."""
    year = str(article.published_on.year) if article.published_on else ""
    return f"{source_words(article)} {year}"


def source_words(article: Article) -> str:
    """What a question may name to mean an article: its title, publisher and author.

    Not its date: a question about another year would pass for one about the year of publication.
    """
    return " ".join(part for part in (article.title, article.publisher, article.author) if part)
