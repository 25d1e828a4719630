"""Filters in a question's words: publishers, titles and publication dates, and what only looks like one."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.store import Filters
from embeddings.filters.press_outlets import CHINESE_OUTLETS, is_outlet
from embeddings.filters.publication_dates import Period, days_of, label_of, period_of
from embeddings.filters.question_filters import FoundFilters, filters_in

TODAY = dt.date(2026, 11, 22)
ARTICLES = (
    Article(
        "auk-2025",
        "The ferry Auk sails, said the Bay Herald.",
        "The Auk crosses the bay",
        "China Daily",
        None,
        dt.date(2025, 9, 24),
    ),
    Article(
        "quay-2025", "A quay is needed.", "A second quay for Port Linden by 2027", "The Linden Post", None, dt.date(2025, 3, 5)
    ),
    Article("wind-2026", "Wind turbines turn.", "Wind over the bay", "Global Times", None, dt.date(2026, 11, 2)),
    Article(
        "plan-2026", "The harbour has a plan.", "The Harbour Plan and what the whole town of Port Linden thinks about it", None
    ),
)


def found(question: str) -> FoundFilters:
    """The filters of a question about the four articles."""
    return filters_in(question, ARTICLES, TODAY)


def day(text: str | None) -> dt.date | None:
    """A date in ISO format, or none."""
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("question", "publisher", "rest"),
    [
        ("According to China Daily, how old is the Auk?", "China Daily", "How old is the Auk?"),
        ("How old is the Auk according to China Daily?", "China Daily", "How old is the Auk?"),
        ("how old is the auk, according to the china daily article?", "China Daily", "How old is the auk?"),
        ("As reported by the Global Times, how many turbines turn?", "Global Times", "How many turbines turn?"),
        ("How many turbines are there in the Global Times article?", "Global Times", "How many turbines are there?"),
        ("In Global Times, how many turbines are there?", "Global Times", "How many turbines are there?"),
        ("How many turbines turn in the Global Times’ report?", "Global Times", "How many turbines turn?"),
        ("What does the Global Times say about turbines?", "Global Times", "What does the article say about turbines?"),
        ("What did China Daily report about the Auk?", "China Daily", "What did the article report about the Auk?"),
        ("Which ferry does the China Daily story praise?", "China Daily", "Which ferry does the article praise?"),
        ("Who wrote the China Daily article?", "China Daily", "Who wrote the article?"),
        ("According to the Linden Post, is a quay needed?", "The Linden Post", "Is a quay needed?"),
        ("Global Times: how many turbines turn?", "Global Times", "How many turbines turn?"),
        ("根据中国日报，渡轮有多旧？", "China Daily", "渡轮有多旧？"),
        ("据《环球时报》报道，有多少风车？", "Global Times", "有多少风车？"),
        ("环球时报的文章中有多少风车？", "Global Times", "有多少风车？"),
    ],
)
def test_a_publisher_named_as_the_source_is_a_filter(question, publisher, rest):
    """The publisher is filtered for in its own spelling, and the question reads on without it."""
    assert found(question) == FoundFilters(Filters(publisher=publisher), rest, (f"publisher: {publisher}",), True)


def test_two_publishers_are_named_by_their_articles():
    """A filter has room for one publisher; two give the ids of their articles."""
    asked = found("According to China Daily and the Global Times, how old is the Auk?")
    assert asked.filters == Filters(article_ids=("auk-2025", "wind-2026"))
    assert asked.labels == ("publisher: China Daily, Global Times",)
    assert asked.rest == "How old is the Auk?"


@pytest.mark.parametrize(
    ("question", "ident", "rest"),
    [
        ("In “Wind over the bay”, how many turbines turn?", "wind-2026", "How many turbines turn?"),
        (
            'What does the article "The Auk crosses the bay" say about fares?',
            "auk-2025",
            "What does the article say about fares?",
        ),
        ('According to the article "a second quay", when is it needed?', "quay-2025", "When is it needed?"),
        ("According to the article about a second quay, when is it needed?", "quay-2025", "When is it needed?"),
    ],
)
def test_a_title_or_words_that_only_one_title_has_name_an_article(question, ident, rest):
    """A quoted title filters for its article, and so do three of its words after "the article"."""
    asked = found(question)
    assert (asked.filters, asked.rest, asked.explicit) == (Filters(article_ids=(ident,)), rest, True)
    assert asked.labels[0].startswith("article: ")


@pytest.mark.parametrize(
    ("question", "since", "until", "rest", "label"),
    [
        (
            "What do articles from 2026 say about turbines?",
            "2026-01-01",
            "2026-12-31",
            "What do articles say about turbines?",
            "published in 2026",
        ),
        (
            "What was published since September 2025 about the Auk?",
            "2025-09-01",
            None,
            "What was published about the Auk?",
            "since 1 Sep 2025",
        ),
        ("Which ferries were reported in 2026?", "2026-01-01", "2026-12-31", "Which ferries were reported?", "published in 2026"),
        (
            "What do articles before March 2025 say about quays?",
            None,
            "2025-02-28",
            "What do articles say about quays?",
            "until 28 Feb 2025",
        ),
        (
            "What do articles after 5 March 2025 say about quays?",
            "2025-03-06",
            None,
            "What do articles say about quays?",
            "since 6 Mar 2025",
        ),
        ("News until 2025-03-05 about quays", None, "2025-03-05", "News about quays", "until 5 Mar 2025"),
        (
            "In articles published between March and May 2025, what is a quay?",
            "2025-03-01",
            "2025-05-31",
            "What is a quay?",
            "published 1 Mar 2025 to 31 May 2025",
        ),
        (
            "According to reports from last year, how old is the Auk?",
            "2025-01-01",
            "2025-12-31",
            "How old is the Auk?",
            "published in 2025",
        ),
        ("Last year's articles about the Auk", "2025-01-01", "2025-12-31", "Articles about the Auk", "published in 2025"),
        (
            "What does this month's coverage say about turbines?",
            "2026-11-01",
            "2026-11-30",
            "What does coverage say about turbines?",
            "published 1 Nov 2026 to 30 Nov 2026",
        ),
        ("2026 articles about turbines", "2026-01-01", "2026-12-31", "Articles about turbines", "published in 2026"),
        ("2026年的报道怎么说风车？", "2026-01-01", "2026-12-31", "怎么说风车？", "published in 2026"),
        ("2025年9月以来的报道有多少渡轮？", "2025-09-01", None, "有多少渡轮？", "since 1 Sep 2025"),
    ],
)
def test_when_articles_were_published_is_explicit(question, since, until, rest, label):
    """A moment beside "articles", "published" or "reported" filters the publication date."""
    assert found(question) == FoundFilters(Filters(since=day(since), until=day(until)), rest, (label,), True)


@pytest.mark.parametrize(
    ("question", "since", "until", "rest"),
    [
        ("What was built in 2026?", "2026-01-01", "2026-12-31", "What was built?"),
        ("What has sailed since September 2025?", "2025-09-01", None, "What has sailed?"),
        ("What sailed before March 10, 2025?", None, "2025-03-09", "What sailed?"),
        ("Which ferries sailed last year?", "2025-01-01", "2025-12-31", "Which ferries sailed?"),
        ("Which ferries sailed this month?", "2026-11-01", "2026-11-30", "Which ferries sailed?"),
        ("What sailed between March and May 2025?", "2025-03-01", "2025-05-31", "What sailed?"),
        ("Since September 2025, which ferries have sailed?", "2025-09-01", None, "Which ferries have sailed?"),
        ("2025年9月以来有多少渡轮？", "2025-09-01", None, "有多少渡轮？"),
        ("2025年3月到5月有多少渡轮？", "2025-03-01", "2025-05-31", "有多少渡轮？"),
        ("去年有多少渡轮？", "2025-01-01", "2025-12-31", "有多少渡轮？"),
    ],
)
def test_a_bare_time_phrase_is_not_explicit(question, since, until, rest):
    """ "In 2026" may be about the event: the filter is found, and marked as a guess."""
    asked = found(question)
    assert (asked.filters, asked.rest) == (Filters(since=day(since), until=day(until)), rest)
    assert not asked.explicit


def test_an_explicit_filter_leaves_a_bare_time_phrase_in_the_question():
    """Who names the source and a year means the year of the event."""
    asked = found("According to China Daily, what sailed in 2026?")
    assert (asked.filters, asked.rest) == (Filters(publisher="China Daily"), "What sailed in 2026?")


def test_source_and_date_go_together():
    """A publisher and a publication date are one filter, with a label each."""
    asked = found("According to China Daily, what do articles since September 2025 say about ferries?")
    assert asked.filters == Filters(publisher="China Daily", since=dt.date(2025, 9, 1))
    assert asked.labels == ("publisher: China Daily", "since 1 Sep 2025")
    assert asked.rest == "What do articles say about ferries?"


@pytest.mark.parametrize(
    "question",
    [
        "How many ferries will sail by 2035?",
        "How many ferries will sail in 2026?",
        "How large is the fleet expected to be in 2026?",
        "What sails in 2035?",
        "What happened in 1998?",
        "What does the 2025 Government Work Report say about ports?",
        "What is in the Government Work Report of 2025?",
        "What did the plan in 2025 Harbour Days say?",
        "What is the 14th Five-Year Plan (2021-25)?",
        "How does the UN 2030 Agenda help ports?",
        "How are robots used in China Daily life?",
        "Who spoke to the Global Times about turbines?",
        "What is China Daily?",
        "Who founded the Global Times?",
        "May robots steer ferries?",
        "What may happen to the Auk?",
        "When did the workers march to the quay?",
        "Who won last year's regatta?",
        "What grew in the first quarter of 2025?",
        "Who wrote 'The Harbour Plan'?",
        'Who proposed the "Harbour Plan"?',
        "According to Tom Akande, is a quay needed?",
        "According to the article, is a quay needed?",
        "According to the Ministry of Ports, is a quay needed?",
        "articles from 2026",
        "What does China Daily say?",
        "How many ferries were reported lost in 1912?",
        "What sailed on 31 February 2025?",
        "How many people work in Post Office queues?",
        "According to the Bay Herald, who sails?",
        "2035年有多少渡轮？",
        "",
    ],
)
def test_what_only_looks_like_a_filter_is_none(question):
    """Goals, names with a year in them, verbs, forecasts, years without articles and cited papers leave a question alone."""
    assert found(question) == FoundFilters(Filters(), question)


@pytest.mark.parametrize(
    ("question", "outlet"),
    [
        ("According to the New York Times, how old is the Auk?", "New York Times"),
        ("according to the new york times, how old is the auk?", "New York Times"),
        ("What does the New York Times say about the Auk?", "New York Times"),
        ("How old is the Auk in the Daily Mail article?", "Daily Mail"),
        ("As reported by Reuters, how old is the Auk?", "Reuters"),
        ("根据纽约时报，渡轮有多旧？", "New York Times"),
    ],
)
def test_an_outlet_that_the_collection_lacks_is_named(question, outlet):
    """No filter, the whole question, and the outlet's name so that the caller can say that it is not there."""
    assert found(question) == FoundFilters(Filters(), question, (), True, outlet)


