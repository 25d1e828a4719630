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

from bot.relation_wording import AND, BOUNDS, FINDINGS, RELATIONS, SIZES, STATUSES, STEP, finding_words, relation_words
from bot.sources import source_line, title_of
from bot.wording import DISAGREEMENTS, DOMAIN, FOLDER, LANGUAGES, REASONS, Wording, wording
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Bound, Status
from corpus.figures.figure import Period as Time
from corpus.figures.relations import implausible, relation
from embeddings import disagreement
from embeddings.abstention import reason
from embeddings.asking import NOTHING_FURTHER, unknown_source_sentence
from embeddings.crosslingual.decline_reasons import Declined, Reason
from embeddings.evidence import NO_EVIDENCE
from embeddings.filters.publication_dates import Period, label_of
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR
from tests.bot.sample_figures import AUTUMN, DECADE, UNRESOLVED, YEAR, stored

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


def wordings() -> list[ast.expr]:
    """What is given to be worded, as Python's own syntax tree has it, which sees into f-strings."""
    nodes = [node for path in BOT.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"say", "N_"}]


def texts_in_calls() -> set[object]:
    """The same as `texts_in_code`, by another way."""
    return {text.value for text in wordings() if isinstance(text, ast.Constant)}


def test_no_text_escapes_the_extraction() -> None:
    """Babel does not look into f-strings: a text that stands in one would never be translated."""
    assert texts_in_calls() == texts_in_code() != set()


