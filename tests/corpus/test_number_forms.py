"""Numbers and units in all their written forms."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.number_forms import NumberForm, forms_in, meets, same


def only(text: str) -> NumberForm:
    """The one number of a text."""
    (form,) = forms_in(text)
    return form


@pytest.mark.parametrize(
    "forms",
    [
        ["1.59 million PFLOPS", "1,590,000 petaflops", "1590 EFLOPS", "1.59 zettaflops", "1590 exaflop/s", "15.9万亿亿 FLOPS"],
        ["188.2 quintillion floating-point operations per second", "188.2 EFLOPS", "188,200 Pflop/s"],
        ["600 billion", "600bn", "600 bn", "0.6 trillion", "6000亿", "six hundred billion", "600B", "600,000,000,000", "0.6万亿"],
        ["60%", "60 percent", "60 per cent", "60 pct", "sixty percent", "６０％", "60.0 %"],
        ["4,500", "4500", "four thousand five hundred", "4.5k", "4.5 thousand", "45 hundred", "forty-five hundred", "4\u00a0500"],
        ["$757.58 billion", "757.58bn dollars", "US$757.58 billion", "USD 757.58bn", "757.58 billion US dollars", "7575.8亿美元"],
        ["$5m", "5 million dollars", "five million US dollars", "$5 million", "500万美元", "$5,000,000"],
        ["RMB 30 billion", "30 billion yuan", "300亿元", "30bn renminbi", "30-billion-yuan", "300亿元人民币", "CNY30bn"],
        ["890 petabytes", "890PB", "0.89 EB", "890,000 TB", "890-petabyte"],
        ["500 KB", "500 kilobytes", "0.5 MB"],
        ["5,300-hectare", "5300 hectares", "53 square kilometres", "53 km²", "53 sq km"],
        ["72 hours", "three days", "72-hour", "4,320 minutes"],
        ["two years", "24 months", "a 2-year"],
        ["190 metres", "190m", "0.19 km", "190 meters"],
        ["3 tonnes", "3,000 kilograms", "3000 kg", "three metric tons"],
        ["60 basis points", "0.6 percentage points"],
        ["12,400", "12400", "twelve thousand four hundred", "twelve thousand and four hundred", "1.24万"],
        ["-2.5%", "−2.5 percent"],
        ["a million", "one million", "1,000,000"],
    ],
)  # fmt: skip
def test_forms_of_one_number_are_the_same(forms):
    """However a number is written, its value and its unit are one, and each place gives back the whole of it."""
    read = [only(f"It had {form} then.") for form in forms]
    assert all(same(read[0], other) and meets(other, read[0]) for other in read)
    for form, number in zip(forms, read, strict=True):
        assert f"It had {form} then."[number.start : number.end] == form.removeprefix("a ")


def test_a_number_may_stand_right_behind_a_chinese_letter():
    """Chinese has no spaces; what ranks is no number all the same."""
    assert [form.figure for form in forms_in("超过4500家，第3名，占60%")] == [4500, 60]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60%", "60 countries"),
        ("60%", "60 percentage points"),
        ("600 billion yuan", "600 billion dollars"),
        ("600 million", "600 billion"),
        ("5m", "5 million"),
        ("890 PB", "890 Pb"),
        ("5 mW", "5 MW"),
        ("3 tons", "3 tonnes"),
        ("HK$5", "$5"),
        ("-5%", "5%"),
        ("4,500", "4.500"),
        ("2025", "2026"),
    ],
)
def test_other_numbers_are_not_the_same(one, other):
    """Another value, another unit or another currency is another number."""
    assert not same(only(one), only(other))


def test_a_bare_number_asks_for_no_unit():
    """A question may leave the unit out, a passage may not when the question names it."""
    stated = only("It reached 1.59 million PFLOPS.")
    assert meets(only("1.59 million"), stated) and meets(only("1,590,000"), stated)
    assert not meets(stated, only("1.59 million"))
    assert meets(only("60"), only("60 percent")) and not meets(only("60 percent"), only("60 countries"))
    assert meets(only("72"), only("72 hours")) and not meets(only("3"), only("72 hours"))


@pytest.mark.parametrize(
    "text",
    [
        "half a million",
        "a quarter of a million",
        "millions of hundreds",
        "one of them, no one",
        "the 78th session, the seventy-eighth, the one hundred and first",
        "GPT4, GPT-5.5, V4, H100 and 5G",
        "version 1.2.3",
        "no number at all 🙂",
        "",
    ],
)
def test_what_is_no_number_is_left_out(text):
    """Fractions in words, pronouns, ordinals, versions and figures inside names are no numbers."""
    assert forms_in(text) == []


def test_numbers_come_in_order_with_their_places():
    """A sentence with several numbers gives each once, in code points."""
    text = "🙂 From 2025 to 2035, $1.2tn and 17.1% of six hundred people; 3-5% in 10 industries."
    found = [(text[form.start : form.end], form.unit) for form in forms_in(text)]
    assert found == [
        ("2025", None), ("2035", None), ("$1.2tn", "USD"), ("17.1%", "%"), ("six hundred", None),
        ("3", None), ("5%", "%"), ("10", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit"),
    [("7B parameters", None), ("5 won", None), ("two second-tier cities", None), ("6 in ten", None), ("5 as a rule", None),
     ("mid-2025", None), ("130-plus", None), ("$5 a day", "USD"), ("3 days", "s"), ("5 GB", "byte"), ("5 Gb", "bit")],
)  # fmt: skip
def test_a_word_is_no_unit_unless_it_is_one(text, unit):
    """Common words are not taken for symbols of units."""
    assert forms_in(text)[0].unit == unit


def test_the_figure_is_the_number_before_its_units_prefix():
    """A figure counts what its text names: petabytes, not bytes."""
    form = only("890 petabytes")
    assert (form.figure, form.value, form.unit) == (890, Decimal(890) * 10**15, "byte")


UNITS = {
    "FLOPS": [(15, "PFLOPS"), (15, "petaflops"), (18, "EFLOPS"), (18, "exaflops"), (12, "Tflop/s")],
    "byte": [(15, "PB"), (15, "petabytes"), (12, "terabytes"), (18, "EB"), (9, "GB")],
    "CNY": [(0, "yuan"), (0, "renminbi"), (0, "RMB")],
    "%": [(0, "percent"), (0, "per cent"), (0, "pct")],
    None: [(0, "")],
}
SCALES = [(0, ""), (3, " thousand"), (6, " million"), (6, "mn"), (9, " billion"), (9, "bn"), (12, " trillion"), (12, "tn")]
CHINESE = [(4, "万"), (8, "亿"), (12, "万亿")]


@given(
    value=st.decimals(min_value="0.01", max_value="99999999", places=2),
    unit=st.sampled_from(list(UNITS)),
    scale=st.sampled_from([*SCALES, *CHINESE]),
    grouped=st.booleans(),
    data=st.data(),
)
def test_a_number_is_read_back_from_every_form(value, unit, scale, grouped, data):
    """Whatever scale, unit and grouping a number is written with, it is read back exactly, and nothing else with it."""
    power, name = data.draw(st.sampled_from(UNITS[unit]))
    text = f"About {value:{',' if grouped else ''}f}{scale[1]} {name}".rstrip() + ", they said."
    form = only(text)
    assert (form.value, form.unit) == (value * Decimal(10) ** (power + scale[0]), unit)
    assert text[form.start : form.end] == text[len("About ") : -len(", they said.")]


ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number: int) -> str:
    """A whole number below 10^15 in English words."""
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {spelled(number % size)}" if number % size else ""
            return f"{spelled(number // size)} {word}{rest}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")


@given(st.integers(min_value=2, max_value=10**12))
def test_a_number_in_words_is_read_back(number):
    """English words give the number that they spell."""
    assert only(f"They counted {spelled(number)} ferries.").value == number


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    """No text fails; numbers come in order, without overlaps, each within the text."""
    forms = forms_in(text)
    places = [place for form in forms for place in (form.start, form.end)]
    assert places == sorted(places) and all(form.start < form.end for form in forms)
