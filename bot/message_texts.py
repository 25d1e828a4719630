"""The words of a Discord message, without Discord's markup, and which of them are a quotation. Sends and compares nothing."""

import re
from collections.abc import Iterable, Sequence

import discord

LEAST_QUOTED = 5  # words in quotation marks that make a quotation; fewer are a name or a term
# https://docs.discord.com/developers/reference#message-formatting: mentions, emoji and times of Discord's own.
TOKEN = re.compile(r"<(?:@[!&]?|#|/[^:>\n]{1,100}:|a?:\w{2,32}:|t:|id:)[\w:-]*>")
LINK = re.compile(r"\[([^\[\]\n]+)\]\(<?https?://[^\s)]+\)")
ADDRESS = re.compile(r"<?https?://[^\s<>]+>?")
LINE_START = re.compile(r"^[ \t]*(?:>>> |> |-# |#{1,3} |[-*] )+", re.MULTILINE)
FENCE = re.compile(r"```(?:[\w+-]*\n)?|(?<!`)`{1,2}(?!`)")
# Only signs that stand in pairs: "~30 percent" and "5 * 3" are the writer's own.
PAIRED = tuple(
    re.compile(rf"(?<!\w){sign}(?=\S)(.+?)(?<=\S){sign}(?!\w)" if sign == "_" else rf"{sign}(?=\S)(.+?)(?<=\S){sign}", re.DOTALL)
    for sign in (r"\|\|", "~~", "__", r"\*\*", r"\*", "_")
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
KEPT = 0xE000  # private letters that stand for escaped signs meanwhile
RESTORED = {KEPT + code: chr(code) for code in range(128)}
BLOCK = re.compile(r"(?:^>(?: [^\n]*)?(?:\n|\Z))+|^>>> [\s\S]*\Z", re.MULTILINE)
MARKED = re.compile(r"[“„]([^“”„]+)[”“]|「([^「」]+)」|«([^«»]+)»|(?<!\w)\"([^\"\n]+)\"(?!\w)")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def message_text(message: discord.Message) -> str:
    """What a message says: its own words, or those that it forwards, shows in its frames or embeds; empty for pictures alone."""
    return next(iter(message_readings(message)), "")


def message_readings(message: discord.Message) -> list[str]:
    """The ways to read what a message says, the first one as `message_text` has it; none for pictures alone.

    There are several only of an embed: its title stands above its words, and may belong to them or not.
    """
    sources: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    own = [source.content for source in sources] + ["\n\n".join(_shown_texts(source.components)) for source in sources]
    ways = [[text] for text in own]
    ways += [["\n\n".join(_embed_texts(embed)), embed.description or ""] for source in sources for embed in source.embeds]
    spoken = [[text for text in way if has_words(plain_words(text))] for way in ways if has_words(plain_words(way[0]))]
    # "Look at this" above an embed is not what the message says; "Exports rose 12 percent" is.
    return next((way for way in spoken if _says_something(plain_words(way[0]))), spoken[0] if spoken else [])


def _embed_texts(embed: discord.Embed) -> list[str]:
    fields = [part for field in embed.fields for part in (field.name, field.value)]
    return [part for part in (embed.title, embed.description, *fields) if part]


def _shown_texts(components: Iterable[object]) -> list[str]:
    """The texts of a message's newer layout, in order, however deep they stand."""
    texts: list[str] = []
    for part in components:
        if isinstance(part, discord.TextDisplay):
            texts.append(part.content)
        texts += _shown_texts(getattr(part, "children", ()))
    return texts


def question_in(text: str) -> str:
    """A question without the mentions, emoji and times of Discord's that stand among its words; the articles know none of them.

    `@everyone` stays: it is no part of a question, and whoever writes it is answered accordingly.
    """
    return " ".join(TOKEN.sub(" ", text).split())


def has_words(text: str) -> bool:
    """Whether a text holds a letter or digit."""
    return any(letter.isalnum() for letter in text)


def plain_words(text: str) -> str:
    """A message's text without markup, mentions, emoji and addresses; its letters and numbers stay as they were written."""
    text = ESCAPED.sub(lambda match: chr(KEPT + ord(match[1])), text)
    text = ADDRESS.sub(" ", LINK.sub(r"\1", text))
    text = FENCE.sub("", LINE_START.sub("", TOKEN.sub(" ", text)))
    for pair in PAIRED:
        text = pair.sub(r"\1", text)
    lines = [re.sub(r"[ \t]{2,}", " ", line).strip() for line in text.translate(RESTORED).split("\n")]
    return "\n".join(lines).strip()


def block_quotes(text: str) -> list[str]:
    """The block quotes of a message, each as plain words; empty where it has none."""
    found = [plain_words(match[0]) for match in BLOCK.finditer(text)]
    return [words for words in found if has_words(words)]


def marked_quotes(text: str) -> tuple[list[str], str]:
    """What stands in quotation marks and is long enough for a quotation, and the words around all of it.

    Args:
        text: plain words.
    """
    matches = [match for match in MARKED.finditer(text) if _count(_inside(match)) >= LEAST_QUOTED]
    around, place = [], 0
    for match in matches:
        around.append(text[place : match.start()])
        place = match.end()
    return [_inside(match) for match in matches], " ".join([*around, text[place:]])


def word_total(texts: Sequence[str]) -> int:
    """How many words texts have together; where no spaces part words, each sign counts."""
    return sum(map(_count, texts))


def _says_something(text: str) -> bool:
    return word_total([text]) >= LEAST_QUOTED or any(letter.isdigit() for letter in text)


def _inside(match: re.Match[str]) -> str:
    return next(part for part in match.groups() if part is not None)


def _count(text: str) -> int:
    return len(WIDE.findall(text)) + len(re.findall(r"\w+", WIDE.sub(" ", text)))
