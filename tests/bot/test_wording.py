"""`bot.wording`: the bot's own words in four languages, none missing and none out of date."""

from __future__ import annotations

import ast
import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.sources import source_line, title_of
from bot.wording import DISAGREEMENTS, DOMAIN, FOLDER, LANGUAGES, REASONS, Wording, wording
from embeddings import disagreement
from embeddings.abstention import NO_EVIDENCE, reason
from embeddings.asking import NOTHING_FURTHER, unknown_source_sentence
from embeddings.crosslingual.decline_reasons import Declined, Reason
from embeddings.filters.publication_dates import Period, label_of
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR

BOT = Path(FOLDER).parent
BRACES = re.compile(r"\{(\w+)\}")
FIRST, LAST = dt.date(2025, 3, 1), dt.date(2025, 5, 31)


def catalogue(language: str) -> Catalog:
    """A language's source file."""
    with (FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language)


def texts_in_code() -> set[str]:
    """Every text that the bot's modules word, as `make catalogues` finds them."""
    found = extract_from_dir(BOT, keywords={"say": None, "N_": None})
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def texts_in_calls() -> set[str]:
    """The same, read off Python's own syntax tree, which sees into f-strings."""
    calls = [
        node
        for path in BOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", "N_"}
    ]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def test_no_text_escapes_the_extraction() -> None:
    """Babel does not look into f-strings: a text that stands in one would never be translated."""
    assert texts_in_calls() == texts_in_code() != set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    """Nothing is missing, unsure or left over, and each translation has the same braces."""
    translated = {str(message.id): message for message in catalogue(language) if message.id}
    assert set(translated) == texts_in_code()
    for text, message in translated.items():
        assert message.string and not message.fuzzy, text
        assert sorted(BRACES.findall(str(message.string))) == sorted(BRACES.findall(text))
        assert message.string != text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_current(language: str) -> None:
    """What the bot reads is what the source says: after a change run `make catalogues`."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    assert (FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("language", ["en", "fr", "xx", ""])
def test_a_language_without_a_catalogue_is_worded_in_english(language: str) -> None:
    """Rather a sentence in English than none."""
    say = wording(language)
    assert say("open") == "open"
    assert say("brief of {title}", title="“A {b}”") == "brief of “A {b}”"
    assert source_line(FERRY, 2, say) == "brief of “A ferry without a captain”, Northern Courier, 5 Mar 2025, ¶ 2"


def sentences() -> list[tuple[str, str]]:
    """Every sentence in which `embeddings` declines, with the words in it that are nobody's to translate."""
    words = ("Quillfeather", "7,300")
    near = replace(NO_EVIDENCE, cosine=1.0, sentence_match=1.0)
    named, focused = replace(near, missing=words), replace(near, focus=words)
    return [
        *((Declined(kind, words).sentence, ", ".join(words) if "{words}" in kind else "") for kind in Reason),
        (reason(NO_EVIDENCE), ""),
        (reason(replace(NO_EVIDENCE, instruction=1.0)), ""),
        (reason(named), ", ".join(words)),
        (reason(focused), " ".join(words)),
        (reason(replace(near, held=words)), ", ".join(words)),
        (reason(replace(near, held=words, lacks_kind=0.0, lacks_unit=0.0)), ", ".join(words)),
        (reason(replace(named, held=("Vetluga",))), "Vetluga"),
        (unknown_source_sentence("New York Times", "the New York Times"), "New York Times"),
        (unknown_source_sentence("Reuters", ""), "Reuters"),
        (NOTHING_FURTHER, ""),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_worded_in_each_language(language: str) -> None:
    """The words of the question in it stay as they are."""
    for sentence, words in sentences():
        worded = wording(language).reason(sentence)
        assert worded != sentence, f"no catalogue has the reason: {sentence}"
        assert words in worded


def test_each_reason_is_recognised_as_itself() -> None:
    """No pattern takes another's sentence."""
    for message in REASONS:
        sentence = message.format(words="“X”, {y} and Z", names="Xu Shan", source="The {Times}")
        taken = Wording("de").reason(sentence)
        assert taken == Wording("de")(message, words="“X”, {y} and Z", names="Xu Shan", source="The {Times}")


def test_a_disagreement_is_worded_with_its_figures_and_sources() -> None:
    """Each stands where it stood, also where a figure counts two things."""
    told = "890 dogs and cats (by May; “The (Daily) Post”, 5 Mar 2025) and 400 dogs (Harbour Gazette)"
    assert wording("de").disagreement(f"The sources differ: {told}.") == (
        "Die Quellen weichen voneinander ab: 890 dogs and cats (by May; “The (Daily) Post”, 5 Mar 2025)"
        " und 400 dogs (Harbour Gazette)."
    )
    assert wording("zh").disagreement(f"The figures are of different dates: {told}.").startswith("这些数字的日期不同：890 dogs")
    assert wording("de").disagreement("They differ.") == "They differ."


def test_the_sentences_of_a_disagreement_are_known() -> None:
    """What `embeddings` says of two figures is what the catalogues hold."""
    source = Path(disagreement.__file__).read_text(encoding="utf-8")
    for message in DISAGREEMENTS:
        assert message.partition(":")[0] in source


def test_an_unknown_sentence_stays_as_it_is() -> None:
    """Words of a question cannot make it another sentence."""
    assert wording("zh").reason("The penguins do not answer {this}.") == "The penguins do not answer {this}."


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("publisher: China Daily", ("publisher China Daily", "Herausgeber China Daily", "来源 China Daily")),
        ("article: Who: a story", ("article Who: a story", "Artikel Who: a story", "文章 Who: a story")),
        (label_of(Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))), ("published in 2025", "2025 erschienen", "2025年发表")),
        (label_of(Period(FIRST, None)), ("since 1 Mar 2025", "seit 01.03.2025", "2025年3月1日以来")),
        (label_of(Period(None, LAST)), ("until 31 May 2025", "bis 31.05.2025", "截至2025年5月31日")),
        (label_of(Period(FIRST, FIRST)), ("published on 1 Mar 2025", "erschienen am 01.03.2025", "2025年3月1日发表")),
        (
            label_of(Period(FIRST, LAST)),
            (
                "published 1 Mar 2025 to 31 May 2025",
                "erschienen vom 01.03.2025 bis 31.05.2025",
                "2025年3月1日至2025年5月31日发表",
            ),
        ),
    ],
)
def test_filters_are_shown_in_each_language(label: str, shown: tuple[str, str, str]) -> None:
    """Names stay, days are written as the language writes them."""
    assert tuple(wording(language).label(label) for language in ("en", "de", "zh")) == shown


def test_a_source_is_named_in_each_language() -> None:
    """What is unknown is said to be unknown; titles and publishers are not translated."""
    assert source_line(NOTICE, 1, wording("zh")) == "无标题文章, 来源不详, 日期不详, ¶ 1"
    assert source_line(FERRY, say=wording("es")) == "resumen de “A ferry without a captain”, Northern Courier, 5 mar 2025"
    assert source_line(SOLAR, say=wording("de")) == "“Roofs of Vetluga turn blue”, Harbour Gazette, 02.05.2024"
    assert title_of(NOTICE, wording("de")) == "Artikel ohne Titel"
