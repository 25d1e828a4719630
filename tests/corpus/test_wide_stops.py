"""Chinese sentences end where a reader ends them, and no letter is lost."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.chunks import DATELINE, sentences_of, split_article
from corpus.cleaning import normalise
from corpus.wide_stops import wide_ends
from tests.chinese_articles import ALL, FERRY, LIBRARY

# What Chinese is written with, and what breaks its sentences.
PIECES = [
    "天", "很冷", "渡轮", "船长说", "他问", "。", "！", "？", "……", "——", "；", "、", "，", "：", "“", "”", "‘", "’", "「", "」",
    "『", "』", "《", "》", "（", "）", "【", "】", '"', "?", "!", ".", " ", "\n", "\n\n", "AI", "U.S. ", "5.5", "No. 4",
    "６０００", "亿元", "🙂", "１", "雲", "3月5日电", "新华社", "It rained. ",
]  # fmt: skip
chinese_texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def split(text: str) -> list[str]:
    of = Article("a", normalise(text))
    return [sentence.text for paragraph in of.paragraphs() for sentence in sentences_of(of, paragraph)]


@settings(max_examples=400, deadline=None)
@given(chinese_texts)
def test_splitting_loses_no_letter(raw: str) -> None:
    """Each sentence is verbatim, they stand in order, and only spaces and a dateline are in none."""
    of = Article("a", normalise(raw))
    for paragraph in of.paragraphs():
        whole = of.text[paragraph.start : paragraph.end]
        dateline = DATELINE.match(whole)
        skipped = dateline.end() if dateline and dateline.end() < len(whole) else 0
        sentences = sentences_of(of, paragraph)
        assert [of.quote(sentence.span) for sentence in sentences] == [sentence.text for sentence in sentences]
        assert re.sub(r"\s", "", "".join(sentence.text for sentence in sentences)) == re.sub(r"\s", "", whole[skipped:])
        bounds = [(sentence.span.start, sentence.span.end) for sentence in sentences]
        assert bounds == sorted(bounds) and all(left[1] <= right[0] for left, right in itertools.pairwise(bounds))


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFF), max_size=80))
def test_a_text_without_wide_letters_is_left_to_the_english_splitter(text: str) -> None:
    """No English stop is this module's."""
    assert wide_ends(text) == []


@pytest.mark.parametrize("article", ALL)
def test_every_letter_of_an_article_is_in_its_chunks(article: str) -> None:
    """The sentences of an article, joined, are its paragraphs; chunks are verbatim stretches."""
    of = Article("a", normalise(article))
    chunks = split_article(of, 20, 5)
    joined = "".join(sentence.text for chunk in chunks for sentence in chunk.sentences)
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", of.text)
    assert all(of.text[chunk.span.start : chunk.span.end] == chunk.text for chunk in chunks)
    assert len(chunks) > 1


@pytest.mark.parametrize(
    "sentences",
    [
        ["天很冷。", "没有人出门！", "为什么？", "雪停了。"],
        ["市长说：“天很冷。”", "他走了。"],
        ["“天很冷。”市长说，“明天更冷。”", "他走了。"],
        ["“你好！”他说。", "她笑了。"],
        ["“天很冷。”", "市长说：“明天更冷。”"],
        ["船长说：“天很冷。", "我们走吧。”", "船开了。"],
        ["他问“为什么？”时大家都笑了。", "船开了。"],
        ["口号是“快！再快！”的比赛结束了。", "船开了。"],
        ["館長說：「請看『星空』。」", "他走了。"],
        ["电影《机器人！快跑》上映了。", "观众很多。"],
        ["会议（3月5日开始。）结束了。", "大家回家。"],
        ["港口结冰了。", "（记者何小满报道。）", "船开了。"],
        ["他想了想……然后走了——没有回头。", "雪停了。"],
        ["真的吗？……", "真的。"],
        ["苹果、梨和茶；桌子、椅子：都卖了。", "店关了。"],
        ["公司CEO Dr. Li说：“好。”", "他签了字。"],
        ["据U.S. News报道，Tide-5.5发布了。", "价格排在No. 4。"],
        ["收入6000亿元，增长5.5%。", "第二年是３．２万亿元。"],
        ['船长说:"天很冷。"', '"好的。"她说。', "雪停了。"],
        ["为什么?", "没人知道!", "真的。"],
        ["天很冷。", "It was cold. Nobody came."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """Quotations, titles, brackets, ellipses, dashes, lists and English names in Chinese sentences."""
    if sentences[-1].startswith("It"):
        assert split("".join(sentences)) == [sentences[0], "It was cold.", "Nobody came."]
    else:
        assert split("".join(sentences)) == sentences


@pytest.mark.parametrize(
    "dateline", ["新华社云梧3月5日电（记者何小满）", "本报云梧12月15日讯", "中新社云梧3月5日电 ", "中新網雲梧3月5日電(羅敬亭)"]
)
def test_an_agency_line_is_not_part_of_the_first_sentence(dateline: str) -> None:
    """Agency, place and day come before the sentence; inside a sentence they stay."""
    assert split(f"{dateline}渡轮开航了。船长很忙。") == ["渡轮开航了。", "船长很忙。"]
    assert split("渡轮在新华社云梧3月5日电里。") == ["渡轮在新华社云梧3月5日电里。"]


def test_paragraphs_are_counted_and_headings_are_not() -> None:
    """Each sentence knows the number of its paragraph as a reader counts it."""
    of = Article("a", normalise(FERRY.replace("票价问题", "## 票价问题").partition("\n\n")[2]))
    numbers = [s.paragraph for paragraph in of.paragraphs() for s in sentences_of(of, paragraph)]
    assert numbers == [1, 1, 1, 1, 2, 3, 3, 3]
    assert [paragraph.heading for paragraph in of.paragraphs()] == [None, None, "票价问题"]


def test_chunks_are_measured_in_words() -> None:
    """The traditional article, of about 80 words, is one chunk of the usual size and several of a small one."""
    of = Article("a", normalise(LIBRARY))
    assert len(split_article(of)) == 1
    assert len(split_article(of, 20, 10)) >= 3