def test_without_articles_there_is_nothing_to_filter():
    """An empty collection has no publisher and no date."""
    assert filters_in("What was published in 2025 by robots?", (), TODAY).explicit
    assert filters_in("In 2025, what sailed?", (), TODAY).filters == Filters()


@pytest.mark.parametrize(
    ("moment", "since", "until"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2025年9月5日", "2025-09-05", "2025-09-05"),
        ("Feb. 2024", "2024-02-01", "2024-02-29"),
        ("5th of March 2025", "2025-03-05", "2025-03-05"),
        ("December", "2025-12-01", "2025-12-31"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("前年", "2024-01-01", "2024-12-31"),
        ("上个月", "2026-10-01", "2026-10-31"),
    ],
)
def test_days_of_a_moment(moment, since, until):
    """A year is all its days, a month all of its, a week from Monday; a month without a year is the last one past."""
    assert days_of(moment, TODAY) == Period(day(since), day(until))


def test_periods_have_open_ends_and_labels():
    """ "Until" keeps the moment in, "before" and "after" leave it out; a period from the future is none."""
    assert period_of("until", "2025", None, TODAY) == Period(None, dt.date(2025, 12, 31))
    assert period_of("after", "2025", None, TODAY) == Period(dt.date(2026, 1, 1), None)
    assert period_of("since", "2027", None, TODAY) is None
    assert period_of("between", "May 2025", "March 2025", TODAY) is None
    assert label_of(Period(None, None)) == ""
    assert label_of(Period(dt.date(2025, 3, 5), dt.date(2025, 3, 5))) == "published on 5 Mar 2025"


def test_outlets_are_known_by_table_or_last_word():
    """The table's names and names that end like a paper's are outlets; persons and ministries are not."""
    assert all(is_outlet(name) for name in CHINESE_OUTLETS.values())
    assert is_outlet("Port Linden Gazette") and is_outlet("the BBC")
    assert not is_outlet("Tom Akande") and not is_outlet("Ministry of Ports")


PHRASES = st.lists(
    st.sampled_from(
        "according to,China Daily,in,since,2025,articles,published,between,March,and,May 2025,last year,?,“,Wind over the bay,"
        "the New York Times,what,sails,根据,2025年9月,以来,去年,31,0000,2025-13-45".split(",")
    ),
    max_size=10,
).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=200) | PHRASES)
def test_any_text_is_read(text):
    """Whatever is asked, a question is left, labels go with filters, and no filter means the question as it was typed."""
    asked = found(text)
    assert bool(asked.filters) == bool(asked.labels)
    assert asked.rest.strip() or not text.strip()
    if not asked.filters:
        assert asked.rest == text
