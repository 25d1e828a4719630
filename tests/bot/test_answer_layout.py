"""`bot.answer_layout`: pages of quotations, each whole, numbered once, with its source, within Discord's limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer_layout import (
    CONTEXT_ROOM,
    FOOT_ROOM,
    HEAD_ROOM,
    LEAST_ROOM,
    Page,
    answer_pages,
    context_texts,
    head_text,
    room_beside,
    source_text,
)
from bot.panels import TEXTS_TOTAL, Panel
from bot.passage_links import passage_url
from bot.render import URL_SHOWN, escape
from bot.services import TimedReply
from bot.wording import wording
from corpus.article import Article
from embeddings.quotes import Quote
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR, SOLAR_SENTENCE, abstention_of, answer_of, quote_of, twin_of
from tests.bot.shown_markdown import display, parted, unquoted

SAY = wording()
ROOM = room_beside("")


def long_article(length: int, sign: str = "a") -> Article:
    """An article of one sentence with exactly so many letters."""
    return replace(SOLAR, text=sign * (length - 1) + ".")


def pages_of(quotes: Sequence[Quote | None], sure: int | None = None, a_page: int = 3, room: int = ROOM) -> list[Page]:
    """Pages in English; by default every passage answers."""
    return answer_pages(quotes, len(quotes) if sure is None else sure, a_page, room, SAY)


def fits(page: Page, *beside: str) -> bool:
    """Whether Discord takes a page in one message, with the head and table that its room was worked out for."""
    Panel([*beside, *page.texts], foot=page.foot)
    return True


# --- numbers and pages -----------------------------------------------------------------------------------------------


def test_every_passage_stands_on_one_page_with_its_number() -> None:
    """Seven passages, three to a page: each is there once, numbered in order, and the foot says which a page shows."""
    quotes = [quote_of(long_article(40 + number), paragraph=number) for number in range(1, 8)]
    pages = pages_of(quotes)
    assert [(page.first, page.last) for page in pages] == [(1, 3), (4, 6), (7, 7)]
    shown = [text for page in pages for text in page.texts if text.startswith("> ")]
    for number, (text, quote) in enumerate(zip(shown, quotes, strict=True), 1):
        body, source = parted(text)
        assert display(unquoted(body))[0] == quote.text
        assert source.startswith(f"**[{number}]** ") and f"¶\u00a0{quote.paragraph} ·" in source
    assert [page.foot for page in pages] == ["-# Passages 1 to 3 of 7", "-# Passages 4 to 6 of 7", "-# Passage 7 of 7"]


def test_passages_that_only_come_near_follow_on_pages_of_their_own() -> None:
    """They keep counting, and each of their pages says that they may not answer."""
    pages = pages_of([quote_of(SOLAR), quote_of(FERRY), quote_of(NOTICE)], sure=1)
    assert [(page.first, page.last) for page in pages] == [(1, 1), (2, 3)]
    assert "may not answer" not in "".join(pages[0].texts)
    assert pages[1].texts[0] == "*These passages come near the question; they may not answer it.*"


def test_an_abstention_shows_its_nearest_passages_on_request_only() -> None:
    """Its first page has no passage; the next one says that what it shows is no answer."""
    first, second = pages_of([quote_of(SOLAR)], sure=0)
    assert first == Page(())
    assert "not an answer" in second.texts[0] and SOLAR.text[:20] in second.texts[1]


def test_an_abstention_with_nothing_near_is_one_page() -> None:
    """Nothing near: no page to turn to."""
    assert pages_of([], sure=0) == [Page(())]


def test_a_passage_that_is_gone_keeps_its_number_and_says_so() -> None:
    """After a rebuild the second of three passages is no longer there: the third is still number 3."""
    (page,) = pages_of([quote_of(SOLAR), None, quote_of(FERRY)])
    assert page.texts[1] == "**[2]** *This passage is no longer in the archive as it was shown. Please ask again.*"
    assert "**[3]** brief of" in page.texts[2]


@settings(max_examples=80, deadline=None)
@given(
    lengths=st.lists(st.integers(2, 5000), max_size=12),
    sure=st.integers(0, 12),
    a_page=st.integers(1, 5),
    beside=st.integers(0, TEXTS_TOTAL - LEAST_ROOM - FOOT_ROOM),
    sign=st.sampled_from("a*"),
)
def test_no_page_is_too_large_and_no_passage_is_lost(lengths: list[int], sure: int, a_page: int, beside: int, sign: str) -> None:
    """Whatever the lengths: Discord takes every page, all numbers are there once and in order, and no quotation is cut."""
    quotes = [quote_of(long_article(length, sign)) for length in lengths]
    head = "h" * beside
    pages = pages_of(quotes, min(sure, len(quotes)), a_page, room_beside(head))
    assert all(fits(page, *([head] if head else [])) for page in pages)
    texts = [text for page in pages for text in page.texts]
    assert [int(n) for n in re.findall(r"^(?:-# )?\*\*\[(\d+)\]\*\*", "\n".join(texts), re.M)] == list(range(1, len(quotes) + 1))
    for text in texts:
        if text.startswith("> "):
            assert display(unquoted(parted(text)[0]))[0] in {quote.text for quote in quotes}


def test_where_the_passage_is_too_long_its_answer_is_shown() -> None:
    """Words around the answer give way first; the answering sentence stays whole."""
    article = replace(SOLAR, text=f"{'b' * 5000}. {SOLAR_SENTENCE}")
    (page,) = pages_of([quote_of(article, SOLAR_SENTENCE)])
    assert display(unquoted(parted(page.texts[0])[0])) == (SOLAR_SENTENCE, "")


def test_a_sentence_longer_than_a_message_is_named_and_not_cut() -> None:
    """Only its place is given."""
    (page,) = pages_of([quote_of(long_article(5000))])
    assert page.texts[0].startswith("*The passage is longer than Discord can show.*\n-# **[1]** “Roofs")


# --- the head --------------------------------------------------------------------------------------------------------


def test_the_head_of_an_answer_is_its_question() -> None:
    """What a member typed stands there letter for letter, whatever is in it."""
    question = "Does @everyone know **this**?"
    assert display(head_text(TimedReply(answer_of(quote_of(SOLAR)), 1.0), SAY, question)) == (question, question)


def test_below_a_members_own_message_the_question_is_not_repeated() -> None:
    """An answer without anything to say about its question has no head."""
    assert head_text(TimedReply(answer_of(quote_of(SOLAR)), 1.0), SAY) == ""


def test_a_cautious_answer_says_so_above_its_quotations() -> None:
    """The warning comes before what it warns of."""
    timed = TimedReply(replace(answer_of(quote_of(SOLAR)), caution=True), 1.0)
    assert head_text(timed, SAY, "Why?").split("\n") == ["**Why?**", "These are the closest passages; none may answer exactly."]


def test_declining_gives_the_reason() -> None:
    """That the articles do not answer comes first, then why."""
    head = head_text(TimedReply(abstention_of("The articles are about *other* things."), 1.0), SAY)
    assert head == "**The articles do not answer this.** The articles are about \\*other\\* things."


def test_an_endless_head_leaves_room_for_a_quotation() -> None:
    """Signs that all need escaping, in question, small print and reason: the head keeps its limit, and no escape is halved."""
    reply = replace(abstention_of("*" * 9000), read_as="_" * 9000)
    head = head_text(TimedReply(reply, 1.0), SAY, "~" * 1000)
    assert len(head) <= HEAD_ROOM and room_beside(head) >= LEAST_ROOM
    assert display(head.split("\n")[-1])[0] == f"The articles do not answer this. {'*' * 399}…"


# --- sources ---------------------------------------------------------------------------------------------------------


def test_a_source_names_everything() -> None:
    """Number, title, publisher, date, paragraph and link stand under a quotation; a brief is called one."""
    assert source_text(2, quote_of(FERRY, paragraph=2), SAY) == (
        "**[2]** brief of “A ferry without a captain”, Northern Courier, 5 Mar 2025, ¶\u00a02"
    )
    assert source_text(1, quote_of(SOLAR, SOLAR_SENTENCE), SAY).startswith(
        "**[1]** “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶\u00a01 · [open](<https://gazette.example/roofs?page=1#:~:text="
    )


def test_unknown_sources_are_said_to_be_unknown() -> None:
    """A reader is told that nothing is known, instead of being told nothing."""
    assert source_text(3, quote_of(NOTICE), SAY) == "**[3]** untitled article, publisher unknown, date unknown, ¶\u00a01"


def test_the_same_statement_elsewhere_is_named() -> None:
    """Other articles that say the same are named; of very many, the first ones and their number."""
    twins = tuple(twin_of(quote_of(NOTICE), name) for name in ("b", "c", "d", "e"))
    both = source_text(1, quote_of(NOTICE, twins=twins[:2]), SAY).split("\n")[1:]
    assert both == [f"Also in: “{name}”, publisher unknown, date unknown, ¶\u00a01" for name in ("b", "c")]
    assert source_text(1, quote_of(NOTICE, twins=twins), SAY).endswith("\nAlso in 2 more")


def test_markup_in_a_source_is_shown_letter_for_letter() -> None:
    """A title may hold what looks like markup."""
    quote = quote_of(replace(NOTICE, title="*Who* pays @everyone? [1](x)", publisher="The `Daily` #1"))
    shown = source_text(1, quote, SAY).removeprefix("**[1]** ")
    assert display(shown)[0] == "“*Who* pays @everyone? [1](x)”, The `Daily` #1, date unknown, ¶\u00a01"


def test_a_link_leads_to_the_passage() -> None:
    """The first and the last words of a long passage stand in the address, as browsers look for them."""
    text = "One two three-four, five six seven (eight) nine ten eleven twelve thirteen fourteen."
    url = passage_url(replace(SOLAR, text=text), text)
    assert url and re.fullmatch(r"[\x21-\x7e]+", url) and not re.search(r"[<>()\\\s]", url)
    address, fragment = url.split("#:~:text=")
    assert address == SOLAR.url and fragment.count(",") == 1 and "-" not in fragment
    ends = [unquote(end) for end in fragment.split(",")]
    assert ends == ["One two three-four, five six", "ten eleven twelve thirteen fourteen."]


def test_a_fragment_of_the_addresss_own_stays() -> None:
    """The passage is named behind it."""
    url = passage_url(replace(SOLAR, url="https://courier.example/solar#top"), "Most of the solar roofs belong to schools.")
    assert url and unquote(url) == "https://courier.example/solar#top:~:text=Most of the solar roofs belong to schools."


def test_a_chinese_passage_is_found_by_its_clauses() -> None:
    """Where no spaces part words, a browser would not find half a word; from comma to comma there are whole ones."""
    url = passage_url(SOLAR, "到二〇二四年底，屋顶上的太阳能板超过七千三百块，比一年前增加了一倍，其中大部分属于学校。")
    assert url and unquote(url.split(":~:text=")[1]) == "到二〇二四年底,其中大部分属于学校"


def test_a_clause_ends_in_no_number_and_says_enough() -> None:
    """A browser finds no half of a number, and two signs stand in many places."""
    url = passage_url(SOLAR, "“是的，”市长说，屋顶上的太阳能板超过七千三百块，而且到年底比上年增加1,200块。")
    assert url and unquote(url.split(":~:text=")[1]) == "屋顶上的太阳能板超过七千三百块,而且到年底比上年增加1,200块"
    url = passage_url(replace(SOLAR, url="https://courier.example/solar#:~:text=a"), "Most of the solar roofs belong to schools.")
    assert url and unquote(url).endswith("#:~:text=a&text=Most of the solar roofs belong to schools.")


def test_long_words_shorten_what_is_looked_for() -> None:
    """Fewer words of each end, rather than none."""
    words = [f"{letter * 50}" for letter in "abcdefghijklmnop"]
    url = passage_url(SOLAR, " ".join(words))
    assert url and len(url) <= URL_SHOWN
    first, last = unquote(url.split(":~:text=")[1]).split(",")
    assert " ".join(words).startswith(first) and " ".join(words).endswith(last) and len(first.split()) in (2, 3, 4)


def test_a_short_passage_is_looked_for_whole() -> None:
    """Its beginning and end would overlap."""
    url = passage_url(SOLAR, "Most of the solar roofs belong to schools.")
    assert url and unquote(url.split("#:~:text=")[1]) == "Most of the solar roofs belong to schools."


@pytest.mark.parametrize(
    "article",
    [replace(FERRY, url="https://courier.example/ferry"), replace(SOLAR, url="https://courier.example/" + 460 * "a")],
    ids=["brief", "no room"],
)
def test_some_links_lead_to_the_page_only(article: Article) -> None:
    """A brief's words do not stand on the publisher's page, and a link has only so many letters."""
    assert passage_url(article, article.text) == article.url


@pytest.mark.parametrize("url", ["https://x.example/a)b", "https://x.example/(a)?q=<b>", "https://x.example/a\\b"])
def test_no_address_breaks_its_link(url: str) -> None:
    """Signs that end a Markdown link are percent-encoded in its address."""
    link = source_text(1, quote_of(replace(NOTICE, url=url)), SAY).split(" · ")[1]
    target = re.fullmatch(r"\[open\]\(<(https://x\.example/[^<>()\\\s]+)>\)", link)
    assert target and unquote(target[1].split("#")[0]) == url


@pytest.mark.parametrize(
    "changes",
    [
        {"url": f"https://x.example/{'u' * 9000}"},
        {"title": "[" * 9000},
        {"publisher": "*" * 9000},
        {"url": f"https://x.example/{'(' * 900}", "title": "_" * 900, "publisher": "~" * 900},
    ],
    ids=["url", "title", "publisher", "all"],
)
def test_an_endless_source_does_not_cost_the_quotation(changes: dict[str, str]) -> None:
    """A source of thousands of letters is shortened; the quotation above it is whole, and links are whole or absent."""
    (page,) = pages_of([quote_of(replace(SOLAR, **changes), SOLAR_SENTENCE)])  # type: ignore[arg-type]
    assert fits(page)
    body, source = parted(page.texts[0])
    assert display(unquoted(body)) == (SOLAR.text, SOLAR_SENTENCE)
    assert "[open](" not in source or re.search(r"\[open\]\(<https://[^<>()\s]+>\)", source)


# --- context ---------------------------------------------------------------------------------------------------------


def part_of(quote: Quote, text: str) -> Quote:
    """The quote of a part of an article."""
    start = quote.article.text.index(text)
    span = replace(quote.span, start=start, end=start + len(text))
    return replace(quote, span=span, text=text, answer=span, answer_text=text)


def test_the_context_is_the_paragraph_with_the_passage_in_bold() -> None:
    """A reader sees what stands before and behind the quotation, and which words were quoted."""
    words = "Most of the solar roofs belong to schools."
    (text,) = context_texts([(1, part_of(quote_of(SOLAR), words))], SAY)
    assert display(unquoted(parted(text)[0])) == (SOLAR.text.split("\n\n")[0], words)


def test_passages_of_one_paragraph_share_their_context() -> None:
    """It stands there once, both in bold, with both numbers under it; another paragraph is a text of its own."""
    one, two = (part_of(quote_of(SOLAR), words) for words in (SOLAR_SENTENCE, "Most of the solar roofs belong to schools."))
    other = part_of(quote_of(FERRY), FERRY.text.split("\n")[0])
    first, second = context_texts([(1, one), (2, other), (3, two)], SAY)
    body, source = parted(first)
    assert display(unquoted(body)) == (SOLAR.text.split("\n\n")[0], one.text + two.text)
    assert re.findall(r"\*\*\[(\d)\]", source) == ["1", "3"] and "**[2]**" in second


def test_of_a_long_paragraph_the_sentences_around_are_shown() -> None:
    """Whole sentences only, the passage among them, in one message."""
    sentences = [f"Barge number {number} carries gravel, timber and very many crates of late apples." for number in range(60)]
    article = replace(SOLAR, text=" ".join(sentences))
    (text,) = context_texts([(1, part_of(quote_of(article), sentences[30]))], SAY)
    assert len(text) <= CONTEXT_ROOM
    seen, bold = display(unquoted(parted(text)[0]))
    assert bold == sentences[30] and seen in article.text
    assert seen.startswith("Barge") and seen.endswith("apples.") and len(seen) > 5 * len(bold)
    assert escape(sentences[29]) in text and escape(sentences[31]) in text
