"""The name of a speaker in the words that bring it: "data from the Ministry of Health" -> "Ministry of Health".

Nothing comes back for words that name nobody ("recent statistics"); `corpus.figures.speakers` then takes the article.
"""

import re

from corpus.figures.figure import ARTICLE

WORD = r"(?:[A-Z]|\d+(?= [A-Z]))(?:[\w&+’'.-]*[\w’'+])?"  # "2025 Government Work Report"
NAME = rf"(?:{WORD})(?:(?: (?:of|for|and|the|on))* (?:{WORD}))*"
PAPER = (
    r"(?:reports?|survey|study|paper|statement|guidelines?|data|figures|statistics|numbers|estimates?|forecasts?|research|"
    r"projections?|document|analysis|findings|calculations)"
)
OWN = re.compile(
    r"^(?:the )?(?:authors?|article|writer|reporter|piece|text)\b|\b(?:in|by) the (?:article|author|text)\b"
    r"|^(?:we|I|our)\b|^作者|^本文|^文章|^记者",
    re.I,
)
OFFICE = r"(?:ministry|bureau|administration|agency|commission|association|institute|office)"
PEOPLE = (
    r"(?:analysts?|experts?|researchers?|economists?|scientists?|officials?|spokes\w+|(?:deputy )?head|director|leader|members?)"
)
OF_A_BODY = re.compile(rf"\b{PEOPLE}\b.*?\b(?:at|from|of|for|with) (?:the )?(?P<body>{NAME}|[a-z ]*?{OFFICE}\b)")
OF_FIGURES = re.compile(
    rf"\b(?:data|figures|statistics|numbers|estimates?|calculations|projections?) of (?:the )?(?P<body>{NAME})"
)
# "Ana Ruiz of the Coast Guard", but "National Bureau of the Census".
BODY_WORD = (
    r"(?:Bank|Academy|Ministry|Bureau|Office|Institute|Association|Council|Court|Commission|Chamber|Department|University|Society|"
    r"Union|Federation|Board|Agency|Administration|Committee|Party|Government|Congress|Cent(?:re|er)|School|College|Authority|"
    r"Fund|Observatory|Registry|Service)"
)
PERSON_OF = re.compile(
    rf"^(?P<name>[A-Z][a-z’'-]+ (?:[A-Z][a-z.’'-]+ )?(?!{BODY_WORD})[A-Z][\w’'-]+) (?:of|at|from|with) (?:the )?[A-Z].*$"
)
SPOKESMAN = re.compile(r"^(?!(?:its|their|his|her|an?|the|one)\b \w+$)(?P<body>.+?) spokes(?:man|woman|person|people)$")
ON_A_DAY = re.compile(r" (?:on|in|last|this) (?:[A-Z]\w+day|the|week|month|year)\b.*$| on \d.*$")
BY_A_BODY = re.compile(rf"\b{PAPER}\b.*\b(?:by|from) (?:the )?(?P<body>{NAME}|[a-z ]*?{OFFICE}\b)")
POSSESSED = re.compile(rf"^(?P<body>.+?)(?:['’]s|s['’]) (?:[a-z-]+ )*{PAPER}\b")
WITH_PAPER = re.compile(rf"^(?P<body>.+?) {PAPER}$")
TITLE = re.compile(
    r"^(?:(?:Chinese|Vice|Deputy|Former|Executive)\s)*(?:Premier|President|Prime Minister|Minister|General Secretary|Secretary|"
    r"Governor|Mayor|Professor|Rev\.?|Sir|Dame|Lord|Lady|Bishop|Archbishop|Senator|Chancellor|Captain|General|Colonel|Judge|Prof\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Director|Chairman|Chairwoman|CEO)\s+(?=[A-Z]\w+)"
)
# "分析师陈安", "渔业协会会长陈安": what somebody is stands before the name.
HAN_ROLE = (
    r"(?:专家|分析师|经济学家|学者|研究员|工程师|教授|院士|博士|董事长|总经理|总裁|首席执行官|创始人|负责人|发言人|部长|副部长|"
    r"局长|司长|处长|主任|院长|会长|秘书长|行长|省长|市长|县长|书记|总理|主席|总统|船长|站长|校长|所长|经理|主管)"
)
# The hundred commonest family names (2020 census of China), with one or two signs behind.
HAN_PERSON = (
    r"(?:[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    r"石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤][\u4e00-\u9fff]{1,2})"
)
WITH_ROLE = re.compile(rf".*{HAN_ROLE}(?P<name>{HAN_PERSON}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+)")
HAN_ENDING = re.compile(r"(?:的|发布|发布的|最新)+$")
LAST_NAME = re.compile(rf"(?:^|\s)[a-z][\w-]+ (?P<name>(?:{WORD})(?: (?:{WORD}))+)$")
ARTICLE_WORD = re.compile(r"^(?:the|an?|its|their|this|that|another|some|both)\s+", re.I)
PEOPLE_AT = re.compile(r"^(?P<people>[a-z][\w -]*?) (?:at|from|of|in|with|who|on|around|near|outside|across) .*$")
VAGUE = re.compile(
    r"^(?:(?:recent|latest|new|annual|quarterly|monthly|weekly|regular|separate|available|public|official|local|earlier|other|various|several|many|most|industry|market|preliminary)\s)*"
    rf"(?:{PAPER}|sources|media)\b(?! (?:{OFFICE}|firm|company|group|house|cent(?:re|er)|team|department|authority)\b)",
    re.I,
)

