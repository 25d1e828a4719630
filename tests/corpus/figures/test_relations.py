"""Two figures of one metric: agreeing, differing or in conflict, and when they are one statement."""

import pytest
from sample_figures import figure, period

from corpus.figures.figure import Bound, Status
from corpus.figures.relations import RelationKind, relation, same_statement

YEAR = period("in 2025", "2025-12-31", "2025-01-01")
END_OF_YEAR = period("by the end of 2025", "2025-12-31")
SEPTEMBER = period("by September 2024", "2024-09-30")


def test_two_dates_are_no_conflict():
    """600 billion in September 2024 and 1.2 trillion in 2025 are two dates, and both are told."""
    found = relation(figure("600 billion yuan", "6e11", when=SEPTEMBER), figure("1.2 trillion yuan", "1.2e12", when=YEAR))
    assert found.kind is RelationKind.DIFFER
    assert found.words == "they differ in date: by September 2024 and in 2025"


def test_a_date_that_words_do_not_tell_is_told_as_a_day():
    """ "This quarter" alone would not let a reader compare."""
    quarter = period("as of the first quarter of this year", "2026-03-31", "2026-01-01")
    assert "(2026-03-31)" in relation(figure("7", "7", when=YEAR), figure("9", "9", when=quarter)).words


def test_two_places_are_no_conflict():
    """Beijing's industry and China's differ in scope."""
    found = relation(
        figure("450 billion yuan", "4.5e11", when=YEAR, place="Beijing"), figure("1.2 trillion yuan", "1.2e12", when=YEAR)
    )
    assert (found.kind, found.words) == (RelationKind.DIFFER, "they differ in scope: Beijing and China")


def test_two_currencies_are_not_compared():
    """Without a rate nobody can say whether dollars and yuan are as many."""
    found = relation(figure("$84 billion", "8.4e10", "USD", when=YEAR), figure("600 billion yuan", "6e11", when=YEAR))
    assert (found.kind, found.words) == (RelationKind.DIFFER, "they differ in unit: USD and CNY")


def test_one_value_rounded_twice_agrees():
    """1.7 trillion is 1729.5 billion with fewer digits; an end day alone meets the period that ends with it."""
    found = relation(
        figure("1729.5 billion yuan", "1729.5e9", when=period("from 2025 to 2035", "2035-12-31", "2025-01-01")),
        figure("1.7 trillion yuan", "1.7e12", when=period("by 2035", "2035-12-31")),
    )
    assert found.kind is RelationKind.AGREE
    assert found.words == "one value, rounded differently: 1.7295 trillion yuan and 1.7 trillion yuan"


@pytest.mark.parametrize(
    ("one", "other", "unit", "kind"),
    [
        (("42", "42"), ("43", "43"), "count", RelationKind.CONFLICT),
        (("4,500", "4500"), ("4,530", "4530"), "count", RelationKind.AGREE),
        (("4,500", "4500"), ("4,700", "4700"), "count", RelationKind.CONFLICT),
        (("60 percent", "60"), ("60.3 percent", "60.3"), "percent", RelationKind.AGREE),
        (("60 percent", "60"), ("63 percent", "63"), "percent", RelationKind.CONFLICT),
        (("600 billion yuan", "6e11"), ("604 billion yuan", "6.04e11"), "CNY", RelationKind.AGREE),
        (("600 billion yuan", "6e11"), ("640 billion yuan", "6.4e11"), "CNY", RelationKind.CONFLICT),
        (("eight", "8"), ("8", "8"), "count", RelationKind.AGREE),
        (("eight", "8"), ("ten", "10"), "count", RelationKind.CONFLICT),
    ],
)
def test_only_what_rounding_does_not_explain_conflicts(one, other, unit, kind):
    """Digits that were left out are no contradiction; counted things are exact."""
    assert relation(figure(*one, unit, when=YEAR), figure(*other, unit, when=END_OF_YEAR)).kind is kind


