"""An article's figures, put together."""

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.figures.extraction import figures_in
from corpus.figures.figure import Bound, Status

TEXT = """Bergen's harbour handled over 4,500 ferries in 2024. "We expect 17.1% more by 2030," Ole Vik said.

## The 42 quays

1. Costs 🙂 reached 1.2 to 1.5 billion kroner, or $150 million, by the end of September 2024.

It was the 78th season of the 360 Harbour Group."""
ARTICLE = Article(id="bergen-ferries", text=TEXT, title="Ferries", published_on=dt.date(2025, 3, 5))


def test_figures_come_in_order_with_their_places():
    """Each figure gives back its text and stands inside its sentence; all places are the article's."""
    figures = figures_in(ARTICLE).figures
    assert [figure.text for figure in figures] == ["4,500", "17.1%", "$150 million"]
    for figure in figures:
        assert TEXT[figure.start : figure.end] == figure.text
        assert figure.sentence_start <= figure.start < figure.end <= figure.sentence_end
        assert figure.article_id == "bergen-ferries"


def test_a_figure_carries_all_that_is_said_of_it():
    """Value, unit, bound, subject, status, period and speaker are those of the number's own sentence."""
    first, second, third = figures_in(ARTICLE).figures
    assert (first.value, first.unit, first.bound, first.status) == (4500, "count", Bound.ABOVE, Status.REPORTED)
    assert "ferries" in first.subject
    assert first.period is not None and first.period.end == dt.date(2024, 12, 31)
    assert (second.value, second.unit, second.status) == (Decimal("17.1"), "percent", Status.FORECAST)
    assert "Ole Vik" in second.speaker
    assert third.period is not None and third.period.end == dt.date(2024, 9, 30)


def test_what_is_not_sure_is_left_out_at_its_place():
    """Kroner of an unsaid country are no figure; they are counted with reason and place."""
    (left_out,) = figures_in(ARTICLE).left_out
    assert left_out.text == TEXT[left_out.start : left_out.end] == "1.2 to 1.5 billion"
    assert "currency" in left_out.reason


def test_headings_names_and_list_numbers_give_no_figures():
    """A heading repeats its text in short; its numbers would be figures twice."""
    assert not {"42", "1.", "78", "360"} & {figure.text for figure in figures_in(ARTICLE).figures}


def test_an_article_without_numbers_has_no_figures():
    """Nothing is found, and nothing is left out."""
    extraction = figures_in(Article(id="calm", text="The sea was calm."))
    assert extraction.figures == extraction.left_out == ()


def test_dates_without_a_publication_date_do_not_fail():
    """An article of unknown date gives figures all the same."""
    (figure,) = figures_in(Article(id="undated", text="Last year 42 boats sank.")).figures
    assert (figure.text, figure.value) == ("42", 42)


PIECES = (
    "Sales reached 500", "up from 300", "and 400 the previous year", "in 2024", "compared with 8 in Peru", "down 5 percent",
    "respectively",
    "while Oslo had 7", "of which 60 percent were students", "bringing the total to 9,000", "the figure was 12", "twice as many",
    "Shenzhen has 2,600 firms", "Hangzhou 1,100", "and Beijing 900", "12, 9 and 7 percent", "with 30 of them new", "from 4 to 6",
    "they had 3", "those in Peru 7", "the former 5 and the latter 6", "; Lima 4", "the share was 5 percent",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=7))
def test_numbers_that_ask_for_each_other_are_read(pieces: list[str]) -> None:
    """However numbers of a sentence refer to each other, none waits for itself."""
    text = ", ".join(pieces).replace(", ;", ";") + ". It had 12 more."
    for figure in figures_in(Article("a", text, published_on=dt.date(2025, 3, 1))).figures:
        assert text[figure.start : figure.end] == figure.text
