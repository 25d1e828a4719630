"""Words that say something is said, and words for bodies and callings that say it, as patterns.

Finds nothing itself (`corpus.figures.attributions`, `corpus.figures.wide_attributions`).
"""

PLAIN_SAYS = (
    r"(?:says?|said|tells?|told|reckons?|reckoned|alleges?|alleged|calculate[sd]|cautions|cautioned|"
    r"insist(?:s|ed)|stress(?:es|ed)|emphasi[sz]e[sd]|point(?:s|ed) out|explain(?:s|ed)|observe[sd]|predict(?:s|ed)?|"
    r"expects?|believes?|argue[sd]|warn(?:s|ed)|remark(?:s|ed)|echo(?:es|ed)|commented|vows?|vowed|conclude[sd]|noted)"
)
# Verbs of doing, too: "admitted 400 patients".
CONFESSES = (
    r"(?:admit(?:s|ted)?|concede[sd]?|acknowledge[sd]?|complain(?:s|ed)?|boast(?:s|ed)?|joke[sd]?|lament(?:s|ed)?|declare[sd]?|"
    r"maintain(?:s|ed)?|contend(?:s|ed)?|countered|quipped|repl(?:ies|ied)|testified|promise[sd]?|pledge[sd]?)"
)
# Also nouns, or verbs of doing: only before "that" and the like.
DOUBTFUL_SAYS = (
    r"(?:states?|stated|recalls?|recalled|notes|adds|added|estimate[sd]?|forecasts?|projects|projected|claim(?:s|ed)|revealed|disclosed|confirm(?:s|ed)|"
    rf"announce[sd]|report(?:s|ed)|introduced|{CONFESSES}|shows?|showed|finds?|found|indicates?|indicated|suggests?|suggested|writes?|wrote)"
)
THINKS = r"(?:added|thinks?|thought|estimates?|estimated|reports?|reported|claims?|claimed|writes|wrote|states?|stated|"
THINKS += rf"notes|adds|reckons?|projects?|projected|suggests?|{CONFESSES})"
BODIES = (
    r"(?:[a-z]+ ){0,6}(?:ministry|bureau|agency|company|firm|group|bank|regulator|authority|council|government|police|institute|"
    r"association|operator|organi[sz]ation|department|office|think tank|consultancy|watchdog|union|"
    r"university|charity|court|minister|mayor|"
    r"officials?|analysts?|experts?|economists?|researchers?|scientists?|engineers?|managers?|executives?|traders?|brokers?|"
    r"lawyers?|doctors?|farmers?|growers?|campaigners?|organi[sz]ers?)"
)
