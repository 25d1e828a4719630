"""New entries for a catalogue, proposed from figures without a name."""

from stored_figures import stored

from corpus.figures.catalogue import Catalogue, Metric, read_catalogue
from embeddings.metrics.suggestions import as_toml, suggest
from tests.fake_encoder import FakeEncoder

NOTHING = Catalogue((), "")


def ferries(number: str, subject: str = "electric ferries", unit: str = "count", **more):
    return stored(f"There were {number} of them.", number, unit, subject, article_id=f"a{number}", **more)


def test_figures_of_one_subject_and_unit_are_proposed_together():
    """Two articles' counts of one thing make one entry, named by the commonest wording."""
    figures = [ferries("14"), ferries("15"), ferries("16", "ferries electric"), ferries("30", "lighthouses")]
    (found,) = suggest(figures, FakeEncoder(), NOTHING)
    assert (found.key, found.title, found.unit) == ("electric-ferries", "Electric ferries", "count")
    assert found.figures == tuple(figures[:3])


def test_units_are_never_mixed_but_currencies_are():
    """A count and a price of one thing are two metrics; a market in dollars and in yuan is one."""
    figures = [ferries("14"), ferries("15"), ferries("16", unit="CNY"), ferries("17", unit="USD"), ferries("18", unit="CNY")]
    found = suggest(figures, FakeEncoder(), NOTHING)
    assert [(one.unit, len(one.figures)) for one in found] == [("CNY", 3), ("count", 2)]
    assert len({one.key for one in found}) == 2


def test_named_and_single_figures_and_those_without_a_subject_are_left():
    """What has a name needs none, and what is told once is no series."""
    figures = [ferries("14", metric="ferries"), ferries("15"), ferries("16", " "), ferries("17", " ")]
    assert suggest(figures, FakeEncoder(), NOTHING) == []


def test_a_taken_key_is_not_given_again():
    """The text can be pasted below the entries that are there."""
    taken = Catalogue((Metric("electric-ferries", "Ferries", {}, (), "count"),), "")
    assert [one.key for one in suggest([ferries("14"), ferries("15")], FakeEncoder(), taken)] == ["electric-ferries-2"]


def test_the_text_is_a_catalogue_as_it_stands(tmp_path):
    """Pasted into a file it is read back, whatever signs the articles' words hold."""
    figures = [ferries("14", 'the "Auk"\nand \\ other\x7f ferries'), ferries("15", 'the "Auk"\nand \\ other\x7f ferries')]
    suggestions = suggest([*figures, ferries("16", "电动渡轮"), ferries("17", "电动渡轮")], FakeEncoder(), NOTHING)
    path = tmp_path / "catalogue.toml"
    path.write_text(as_toml(suggestions), encoding="utf-8")
    metrics = read_catalogue(path).metrics
    assert [metric.key for metric in metrics] == [one.key for one in suggestions]
    assert {metric.title for metric in metrics} == {one.title for one in suggestions}
    assert "# 14 (a14)" in path.read_text(encoding="utf-8")


def test_nothing_to_propose_is_an_empty_text():
    """No suggestion, no text."""
    assert as_toml(suggest([], FakeEncoder(), NOTHING)) == ""
