"""`bot.render`: what Discord is sent, within its limits, every quotation letter for letter."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import (
    CONTENT_LIMIT,
    DESCRIPTION_LIMIT,
    EMBEDS_LIMIT,
    EMBEDS_TOTAL,
    escape,
    progress_text,
    question_line,
    quoted,
    reply_embeds,
    source_text,
)
from corpus.article import Article
from embeddings.quotes import Quote
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR, SOLAR_SENTENCE, abstention_of, answer_of, quote_of, twin_of

MARKUP = set("\\*_~`|<>[]()#@:")
LINE_START_MARKUP = re.compile(r"\s*(?:[-+*•>#]|\d+[.)])")
HOSTILE = [
    "@everyone and @here, <@123456789012345678> <@&42> <#7> </ask:8> <t:1700000000:R> <:blob:9>",
    "**bold** __under__ *slanted* _slanted_ ~~gone~~ ||hidden|| `code` ```block```",
    "# Heading\n## Smaller\n-# smallest",
    "- one\n* two\n+ three\n1. four\n2) five\n  12. six",
    "> quoted\n>>> all of it",
    "[a link](https://evil.example) https://evil.example <https://evil.example> discord.gg/abc",
    "C:\\path\\*.txt \\* \\\\ \\",
    "1.5 million - not a list, 3.14, 2024.",
    "¯\\_(ツ)_/¯ 中文 “quotes” 🙂",
    "\\",
    "",
]


def display(text: str) -> tuple[str, str]:
    """What a reader sees of Discord Markdown that holds escapes and bold only, and the part of it that is bold.

    Fails where a sign would be taken for markup. Discord takes a backslash before any sign that is no letter or digit
    for an escape, and shows it before letters.
    """
    seen, bold, is_bold, place = "", "", False, 0
    while place < len(text):
        sign = text[place]
        if text.startswith("**", place):
            is_bold, place = not is_bold, place + 2
            continue
        if sign == "\\" and place + 1 < len(text) and not text[place + 1].isalnum() and not text[place + 1].isspace():
            sign, place = text[place + 1], place + 1
        else:
            assert sign not in MARKUP, f"{sign!r} at {place} of {text!r} is markup"
            begins_line = not text[:place].rsplit("\n", 1)[-1].strip("* ")
            assert not (begins_line and LINE_START_MARKUP.match(text, place)), f"{text[place : place + 9]!r} begins a list"
        seen, place = seen + sign, place + 1
        bold += sign if is_bold else ""
    assert not is_bold
    return seen, bold


@pytest.mark.parametrize("text", ["# a", "- a", " 1. a", "**b** + *c*", "@here", "<#1>", "[a](b)", "a_b", "x\\**y**", "b\n2) c"])
def test_the_reader_of_these_tests_sees_markup(text: str) -> None:
    """What these tests take for plain letters is plain: text that Discord would act on fails."""
    with pytest.raises(AssertionError):
        display(text)


def unquoted(block: str) -> str:
    """A block quote's Markdown without its marks; fails where a line has none."""
    lines = block.split("\n")
    assert all(line.startswith("> ") for line in lines)
    return "\n".join(line[2:] for line in lines)


def body_and_source(embed: discord.Embed) -> tuple[str, str]:
    """An embed's block quote and the lines under it."""
    assert embed.description is not None
    body, source = embed.description.rsplit("\n\n", 1)
    return body, source


def within_limits(embeds: list[discord.Embed]) -> bool:
    """Whether Discord takes these embeds in one message."""
    assert 1 <= len(embeds) <= EMBEDS_LIMIT == 10
    assert all(embed.description and len(embed.description) <= DESCRIPTION_LIMIT == 4096 for embed in embeds)
    assert sum(len(embed) for embed in embeds) <= EMBEDS_TOTAL == 6000
    return True


def long_article(length: int, sign: str = "a") -> Article:
    """An article of one sentence with exactly so many letters."""
    return replace(SOLAR, text=sign * (length - 1) + ".")


# --- letter for letter -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_letter_for_letter(text: str) -> None:
    """Mentions, headings, lists, links and the rest are letters to us, and are shown as such."""
    assert display(escape(text)) == (text, "")


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="ab1 2\n.)-+#>*_~`|<[](@:\\/", max_size=40))
def test_no_text_whatever_becomes_markup(text: str) -> None:
    """Escaping loses no letter and leaves no sign that Discord would act on."""
    assert display(escape(text)) == (text, "")


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_a_quotation_is_shown_letter_for_letter(text: str) -> None:
    """A quote full of markup reaches the reader as the article has it, its answering part in bold and nothing else."""
    article = replace(NOTICE, text=f"Before: {text}. It ends.")
    quote = quote_of(article, f"{text}.")
    assert display(unquoted(quoted(quote))) == (article.text, f"{text}.")


