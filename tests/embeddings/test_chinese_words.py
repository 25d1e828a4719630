"""What a Chinese question is about, once its small words are taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.chinese_words import ASKING, SMALL, telling_stretches
from embeddings.lexical_index import informative_terms


def stretches(run: str) -> list[str]:
    """The stretches themselves."""
    return [run[start:end] for start, end in telling_stretches(run)]


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("云梧镇的图书馆有多少本书", ["云梧镇", "图书馆", "本书"]),
        ("渡轮为什么不涨价", ["渡轮", "不涨价"]),
        ("谁建了桥", ["建", "桥"]),
        ("圖書館在哪裡", ["圖書館"]),
        ("镇长说了什么", ["镇长"]),
        ("项目的目的是什么", ["项目", "目的"]),
        ("谁参与了和平大会", ["参与", "和平大会"]),
        ("机器人的性能如何", ["机器人", "性能"]),
        ("为什么", []),
        ("", []),
    ],
)
def test_small_words_part_the_stretches(question, telling):
    """Question words and particles go, simplified or traditional; words that only hold such a letter stay whole."""
    assert stretches(question) == telling


@given(st.text(alphabet="渡轮云梧镇的了在有和目标平图书馆什么多少", max_size=30))
def test_stretches_stand_in_order_and_lose_only_small_words(run):
    """Stretches do not overlap, and what lies between them is made of small words."""
    end = 0
    rest = []
    for start, stop in telling_stretches(run):
        assert end <= start < stop
        rest.append(run[end:start])
        end = stop
    rest.append(run[end:])
    assert set("".join(rest)) <= set(ASKING + SMALL)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("渡轮每天往返几次？", ["渡轮", "轮每", "每天", "天往", "往返", "次"]),
        ("谁建了桥？", ["建", "桥"]),
        ("2024年Lanyu公司的收入是多少亿元？", ["2024", "年", "Lanyu", "公司", "收入", "亿元"]),
        ("Where is the 白鹭号 now?", ["白鹭", "鹭号"]),
        ("What is 开源?", ["开源"]),
        ("渡轮的渡轮", ["渡轮"]),
    ],
)
def test_informative_terms_are_pairs(question, words):
    """A stretch gives its pairs, a lone letter itself; English words around it count as ever."""
    assert [term.word for term in informative_terms(question)] == words


def test_a_question_of_small_words_keeps_its_letters():
    """Where nothing else is left, everything is looked for, as in English."""
    assert {"为什", "什么"} <= {term.word for term in informative_terms("为什么？")}
