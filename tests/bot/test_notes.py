"""`bot.notes`, on the terminal, as JSON and in Discord: small print, warnings, and the words that are marked."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from bot.answer_layout import LEAST_ROOM, answer_pages, head_text, room_beside
from bot.notes import answer_notes, marked_part, question_notes
from bot.records import quote_record, reply_record
from bot.render import quoted, small_print
from bot.services import TimedReply
from bot.terminal import marked_text, print_reply
from bot.wording import wording
from corpus.article import Span
from embeddings.answers import Answer, Reply
from embeddings.asking import Asked
from embeddings.disagreement import Disagreement, DisagreementKind
from embeddings.quotes import Quote
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR, SOLAR_SENTENCE, abstention_of, answer_of, quote_of, twin_of

CAUTION = "These are the closest passages; none may answer exactly."
SENTENCE = "The articles disagree: 7,300 or **9,100**."


DIFFERING = Disagreement(0, 1, ("7,300", "9,100"), DisagreementKind.DIFFER, SENTENCE)


def warned(reply: Answer, **more: Any) -> Answer:
    """An answer with more to tell."""
    return replace(reply, **more)


def marked(quote: Quote, part: str | None = None, referent: str | None = None) -> Quote:
    """A quote in whose text `part` answers."""
    start = quote.article.text.index(part) if part else 0
    span = Span(quote.article.id, start, start + len(part)) if part else None
    return replace(quote, answer_part=span, referent=referent)


def printed(reply: Reply, asked: Asked | None = None) -> str:
    """What a program reads of a reply."""
    console = Console(file=io.StringIO(), width=80, highlight=False)
    print_reply(console, TimedReply(reply, 41.6, asked))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def above(reply: Reply) -> str:
    """What stands above the quotations in Discord."""
    return head_text(TimedReply(reply, 1.0), wording())


def asked_as(reply: Reply, question: str = "Why?", rewritten: bool = False, labels: tuple[str, ...] = ()) -> Asked:
    """What was made of a question."""
    return Asked(reply, question, rewritten, labels)


# --- small print -----------------------------------------------------------------------------------------------------


def test_a_question_that_is_answered_as_typed_has_no_small_print() -> None:
    """Nothing was made of it, so nothing is told."""
    reply = answer_of(quote_of(SOLAR))
    for timed in (TimedReply(reply, 1.0), TimedReply(reply, 1.0, asked_as(reply))):
        assert question_notes(timed) == [] and small_print(timed) == ""
    assert printed(reply, asked_as(reply)) == printed(reply)


def test_the_resolved_question_and_the_filters_are_told() -> None:
    """On the terminal before the answer, in Discord in small letters, as JSON under keys of their own."""
    reply = answer_of(quote_of(SOLAR))
    asked = asked_as(reply, "Who counts *roofs*?", True, ("publisher: Harbour Gazette", "published in 2024"))
    lines = ["Understood as: Who counts *roofs*?", "Only: publisher Harbour Gazette; published in 2024"]
    assert question_notes(TimedReply(reply, 1.0, asked)) == lines
    assert printed(reply, asked).startswith("\n".join(lines) + "\n")
    shown = small_print(TimedReply(reply, 1.0, asked)).split("\n")
    assert shown == ["-# Understood as\\: Who counts \\*roofs\\*?", "-# Only\\: publisher Harbour Gazette; published in 2024"]
    record = reply_record(reply, 1.0, asked)
    assert record["asked"] == "Who counts *roofs*?" and record["question"] == reply.question
    assert record["filters"] == ["publisher: Harbour Gazette", "published in 2024"]
    assert list(record)[:4] == ["question", "asked", "filters", "answered"]


def test_mended_words_are_told() -> None:
    """A question with slips is shown as it was read, and a follow-up with slips is shown once."""
    reply = replace(answer_of(quote_of(SOLAR)), read_as="Who counts roofs?")
    for timed in (TimedReply(reply, 1.0), TimedReply(reply, 1.0, asked_as(reply, "Who conts roofs?", True))):
        assert question_notes(timed) == ["Understood as: Who counts roofs?"]
    assert reply_record(reply, 1.0)["read_as"] == "Who counts roofs?"
    assert "read_as" not in reply_record(answer_of(quote_of(SOLAR)), 1.0)


def test_small_print_fits_into_a_message() -> None:
    """However long title and question are."""
    reply = answer_of(quote_of(SOLAR))
    asked = asked_as(reply, "*" * 300, True, ("article: " + "_" * 3000,))
    assert len(small_print(TimedReply(reply, 1.0, asked))) < 1300


def test_plain_replies_have_no_new_keys() -> None:
    """Programs that read the records find what they always found."""
    record = reply_record(answer_of(quote_of(SOLAR)), 1.0, asked_as(answer_of(quote_of(SOLAR))))
    assert not {"asked", "filters", "caution", "disagreement"} & set(record)
    assert not {"answer_part", "referent"} & set(record["quotes"][0])


# --- warnings --------------------------------------------------------------------------------------------------------


def test_a_word_of_caution_is_shown_everywhere() -> None:
    """Before the quotes, in words on the terminal and in Discord, and as `true` in JSON."""
    reply = warned(answer_of(quote_of(SOLAR, SOLAR_SENTENCE)), caution=True)
    assert printed(reply).startswith(f"{CAUTION}\n  “")
    assert above(reply) == CAUTION
    assert reply_record(reply, 1.0)["caution"] is True


def test_a_disagreement_is_shown_everywhere() -> None:
    """Its words are letters: no markup is made of them."""
    reply = warned(answer_of(quote_of(SOLAR)), disagreement=DIFFERING)
    assert printed(reply).startswith(f"{SENTENCE}\n")
    assert above(reply) == "The articles disagree\\: 7,300 or \\*\\*9,100\\*\\*."
    record = reply_record(reply, 1.0)
    assert record["disagreement"] == SENTENCE and "caution" not in record


def test_without_warnings_nothing_is_said() -> None:
    """Neither of an answer that can be without, nor of one that has no such thing."""
    for reply in (answer_of(quote_of(SOLAR)), warned(answer_of(quote_of(SOLAR)))):
        assert answer_notes(reply) == []
        assert above(reply) == ""


def test_warnings_leave_room_for_a_quotation() -> None:
    """Caution and disagreement together, however long, cost no quotation that Discord can take."""
    reply = warned(answer_of(quote_of(SOLAR)), caution=True, disagreement=replace(DIFFERING, sentence="*" * 9000))
    assert CAUTION in above(reply) and room_beside(above(reply)) >= LEAST_ROOM


# --- marks -----------------------------------------------------------------------------------------------------------


def test_the_words_that_answer_are_in_bold() -> None:
    """Where they are known, and not the whole sentence around them."""
    quote = marked(quote_of(SOLAR, SOLAR_SENTENCE), "7,300 solar roofs")
    text = marked_text(quote)
    (span,) = text.spans
    assert text.plain == f"“{SOLAR.text}”"
    assert text.plain[span.start : span.end] == "7,300 solar roofs"
    assert "The town of Vetluga counted **7,300 solar roofs** in April." in quoted(quote)
    assert quoted(quote, only_answer=True) == "> The town of Vetluga counted **7,300 solar roofs** in April."
    assert quote_record(quote)["answer_part"] == {"text": "7,300 solar roofs", "start": 28, "end": 45}


@pytest.mark.parametrize("span", [(0, 0), (60, 70), (5, 2), (0, 9999)], ids=["empty", "elsewhere", "reversed", "too long"])
def test_a_part_outside_its_sentence_is_not_marked(span: tuple[int, int]) -> None:
    """Then the sentence is marked, as it always was."""
    quote = quote_of(SOLAR, SOLAR_SENTENCE)
    wrong = replace(quote, answer_part=Span(SOLAR.id, *span))
    assert marked_part(wrong) == marked_part(quote) == (0, len(SOLAR_SENTENCE))


def test_what_a_pronoun_stands_for_is_no_part_of_the_quotation() -> None:
    """It is a word of ours: in square brackets, before the quotation marks or above the block quote."""
    quote = marked(quote_of(FERRY, "The electric ferry Anneke crosses the strait in nineteen minutes."), referent="the *Anneke*")
    text = marked_text(quote)
    assert text.plain == f"[the *Anneke*] “{FERRY.text}”"
    (span,) = text.spans
    assert text.plain[span.start : span.end] == quote.answer_text
    above, *block = quoted(quote).split("\n")
    assert above == "\\[the \\*Anneke\\*\\]" and all(line.startswith("> ") for line in block)
    record = quote_record(quote)
    assert record["referent"] == "the *Anneke*" and record["text"] == FERRY.text


# --- languages -------------------------------------------------------------------------------------------------------


def in_language(reply: Reply, language: str) -> Reply:
    """A reply to a question in another language."""
    return replace(reply, language=language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            ["Keine Antwort in den Artikeln.", "Kein Artikel erfüllt die Filter.", "(keine Antwort)", "auch in"],
        ),
        ("es", ["Sin respuesta", "Ningún artículo cumple", "medio desconocido", "fecha desconocida", "confianza"]),
        ("zh", ["文章中没有答案。", "没有文章符合筛选条件。", "无标题文章", "来源不详", "置信度"]),
        ("fr", ["No answer in the articles.", "No article passes the filters.", "publisher unknown", "confidence"]),
    ],
)
def test_the_terminal_speaks_the_askers_language(language: str, words: list[str]) -> None:
    """All but the quotation, which stays as the article has it."""
    quote = quote_of(NOTICE, twins=(twin_of(quote_of(NOTICE), "b"),))
    text = printed(in_language(abstention_of("No article passes the filters.", quote), language))
    assert all(word in text for word in words), text
    assert f"“{NOTICE.text}”" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["Die Artikel beantworten das nicht.", "Die Artikel handeln von anderem.", "öffnen", "Auch in: ", "02.05.2024"]),
        ("zh", ["这些文章没有回答这个问题。", "这些文章讲的是其他内容。", "打开", "另见：", "2024年5月2日"]),
    ],
)
def test_discord_speaks_the_askers_language(language: str, words: list[str]) -> None:
    """Heading, reason, source, and that what is shown is no answer."""
    quote, say = quote_of(SOLAR, twins=(twin_of(quote_of(SOLAR), "b"),)), wording(language)
    pages = answer_pages([quote], 0, 3, 3000, say)
    told = head_text(TimedReply(abstention_of("The articles are about other things."), 1.0), say)
    text = "\n".join([told, *(text for page in pages for text in page.texts)])
    assert all(word in text for word in words), text
    assert "not an answer" not in text


def test_warnings_and_small_print_speak_it_too() -> None:
    """What the bot says of the question and of its own answer."""
    reply = in_language(warned(answer_of(quote_of(SOLAR)), caution=True), "zh")
    asked = asked_as(reply, "维特卢加有多少屋顶？", True, ("since 1 Mar 2025",))
    text = printed(reply, asked)
    assert text.startswith("理解为：维特卢加有多少屋顶？\n仅限：2025年3月1日以来\n以下是最接近的段落")
