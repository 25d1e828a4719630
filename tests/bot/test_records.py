"""`bot.records`: the JSON shape that other programs rely on."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.records import quote_record, reply_record
from corpus.article import Span
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR, SOLAR_SENTENCE, abstention_of, answer_of, quote_of, twin_of

QUOTE_KEYS = [
    "text", "answer_text", "article_id", "title", "publisher", "author", "published_on", "url", "kind", "paragraph",
    "start", "end", "score", "also_in",
]  # fmt: skip


def test_an_answer_has_exactly_the_promised_keys() -> None:
    """An answer's record holds these keys in this order and no `nearest`."""
    record = reply_record(answer_of(quote_of(SOLAR, SOLAR_SENTENCE), question="How many?"), 12.3456)
    assert list(record) == ["question", "answered", "reason", "confidence", "quotes", "generation", "took_ms"]
    assert (record["question"], record["answered"], record["reason"]) == ("How many?", True, None)
    assert (record["confidence"], record["took_ms"], record["generation"]) == (0.9124, 12.3, "20250101T000000Z-00")
    assert [list(quote) for quote in record["quotes"]] == [QUOTE_KEYS]


def test_an_abstention_says_why_and_what_is_nearest() -> None:
    """A declined question has no quotes, a reason, and the nearest passages in the shape of quotes."""
    record = reply_record(abstention_of("Not there.", quote_of(SOLAR), quote_of(FERRY)), 1.0)
    assert list(record) == ["question", "answered", "reason", "confidence", "quotes", "nearest", "generation", "took_ms"]
    assert (record["answered"], record["reason"], record["quotes"]) == (False, "Not there.", [])
    assert [quote["article_id"] for quote in record["nearest"]] == ["solar-roofs", "ferry-line"]
    assert [list(quote) for quote in record["nearest"]] == [QUOTE_KEYS, QUOTE_KEYS]


def test_a_quote_names_its_source_in_full() -> None:
    """Every fact of the source is there, dates as ISO 8601, and the positions cut the article's own text."""
    quote = quote_of(SOLAR, SOLAR_SENTENCE, twins=(twin_of(quote_of(SOLAR), "ferry-line"),), paragraph=1)
    record = quote_record(quote)
    assert record == {
        "text": SOLAR.text,
        "answer_text": SOLAR_SENTENCE,
        "article_id": "solar-roofs",
        "title": "Roofs of Vetluga turn blue",
        "publisher": "Harbour Gazette",
        "author": "Ines Marlow",
        "published_on": "2024-05-02",
        "url": "https://gazette.example/roofs?page=1",
        "kind": "original",
        "paragraph": 1,
        "start": 0,
        "end": len(SOLAR.text),
        "score": 0.8765,
        "also_in": ["ferry-line"],
    }
    assert SOLAR.text[record["start"] : record["end"]] == record["text"]


def test_what_is_unknown_is_null() -> None:
    """A source of which nothing is known gives nulls, never guesses."""
    record = quote_record(quote_of(NOTICE))
    assert [record[key] for key in ("title", "publisher", "author", "published_on", "url")] == [None] * 5
    assert quote_record(quote_of(FERRY))["kind"] == "brief"


def test_positions_count_code_points() -> None:
    """An emoji before the quote counts as one letter, so that Python's slicing gives the quote back."""
    article = replace(NOTICE, text="🙂🙂 ça. Two.")
    quote = quote_of(article, "Two.", span=Span(article.id, 7, 11), text="Two.")
    record = quote_record(quote)
    assert article.text[record["start"] : record["end"]] == "Two."


def test_a_record_is_json() -> None:
    """The record survives being written and read, letters of all scripts included."""
    article = replace(NOTICE, text='“中国” said @everyone \\ "quoted" 🙂', title="标题")
    record = reply_record(answer_of(quote_of(article)), 5.0)
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record