def test_no_text_is_put_together_before_it_is_worded() -> None:
    """An f-string or a sum is in no catalogue; a name may hold a text that `N_` marks elsewhere."""
    assert not [ast.unparse(text) for text in wordings() if isinstance(text, (ast.JoinedStr, ast.BinOp))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    """Nothing is missing, unsure or left over, and each translation has the same braces."""
    translated = {str(message.id): message for message in catalogue(language) if message.id}
    assert set(translated) == texts_in_code()
    for text, message in translated.items():
        assert message.string and not message.fuzzy, text
        assert sorted(BRACES.findall(str(message.string))) == sorted(BRACES.findall(text))
        # Signs between two texts are the same in most languages.
        assert message.string != text or not any(letter.isalpha() for letter in BRACES.sub("", text))
        assert not message.pluralizable, "a count stands beside its word, for languages count in different ways"


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
    """The words of the question in it stay as they are; the commas between them are the language's."""
    for sentence, words in sentences():
        worded = wording(language).reason(sentence)
        assert worded != sentence, f"no catalogue has the reason: {sentence}"
        assert words.replace(", ", wording(language)(", ")) in worded


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


@pytest.mark.parametrize("title", ["Minutes of 31 Jun 2025", "The report of 5 Mar 2025"])
@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_title_stays_as_it_is(language: str, title: str) -> None:
    """Also where it holds what looks like a day, or like one that no calendar has."""
    assert title in wording(language).label(f"article: {title}") and title in wording(language).label(f"publisher: {title}")


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
    assert source_line(NOTICE, 1, wording("zh")) == "无标题文章，来源不详，日期不详，¶ 1"
    assert source_line(FERRY, say=wording("es")) == "resumen de “A ferry without a captain”, Northern Courier, 5 mar 2025"
    assert source_line(SOLAR, say=wording("de")) == "“Roofs of Vetluga turn blue”, Harbour Gazette, 02.05.2024"
    assert title_of(NOTICE, wording("de")) == "Artikel ohne Titel"


# --- what is said of figures ----------------------------------------------------------------------------------------

YEAR_BEFORE = Time("in 2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31))
PAIRS = (
    (stored(), stored(unit="CNY"), "单位不同：count和CNY"),
    (stored(), stored(place="Ostrava"), "范围不同：Vetluga和Ostrava"),
    (stored(), stored(period=YEAR), "日期不同：by the end of September 2024和in 2025"),
    (stored(), stored("9,100", "9100", status=Status.TARGET), "性质不同：一个是已公布，另一个是目标"),
    (stored(), stored("9,100", "9100", period=None), "9,100没有日期，因此日期可能不同"),
    (stored(), stored("9,100", "9100", period=UNRESOLVED), "9,100的时间只写作“this year”，因此日期可能不同"),
    (stored(period=None), stored("9,100", "9100", period=None), "两者都没有日期，因此日期可能不同"),
    (stored(bound=Bound.ABOUT), stored("7,500", "7500"), "在“约7,300”的范围内一致"),
    (stored(bound=Bound.ABOUT), stored("7,500", "7500", bound=Bound.BELOW), "在“约7,300”和“不到7,500”的范围内一致"),
    (
        stored(bound=Bound.ABOVE),
        stored("9,100", "9100", bound=Bound.BELOW),
        "界限不同：“超过7,300”和“不到9,100”不排除任何一个",
    ),
    (stored(), stored("9,100", "9100"), "日期和范围相同，但7,300和9,100相差1,800，为较小者的24.66%"),
    (stored("0", "0"), stored("7", "7"), "日期和范围相同，但0和7相差7"),
    (stored(), stored(article=FERRY), "数值相同"),
    (stored(status=Status.FORECAST), stored(period=None), "数值相同；一个是预测，另一个是已公布；7,300没有日期"),
    (
        stored("1729.5 billion yuan", "1729.5e9", "CNY"),
        stored("1.7 trillion yuan", "1.7e12", "CNY"),
        "同一数值，取整不同：1.7295万亿元和1.7万亿元",
    ),
)


@pytest.mark.parametrize(("one", "other", "chinese"), PAIRS)
def test_how_figures_stand_to_each_other_is_told_in_each_language(one: StoredFigure, other: StoredFigure, chinese: str) -> None:
    """As `corpus` really says it; words of articles stay, amounts are written as the language writes them."""
    words = relation(one.figure, other.figure).words
    assert relation_words(words, wording("zh")) == chinese
    assert relation_words(words, wording()) == words
    assert words not in {relation_words(words, wording(language)) for language in LANGUAGES}


def rate(text: str, value: str) -> StoredFigure:
    """A growth rate a year from 2025 to 2035."""
    return stored(text, value, "percent", subject="annual growth of the roofs", period=DECADE)


SHRUNK = stored("73,000", "73000", period=YEAR_BEFORE), stored("7,300", "7300", period=YEAR, article=FERRY)
APART = stored(period=AUTUMN), stored("73,000", "73000", period=None, article=FERRY)
VAGUE = stored("73,000", "73000", period=AUTUMN), stored("9,000", "9000", period=UNRESOLVED, article=FERRY)
FORECAST = (
    rate("17 percent", "17"),
    stored("1 million", "1000000", period=Time("in 2035", DECADE.start, DECADE.end), status=Status.FORECAST),
    stored("7,300", "7300", period=Time("in early 2025", None, dt.date(2025, 1, 31))),
)


@pytest.mark.parametrize(
    ("figures", "chinese"),
    [
        (SHRUNK, "（in 2024）为73,000，但更晚的7,300（in 2025）为7,300：前者是后者的10倍，达一个数量级或更多。"),
        (APART, "而73,000（无日期）为73,000：后者是前者的10倍，达一个数量级或更多。如果后者时间更早"),
        (VAGUE, "而9,000（“this year”，其文章未说明具体日期）为9,000：前者是后者的8.1倍，接近一个数量级。"),
        (FORECAST, "与每年17%的增长不符：7,300（in early 2025）经过"),
    ],
    ids=["shrunk", "far apart", "no day", "growth"],
)
def test_what_cannot_be_right_is_told_in_each_language(figures: tuple[StoredFigure, ...], chinese: str) -> None:
    """Whole sentences with their arithmetic, as `corpus` really says them."""
    (finding,) = implausible([one.figure for one in figures])
    assert chinese in finding_words(finding.words, wording("zh"))
    assert finding_words(finding.words, wording()) == finding.words
    for language in LANGUAGES:
        worded = finding_words(finding.words, wording(language))
        assert worded != finding.words and not re.search(r"\b(?:which|whereas|wrong|would|than)\b", worded)


def filled(message: str) -> str:
    """A form with something in each brace that may stand there."""
    step = STEP.format(
        amount="7 km", time="in 2024", number="3", amount_made="9 km", amount_wanted="3 million yuan", number_wanted="4.1"
    )
    samples = {"clause": "neither is dated", "amount": "600 billion yuan", "number": "4.5", "status": "a target", "size": ""}
    samples |= {"bounds": '"about 9"', "steps": f"{step}; {step}"}
    return message.format(**{name: samples.get(name.partition("_")[0], f"<{name}>") for name in BRACES.findall(message)})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("message", [*RELATIONS, *FINDINGS])
def test_each_form_is_recognised(message: str, language: str) -> None:
    """None is taken for another, and none is left in English."""
    worded = (finding_words if message in FINDINGS else relation_words)(filled(message), wording(language))
    known = wording(language)(message, **{name: f"{{{name}}}" for name in BRACES.findall(message)})
    fixed = [part for part in BRACES.split(known)[::2] if part]
    assert all(part in worded for part in fixed), worded
    assert "neither is dated" not in worded and "billion" not in worded


@pytest.mark.parametrize("words", ["they differ in colour: red and blue", "9 has a moon", "they agree as far as the moon says"])
def test_an_unknown_remark_stays_as_it_is(words: str) -> None:
    """Rather English than half a sentence."""
    assert relation_words(words, wording("zh")) == finding_words(words, wording("zh")) == words


def test_words_inside_remarks_are_in_the_catalogues() -> None:
    """What stands for a bound, a state and an order of magnitude."""
    assert {AND, STEP, *STATUSES.values(), *filter(None, SIZES.values()), *BOUNDS.values()} <= texts_in_code()
