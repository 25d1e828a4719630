"""`bot.charts`: pictures that are neither empty nor cut, with all kinds of marks, and their description in words."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from bot.chart_labels import darker
from bot.chart_texts import alt_text, legend, shortened
from bot.charts import COLOURS, GROUND, HEIGHT, WIDTH, ChartError, chart
from bot.figure_conversion import ConversionError
from bot.wording import wording
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Bound, Period, Status
from tests.bot.sample_figures import ARTICLES, AUTUMN, CHINESE, DECADE, FERRY, SOLAR, UNRESOLVED, YEAR, ranged, stored

FORECAST, TARGET = Status.FORECAST, Status.TARGET
SERIES = [stored(), stored("9,100", "9100", article=FERRY, period=YEAR)]
KINDS: dict[str, list[StoredFigure]] = {
    "one point": [stored()],
    "two articles": SERIES,
    "a forecast": [stored(status=FORECAST)],
    "a target": [stored(status=TARGET)],
    "a range": [ranged("60", "70")],
    "a range that is forecast": [ranged("60", "70", status=FORECAST)],
    "a period of years": [stored(period=DECADE), *SERIES],
    "far apart": [stored(value="10", unit="FLOPS"), stored(value="1e21", unit="FLOPS", period=YEAR)],
    "nothing but zero": [stored(value="0")],
    "below zero": [stored(value="-5.2", unit="percent"), stored(value="3", unit="percent", period=YEAR)],
    "one place": [stored(), stored(article=FERRY)],
    "undated beside dated": [*SERIES, stored(period=None), stored(period=UNRESOLVED, article=CHINESE)],
    "another unit": [*SERIES, stored("$5", "5", "USD")],
    "Chinese": [stored(article=CHINESE, unit="CNY", value="6e11")],
    "dollars in a title": [stored(article=replace(SOLAR, title="From $5 to $7, and a very long title " * 9, publisher=None))],
    "a century": [stored(period=Period("1949", dt.date(1949, 1, 1), dt.date(1949, 12, 31))), *SERIES],
    "a crowd": [
        stored(value=str(1000 + 613 * n % 4000), article=ARTICLES[n % 4], status=list(Status)[n % 3],
               period=Period("", None, dt.date(2020 + n % 6, 1 + n % 12, 28)))
        for n in range(24)
    ],
}  # fmt: skip


def pixels(png: bytes) -> npt.NDArray[np.uint8]:
    """A picture as colours, shape (height, width, 3)."""
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"))


def rgb(colour: str) -> list[int]:
    """A colour "#RRGGBB" as three numbers."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def count(png: bytes, colour: str) -> int:
    """How many pixels have exactly this colour."""
    return int((pixels(png) == rgb(colour)).all(axis=2).sum())


@pytest.mark.parametrize("figures", KINDS.values(), ids=KINDS.keys())
def test_no_picture_is_empty_or_cut(figures: Sequence[StoredFigure]) -> None:
    """Each is of the promised size, has marks in colour and letters in ink, and nothing touches its edges."""
    png = chart("Solar roofs of the town of Vetluga", figures)
    seen = pixels(png)
    assert seen.shape == (HEIGHT, WIDTH, 3)
    ground = (seen == rgb(GROUND)).all(axis=2)
    for edge in (ground[:3], ground[-3:], ground[:, :3], ground[:, -3:]):
        assert edge.all()
    assert (~ground).mean() > 0.02
    assert count(png, COLOURS[0]) > 30
    # Title above, axis in the middle, sources below.
    assert not ground[10:50].all() and not ground[120:400].all() and not ground[-60:-10].all()


def test_what_is_not_measured_is_hollow() -> None:
    """A forecast and a target show the ground in their middle, so they have far fewer pixels of the article's colour."""
    solid, hollow, target = (count(chart("Roofs", [stored(status=status)]), COLOURS[0]) for status in Status)
    assert solid > 1.2 * hollow
    assert solid > 1.2 * target
    assert chart("Roofs", [stored(status=FORECAST)]) != chart("Roofs", [stored(status=TARGET)])


def test_each_article_has_a_colour() -> None:
    """Two articles are told apart, by the points and in the lines below."""
    png = chart("Roofs", SERIES)
    assert count(png, COLOURS[0]) > 100 and count(png, COLOURS[1]) > 100
    assert count(chart("Roofs", SERIES[:1]), COLOURS[1]) == 0


