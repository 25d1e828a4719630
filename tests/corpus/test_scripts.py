"""Scripts without spaces: the pieces that a text is searched by, and how long it is in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.scripts import is_mostly_wide, narrow, pieces_of, spaced, word_count, written_language
from tests.chinese_articles import FERRY, LIBRARY, ROBOTS


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("渡轮票", "渡轮 渡 轮票 轮 票"),
        ("桥", "桥"),
        ("AI企业", "AI 企业 企 业"),
        ("收入6000亿元", "收入 收 入 6000 亿元 亿 元"),
        ("２０２４年ＡＩ", "2024 年 AI"),
        ("渡轮，票", "渡轮 渡 轮 ， 票"),
        ("フェリー・船", "フェ フ ェリ ェ リー リ ー ・ 船"),
    ],
)
def test_a_run_is_cut_into_pairs_and_letters(text: str, pieces: str) -> None:
    """Every letter and every pair of neighbours is a piece; signs, figures and Latin words part the runs."""
    assert " ".join(spaced(text).split()) == pieces


@pytest.mark.parametrize("text", ["The ferry's 4,500 cafés — “all” of them.", "", "Ünïcode, naïve; e-mail 🙂", "α β Москва"])
def test_what_has_spaces_stays_as_it_is(text: str) -> None:
    """The word index is given English letter for letter."""
    assert spaced(text) == narrow(text) == text


@given(st.text(max_size=60))
def test_narrow_letters_keep_their_places(text: str) -> None:
    """Full-width figures and letters become narrow one by one, so positions hold."""
    assert len(narrow(text)) == len(text)


@given(st.text(alphabet="渡轮票価格한국", max_size=12))
def test_pieces_hold_every_letter_and_every_pair(run: str) -> None:
    """A run of n letters has n letters and n - 1 pairs, in order."""
    pieces = [run[start:end] for start, end in pieces_of(run)]
    assert [piece for piece in pieces if len(piece) == 1] == list(run)
    assert [piece for piece in pieces if len(piece) == 2] == [run[place : place + 2] for place in range(len(run) - 1)]


@pytest.mark.parametrize(
    ("text", "count"),
    [("天很冷。", 1), ("云梧镇的渡轮", 3), ("公司CEO Mara Lin说", 4), ("It is cold.", 3), ("", 0), ("2024年", 1), ("— a", 2)],
)
def test_two_letters_count_as_a_word(text: str, count: int) -> None:
    """Chinese and Latin words of one text are added up; a lone full stop is no word."""
    assert word_count(text) == count


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=80))
def test_english_is_counted_by_its_spaces(text: str) -> None:
    """A text in Latin letters has as many words as it has parts between spaces."""
    assert word_count(text) == len(text.split())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FERRY, "zh"),
        (ROBOTS, "zh"),
        (LIBRARY, "zh"),
        ("電動フェリーは毎日出ます。", "ja"),
        ("The ferry is called 白鹭号.", None),
        ("전기 페리", None),
        ("The ferry", None),
        ("2024", None),
        ("", None),
    ],
)
def test_a_script_gives_its_language_away(text: str, language: str | None) -> None:
    """Chinese with English names is Chinese, English with a Chinese name is not; what no script tells is not guessed."""
    assert written_language(text) == language


def test_names_in_latin_letters_leave_a_text_chinese() -> None:
    """A sentence that quotes a firm's English name is still split as Chinese."""
    assert is_mostly_wide("据U.S. News报道，这家公司搬走了。")
    assert not is_mostly_wide("It was cold. Nobody came. 天很冷。")
    assert not re.search(r"[A-Za-z]", LIBRARY) and is_mostly_wide(LIBRARY)
