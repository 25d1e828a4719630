"""Digits and number words that measure nothing."""

import pytest

from corpus.figures.no_figures import no_figures_in
from corpus.figures.numbers import numbers_in


@pytest.mark.parametrize(
    "text",
    [
        "At its 78th session on 5 March 2025, and by the end of 2030, it met.",
        "In the 1990s, the '80s, 2021-25, FY2025, Q1 2025 and H1.",
        "Between 2020 and 2025; by mid-2025; from 2025 to 2035; since 2018.",
        "GPT-5.5, GPT—5.5, DeepSeek-V4, Qwen2.5-72B-Instruct, Llama 3.1 405B and o3.",
        "6G, 5G-Advanced, 4K video, 3D printers, H100, COVID-19, PM2.5 and CO2.",
        "Summit 2030, Agenda 2030, the UN 2030 Agenda, Vision 2035 and Made in China 2025.",
        "The 360 Security Group, the 2025 Government Work Report and the 7-Eleven.",
        "Windows 11, Boeing 737, iPhone 17, Industry 4.0, ISO 9001, GB/T 45225-2025, Office 365.",
        "Boeing's 737 MAX 8, an Airbus 380 at pier 4, waypoint 44 and platform 9.",
        "The 14th Five-Year Plan, the 15th five-year plan and this year's Two Sessions.",
        "Article 5, Chapter 3, No. 7, Level 4 autonomy, Tier-1, Room 1208, page 45 and Order No. 24.",
        "Call +47 55 12 34 56, 010-65123456, 400-123-4567 or 400 820 8820.",
        "See https://example.org/2024/42 or write to a1@example.org; 163.com.",
        "At 10:30 a.m., at 9 pm, 14:00 GMT, UTC+8, three o'clock.",
        "(1) boats, (2) cars, [3] and [4-6].",
        "1. Build harbours",
        "1) Build harbours",
        "They won 3-1 and drew 2-2; the match ended 1:0.",
        "The first three quarters, the last 11 months, the past five years, ten years ago.",
        "No one knew; one of them left one day; one another.",
        "The two-way, three-dimensional, five-star and two-tier plan.",
        "Net zero, zero emissions and zero-day flaws.",
        "Millions of users, several weeks, dozens of towns, hundreds of millions of kroner.",
        "A trillion-dollar sea and trillion-scale chains; a million-dollar prize.",
        "Both sides, a boat, an oar, a fifth wheel, the third port, twenty-first.",
        "The Group of 20, Group of Seven, the Big Four and the top 10 ports.",
        "Li Ya, 61, and Ole, aged 49.",
        "Shares of 360 Security Technology fell on 11.11; 用GPT4和V4。",
        "The phone number is 55123456.",
        "The 49ers lost 6-4, 3-6, 7-5 to the 76ers; Bergen won 112-108.",
        "The vote was 52-48, after a 5-4 ruling.",
        "The train left at 06.45, the boat at half past nine, the bus at a quarter to six.",
        "He was 34 when it began, and turned 18 in May; her son, 12, wept.",
        "Children under 14 pay, and people over 60 do not.",
        "Rooms 14 and 15, lines 1, 2 and 3, pp. 12-15, clause 4(b) and bus No 42.",
        "Exit 14, Terminal 3, Title 42, Rule 10b-5 and docket 22-451.",
        "The office at 221B Baker Street; call 555-0199 or 911.",
        "World War Two and Ocean's Eleven.",
        "In 300 BC, in AD 79, the year 1066 and the class of '68; the 9/11 attacks.",
        "A thousand times no; at sixes and sevens; on cloud nine; a 9 to 5 job.",
        "They work 9 to 5, nine-to-five lives.",
        "They put two and two together on all fours, in a four-letter word.",
        "A 996 schedule, a 4x4 car and the 16+1 club.",
        "Ask <@&42> or <#1234>, it&#8217;s fine.",
        "第78届会议，2025年9月30日，二十一世纪，“十四五”，第三名，3号馆，一个，前10名。",
    ],
)
def test_names_dates_and_ranks_are_no_figures(text):
    """What only names, dates, ranks or lists is neither a figure nor counted as one that was lost."""
    read = numbers_in(text)
    assert not read.numbers and not read.left_out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Over 40 firms; With 42 boats; In Lisbon 42 boats sank.", ["40", "42", "42"]),
        ("306 Chinese firms and 42 AI models.", ["306", "42"]),
        ("More than 2000 companies joined in 2000.", ["2000"]),
        ("Five visions and five boats.", ["Five", "five"]),
        ("By September 2024, 42 boats; in 2025, 50.", ["42", "50"]),
        ("Bergen has 2,600 boats, Oslo 1,100 and Moss 900.", ["2,600", "1,100", "900"]),
        ("The 12th fair drew 60 crews on 5 March.", ["60"]),
        ("2025年有220家企业，第一名有3个。", ["220", "3"]),
        ("A five-member crew; a 43-year-old boat.", ["five", "43-year-old"]),
        ("Bergen has 260 boats, Oslo 110 and Moss 90.", ["260", "110", "90"]),
        ("Fewer than 60 Javan rhinos and 12 Bengal tigers.", ["60", "12"]),
        ("The number was 42 in all.", ["42"]),
        ("The users now number 5.4 million.", ["5.4 million"]),
        ("It was one of the three largest ports.", ["three"]),
        ("He turned 18 boats into homes for children under 14 months.", ["18", "14 months"]),
        ("The crew called 300 witnesses; the total, 42, was low.", ["300", "42"]),
        ("In bus 42 passengers sat.", ["42"]),
        ("The 11.11 shopping festival drew 300 shops, and 双11 drew 20.", ["300", "20"]),
        ("An index of 11.11 percent.", ["11.11 percent"]),
        ("Investing one yuan for one hour.", ["one yuan", "one hour"]),
    ],
)
def test_a_number_beside_a_name_or_date_is_still_read(text, found):
    """What stands next to a capital, a date or an ordinal may be a number all the same."""
    assert [number.text for number in numbers_in(text).numbers] == found


def test_the_kind_is_said():
    """Each stretch says what it is, and where."""
    text = "On 5 March 2025 the 78th session used GPT-5.5."
    kinds = {(text[one.start : one.end], one.kind) for one in no_figures_in(text)}
    assert {("78th", "ordinal"), ("GPT-5.5", "name")} <= kinds and any(kind == "date" for _, kind in kinds)
