"""What numbers measure, and whose or where, in the shapes in which articles state them. All texts are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.figures.subjects import Subject, subject_of


def subject(text: str, number: str, unit: str = "count", noun: str = "") -> Subject:
    """The subject of a number in the last sentence that holds it; sentences are parted by one space."""
    article = Article("a", text)
    start = text.rindex(number)
    first = max(text.rfind(stop, 0, start) + len(stop) if stop in text[:start] else 0 for stop in (". ", "\n\n"))
    last = next(
        (
            place + 1
            for place in range(start + len(number), len(text))
            if text[place] == "." and text[place + 1 : place + 2] in " "
        ),
        len(text),
    )
    return subject_of(article, (first, last), (start, start + len(number)), noun, unit)


COUNTED = [
    ("China has more than 4,500 AI companies.", "4,500", "AI companies", "China"),
    ("Norway had 5.32 million valid ship licences by the end of 2025.", "5.32 million", "valid ship licences", "Norway"),
    ("Over 35,000 high-quality datasets have been amassed in Japan.", "35,000", "high-quality datasets", "Japan"),
    ("Eight of the new ferries sail at night.", "Eight", "new ferries", None),
    ("The harbours employ 4,200 people in Norway and Denmark.", "4,200", "people", "Norway"),
    ("The Lindenport Institute supports translation among 130-plus languages.", "130", "languages", "Lindenport Institute"),
    ("Envoys from over 80 countries and aid agencies attended.", "80", "countries and aid agencies", None),
    ("Kenya's ports, where 12 cranes stand, are busy.", "12", "cranes", "Kenya"),
    ("The valley has 42 data centres built by local firms.", "42", "data centres", None),
    ("In these two fields, Peru leads.", "two", "fields", "Peru"),
    ("The number of registered ferries in Chile reached 900.", "900", "registered ferries", "Chile"),
    ("Portugal's fishing boats numbered more than 1,400.", "1,400", "fishing boats", "Portugal"),
    ("India's elderly population will exceed 300 million by 2050.", "300 million", "elderly population", "India"),
    ("Of the top 10 ferry lines in the world, 8 come from Greece.", "8", "ferry lines", "Greece"),
    ("Of the top 10 ferry lines in the world, 8 come from Greece.", "10", "top ferry lines", "the world"),
    ("Recent counts show that among the 20 largest mills, 6 are from Spain.", "6", "largest mills", "Spain"),
]
AMOUNTS = [
    (
        "The firm's revenue in Peru climbed 18 percent to 2.4 billion dollars.",
        "2.4 billion dollars",
        "USD",
        "firm's revenue",
        "Peru",
    ),
    ("The fund, worth 6 billion euros, is old.", "6 billion euros", "EUR", "value of fund", None),
    ("In Japan the satellite weighs 640 kilograms.", "640 kilograms", "gram", "weight of satellite", "Japan"),
    (
        "China's core AI industry had a scale of nearly 600 billion yuan.",
        "600 billion yuan",
        "CNY",
        "core AI industry scale",
        "China",
    ),
    ("The scale of Korea's core chip industry reached $70 billion.", "$70 billion", "USD", "core chip industry scale", "Korea"),
    ("Japan's robot industry is expected to reach 5 trillion yen.", "5 trillion yen", "JPY", "robot industry", "Japan"),
    (
        "By 2030, the drone market worldwide is expected to reach a size of $90 billion.",
        "$90 billion",
        "USD",
        "drone market size",
        "the world",
    ),
    ("By 2030, the global drone market size could hit $90 billion.", "$90 billion", "USD", "drone market size", "the world"),
    (
        "Next year Lisbon, as a hub of trade, will have a core port industry on a scale of 45 billion euros.",
        "45 billion euros",
        "EUR",
        "core port industry scale",
        "Lisbon",
    ),
    (
        "Intelligent computing power in Brazil had come to 1.59 million PFLOPS.",
        "1.59 million PFLOPS",
        "FLOPS",
        "intelligent computing power",
        "Brazil",
    ),
    (
        "Figures in the paper show Italy's wool trade at a scale close to 6 billion euros.",
        "6 billion euros",
        "EUR",
        "wool trade scale",
        "Italy",
    ),
    ("The paper puts the market for care robots at more than $30 billion.", "$30 billion", "USD", "market for care robots", None),
    (
        "The market for care robots was worth $3 billion in 2024, growing to $9 billion by 2030.",
        "$9 billion",
        "USD",
        "market for care robots",
        None,
    ),
    ("Tencent posted revenue of 160 billion yuan.", "160 billion yuan", "CNY", "revenue", "Tencent"),
    (
        "In 2024, Alibaba will invest 380 billion yuan in cloud services.",
        "380 billion yuan",
        "CNY",
        "investment in cloud services",
        "Alibaba",
    ),
    ("France spent 2 billion euros on railways.", "2 billion euros", "EUR", "spending on railways", "France"),
    ("The town bought 5 million euros worth of seeds.", "5 million euros", "EUR", "seeds", None),
    ("It takes the form of a $5 billion fund in Qatar.", "$5 billion", "USD", "fund", "Qatar"),
    ("The API is priced at below 5 dollars.", "5 dollars", "USD", "API price", None),
    (
        "Ghana holds 35,000 datasets with a total volume exceeding 400 petabytes.",
        "400 petabytes",
        "byte",
        "datasets total volume",
        "Ghana",
    ),
    (
        "Over 35,000 datasets were gathered in Ghana, which exceed 400 petabytes in total volume.",
        "400 petabytes",
        "byte",
        "datasets total volume",
        "Ghana",
    ),
    (
        "Ghana has over 900 datasets nationwide, and their total volume exceeds 8 petabytes.",
        "8 petabytes",
        "byte",
        "datasets total volume",
        "Ghana",
    ),
    (
        "Ghana has 42 clusters, and the scale of its computing power stood at 188 EFLOPS.",
        "188 EFLOPS",
        "FLOPS",
        "computing power scale",
        "Ghana",
    ),
    (
        "In Mozambique, the 5,300-hectare rice projects of Gaza Province thrive.",
        "5,300-hectare",
        "square_metre",
        "area of rice projects",
        "Gaza Province",
    ),
    ('The centre makes "30-minute rapid dubbing" possible.', "30-minute", "second", "duration of rapid dubbing", None),
    (
        "The plant cut the time for new ship design from several weeks to under 72 hours.",
        "72 hours",
        "second",
        "time for new ship design",
        None,
    ),
    ("Anna Berg has been living in Peru for over 20 years.", "20 years", "second", "time living in Peru", "Peru"),
    ("Peru, the largest market for quinoa for 12 years, is growing.", "12 years", "second", "largest market for quinoa", "Peru"),
]
SHARES = [
    ("Kano's mills rose 18 percent to 900, and Ghana's trade fell 9 percent in 2024.", "9 percent", "trade", "Ghana"),
    ("A survey of 1,200 teachers in Wales found that 64 percent use tablets.", "64 percent", "teachers", "Wales"),
    ("Ghana keeps 3.2 million images, 12 percent of them in colour.", "12 percent", "share of images", "Ghana"),
    ("More than 70 percent of households in Lima own a phone.", "70 percent", "share of households that own a phone", "Lima"),
    ("Exports of olive oil from Tunisia rose by 12 percent.", "12 percent", "exports of olive oil", "Tunisia"),
    ("Kenya accounts for 60 percent of valid tea patents worldwide.", "60 percent", "share of valid tea patents", "Kenya"),
    (
        "Kenya had 9 farms, and its valid tea patents, with 60 percent of the total worldwide, ranked first.",
        "60 percent",
        "share of valid tea patents",
        "Kenya",
    ),
    (
        "Kenya's share of the downloads of free maps worldwide is expected to reach 17.1%.",
        "17.1%",
        "share of downloads of free maps",
        "Kenya",
    ),
    (
        "Kenya's share of global downloads of free maps is expected to reach 17.1%.",
        "17.1%",
        "share of global downloads of free maps",
        "Kenya",
    ),
    (
        "Peru's core gold industry will reach 5 billion dollars, with 15.6% as the compound annual growth rate.",
        "15.6%",
        "compound annual growth rate of core gold industry",
        "Peru",
    ),
    (
        "Peru's gold industry is projected to grow to 5 billion dollars, with a compound annual growth rate of 15.6%.",
        "15.6%",
        "compound annual growth rate of gold industry",
        "Peru",
    ),
    (
        "Peru's core gold industry reached an annual growth rate of 17.1%.",
        "17.1%",
        "annual growth rate of core gold industry",
        "Peru",
    ),
    (
        "In Sweden, 68.6% is the automation rate expected for key processes.",
        "68.6%",
        "automation rate of key processes",
        "Sweden",
    ),
    (
        "By 2030, the automation rate of key processes in Sweden is expected to reach 68.6%.",
        "68.6%",
        "automation rate of key processes",
        "Sweden",
    ),
    ("The mill in Lisbon was rebuilt, with a 5% increase in paper yield.", "5%", "paper yield increase", "Lisbon"),
    ("The Lisbon mill's paper yield shows an increase of 5%.", "5%", "paper yield increase", "Lisbon"),
]


@pytest.mark.parametrize(("text", "number", "words", "place"), COUNTED)
def test_counted_things_are_named_as_written(text: str, number: str, words: str, place: str | None) -> None:
    """A count measures the things behind it, or the subject of its verb; no verb or place is dragged along."""
    assert subject(text, number) == Subject(words, place)


@pytest.mark.parametrize(("text", "number", "unit", "words", "place"), AMOUNTS)
def test_amounts_measure_the_thing_of_which_they_are(text: str, number: str, unit: str, words: str, place: str | None) -> None:
    """Money, bytes, speeds and times measure a thing, with the property behind it where one is written."""
    assert subject(text, number, unit) == Subject(words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), SHARES)
def test_percentages_name_share_or_rate(text: str, number: str, words: str, place: str | None) -> None:
    """A percentage is a share of what stands behind "of", held by the subject, or a rate of the clause's subject."""
    assert subject(text, number, "percent") == Subject(words, place)


