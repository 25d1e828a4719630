"""Who says a number."""

import pytest

from corpus.article import Article
from corpus.chunks import sentences_of
from corpus.figures.speakers import speaker_of

OURS = "the article"


def speaker(text, number):
    """The speaker of the first such number in a text."""
    article = Article("a", text)
    place = text.index(number)
    spans = [s.span for p in article.paragraphs() for s in sentences_of(article, p) if s.span.start <= place < s.span.end]
    return speaker_of(article, (spans[0].start, spans[0].end), (place, place + len(number)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are 42 labs, according to Lin Mei.", "Lin Mei"),
        ("According to the Ministry of Industry, 42 labs were upgraded.", "Ministry of Industry"),
        ("Lin Mei said there were 42 labs.", "Lin Mei"),
        ("Lin Mei, a member of the Ports Committee, noted that 42 labs had closed.", "Lin Mei"),
        ("An industry lobby, Portforum, says 42.", "Portforum"),
        ("There are 42 labs, said Lin Mei, head of the Ports Office, on Monday.", "Lin Mei"),
        ("The National Ports Administration said 42 labs had closed.", "National Ports Administration"),
        ("Data from the Harbour Institute show 42 labs.", "Harbour Institute"),
        ("A report by Redleaf Research puts the number at 42.", "Redleaf Research"),
        ("Analysts at Redleaf Research forecast that 42 labs will open.", "Redleaf Research"),
        ("The council's guideline says 42 labs should close.", "council"),
        ("A technician at a mill said that 42 labs had closed.", "technician"),
        ("The article quotes Lin Mei as saying that 42 labs had closed.", "Lin Mei"),
        ("The provincial bureau said 42 labs had closed.", "provincial bureau"),
        ("Premier Lin Mei told reporters that 42 labs had closed.", "Lin Mei"),
        ("据港口部统计，有42个实验室。", "港口部"),
        ("根据港口部的数据，有42个实验室。", "港口部"),
        ("港口部部长林梅表示，有42个实验室。", "林梅"),
        ("分析师林梅预计，将有42个实验室。", "林梅"),
        ("“我们有42个实验室，”林梅说。", "林梅"),
        ("该协会称，有42个实验室。", "协会"),
        ("“We closed 42 labs,” said the ministry's head, Lin Mei.", "Lin Mei"),
        ("“We closed 42 labs,” said the minister.", "minister"),
        ("“We closed 42 labs,” explains Lin Mei, chief executive of Portforum.", "Lin Mei"),
        ("There are 42 labs, reckons biologist Lin Mei.", "Lin Mei"),
        ("There are 42 labs, said Lima governor Lin Mei.", "Lin Mei"),
        ("There are 42 labs, the mayor of Lima, Lin Mei, said on Monday.", "Lin Mei"),
        ("Lin Mei of the Coast Guard said there were 42 labs.", "Lin Mei"),
        ("A spokesperson for the Coast Guard said there were 42 labs.", "Coast Guard"),
        ("A Coast Guard spokesman said there were 42 labs.", "Coast Guard"),
        ("The figures of the Coast Guard show 42 labs.", "Coast Guard"),
        ("According to figures published by the Coast Guard on Monday, 42 labs closed.", "Coast Guard"),
        ("The health ministry recorded 42 cases.", "health ministry"),
        ("The statistics office registered 42 births.", "statistics office"),
        ("Researchers from the University of Lima counted 42 wolves.", "University of Lima"),
        ("The union wants wages to rise by 42 percent.", "union"),
        ("The bank puts losses at 42 million euros.", "bank"),
        ("By the ministry's count, 42 labs are left.", "ministry"),
        ("In the view of Lin Mei, 42 labs are too many.", "Lin Mei"),
        ("The World Bank's latest estimate is 42 percent.", "World Bank"),
        ("As the BBC reported, 42 labs closed.", "BBC"),
        ("林梅表示，有42个实验室。", "林梅"),
    ],
)
def test_named_speakers(text, expected):
    """The person or body that is named for a number speaks it, without "the" and without a title."""
    assert speaker(text, "42") == expected


@pytest.mark.parametrize(
    "text",
    [
        "There are 42 labs.",
        "There are 42 labs, the author says.",
        "According to the article, there are 42 labs.",
        "The writer notes that there are 42 labs.",
        "Recent statistics show 42 labs.",
        "Official figures put the number at 42.",
        "Local media put the number at 42.",
        "Portforum recorded a profit of 42 million euros.",
        "The ministry bought 42 trains.",
        "The council registered office is 42 km away.",
        "Norway wants to build 42 ferries.",
        "By the end of the ministry's 42 days of talks, all was said.",
        "报告预计，将有42个实验室。",
        "据估计，将有42个实验室。",
        "Data cited in the article show 42 labs.",
        "The yield rate shows an increase of 42 percent.",
        "The wind farm adds 42 megawatts.",
        "An engineer from Lanzhou wrote the code in 42 weeks.",
        "Some 42 percent of the users said they would wait.",
        'The app offers "42-minute dubbing", a term of Lin Mei\'s.',
    ],
)
def test_the_article_itself(text):
    """Where nobody is named for a number, the article says it; its author is no other speaker."""
    assert speaker(text, "42") == OURS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lin Mei said the port grew. He said it had 42 cranes.", "Lin Mei"),
        ("Lin Mei, the minister, said the port grew. The minister said it had 42 cranes.", "Lin Mei"),
        ("Lin Mei said the port grew. Tom Hale said it shrank. She said it had 42 cranes.", OURS),
        ("He said it had 42 cranes.", OURS),
        ("Lin Mei said the port grew.\n\nLin said it had 42 cranes.", "Lin Mei"),
        ("Lin Mei said the port grew. It has 42 cranes.", OURS),
        ("“The port grew well,” Lin Mei said. “It has bought 42 cranes in the last years.”", "Lin Mei"),
        ("Lin Mei said the port grew; the ministry said it had 42 cranes.", "ministry"),
        ("Lin Mei said the port had 9 ships, while Tom Hale said it had 42 cranes.", "Tom Hale"),
    ],
)
def test_pronouns_and_surnames(text, expected):
    """A pronoun is the one speaker of its paragraph; where there are two, nobody is guessed."""
    assert speaker(text, "42") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Robots sweep the quay, where the bureau says it has cut 19 shifts.", "bureau"),
        ("Tin Hollow now expects to dig 40 tonnes.", "Tin Hollow"),
        ("About one in five of the anglers said they had caught 9 eels.", OURS),
        ("寒江科技周二宣布，员工达40人。", "寒江科技"),
    ],
)
def test_words_beside_a_speaker_are_no_part_of_the_name(text, expected):
    """What joins the clause, a day and a share of people name nobody."""
    number = next(one for one in ("19", "40 tonnes", "9", "40") if one in text)
    assert speaker(text, number) == expected