def test_bold_marks_exactly_the_answering_sentence() -> None:
    """The words around the answer are there, in plain letters."""
    quote = quote_of(SOLAR, "Most of the solar roofs belong to schools.")
    assert display(unquoted(quoted(quote))) == (SOLAR.text, "Most of the solar roofs belong to schools.")
    assert display(unquoted(quoted(quote, only_answer=True))) == (quote.answer_text, quote.answer_text)


def test_the_question_is_shown_letter_for_letter() -> None:
    """A member cannot make the bot say anything but their own words."""
    question = "Does @everyone know **this**? [x](https://evil.example)"
    assert display(question_line(question)) == (question, question)


def test_a_long_question_is_shortened_with_a_sign() -> None:
    """A question of a thousand signs that all need escaping still fits, and the cut is marked."""
    line = question_line("*" * 1000)
    assert len(line) <= CONTENT_LIMIT
    assert display(line)[0] == "*" * 299 + "…"


# --- sources ---------------------------------------------------------------------------------------------------------


def test_every_quote_has_its_source_under_it() -> None:
    """Number, title, publisher, date, paragraph and link stand under each quotation."""
    embeds = reply_embeds(answer_of(quote_of(SOLAR, SOLAR_SENTENCE), quote_of(FERRY, paragraph=2)))
    assert within_limits(embeds)
    sources = [body_and_source(embed)[1] for embed in embeds]
    assert sources == [
        "**[1]** “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶ 1 · [open](<https://gazette.example/roofs?page=1>)",
        "**[2]** brief of “A ferry without a captain”, Northern Courier, 5 Mar 2025, ¶ 2",
    ]


def test_unknown_sources_are_said_to_be_unknown() -> None:
    """A reader is told that nothing is known, instead of being told nothing."""
    assert source_text(3, quote_of(NOTICE)) == "**[3]** untitled article, publisher unknown, date unknown, ¶ 1"


def test_the_same_statement_elsewhere_is_named() -> None:
    """Other articles that say the same are named; of very many, the first ones and their number."""
    twins = tuple(twin_of(quote_of(NOTICE), name) for name in ("b", "c", "d", "e"))
    both = source_text(1, quote_of(NOTICE, twins=twins[:2])).split("\n")[1:]
    assert both == [f"Also in: “{name}”, publisher unknown, date unknown, ¶ 1" for name in ("b", "c")]
    assert source_text(1, quote_of(NOTICE, twins=twins)).endswith("\nAlso in 2 more")


def test_markup_in_a_source_is_shown_letter_for_letter() -> None:
    """A title may hold what looks like markup."""
    quote = quote_of(replace(NOTICE, title="*Who* pays @everyone? [1](x)", publisher="The `Daily` #1"))
    shown = source_text(1, quote).removeprefix("**[1]** ")
    assert display(shown)[0] == "“*Who* pays @everyone? [1](x)”, The `Daily` #1, date unknown, ¶ 1"


@pytest.mark.parametrize("url", ["https://x.example/a)b", "https://x.example/(a)?q=<b>", "https://x.example/a\\b"])
def test_no_address_breaks_its_link(url: str) -> None:
    """Signs that end a Markdown link are percent-encoded in its address."""
    link = source_text(1, quote_of(replace(NOTICE, url=url))).split(" · ")[1]
    target = re.fullmatch(r"\[open\]\(<(https://x\.example/[^<>()\\\s]+)>\)", link)
    assert target and re.sub("%(..)", lambda m: chr(int(m[1], 16)), target[1]) == url


# --- limits ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [10, 1000, 3000, 3900, 4096, 5000, 20_000])
@pytest.mark.parametrize("sign", ["a", "*"])
def test_a_quotation_is_whole_or_not_there(length: int, sign: str) -> None:
    """However long a passage is, it is shown to its last letter or only its place is named; Discord takes it."""
    article = long_article(length, sign)
    (embed,) = embeds = reply_embeds(answer_of(quote_of(article)))
    assert within_limits(embeds)
    body, source = body_and_source(embed)
    assert source.startswith("**[1]** “Roofs of Vetluga turn blue”")
    escaped = length if sign == "a" else 2 * length
    if escaped <= 3900:
        assert body == f"> **{escape(article.text)}**"
    elif escaped > DESCRIPTION_LIMIT:
        assert body == "*The passage is longer than Discord can show.*"
    else:
        assert body in {f"> **{escape(article.text)}**", "*The passage is longer than Discord can show.*"}


