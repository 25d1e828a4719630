"""Publishers and titles that a question names as its source, and outlets that the collection does not have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.store import Filters
from embeddings.filters.press_outlets import CHINESE_OUTLETS, OUTLETS, PAPER, is_outlet

PIECE = r"(?:article|report|story|piece|op-ed|interview|reporting|coverage|commentary)"
SOURCE = (
    r"(?:according to|as reported (?:by|in)|as stated (?:by|in)|as (?:written|said) (?:by|in)|reported by|reported in"
    r"|published (?:by|in)|based on|as per|in the words of)"
)
SAYING = (
    r"(?:(?:say|report|claim|explain|mention|quote|cite|call|state|describe|name|list|tell|give|think|write)s?"
    r"|said|reported|claimed|explained|mentioned|quoted|cited|called|stated|described|named|told|wrote)"
)
CHINESE_PIECE = r"(?:报道|文章|新闻|报导|消息|评论)"
TITLE_WORDS = 3  # words of a title that name "the article", when no other title has them


@dataclass(frozen=True, slots=True)
class Part:
    """One filter, its label, and the question with its words taken out."""

    filters: Filters
    label: str
    rest: str


def without(text: str, match: re.Match[str], put: str = "") -> str:
    """A question that reads on after words were taken out of it, or others put in their place."""
    rest = f"{text[: match.start()]}{put}{text[match.end() :]}"
    rest = re.sub(r"\s+([?.!,;:，？])", r"\1", re.sub(r"\s{2,}", " ", rest))
    rest = re.sub(r"([,，])\s*(?=[,，?？.!])", "", rest)
    rest = re.sub(r"^[\s,，;:–—-]+|[\s,，;:–—-]+$", "", rest)
    return rest[:1].upper() + rest[1:]


def publisher_in(text: str, articles: Sequence[Article]) -> Part | None:
    """A publisher of the collection that a question names as its source; `None` when its name only occurs in it."""
    names = _names(articles)
    anyone = "|".join(map(re.escape, names))
    for pattern, put in _source_patterns(anyone) if names else ():
        if match := pattern.search(text):
            said = [name.casefold() for name in re.findall(anyone, match["name"], re.I)]
            wanted = list(dict.fromkeys(names[key] for name in said for key in names if key.casefold() == name))
            rest = without(text, match, put.format(**match.groupdict()))
            return Part(_of_publishers(wanted, articles), f"publisher: {', '.join(wanted)}", rest)
    return None


def _names(articles: Sequence[Article]) -> dict[str, str]:
    """Each publisher as questions write it, with the publisher's own spelling; longest first."""
    own = {article.publisher for article in articles if article.publisher}
    named = {name.removeprefix("The "): name for name in own}
    named |= {zh: name for zh, english in CHINESE_OUTLETS.items() for name in own if name.casefold() == english.casefold()}
    return dict(sorted(named.items(), key=lambda item: (-len(item[0]), item[0])))


def _of_publishers(wanted: Sequence[str], articles: Sequence[Article]) -> Filters:
    if len(wanted) == 1:
        return Filters(publisher=wanted[0])
    # A filter has room for one publisher only, so that several are named by their articles.
    return Filters(article_ids=tuple(article.id for article in articles if article.publisher in wanted))


def _source_patterns(name: str) -> list[tuple[re.Pattern[str], str]]:
    """Where a publisher's name says whose articles are wanted, and what stays in its place."""
    one = rf"(?i:the )?(?:{name})"
    some = rf"(?P<name>{one}(?:,? (?:and|or) {one})*)"
    kind = rf"(?:['’]s?)?(?: (?:newspaper|website))?(?: {PIECE}s?)?"
    here = r"(?=\s*(?:[,?.!;:]|$)|\s+(?:how|what|who|when|where|why|which|is|are|was|were|did|does|do|has|have)\b)"
    return [
        (re.compile(rf"[,(]?\s*\b{SOURCE} (?:an? )?{some}{kind}\)?{here},?", re.I), ""),
        (re.compile(rf"[,(]?\s*\b(?:in|from|by) (?:an? )?{some}(?:['’]s?)? {PIECE}s?\)?,?", re.I), ""),
        # A name in its own spelling and at an end only: "in China Daily life" is another thing.
        (re.compile(rf"[,(]?\s*\b(?i:in|from) {some}\)?(?=\s*(?:[?.!,]|$)),?"), ""),
        (re.compile(rf"^{some}\s*[:：]"), ""),
        (re.compile(rf"\b(?P<helper>does|did|do|has) {some}(?= {SAYING}\b)", re.I), "{helper} the article"),
        (re.compile(rf"\b{some}(?:['’]s?)? {PIECE}s?\b", re.I), "the article"),
        (re.compile(rf"(?:根据|据|按照|依据)《?(?P<name>{name})》?的?{CHINESE_PIECE}?[,，]?"), ""),
        (re.compile(rf"在?《?(?P<name>{name})》?的?{CHINESE_PIECE}(?:中|里|上)?[,，]?"), ""),
        (re.compile(rf"《?(?P<name>{name})》?是?(?=怎么说|如何|说)"), "文章"),
    ]


