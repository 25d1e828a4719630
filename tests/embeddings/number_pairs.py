"""Pairs of sentences that differ on a number, and pairs that do not though they may seem to: question, one, other."""

from embeddings.disagreement import DisagreementKind

DIFFER, DATES = DisagreementKind.DIFFER, DisagreementKind.DIFFERENT_DATES
TRUE_PAIRS = [
    (
        "How many recordings does the archive hold?",
        "The archive holds over 35,000 recordings.",
        "Over 100,000 recordings are held in the archive.",
        DIFFER,
    ),
    (
        "What is the total volume of the recordings?",
        "The recordings of the archive exceed 400 petabytes in total volume.",
        "The total volume of the archive's recordings exceeds 890 petabytes.",
        DIFFER,
    ),
    (
        "How many ferries does Norway have?",
        "Norway has 120 ferries on its fjords.",
        "There are 180 ferries on the fjords of Norway.",
        DIFFER,
    ),
    (
        "What share of the ferries is electric?",
        "About 40 percent of the ferries are electric today.",
        "Electric ferries are 60% of all ferries today.",
        DIFFER,
    ),
    (
        "How much was the herring market worth?",
        "The herring market was worth 600 billion yuan by September 2024.",
        "The herring market has passed 1.2 trillion yuan in 2025.",
        DATES,
    ),
    (
        "How much was the herring market worth?",
        "The herring market was worth 600 billion yuan.",
        "The herring market is worth 1.2 trillion yuan.",
        DIFFER,
    ),
    (
        "How many passengers did the ferry Auk carry?",
        "The ferry Auk carried 12,400 passengers.",
        "The ferry Auk carried 15,300 passengers, the harbour says.",
        DIFFER,
    ),
    (
        "How many passengers did the ferry Auk carry?",
        "The ferry Auk carried 12,400 passengers in 2021.",
        "In 2023 the ferry Auk carried 15,300 passengers.",
        DATES,
    ),
    (
        "How high is the Kestrel wind farm's tower?",
        "The tower of the Kestrel wind farm is 140 metres high.",
        "At the Kestrel wind farm the tower is 190 metres high.",
        DIFFER,
    ),
    (
        "How large is the computing power of Norway?",
        "The computing power of Norway stands at 2 million PFLOPS.",
        "Norway has reached computing power of 188 quintillion floating-point operations per second.",
        DIFFER,
    ),
    (
        "How long does the crossing take?",
        "The ferry crossing of the bay takes 40 minutes.",
        "The ferry crossing of the bay takes two hours.",
        DIFFER,
    ),
    (
        "herring market size",
        "The herring market of the north has a size of 3 billion dollars.",
        "The herring market of the north has a size of $4.5bn.",
        DIFFER,
    ),
    (
        "How many boats does the harbour hold?",
        "The harbour holds nine boats at the northern quay.",
        "The northern quay of the harbour holds forty boats.",
        DIFFER,
    ),
    (
        "How much will the herring market be worth?",
        "By 2035 the herring market will be worth 3 trillion yuan.",
        "By 2030 the herring market will be worth 1.1 trillion yuan.",
        DATES,
    ),
]


HERRING = "How much is the herring market worth?"
BOATS = "How many boats does the harbour hold?"
FALSE_PAIRS = [
    # the same, written otherwise
    (
        "How much will the herring market reach?",
        "The herring market will reach 1.7 trillion yuan.",
        "The herring market will reach 1729.5 billion yuan.",
    ),
    (HERRING, "The herring market is worth nearly 600 billion yuan.", "The herring market is worth close to 600 billion yuan."),
    (HERRING, "The herring market is worth 600 billion yuan.", "The herring market is worth 0.6 trillion yuan."),
    (HERRING, "The herring market is worth $3bn.", "The herring market is worth 3 billion dollars."),
    (HERRING, "The herring market is worth 6000亿元.", "The herring market is worth 600 billion yuan."),
    (
        "What share of the ferries is electric?",
        "Some 60 percent of the ferries are electric.",
        "Electric ferries are 60% of the ferries.",
    ),
    ("What share of the ferries is electric?", "One in five ferries is electric.", "Of the ferries, 20% are electric."),
    (BOATS, "The harbour holds twelve boats.", "The harbour holds 12 boats."),
    (BOATS, "The harbour holds over 4,500 boats.", "The harbour holds 4,700 boats."),
    (BOATS, "The harbour holds 40 to 60 boats.", "The harbour holds 50 boats."),
    (BOATS, "The harbour holds dozens of boats.", "The harbour holds 50 boats."),
    # another place, body or thing
    (
        HERRING,
        "The herring market of Norway is worth 3 billion euros.",
        "The herring market of Iceland is worth 5 billion euros.",
    ),
    (HERRING, "The herring market is worth 3 billion euros worldwide.", "The herring market is worth 1 billion euros."),
    (HERRING, "The herring market of Oslo is worth 3 billion euros.", "The herring market is worth 9 billion euros."),
    (HERRING, "The herring market is worth 3 billion euros.", "The herring market is worth 9 billion dollars."),
    (HERRING, "The herring market is worth 3 billion euros.", "The cod market is worth 9 billion euros."),
    (
        "How big is Oslo's herring market?",
        "The herring market has a size of 3 billion euros.",
        "The herring market has a size of 9 billion euros.",
    ),
    (BOATS, "The harbour holds 40 boats.", "The harbour holds 90 cranes."),
    (BOATS, "The harbour holds 40 fishing boats.", "The harbour holds 90 rescue boats."),
    (BOATS, "The harbour holds 40 boats.", "Boats from 90 countries came."),
    (
        "How many passengers did the ferry carry?",
        "The ferry Auk carried 12,400 passengers.",
        "The ferry Puffin carried 18,000 passengers.",
    ),
    (
        "How many boats were sold?",
        "The yard sold 40 boats monthly in the harbour.",
        "The yard sold 500 boats yearly in the harbour.",
    ),
    ("How many boats are there?", "The harbour holds 40 new boats.", "The harbour holds 90 boats."),
    # another kind of number
    (HERRING, "The herring market is worth 3 billion euros.", "The herring market grew by 15 percent."),
    (HERRING, "The herring market is worth 3 billion euros.", "The herring market opened in 2021 at five in the morning."),
    (BOATS, "The harbour holds 40 boats.", "The harbour is 90 metres long and holds boats."),
    ("How many petabytes does the archive hold?", "The archive holds 400 petabytes.", "The archive holds 35,000 recordings."),
    # not asked
    ("Why is the harbour full?", "The harbour holds 40 boats.", "The harbour holds 90 boats."),
    ("Who owns the boats?", "The harbour holds 40 boats.", "The harbour holds 90 boats."),
    ("How many cranes does the harbour have?", "The harbour holds 40 boats.", "The harbour holds 90 boats."),
    (
        "How much electricity do the boats use?",
        "The harbour's boats hold 4 petabytes of maps.",
        "The harbour's boats hold 9 petabytes of maps.",
    ),
    (
        "How much was the herring market worth in 2024?",
        "In 2024 the herring market was worth 3 billion euros.",
        "In 2025 the herring market was worth 9 billion euros.",
    ),
    ("How many of the 10 boats came from Oslo?", "Of the 10 boats, all came from Oslo.", "Of the 10 boats, none came from Oslo."),
]