@pytest.mark.parametrize(
    ("text", "number", "unit", "words", "place"),
    [
        ("Norway built 5 docks. Its fleet grew to 900 ferries.", "900", "count", "ferries", "Norway"),
        (
            "Peru's core gold industry is old. The industry is projected to grow to $7 billion.",
            "$7 billion",
            "USD",
            "core gold industry",
            "Peru",
        ),
        (
            "Peru's gold trade reached $7 billion. The value of this $7 billion lies in jobs.",
            "$7 billion",
            "USD",
            "gold trade",
            "Peru",
        ),
        ("Bergen in Norway has docks. Ferries sail daily. Some 40 people work there.", "40", "count", "people", None),
    ],
)
def test_earlier_sentences_count_only_when_leant_on(text: str, number: str, unit: str, words: str, place: str | None) -> None:
    """ "Its", "the industry" and "this 5 billion" take from the sentences before; a sentence on its own takes nothing."""
    assert subject(text, number, unit) == Subject(words, place)


@pytest.mark.parametrize(
    ("text", "number", "unit", "words", "place"),
    [
        ("In June, Oslo had 2,600 such docks, Bergen 1,100 and Tromsø 900.", "1,100", "count", "docks", "Bergen"),
        ("In June, Oslo had 2,600 such docks, Bergen 1,100 and Tromsø 900.", "900", "count", "docks", "Tromsø"),
        ("In Kenya, mills used 5 terawatt-hours and ports 7 terawatt-hours.", "7 terawatt-hours", "watt_hour", "ports", "Kenya"),
        ("Kenya's tea trade reached 600 billion shillings (about $4 billion).", "$4 billion", "USD", "tea trade", "Kenya"),
        (
            "Kenya has 90 archives, and their total volume exceeds 8 petabytes, equivalent to 310 times the library of Oslo.",
            "310",
            "ratio",
            "archives total volume",
            "Kenya",
        ),
    ],
)
def test_a_number_may_share_the_subject_of_the_one_before(text: str, number: str, unit: str, words: str, place: str) -> None:
    """A list leaves out what it counts, and a conversion or comparison repeats what was measured."""
    assert subject(text, number, unit) == Subject(words, place)


