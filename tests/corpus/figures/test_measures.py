"""What a number measures, where the sentence only implies it, and what counted things do or suffer."""

import pytest
from sample_figures import by_rules

from corpus.article import Article
from corpus.figures.extraction import figures_in

IMPLIED = [
    ("The tram weighs 42 tonnes.", "42 tonnes", "weight of tram"),
    ("The lake covers 300 square kilometres.", "300 square kilometres", "area of lake"),
    ("They dug a 6-kilometre tunnel.", "6-kilometre", "length of tunnel"),
    ("The drone flies at 900 metres.", "900 metres", "altitude of drone"),
    ("The bridge is 12 metres wide.", "12 metres", "width of bridge"),
    ("A lamp sells for 30 euros.", "30 euros", "price of lamp"),
    ("The clinic charges 80 pounds per visit.", "80 pounds", "price of clinic per visit"),
    ("The boat costs 5 million euros.", "5 million euros", "cost of boat"),
    ("Investors valued the start-up at $2 billion.", "$2 billion", "valuation of start-up"),
    ("The server draws 900 watts.", "900 watts", "power consumption of server"),
    ("The processor runs at 3 GHz.", "3 GHz", "clock speed of processor"),
    ("The radio sends at 90 MHz.", "90 MHz", "frequency of radio"),
    ("The tram runs at 40 km/h.", "40 km/h", "speed of tram"),
    ("The cable carries 9 terabits per second.", "9 terabits per second", "bandwidth of cable"),
    ("A 40-year-old teacher won.", "40-year-old", "age of teacher"),
    ("The dam took nine years to build.", "nine years", "time to build dam"),
    ("A 45-minute film opened the fair.", "45-minute", "duration of film"),
    ("A 30-gigabyte archive was lost.", "30-gigabyte", "size of archive"),
]
NAMED = [
    ("Revenue reached 5 billion euros.", "5 billion euros", "revenue"),
    ("The waiting time fell to 20 minutes.", "20 minutes", "waiting time"),
    ("Sales rose 8 percent.", "8 percent", "sales"),
    ("The growth rate was 4 percent.", "4 percent", "growth rate"),
    ("Spending on roads equals 3 percent of output.", "3 percent", "spending on roads"),
]
PARTS = [
    ("One in five mills in Kent uses robots.", "One in five", "share of mills that uses robots"),
    ("Half of the pupils speak French at home.", "Half", "share of pupils that speak French at home"),
    ("A survey of 900 nurses found that 30 percent had moved house.", "30 percent", "share of nurses that had moved house"),
]
COUNTED = [
    ("Wolves killed 90 sheep.", "90", "sheep killed"),
    ("Some 200 homes were damaged by the storm.", "200", "homes damaged by the storm"),
    ("Nearly 700 clinics across Peru use drones to bring blood.", "700", "clinics that use drones to bring blood"),
    ("The law covers 40 firms that sell water.", "40", "firms that sell water"),
    ("The firm employs 40 people.", "40", "people"),
    ("The town has 12 bakeries.", "12", "bakeries"),
    ("The port has 9 cranes, and it plans a tenth.", "9", "cranes"),
    ("There are 30 archives with a total volume of 4 terabytes.", "30", "archives with a total volume"),
]


@pytest.mark.parametrize(("text", "number", "subject"), [*IMPLIED, *NAMED, *PARTS, *COUNTED])
def test_a_subject_says_what_is_measured(text: str, number: str, subject: str) -> None:
    """Beside its number a reader sees what is measured, and not only of what."""
    assert [told.words for written, told in by_rules(text) if written == number] == [subject]


def test_two_sizes_of_one_thing_are_two_measures() -> None:
    """The second size shares the thing of the first, not its measure."""
    figures = by_rules("The hall is 50 metres long and 9 metres high.")
    assert [told.words for _, told in figures] == ["length of hall", "height of hall"]


@pytest.mark.parametrize(
    ("text", "number", "subject", "place"),
    [
        ("海风科技6月完成3亿元B轮融资。", "3亿元", "B轮融资", "海风科技"),
        ("公司把店员从80人减到60人。", "80", "店员", None),
        ("印度尼西亚上月大米进口量为90吨，比前一个月增长5%。", "5%", "大米进口量", "印度尼西亚"),
    ],
)
def test_chinese_amounts_say_what_they_are_for(text: str, number: str, subject: str, place: str | None) -> None:
    """Money is for what stands behind it, and the body that opens a sentence has its figures."""
    (figure,) = [figure for figure in figures_in(Article("a", text)).figures if figure.text == number]
    assert (figure.subject, figure.place) == (subject, place)


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        ("Shares of Kestrel Steel fell 7 percent in Oslo.", "7 percent", "Kestrel Steel"),
        ("Harrow & Finch, the Leeds shoe chain, sold 90 pairs.", "90", "Harrow & Finch"),
        ("Pan del Sur employs 17 people.", "17", "Pan del Sur"),
        ("British Airways flies 90 aircraft.", "90", "British Airways"),
        ("Skipper Amara Diallo earns 900 pounds a week.", "900 pounds", "Amara Diallo"),
        ("Profit at Tamar Brewing (listed in London) came to 3 million pounds.", "3 million pounds", "Tamar Brewing"),
        ("Kestrel will list in Rome, where it may raise more; its debt is 5 million euros.", "5 million euros", "Kestrel"),
    ],
)
def test_a_figure_is_its_owner_s(text: str, number: str, place: str) -> None:
    """Not the place of an aside, of a stock exchange or of a seat, and a name is taken whole."""
    (figure,) = [figure for figure in figures_in(Article("a", text)).figures if figure.text == number]
    assert figure.place == place
