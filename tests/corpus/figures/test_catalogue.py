"""The catalogue of metrics: what is read, and what is refused with which words."""

from pathlib import Path

import pytest

from corpus.figures.catalogue import SHIPPED_CATALOGUE, CatalogueError, Metric, fits, read_catalogue
from corpus.scripts import HAN_LETTER
from corpus.units import is_money

ENTRY = '[[metric]]\nkey = "ai-companies"\ntitle = "AI companies"\nunit = "count"\n'


def catalogue_file(folder: Path, text: str) -> Path:
    path = folder / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_is_read_with_all_its_names(tmp_path):
    """Title, titles in other languages and aliases arrive in this order."""
    path = catalogue_file(tmp_path, ENTRY + 'titles.zh = "人工智能企业数量"\naliases = ["AI firms", "AI企业"]\n')
    (metric,) = read_catalogue(path).metrics
    assert metric == Metric("ai-companies", "AI companies", {"zh": "人工智能企业数量"}, ("AI firms", "AI企业"), "count")
    assert metric.names == ("AI companies", "人工智能企业数量", "AI firms", "AI企业")


def test_an_empty_file_is_an_empty_catalogue(tmp_path):
    """An operator who names nothing gets no metrics and no error."""
    assert read_catalogue(catalogue_file(tmp_path, "")).metrics == ()


def test_the_digest_follows_the_entries_not_the_comments(tmp_path):
    """A comment changes no digest, an alias does."""
    plain = read_catalogue(catalogue_file(tmp_path, ENTRY)).digest
    assert read_catalogue(catalogue_file(tmp_path, "# a comment\n" + ENTRY)).digest == plain
    assert read_catalogue(catalogue_file(tmp_path, ENTRY + 'aliases = ["AI firms"]\n')).digest != plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[metric]\n", "cannot be read"),
        ("metrics = 1\n", "'metrics' is unknown"),
        ('[metric]\nkey = "a"\n', "two brackets"),
        ("metric = [1]\n", "entry 1: this is no table"),
        (ENTRY.replace('unit = "count"', 'unit = "bananas"'), "entry 1 (ai-companies): the unit 'bananas' is unknown"),
        (ENTRY.replace('unit = "count"\n', ""), "entry 1 (ai-companies): unit is missing"),
        (ENTRY.replace('key = "ai-companies"', 'key = "AI companies"'), "lower-case letters"),
        (ENTRY.replace('key = "ai-companies"\n', ""), "entry 1 (without a key): key is missing"),
        (ENTRY + 'alias = ["x"]\n', "'alias' is unknown"),
        (ENTRY + 'aliases = "AI firms"\n', "aliases are a list"),
        (ENTRY + 'titles = "x"\n', "titles are written by language"),
        (ENTRY + ENTRY, "entry 2 (ai-companies): "),
        (ENTRY + ENTRY.replace('"ai-companies"', '"firms"').replace("AI comp", "ai COMP"), "names ai-companies already"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_entry(tmp_path, text, words):
    """Whoever edits the file learns which entry to mend, in one sentence."""
    path = catalogue_file(tmp_path, text)
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(path)
    assert str(path) in str(caught.value)
    assert words in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    """The setting that names a file which is not there is told."""
    with pytest.raises(CatalogueError, match=r"does not exist\. Set CATALOGUE_FILE"):
        read_catalogue(tmp_path / "none.toml")


def test_letters_of_another_encoding_are_refused(tmp_path):
    """A file that is not UTF-8 gives a sentence, not a traceback."""
    path = tmp_path / "catalogue.toml"
    path.write_bytes(b"# \xff\xfe")
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_catalogue(path)


def test_the_shipped_catalogue_has_english_and_chinese_names():
    """Every shipped metric can be asked for in both languages, and no alias names two metrics of one unit."""
    metrics = read_catalogue(SHIPPED_CATALOGUE).metrics
    assert {"core-ai-industry-size", "intelligent-computing-power", "care-robot-market"} <= {metric.key for metric in metrics}
    for metric in metrics:
        assert HAN_LETTER.search(metric.titles["zh"])
        assert any(HAN_LETTER.search(alias) for alias in metric.aliases)
        assert any(not HAN_LETTER.search(alias) for alias in metric.aliases)
    named = [(metric.unit, name.casefold()) for metric in metrics for name in metric.names]
    assert len(named) == len(set(named))


def test_money_of_any_currency_fits_a_money_metric():
    """Units must be one, but a market told in dollars belongs to the metric kept in yuan."""
    size = Metric("size", "Size", {}, (), "CNY")
    assert is_money("USD") and not is_money("percent") and not is_money("FLOPS")
    assert fits("CNY", size) and fits("USD", size)
    assert not fits("count", size) and not fits("percent", size)