@pytest.mark.parametrize(
    ("text", "number", "unit", "words", "place"),
    [
        ("截至2023年6月底，中国机器人产业规模接近500亿元，注册企业超过320家。", "500亿元", "CNY", "机器人产业规模", "中国"),
        ("截至2023年6月底，中国机器人产业规模接近500亿元，注册企业超过320家。", "320", "count", "注册企业", "中国"),
        ("预计到2031年，茶叶市场将达到2万亿元。", "2万亿元", "CNY", "茶叶市场", None),
        ("今年的展会有45家企业参展。", "45", "count", "企业", None),
    ],
)
def test_chinese_sentences_are_read(text: str, number: str, unit: str, words: str, place: str | None) -> None:
    """In Chinese what is measured stands before the number, without place and verb; what is counted behind it."""
    assert subject(text, number, unit) == Subject(words, place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Chinese tea firms employ 40 people.", "China"),
        ("Tea firms employ 40 people worldwide.", "the world"),
        ("AI and CNC firms employ 40 people.", None),
        ("According to the Oslo Institute, tea firms employ 40 people.", None),
        ("Anna Berg said that tea firms employ 40 people.", None),
        ('Under the "Tea Valley" plan, firms employ 40 people.', None),
        ("The GPT-5.5 team has 40 people.", None),
        ("British tea firms employ 40 people.", "United Kingdom"),
    ],
)
def test_only_places_and_bodies_are_places(text: str, place: str | None) -> None:
    """Peoples give their country; speakers, quoted titles, versions and technical capitals give nothing."""
    assert subject(text, "40") == Subject("people", place)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("China's the of a with which, and reached to 5 percent % ( , ; its AI has for".split()), max_size=12)
)
def test_any_words_around_a_number_are_read_without_failing(around: list[str]) -> None:
    """However a sentence is garbled, there is a subject, perhaps an empty one."""
    text = " ".join([*around, "77 percent", *reversed(around)])
    start = text.index("77")
    for unit in ("percent", "count", "USD", "second"):
        found = subject_of(Article("a", text), (0, len(text)), (start, start + len("77 percent")), "", unit)
        assert isinstance(found.words, str)