LEADING = re.compile(r"^(?:where|whereas|although|though|said|says) (?=\S)")
TRAILING = re.compile(r" (?:now|also|still|again)$")
HAN_DAY = re.compile(r"(?:(?:本|上)?周[一二三四五六日天]|今天|昨天|昨日|今日|近日|日前)$")
# "One in five of the adults polled said": nobody is named.
SHARE_OF = re.compile(
    r"^(?:(?:about|some|nearly|almost|around|over|just|only|more than|at least) )*"
    r"(?:one in |half (?:of|the) |an? (?:third|quarter|fifth) )",
    re.I,
)
ASIDE_CLAUSE = re.compile(r"(?:after|before|when|once|until|since|if|because) ")  # "after a rival announced"
OFFICE_OF_STATISTICS = re.compile(r"Statistics [A-Z][\w-]+$")  # "Statistics Korea"


def speaker_name(words: str) -> str | None:
    """The person or body in the words of an attribution, without "the"; `ARTICLE` for the author; nothing for nobody named."""
    words = words.strip(" ,“”\"'‘’")
    words = HAN_DAY.sub("", TRAILING.sub("", LEADING.sub("", words)))
    if words.lower() in {"it", "they"} or SHARE_OF.match(words):
        return None
    if re.match(r"[\u4e00-\u9fff]", words) and not OWN.search(words):
        named = WITH_ROLE.fullmatch(words)
        return named["name"] if named else re.sub(r"^(?:该|这家|一家|一位|一名)", "", HAN_ENDING.sub("", words)) or None
    if OFFICE_OF_STATISTICS.match(words):
        return words
    if ASIDE_CLAUSE.match(words):
        return None
    if re.match(PAPER, words, re.I):
        words = words[0].lower() + words[1:]
    if OWN.search(words):
        return ARTICLE
    words = ON_A_DAY.sub("", words)
    patterns = (BY_A_BODY, OF_FIGURES, OF_A_BODY, POSSESSED, SPOKESMAN, *(() if VAGUE.match(_bare(words)) else (WITH_PAPER,)))
    for pattern in patterns:
        if match := pattern.search(words):
            return _bare(match["body"]) or None
    words = _bare(words)
    if not words or VAGUE.match(words) or re.match(r"\d[\d.,%]*(?! [A-Z])", words):
        return None
    if match := PERSON_OF.match(words):
        return match["name"]
    if match := PEOPLE_AT.match(words):
        return match["people"]
    return words


def _bare(words: str) -> str:
    """A name without article and title: "General Secretary Xi Jinping" -> "Xi Jinping"."""
    words = TITLE.sub("", ARTICLE_WORD.sub("", words.strip()))
    match = LAST_NAME.search(words)
    return match["name"] if match and " of " not in words else words
