"""The shapes of what holds digits and is no figure, by kind: where a pattern has a group "no", only that is taken.

Knows nothing of the words around a bare number (`corpus.figures.no_figures`).
"""

import re

from corpus.number_words import HAN_DIGITS, SPELLED
from corpus.units import CODES
from corpus.written_dates import MONTH

LABELS = (
    r"(?i:article|chapter|section|page|pages|phase|version|level|levels|stage|paragraph|table|figure|fig\.|no\.|nos\.|"
    r"(?<!now )(?<!ill )(?<!hey )(?<!who )(?<!uld )(?<!may )number|step|part|pp\.|fn\.|paras?|clauses?|articles|chapters|"
    r"sections|paragraphs|rooms|lines|routes|gates|"
    r"grade|class|category|waypoint|platform|channel|junction|exit|pier|tier|type|line|route|room|gate|zone|unit|item|point|question|lesson|volume|vol\.|issue|episode|"
    r"season|track|document|decree|order|resolution|bill|code|hotline|extension|ext\.|tel\.?:?|phone:?|fax:?|day|"
    r"postcode|zip code|postal code|group of|big|rank(?:ed|s|ing)?(?: at)?)"
)
NAMES: tuple[tuple[str, str], ...] = (
    # Markup that somebody pasted with a text: "<@&42>", "&#8217;".
    ("markup", r"<[@#:!&/a-z][^<>\s]*>|&#\w+;"),
    ("address", r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+|\b\d+\.(?:com|cn|net|org|io)\b"),
    ("phone number", r"(?<![\w.,])\+\d{1,3}[ -]?\(?\d[\d() -]{5,18}\d|(?<![\w.,-])(?:\(0?\d{2,4}\) ?|"
        r"0\d{2,3}[- ]|\d{3,4}-)\d{3,4}[- ]?\d{3,4}(?![\w-])|(?<![\w.,-])\d{3,4} \d{3,4} \d{4}(?![\w,])"),
    ("code", r"\b(?:tele)?(?:phone|hotline|room|account|serial|plate|licen[cs]e) number (?:is|was) (?P<no>\d[\d-]*)"),
    ("code", r"(?<![\w.,$€£¥-])\d{6}(?![\w.,%-])(?! ?(?:[a-z]|[\u4e00-\u9fff]))|(?<![\w.,$€£¥-])\d{6}(?=[.,]?$)"),
    ("phone number", r"(?<![\w.,])\d{3,6}(?= (?:hot|help)?lines?\b)|(?:热线|电话)(?:电话|号码)?[为是：:]?(?P<no>\d{3,})"),
    ("time of day", r"(?<![\d:.])[0-2]?\d:[0-5]\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?|(?<![\d.,])\d{1,2}(?:\.\d\d)? ?(?:am|pm|"
        r"a\.m\.|p\.m\.)(?!\w)|\b\w+ o[’']clock\b"),
    ("numeric date", r"(?<![\d.,])\d{1,4}(?P<sep>[./-])\d{1,2}(?P=sep)\d{2,4}(?!\d)|"
        r"(?<!\d)(?:1[89]|20)\d\d/\d\d(?:\d\d)?(?!\d)|24/7\b"),
    ("list number", r"^\s*[(（]?\d{1,2}(?:\.\d{1,2})*[.)）、．](?=\s|$|[A-Z\u4e00-\u9fff])|[(（]\d{1,2}[)）](?![\w%])|"
        r"\[\d+(?:[,-] ?\d+)*\]"),
    ("ordinal", r"(?<![\w.,])\d+(?:,\d{3})*(?:st|nd|rd|th)\b(?:-\w+)*(?:[ -](?:five|three|two|four|ten)-year\b)?|"
        rf"第\s?[\d{''.join(HAN_DIGITS)}十百]+"),
    ("Chinese date", r"(?<!\d)\d{4}\s?[—–~至到-]\s?\d{4}\s?年|(?<!\d)\d{4}\s?年代?|(?<![\d个])\d{1,2}\s?月(?:份|底|初|"
        r"中旬)?(?:\s?\d{1,2}\s?[日号])?|\d{1,2}\s?世纪|\d0年代|“?十[一二三四五]五”?"),
    ("quarter", r"\b(?:[QH][1-4]|FY) ?(?:18|19|20)?\d\d\b|\b[1-4][QH](?: ?(?:18|19|20)?\d\d)?\b|\b(?:18|19|"
        r"20)\d\d ?[QH][1-4]\b|\b[QH][1-4]\b"),
    ("period", rf"\b(?i:the )?(?i:first|last|final|opening) (?i:{SPELLED}|\d+) (?i:months|quarters|weeks|days|years)\b"),
    ("decade", r"(?<!\w)[’']?\d0s\b|(?<!\w)(?:18|19|20)\d0s\b"),
    ("score", r"(?<![\d.,])\d{1,2}[:：]\d{1,2}(?!\d)"),
    ("score", r"\d\.\d out of \d+\b|(?<![\d.,])(?:50[-/]50|80[-/]20)(?![\d%])"),
    ("score", r"\b(?:beat|won|wins?|lost|lose|drew|draw|defeat\w*|led|trail\w*|"
        r"scor\w+|passed|vot(?:e|ed|es)|tied|overcame|finished)\b"
        r"[^.]{0,60}?(?P<no>(?<![\w.,])\d{1,3}[-–]\d{1,3})(?![\d%]| (?:per ?cent|to ))"),
    ("age", r"\b(?:aged|ages|age of) (?P<no>\d+(?:(?: to | and |[-–])\d+)?)(?![.,]?\d| ?(?:years?|months?)\b)"),
    ("age", r"\b[A-Z][a-z]+, (?P<no>[1-9]\d)(?=[,.;)]|$)"),
    ("coordinate", r"(?<!\d)\d{1,3}(?:\.\d+)?° ?[NSEW]\b"),
    ("time zone", r"\b(?:UTC|GMT) ?[+-] ?\d+"),
    ("building", r"(?<!\d)\d{1,4}\s?号"),
    ("period", rf"\b(?i:past|last|next|coming|following|previous|preceding) (?i:{SPELLED}|\d+) (?i:months|quarters|weeks|"
        rf"days|years|decades|hours)\b"),
    ("period", rf"\b(?i:{SPELLED}|\d+) (?i:months?|weeks?|days?|years?|decades?|hours?) (?:ago|earlier|later)\b"),
    ("period", rf"\b(?:[Ii]n|[Oo]ver|[Ff]or|[Tt]han) the (?:past|last|next|previous|preceding|following) "
        rf"(?P<no>(?i:{SPELLED})|\d+)(?=[.,;](?!\d)|$)"),
    # "The six months to September"; without "the" a stretch: "it took six months to March".
    ("period", rf"\b(?i:the) (?i:{SPELLED}|\d+) (?:months|weeks|quarters|years|days) (?:to|through|ended|ending|until) "
        rf"(?:the end of |end-|early |mid-|late )?(?:{MONTH}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}|(?:18|19|20)\d\d)\b"),
    # What a rate is counted for: "12 robots per 10,000 workers", "three for every 100".
    ("base of a rate", rf"\b(?:per|[Ff]or (?:each|every)) (?P<no>(?:(?:{SPELLED}|\d[\d,.]*(?<=\d)) )*"
        rf"(?:{SPELLED}|\d[\d,.]*(?<=\d)))\b"),
    ("base of a rate", r"每(?P<no>[\d.]*(?:百万|千万|亿|万|千|百))"),
    # The widths of transistors and the share of energy that a data centre wastes are names of kinds, like "5G".
    ("process node", rf"(?<![\w.,])(?i:{SPELLED}|\d+(?:\.\d+)?)[ -]?(?:nm|nanomet(?:re|er)s?)(?=[ -](?:[a-z-]+ ){{0,2}}(?:node|"
        r"process|chip|technolog|class|line|wafer|semiconductor|processor|generation|product|lithograph|design|manufactur|silicon|"
        r"roadmap|logic|fab|part|GPU|CPU|SoC|transistor|foundr|capacit))|(?<=chip at )\d+ ?nm\b|"
        r"\d+\s?(?:纳米|nm)(?=制程|工艺|芯片|节点|及以下|级)"),
    ("effectiveness", r"(?:(?<![A-Za-z])PUE(?![A-Za-z])|\b[Pp]ower[ -]usage effectiveness\b)"
        r"[^\d.;]{0,40}(?P<no>\d\.\d+)(?!\d| ?%)"),
    # "GB 45438-2025", "ISO 9001:2015", "GB/T 1234".
    ("standard", r"(?<![A-Za-z\d])(?:GB|ISO|IEC|IEEE|EN|DIN|ANSI|ASTM|JIS|YD|SJ|DB|RFC)"
        r"(?:/[A-Z]+)* ?\d+(?:[-–—.:]\d+)*(?![A-Za-z\d%])"),
    ("name", rf"\b(?:Group of|Big|Gang of) (?i:{SPELLED})\b"),
    ("plan", rf"\b(?i:{SPELLED})-[Yy]ear [Pp]lan"),
    # "GPT-5.5", "V4", "GPT—5.5", "Qwen2.5-72B", "COVID-19", "MI300X": a letter next to the digits.
    ("name", r"(?:(?<![\w.])|(?<=[\u4e00-\u9fff]))(?!(?:" + "|".join(CODES) + r"|US\$|"
        r"mid-|sub-|early-|late-|pre-|post-|non-|to-|or-|"
        r"Rs)\d?)[A-Za-z][\w.]*(?:[-–—][A-Za-z]+)*[-–—]?\d+(?:\.\d+)*\w*(?:-\w+)*"),
    ("name", r"(?<![\w.,-])\d+[GD]\b(?!B)|(?<![\w.,-])[248]K\b(?! [a-z]+s\b)|\b\d+-[A-Z]\b|"
        r"(?<![\w.,-])3M\b(?! (?!and|or|but|said|says|is|was|has)[a-z])|"
        r"\b\d{3}\([a-z]\)"),
    ("name", r"\b(?:Boeing|Airbus)(?:[’']s)? (?P<no>\d{3})\b"),
    ("name", r"#\d+|№ ?\d+|[A-Z]{2,} ?[:：]\s?\d{3,6}\b|(?<!\d)\d{6}\.(?:SH|SZ|HK)\b"),
    ("name", rf"\b(?:{LABELS}|No(?= \d))(?:(?<!figure)(?<!number)(?<!level)(?<!levels)(?: is| was))?\s?"
        rf"(?:No\. ?)?\d+(?:\.\d+)*(?:[-–]\d+)?(?![\d%]|[.,]\d| ?(?:percent|per cent|"
        rf"[mbtr]+illion|thousand)\b)"
        r"(?:(?:, \d+(?![\d.,]*\d))*,? (?:and|or|to) \d+\b"
        r"(?! ?%|[.,]\d| (?!apply|appl|are|were|is|was|of|carry|meet|run|serve|will|have|in|on)[a-z]))?"),
    ("name", r"(?i:\bthis year[’']s |\bthe |\bannual )(?i:two sessions)\b|\bTwo Sessions\b"),
    # "The 11.11 festival", "on 6.18", “双11”: days of sales.
    ("name", r"双\s?(?:1[12]|十[一二])|(?<![\w.,$€£¥])\d{1,2}\.\d{1,2}"
        r"(?= (?:[a-z]+ )?(?i:shopping|festival|promotions?|gala)\b)"),
    ("name", r"(?:\b(?:[Oo]n|[Dd]uring|[Ff]or|[Tt]he|[Dd]ouble)\s|[’']s\s|[“\"]|^)(?P<no>(?:11\.11|12\.12|6\.18))"
        r"(?![\w%]|[.,]\d|[ -](?:per ?cent|[mbtr]+illion|points?|yuan|dollars|euros|[a-z]+s\b))"),
    ("ranking", r"前\s?\d+(?:名|位|大|强)?"),
    ("ranking", rf"\b[Tt]op[ -](?i:{SPELLED}|\d+)\b(?!%| per ?cent)"),
    ("compound", rf"\b(?i:{SPELLED})-(?:dimensional|way|pronged|legged|wheel\w*|sided|tier\w*|star|"
        rf"digit|track|stop|letter|piece|step|"
        rf"horse|time|off|word|size|hand\w*|in-one|to-one|on-one|figure|edged|faced|fold-out)\b"),
    ("compound", r"\b\d+-(?:dimensional|star|degree|track|in-1|on-1|to-1)\b"),
)  # fmt: skip
PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in NAMES)