def test_where_the_passage_is_too_long_its_answer_is_shown() -> None:
    """Words around the answer give way first; the answering sentence stays whole."""
    article = replace(SOLAR, text=f"{'b' * 5000}. {SOLAR_SENTENCE}")
    (embed,) = reply_embeds(answer_of(quote_of(article, SOLAR_SENTENCE)))
    assert display(unquoted(body_and_source(embed)[0])) == (SOLAR_SENTENCE, SOLAR_SENTENCE)


def test_quotes_that_do_not_fit_together_are_left_out_from_the_end() -> None:
    """Of five long quotes, the best ones are shown, each whole and with its source."""
    quotes = [quote_of(long_article(2500 + number), paragraph=number) for number in range(1, 6)]
    embeds = reply_embeds(answer_of(*quotes))
    assert within_limits(embeds)
    assert len(embeds) == 2
    for embed, quote in zip(embeds, quotes, strict=False):
        body, source = body_and_source(embed)
        assert display(unquoted(body))[0] == quote.text
        assert f"¶ {quote.paragraph} ·" in source


def test_more_quotes_than_embeds_are_possible() -> None:
    """A message holds ten embeds at most."""
    embeds = reply_embeds(answer_of(*[quote_of(SOLAR, SOLAR_SENTENCE)] * 15))
    assert within_limits(embeds)
    assert len(embeds) == 10


def endless(**changes: object) -> Quote:
    """A quote whose source is longer than any embed."""
    return quote_of(replace(SOLAR, **changes), SOLAR_SENTENCE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "quote",
    [
        endless(url=f"https://x.example/{'u' * 9000}"),
        endless(title="[" * 9000),
        endless(publisher="*" * 9000),
        endless(url=f"https://x.example/{'(' * 900}", title="_" * 900, publisher="~" * 900),
        quote_of(SOLAR, SOLAR_SENTENCE, twins=tuple(twin_of(quote_of(SOLAR), "n" * 900) for _ in range(200))),
    ],
    ids=["url", "title", "publisher", "all", "also in"],
)
def test_an_endless_source_does_not_cost_the_quotation(quote: Quote) -> None:
    """A source of thousands of letters is shortened; the quotation above it is whole, and links are whole or absent."""
    embeds = reply_embeds(answer_of(quote))
    assert within_limits(embeds)
    body, source = body_and_source(embeds[0])
    assert display(unquoted(body)) == (SOLAR.text, SOLAR_SENTENCE)
    assert "[open](" not in source or re.search(r"\[open\]\(<https://[^<>()\s]+>\)", source)


def test_an_endless_reason_fits() -> None:
    """Declining never fails for its length, nor does a cut leave half an escape."""
    embeds = reply_embeds(abstention_of("*" * 9000, quote_of(long_article(3800))))
    assert within_limits(embeds)
    shown, _ = display(embeds[0].description or "")
    assert shown == f"The articles do not answer this. {'*' * 999}…"


# --- declining -------------------------------------------------------------------------------------------------------


def test_declining_gives_the_reason_and_marks_the_nearest_passages() -> None:
    """The reason comes first; two passages at most follow, said to be no answer and in another colour."""
    nearest = [quote_of(SOLAR), quote_of(FERRY), quote_of(NOTICE)]
    embeds = reply_embeds(abstention_of("The articles are about *other* things.", *nearest))
    assert within_limits(embeds)
    head, *passages = embeds
    assert head.description == "**The articles do not answer this.** The articles are about \\*other\\* things."
    assert "not an answer" in (head.footer.text or "")
    assert [display(unquoted(body_and_source(embed)[0]))[0] for embed in passages] == [SOLAR.text, FERRY.text]
    (answered,) = reply_embeds(answer_of(nearest[0]))
    assert answered.colour not in {embed.colour for embed in embeds}


def test_declining_without_passages_is_one_sentence() -> None:
    """Nothing near: no promise of passages below."""
    (head,) = reply_embeds(abstention_of("There are no words in this question to look for."))
    assert head.footer.text is None


# --- progress --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("done", "total", "full"), [(0, 10, 0), (5, 10, 10), (10, 10, 20), (1, 3, 7)])
def test_progress_is_a_bar_of_twenty_steps(done: int, total: int, full: int) -> None:
    """The bar's length tells the share, the numbers tell it exactly."""
    text = progress_text(done, total)
    assert f"`{'█' * full}{'░' * (20 - full)}`" in text
    assert f"{done} of {total} passages" in text


def test_progress_before_the_first_number() -> None:
    """While articles are read nothing is counted yet, and nothing is divided by zero."""
    assert progress_text(0, 0) == "Rebuilding the archive: reading the articles …"