def test_points_of_one_place_do_not_hide_each_other() -> None:
    """Two articles that say the same of the same day are both seen."""
    png = chart("Roofs", KINDS["one place"])
    alone = count(chart("Roofs", KINDS["one point"]), COLOURS[0])
    assert count(png, COLOURS[0]) > 0.7 * alone


def test_labels_are_legible_on_the_ground() -> None:
    """Each label's colour has the contrast of 4.5 to 1 that WCAG 2 asks for."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in rgb(colour)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in COLOURS:
        assert (luminance(GROUND) + 0.05) / (luminance(darker(colour)) + 0.05) >= 4.5, colour


def test_the_same_figures_give_the_same_bytes() -> None:
    """A picture depends on nothing but its figures, and not on the hour."""
    assert chart("Roofs", SERIES) == chart("Roofs", SERIES)


def test_figures_without_any_day_cannot_be_drawn() -> None:
    """There is no time to draw over, and that is said."""
    with pytest.raises(ChartError, match="None of the 2 figures has a known date"):
        chart("Roofs", [stored(period=None), stored(period=UNRESOLVED)])


def test_a_unit_is_converted_into_or_refused() -> None:
    """The unit of the picture is that of the option."""
    figures = [stored(value="1.59e21", unit="FLOPS")]
    assert chart("Power", figures, "million PFLOPS") != chart("Power", figures)
    with pytest.raises(ConversionError):
        chart("Power", figures, "hectare")


@pytest.mark.parametrize("language", ["en", "zh", "de", "es"])
def test_a_picture_in_each_language(language: str) -> None:
    """No letter is missing: where the machine has no Chinese font, the words are English."""
    assert len(chart("屋顶", KINDS["a crowd"], say=wording(language))) > 10_000


def test_alt_text_tells_value_time_status_and_source() -> None:
    """All that the picture shows, in words."""
    text = alt_text("Solar roofs", [stored(bound=Bound.ABOVE), ranged("60", "70", period=YEAR, status=FORECAST, article=FERRY)])
    assert text == (
        "Chart: Solar roofs. over 7,300, by 30 Sep 2024, reported (Harbour Gazette, 2 May 2024)."
        " 60% to 70%, 2025, forecast (Northern Courier, 5 Mar 2025)."
    )


def test_a_legend_names_publisher_or_title() -> None:
    """An id tells a reader nothing; two articles of one publisher and day are told apart by their titles."""
    nameless = replace(SOLAR, publisher=None, id="raw-id-2025")
    twins = [SOLAR, replace(SOLAR, id="other", title="Another title")]
    assert legend([FERRY, nameless], wording()) == ["Northern Courier, 5 Mar 2025", "“Roofs of Vetluga turn blue”"]
    assert legend(twins, wording()) == ["“Roofs of Vetluga turn blue”", "“Another title”"]
    assert "raw-id" not in alt_text("Roofs", [stored(article=nameless)])


def test_very_many_figures_are_drawn_as_well() -> None:
    """Two hundred points; not all of them can have a label."""
    days = [dt.date(2000, 1, 1) + dt.timedelta(days=40 * number) for number in range(200)]
    assert (
        count(
            chart("Roofs", [stored(value=str(100 + n), period=Period("", None, day)) for n, day in enumerate(days)]), COLOURS[0]
        )
        > 500
    )


@pytest.mark.parametrize("figures", [1, 2, 10, 12, 13, 14, 50, 1000])
def test_alt_text_keeps_discords_limit(figures: int) -> None:
    """At most 1,024 characters; those that are left out are counted."""
    text = alt_text("Solar roofs " * 50, [stored(period=AUTUMN)] * figures)
    assert len(text) <= 1024
    assert ("more." in text) == (figures > 12)


@pytest.mark.parametrize(("text", "width"), [("short", 10), ("one two three four", 12), ("没" * 40, 10), ("", 5)])
def test_a_long_text_is_cut_to_its_width(text: str, width: int) -> None:
    """At a word where there is one; a cut is seen."""
    cut = shortened(text, width)
    assert len(cut) <= width
    assert cut == text or cut.endswith("…")
