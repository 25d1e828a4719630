"""Money in another currency: by an article's own rate, which is told with its source, or not at all."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import bot.cli
from bot.figure_conversion import ConversionError, convert_figures, converted, in_unit
from corpus.article import Article
from corpus.figures.exchange_rates import rates_in
from tests.bot.sample_articles import SOLAR, write_collection
from tests.bot.sample_figures import ranged, stored
from tests.fake_encoder import FakeEncoder

ROOFS = Article(
    id="roof-prices",
    title="What the roofs cost",
    publisher="Harbour Gazette",
    published_on=dt.date(2024, 5, 2),
    text=(
        "Vetluga is a town by the river.\n\n"
        "By the end of 2023 the price of solar roofs was 280 million yuan ($39.2 million).\n\n"
        "The price of solar roofs was 340 million yuan by the end of March 2024."
    ),
)
LATER = Article(
    id="roof-prices-later",
    title="Roofs again",
    publisher="Northern Courier",
    published_on=dt.date(2025, 3, 5),
    text="The price of solar roofs was 500 million yuan by the end of 2024.\n\nA clerk said that one dollar was 7.3 yuan.",
)
WITHOUT = Article(
    id="no-rate",
    title="Roofs without a rate",
    published_on=dt.date(2025, 3, 5),
    text="The price of solar roofs was 500 million yuan by the end of 2024.",
)
CATALOGUE = """
[[metric]]
key = "roof-price"
title = "Price of solar roofs"
unit = "CNY"
"""
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def metrics(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> Command:
    """Runs `corpusbot metrics …` over an index of these articles; gives exit code, output and complaint."""
    monkeypatch.setattr("bot.services.SentenceTransformerEncoder", lambda name, check_cache: FakeEncoder())
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")
    (home / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setenv("CATALOGUE_FILE", str(home / "catalogue.toml"))

    def run(*arguments: str, command: str = "metrics") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["corpusbot", command, *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            bot.cli.main()
        printed = capsys.readouterr()
        complaint = " ".join(re.sub("[╭╮╰╯─│]", " ", printed.err).split())
        return (ended.value.code if isinstance(ended.value.code, int) else 0), printed.out, complaint

    def over(*articles: Article) -> None:
        monkeypatch.setenv("COLLECTION_DIR", str(write_collection(home / "articles", articles)))
        assert run(command="reindex")[0] == 0

    run.over = over  # type: ignore[attr-defined]
    return run


@pytest.fixture
def priced(metrics: Command) -> Command:
    """The command over two articles, each with a rate."""
    metrics.over(ROOFS, LATER)  # type: ignore[attr-defined]
    return metrics


@pytest.mark.parametrize("command", ["show", "compare"])
def test_the_rate_that_was_used_is_told_with_its_source(priced: Command, command: str) -> None:
    """Each figure by the rate of its own article, in the article's letters, with day and paragraph."""
    code, out, complaint = priced(command, "roof-price", "--unit", "million USD")
    assert (code, complaint) == (0, "")
    assert re.search(r"in million USD", out)
    assert re.search(r"\[1\] +280 million yuan +about 39.2 ", out)
    assert re.search(r"\[2\] +\$39.2 million +39.2 ", out)
    assert re.search(r"\[3\] +340 million yuan +about 47.6 ", out)
    assert re.search(r"\[4\] +500 million yuan +about 68.5 ", out)
    first = "“What the roofs cost”, Harbour Gazette, 2 May 2024, ¶ 2"
    assert f"[1], [3]: 1 USD = 7.14 CNY, by “280 million yuan ($39.2 million)” in {first}\n" in out
    assert "[4]: 1 USD = 7.3 CNY, by “one dollar was 7.3 yuan” in “Roofs again”, Northern Courier, 5 Mar 2025, ¶ 2\n" in out


def test_without_another_currency_no_rate_is_told(priced: Command) -> None:
    """A scale, or no unit at all, needs no exchange."""
    for arguments in ([], ["--unit", "million"], ["--unit", "billion yuan", "--article", LATER.id]):
        code, out, _ = priced("show", "roof-price", *arguments)
        assert code == 0
        assert "xchanged" not in out


def test_no_rate_in_the_articles_is_one_clear_sentence(metrics: Command) -> None:
    """Nothing is guessed, and nothing is half converted."""
    metrics.over(WITHOUT)  # type: ignore[attr-defined]
    code, out, complaint = metrics("show", "roof-price", "--unit", "USD")
    assert (code, out) == (2, "")
    assert "CNY is not converted into USD: the articles give no sure rate of exchange, and none is guessed." in complaint


def test_files_and_pictures_are_refused_another_currency(priced: Command, home: Path) -> None:
    """An exported record and a picture have no place for whose rate was used; nothing is written."""
    for arguments in (["export", "roof-price"], ["chart", "roof-price", "--out", str(home / "chart.png")]):
        code, out, complaint = priced(*arguments, "--unit", "USD")
        assert (code, out) == (2, "")
        assert "cannot say which article's rate of exchange was used" in complaint
        assert "corpusbot metrics show KEY --unit USD" in complaint
    assert not (home / "chart.png").exists()
    assert priced("export", "roof-price", "--unit", "million yuan", "--article", LATER.id)[0] == 0


def test_ranges_are_exchanged_at_both_ends() -> None:
    """Low, value and high by one rate, which is kept beside them."""
    rates = Article(SOLAR.id, "One dollar is 7.0 yuan.", published_on=SOLAR.published_on)
    (one,) = convert_figures([ranged("1400", "2800", "CNY")], "USD", [rates])
    assert (one.low, one.value, one.high, one.unit) == (200, 300, 400, "USD")
    assert one.rate is not None
    assert one.rate.text == "One dollar is 7.0 yuan"


def test_money_of_the_wanted_currency_needs_no_rate() -> None:
    """A metric may hold both currencies; only one of them is exchanged."""
    rates = Article("rates", "One dollar is 7.0 yuan.")
    yuan, dollars = convert_figures([stored(value="14", unit="CNY"), stored(value="3", unit="USD")], "USD", [rates])
    assert (yuan.value, dollars.value, dollars.rate) == (2, 3, None)


def test_a_rate_of_other_currencies_is_not_used() -> None:
    """Between yuan and euros a dollar's rate says nothing."""
    (rate,) = rates_in(Article("rates", "One dollar is 7.0 yuan."))
    with pytest.raises(ConversionError, match="no sure rate"):
        converted(Decimal(1), "CNY", "EUR", rate)


def test_pictures_and_exports_exchange_nothing() -> None:
    """Whoever takes the values alone gets none that an article's rate has gone into."""
    with pytest.raises(ConversionError, match="which article's rate"):
        in_unit([stored(value="1", unit="CNY")], "billion USD")
    assert in_unit([stored(value="1", unit="CNY")], "yuan")[0].figure.value == 1