def test_a_conflict_says_how_far_apart_the_values_are():
    """The reader learns both values in one unit, the gap, and its share."""
    found = relation(figure("35,000", "35000", "count", when=YEAR), figure("100,000", "100000", "count", when=YEAR))
    assert found.kind is RelationKind.CONFLICT
    assert found.words == "same date and scope, but 35,000 and 100,000 are 65,000 apart, 185.7 percent of the smaller"


def test_a_bound_explains_a_near_value_and_leaves_room_for_a_far_one():
    """ "Over 4,500" agrees with 4,700, does not rule out 6,000, and contradicts 4,000."""
    over = figure("4,500", "4500", "count", when=YEAR, bound=Bound.ABOVE)
    near, far, below = (figure(text, text.replace(",", ""), "count", when=YEAR) for text in ("4,700", "6,010", "4,010"))
    assert relation(over, near).kind is RelationKind.AGREE
    assert relation(over, far).kind is RelationKind.CONFLICT  # 6,010 is no bound and rules 4,500 out
    assert relation(over, figure("6,010", "6010", "count", when=YEAR, bound=Bound.BELOW)).kind is RelationKind.DIFFER
    assert relation(over, below).kind is RelationKind.CONFLICT


def test_what_is_not_dated_never_conflicts():
    """A value without a date may be of another one, so it differs at most."""
    found = relation(figure("42", "42", "count"), figure("50", "50", "count", when=YEAR))
    assert (found.kind, found.words) == (RelationKind.DIFFER, "42 is not dated, so they may be of different dates")
    assert relation(figure("42", "42", "count"), figure("42", "42", "count")).kind is RelationKind.AGREE


def test_a_forecast_and_a_report_of_one_date_differ_in_status():
    """A forecast that did not come true contradicts nobody."""
    found = relation(
        figure("17.1%", "17.1", "percent", when=YEAR, status=Status.FORECAST), figure("21%", "21", "percent", when=YEAR)
    )
    assert (found.kind, found.words) == (RelationKind.DIFFER, "they differ in status: one is a forecast, the other reported")


def test_a_range_agrees_with_what_lies_within():
    """ "60 to 70 percent" and 65 percent are one statement to compare, not two."""
    found = relation(figure("60 to 70 percent", "60", "percent", when=YEAR, high="70"), figure("65%", "65", "percent", when=YEAR))
    assert found.kind is RelationKind.AGREE


@pytest.mark.parametrize(
    ("one", "other"),
    [("6", "8"), ("600", "640"), ("35,000", "100,000")],
)
def test_a_relation_is_the_same_from_both_sides(one, other):
    """Whichever article is named first, the kind is one."""
    a, b = (figure(text, text.replace(",", ""), "count", when=YEAR, article_id=text) for text in (one, other))
    assert relation(a, b).kind is relation(b, a).kind


def test_a_statement_repeated_by_another_article_is_one():
    """ "By September 2024" and "by the end of September 2024" end on one day; a missing place is no other place."""
    one = figure("600 billion yuan", "6e11", when=SEPTEMBER, bound=Bound.BELOW)
    again = figure(
        "6000亿元", "6e11", when=period("截至2024年9月", "2024-09-30"), bound=Bound.BELOW, place=None, article_id="two"
    )
    assert same_statement(one, again)


@pytest.mark.parametrize(
    "changed",
    [
        {"value": "5e11"},
        {"when": YEAR},
        {"when": None},
        {"place": "Beijing"},
        {"bound": Bound.ABOVE},
        {"status": Status.TARGET},
        {"unit": "USD"},
        {"article_id": "one"},
    ],
)
def test_another_value_date_place_status_or_bound_is_another_statement(changed):
    """Only what says the very same is told once; nor is an article its own echo."""
    told = {"value": "6e11", "when": SEPTEMBER, "bound": Bound.BELOW, "article_id": "two"}
    one = figure("600 billion yuan", "6e11", when=SEPTEMBER, bound=Bound.BELOW)
    assert not same_statement(one, figure("600 billion yuan", **(told | changed)))