TITLED = re.compile(
    rf"[,(]?\s*\b(?:(?P<lead>{SOURCE}|in|from) )?(?:the |an? )?(?P<piece>{PIECE},? )?(?:titled |called |headlined |entitled )?"
    rf"[“\"'‘](?P<quoted>[^”\"]+?)[”\"'’](?=[\s,?.!)]|$)\)?,?"
    rf"|[,(]?\s*\b(?P<before>{SOURCE}|in|from) the {PIECE} (?:titled|called|headlined|entitled|about|on) (?P<named>[^?,]+)",
    re.I,
)


def title_in(text: str, articles: Sequence[Article]) -> Part | None:
    """An article named by its title, or by words of it that no other title has."""
    titles = {article.id: _words(article.title or "") for article in articles}
    for match in TITLED.finditer(text):
        words = _words(match["quoted"] or match["named"])
        held = [ident for ident, title in titles.items() if words and f" {words} " in f" {title} "]
        if len(held) != 1:
            continue
        # Without "the article", a name that stands in a title too ("the “Harbour Plan”") is only a name.
        named = match["named"] or match["piece"]
        if len(words.split()) >= (TITLE_WORDS if named else 0.5 * len(titles[held[0]].split())) or words == titles[held[0]]:
            title = next(article.title for article in articles if article.id == held[0])
            rest = without(text, match, "" if match["lead"] or match["before"] else " the article")
            return Part(Filters(article_ids=(held[0],)), f"article: {title}", rest)
    return None


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("’s", "s").replace("'s", "s")))


SOMEONE = rf"{PAPER.pattern}|[A-Z][\w.]+(?: [A-Z][\w.]+)?"
NAMED_SOURCE = re.compile(
    rf"\b(?P<lead>(?i:{SOURCE}|in)) (?:[Aa]n? )?(?:[Tt]he )?(?P<name>{SOMEONE})\b"
    rf"|\b(?:does|do|did|has) (?:[Tt]he )?(?P<subject>{SOMEONE})(?= {SAYING}\b)"
    rf"|\b(?i:{SOURCE}) (?:the )?(?P<lower>{'|'.join(map(re.escape, sorted(OUTLETS)))})\b"
    rf"|(?:根据|据|按照|依据)《?(?P<chinese>{'|'.join(CHINESE_OUTLETS)})》?"
)


def unknown_source_in(text: str, articles: Sequence[Article]) -> str | None:
    """An outlet that a question names as its source and that neither publishes nor is cited in any article."""
    for match in NAMED_SOURCE.finditer(text):
        said = match["name"] or match["subject"] or (match["lower"] or "").title() or CHINESE_OUTLETS[match["chinese"]]
        after = re.match(rf"(?:['’]s?)? {PIECE}\b|\s*(?:[?,.]|$)", text[match.end() :])
        if (match["lead"] or "").lower() == "in" and not after:
            continue  # "in Post Office queues"
        if is_outlet(said) and not _known(said, articles):
            return said
    return None


def _known(name: str, articles: Sequence[Article]) -> bool:
    """Whether an outlet publishes or is cited in the collection: what articles report of it can be asked for."""
    whole = re.compile(rf"\b{re.escape(name)}\b", re.I)
    return any(whole.search(article.publisher or "") or whole.search(article.text) for article in articles)
