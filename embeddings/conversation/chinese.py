"""The commonest follow-up questions in Chinese.

As in `follow_ups`, which calls this: a part is exchanged, or a question word is put after the last question.
"""

import re
from collections.abc import Mapping
from functools import cache

from embeddings.conversation.referents import CHINESE_CITIES, Turn

HAN = re.compile(r"[\u3400-\u9fff]")
SWAP = re.compile(r"^(?:那么|那|而|还有|至于)?[,， ]*(?P<part>[^？?，,]{1,20}?)(?:呢|怎么样|如何|又如何)[？?。 ]*$")
YEAR = re.compile(r"(?:19|20)\d\d年?")
WHO_SAID = re.compile(r"^(?:那|这)?(?:话)?(?:是)?(?:谁|哪位)(?:说的?|讲的?|提出的?|表示的?)(?:这(?:句)?话)?的?[？?。 ]*$")
WORD = re.compile(
    r"^(?:那|那么)?(?:是|在)?(?P<word>什么时候|何时|哪一年|哪年|哪里|哪儿|什么地方|为什么|为何|多少|怎么|谁"
    r"|从什么时候开始|哪些)(?:的)?[？?。 ]*$"
)
MORE = re.compile(
    r"^(?:请)?(?:再)?(?:多说一点|详细(?:一点|说说|介绍)?|更多(?:信息|细节|详情)?|继续|还有(?:别的|其他)?(?:吗|呢)?"
    r"|还有什么)[？?。 ]*$"
)
SOURCES = re.compile(r"^(?:有)?(?:其他|别的|什么)?(?:来源|出处|资料)(?:是什么|在哪里?|呢|吗)?[？?。 ]*$")
PRONOUN = re.compile(
    r"它们?|该(?:倡议|公司|机构|组织|报告|大会|中心|计划|模型)|这(?:个|家|项)(?:倡议|公司|机构|组织|报告|大会|中心|计划|模型)"
)
NAMED = re.compile(
    r"[《「][^》」]+[》」]|(?:“[^”]+”)?(?:(?:(?![谁什么哪了的是在和与由])[\u4e00-\u9fff]){2,10}?)?(?:倡议|大会|中心"
    r"|公司|研究院|报告|大学)"
    r"|[A-Za-z][A-Za-z0-9.+-]*(?: [A-Za-z][A-Za-z0-9.+-]*)*"
)
# The English forms of the closed questions, for talks that began in English.
ENGLISH = (
    (WHO_SAID, "who said that?"),
    (MORE, "tell me more"),
    (SOURCES, "any other sources?"),
)
ENGLISH_WORDS: Mapping[str, str] = {
    "什么时候": "when", "何时": "when", "哪一年": "what year", "哪年": "what year", "哪里": "where", "哪儿": "where",
    "什么地方": "where", "为什么": "why", "为何": "why", "多少": "how many", "怎么": "how", "谁": "who",
    "从什么时候开始": "since when", "哪些": "which ones",
}  # fmt: skip


def has_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return bool(HAN.search(text))


def resolve_chinese(question: str, turn: Turn) -> str | None:
    """What a Chinese follow-up to a Chinese question asks; `None` when no rule recognises it."""
    base = turn.question.rstrip("？?。 ")
    if SOURCES.match(question) or MORE.match(question):
        return turn.question
    if WHO_SAID.match(question):
        return f"{base}，这是谁说的？"
    if match := WORD.match(question):
        return (
            f"{_without_tail(base)}，是{match['word']}？"
            if match["word"] not in {"为什么", "为何", "怎么"}
            else _why(base, match["word"])
        )
    if (match := SWAP.match(question)) and (swapped := _swap(base, match["part"].strip())):
        return swapped
    return _pronoun(question, base)


def in_english(question: str) -> str | None:
    """A Chinese follow-up as the English one of the same meaning: "那2035年呢？" is "and in 2035?"."""
    for pattern, english in ENGLISH:
        if pattern.match(question):
            return english
    if match := WORD.match(question):
        return f"{ENGLISH_WORDS[match['word']]}?"
    match = SWAP.match(question)
    if not match:
        return None
    part = match["part"].strip()
    if YEAR.fullmatch(part):
        return f"and {part.rstrip('年')}?"
    place = places().get(part) or (part if part.isascii() else None)
    return f"what about {place}?" if place else None


def in_chinese(question: str) -> str | None:
    """An English follow-up as the Chinese one of the same meaning, as `in_english` the other way round."""
    asked = (
        question.lower().strip(" ?.!").removeprefix("and ").removeprefix("what about ").removeprefix("in ").removeprefix("by ")
    )
    if YEAR.fullmatch(asked):
        return f"那{asked}年呢？"
    closed = {
        "who said that": "谁说的？",
        "who said so": "谁说的？",
        "tell me more": "更多",
        "more": "更多",
        "source": "来源",
        "sources": "来源",
    }
    word = next((chinese for chinese, english in ENGLISH_WORDS.items() if english == asked), None)
    place = next((chinese for chinese, english in places().items() if english.removeprefix("the ").lower() == asked), None)
    return closed.get(asked) or (f"{word}？" if word else f"那{place}呢？" if place else None)


def _swap(base: str, part: str) -> str | None:
    part = part.removeprefix("在")
    if YEAR.fullmatch(part):
        year = part if part.endswith("年") else f"{part}年"
        return YEAR.sub(year, base, count=1) + "？" if YEAR.search(base) else f"{year}，{base}？"
    if part in places():
        held = sorted((place for place in places() if place in base), key=len)
        return (base.replace(held[-1], part, 1) if held else f"{part}，{base}") + "？"
    if part.isascii() and (name := re.search(r"[A-Za-z][A-Za-z0-9.+-]*(?: [A-Za-z][A-Za-z0-9.+-]*)*", base)):
        return base[: name.start()] + part + base[name.end() :] + "？"
    return f"关于{part}，{base}？"


def _without_tail(base: str) -> str:
    head, _, tail = base.rpartition("，是")
    return head if head and tail in ENGLISH_WORDS else base


def _why(base: str, word: str) -> str:
    return f"{word}{_without_tail(base)}？" if not re.search(r"哪|谁|多少|什么|几", base) else f"{_without_tail(base)}，{word}？"


def _pronoun(question: str, base: str) -> str | None:
    match = PRONOUN.search(question)
    named = NAMED.findall(base) if match and not NAMED.search(question.replace(match.group(), "")) else []
    return question[: match.start()] + named[-1] + question[match.end() :] if match and named else None


@cache
def places() -> Mapping[str, str]:
    """Chinese names of countries and of the cities in our table, each with its English name."""
    from babel import Locale  # as in `corpus.country_names`

    english, chinese = Locale("en").territories, Locale("zh").territories
    plural = re.compile(r"United |.+(?:lands|ppines|Bahamas|Maldives|Islands)$")
    named = {
        name: f"the {english[code]}" if plural.match(english[code]) else english[code]
        for code, name in chinese.items()
        if code.isalpha() and code in english
    }
    return {**named, **CHINESE_CITIES, "中国大陆": "China", "香港": "Hong Kong", "澳门": "Macao"}
