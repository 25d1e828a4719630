"""Chinese articles from the file to the quotation: found by their words, counted right, quoted letter for letter.

The stand-in encoder takes a run of Chinese for one word, so nothing but the word index can find these sentences.
"""

import math
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.chunks import split_article
from corpus.importing import import_paths
from corpus.store import CorpusStore
from embeddings.generation import Generation, open_current
from embeddings.lexical_index import LexicalIndex, informative_terms, terms_of
from embeddings.question import read_question
from embeddings.reindex import reindex
from embeddings.weighing import Weighed, weigh
from tests.chinese_articles import FERRY, LIBRARY, ROBOTS
from tests.fake_encoder import FakeEncoder

MIXED = "云A1.5台, 渡轮！２０Ａx ー・カ 한국 ไทย café’"


@pytest.fixture(scope="module")
def yunwu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    """The index of the three articles, imported from the encodings of their countries."""
    folder = tmp_path_factory.mktemp("yunwu")
    (folder / "in").mkdir()
    for name, text, encoding in (("ferry", FERRY, "gb18030"), ("robots", ROBOTS, "utf-8"), ("library", LIBRARY, "big5")):
        (folder / "in" / f"{name}.txt").write_bytes(text.encode(encoding))
    assert not import_paths([str(folder / "in")], folder / "collection").refused
    encoder = FakeEncoder()
    reindex(folder / "collection", folder / "data", encoder)
    generation = open_current(folder / "data", encoder)
    yield generation
    generation.close()


def weighed(question: str, generation: Generation) -> Weighed:
    """The search for a question and its quotes."""
    (encoded,) = FakeEncoder().encode_with_tokens([question])
    return weigh(read_question(question), generation, encoded)


# --- questions -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("渡轮每天往返几次？", "渡轮每天往返云湖十一次，单程只要九分钟。"),
        ("船长是谁？", "船长沈若兰说：“电池充一次电，够走三个来回。"),
        ("发动机是哪一年造的？", "旧的柴油渡轮将卖给邻县的船舶博物馆……它的发动机造于1961年，从来没有坏过。"),
        ("儿童坐船要买票吗？", "成人单程票四元五角，六岁以下儿童免费；自行车、手推车和大件行李要另外买票。"),
        ("采茶机器人多少钱一台？", "这家名叫Lanyu Robotics的公司开发采茶机器人，每台售价约1.59万元，２０２４年卖出380台。"),
        ("2024年卖出多少台机器人？", "这家名叫Lanyu Robotics的公司开发采茶机器人，每台售价约1.59万元，２０２４年卖出380台。"),
        ("机器人用的是什么模型？", "公司CEO Mara Lin对记者表示，机器人用的是开源模型Teaspoon-2.5，任何人都可以下载。"),
        ("What is Teaspoon-2.5?", "公司CEO Mara Lin对记者表示，机器人用的是开源模型Teaspoon-2.5，任何人都可以下载。"),
        ("哪部电影在车间里拍摄？", "电影《机器人！快跑》就在它的车间里拍摄。"),
        ("圖書館有多少塊太陽能板？", "圖書館的屋頂鋪了九十六塊太陽能板，夏天發的電用不完，就送給隔壁的小學。"),
        (
            "館長是誰？",
            "雲梧鎮圖書館上週重新開放，館藏增加到三萬八千冊。館長羅敬亭表示：「孩子們最喜歡地下一樓的『星空閱覽室』。」",
        ),
    ],
)
def test_the_right_sentence_is_found_by_its_words(yunwu, question, sentence):
    """No other sentence of the hits covers as much of the question, rare pieces counting most."""
    hits = weighed(question, yunwu).result.hits
    best = max((scored for hit in hits for scored in hit.sentences), key=lambda scored: scored.coverage)
    assert best.sentence.text in sentence


@pytest.mark.parametrize("question", ["渡轮每天往返几次？", "圖書館有多少塊太陽能板？", "机器人用的是什么模型？"])
def test_every_quote_is_verbatim(yunwu, question):
    """Each passage that could be quoted is what the store holds at its place, and its paragraph is the one that it names."""
    candidates = weighed(question, yunwu).candidates
    assert candidates
    for quote in candidates:
        article = yunwu.store.article(quote.article.id)
        assert quote.text == article.text[quote.span.start : quote.span.end] == yunwu.store.read_span(quote.span)
        paragraph = article.paragraphs()[quote.paragraph - 1]
        assert paragraph.start <= quote.answer.start < quote.answer.end <= paragraph.end


def test_signals_rest_on_the_pieces(yunwu):
    """The best chunk for a Chinese question leads by its words, and a question about other things leads nowhere."""
    best = weighed("旧的柴油渡轮卖给谁？", yunwu).result.hits[0]
    assert (best.signals.lexical, best.signals.coverage > 0.6) == (1.0, True)
    assert yunwu.searcher.lexical.nearest(informative_terms("足球锦标赛"), 10) == {}


# --- counts --------------------------------------------------------------------------------------------------------------


def test_rarity_counts_the_chunks_that_hold_a_piece(yunwu):
    """The document frequency of every pair and letter is that of a plain search through the chunks."""
    texts = [chunk.text for chunk in yunwu.store.all_chunks()]
    terms = terms_of("云梧镇的渡轮、机器人、圖書館和足球")
    rarity = yunwu.searcher.lexical.rarity(terms)
    for term in terms:
        held = sum(term.word in text for text in texts)
        assert rarity[term.stem] == pytest.approx(math.log(1 + (len(texts) - held + 0.5) / (held + 0.5)))


def test_a_pair_that_joins_two_known_words_is_not_unknown(yunwu):
    """足球 is not in the articles; 梧渡 is not either, but 云梧 and 渡轮 are. A letter that only 足球 has stays unknown."""
    lexical = yunwu.searcher.lexical
    assert lexical.unknown(terms_of("云梧渡轮")) == set()
    assert lexical.unknown(informative_terms("云梧渡轮")) == set()
    assert lexical.unknown(informative_terms("云梧足球")) == {"梧足", "足球"}
    assert lexical.unknown(informative_terms("6000亿元和6001亿元")) == {"6001"}


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(alphabet=MIXED, min_size=1, max_size=30), min_size=1, max_size=3))
def test_the_index_holds_the_very_pieces_of_its_texts(tmp_path_factory, texts):
    """Whatever scripts a text mixes, the words of a question are cut as those of the index are."""
    path = tmp_path_factory.mktemp("pieces") / "corpus.db"
    with CorpusStore.create(path) as store:
        for number, text in enumerate(texts):
            article = Article(f"a{number}", text.strip() or "x")
            store.add_article(article, split_article(article))
        store.finish()
        chunks = [chunk.text for chunk in store.all_chunks()]
        held = {part for text in chunks for term in terms_of(text) for part in term.stem.split()}
        assert held == set(store.vocabulary())
        for text in chunks:
            terms = terms_of(text)
            assert all(text[term.start : term.end] == term.word for term in terms)
            assert not LexicalIndex(store).unknown(terms)


def test_english_words_beside_chinese_are_found(yunwu):
    """A firm's name or a figure that touches Chinese letters is a word of its own."""
    (ceo,) = yunwu.searcher.lexical.nearest(terms_of("CEO"), 10)
    for word in ("Lanyu", "robotics", "380", "2024", "２０２４", "6000", "1.59"):
        assert list(yunwu.searcher.lexical.nearest(terms_of(word), 10)) == [ceo]
