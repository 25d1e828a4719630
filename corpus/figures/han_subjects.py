"""What a number measures in a Chinese sentence, and whose: 中国人工智能核心产业规模 接近 6000亿元.

Chinese puts what is measured before the number and what is counted behind a classifier. Same rules of naming as in English:
without the place.
"""

import re
from functools import cache

from corpus.units import is_money

CLASSIFIERS = "个家项件种座台款所名位人次条套只辆艘架块间部份批类大"
STOPS = re.compile(r"[，。；：！？、（）,;:()]")
# The provinces of China, its autonomous regions and cities under the state (GB/T 2260), as they are called for short.
PROVINCES = tuple(
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 "
    "云南 西藏 陕西 甘肃 青海 宁夏 新疆 全国".split()
)
OF_ONE = re.compile(r"(?![比每前上])([\u4e00-\u9fff]{2,3})(?=一[家所座名个])")  # 杭州一家初创企业: of a firm in Hangzhou
VERBS = re.compile(
    r"(?:已经|已|将|预计|有望|约|近|仅|共|总计|累计|高)*(?:达到|达|超过|超|接近|突破|增长到|增长至|增长|增至|下降到|下降至|下降|下降了|"
    r"增长了|为|是|有|占|拥有|建成|达成|将近|约为|约|近|共|共有|累计|数量)?(?:了|约|近|超|至|到|为|达|大约)?$"
)
TIMES = re.compile(
    r"^(?:截至|预计|到|在|至)*(?:\d{4}年)?(?:上半年|下半年|第?[一二三四]季度|\d{1,2}月)?(?:\d{1,2}日|底|末|初)?(?:，|,)?(?:预计|将)*"
)
IN_PLACE = re.compile(r"^(?:目前|现在|如今)?在([\u4e00-\u9fff]{2,3})(?:已|共)?有(?=.)")  # 目前在杭州有员工
OF_IT = re.compile(r"^(?:该|这家)?(?:公司|企业|集团)(?:今年|去年|前年)?(?:上半年|下半年|前三季度|第?[一二三四]季度)?(?=.{2})")
SHARED = re.compile(r"(?:[\u4e00-\u9fff]{2,4})?占(?:比|全球|世界|全国|总)|同比|环比|比(?:前|上|去年|同期)")
# Behind what is measured: 从5% in 上升到, 提高 of a 将 clause, 仅为过去的 before a multiple.
TAKEN = re.compile(r"(?:从|从\d.*|从.{0,6}年|(?:上升|提高|增加|扩大)[到至了]?|仅?为?(?:过去|原来|去年|前者)(?:的)?)$")
UNIT = re.compile(r"[吨元%％米升克瓦]|[千公毫厘]\w|[美欧日港韩]元")
# Behind an amount of money: 完成3亿元B轮融资.
MONEY_FOR = re.compile(r"的?((?:[A-Z]\+?轮|天使轮|首轮|战略|风险|固定资产)?(?:融资|投资|订单|贷款|赠款|补贴|合同|罚款|预算))")
# A body that opens a sentence: whose its figures are.
LEADING = re.compile(
    r"[“\"]?据?(?!该|这|一家|全[市省县])([^\W\d_]{2,12}?(?:科技|集团|公司|机器人|大学|银行|医院|研究院|汽车|能源|县|市))(?=[^，。；：”])"
)
NOUN = re.compile(
    r"[^\W\d_]{1,12}?(?=参展|参加|参与|用了|使用|完成|获得|得到|已|在|将|和|与|的|被|建成|建|推出|发布|入选|落户|投产|开工|获|$|[，。；、！？])"
)


def measured_in_chinese(sentence: str, start: int, end: int, unit: str) -> tuple[str, str | None]:
    """What the number at `start` to `end` measures, and whose or where; empty and nothing where neither is written."""
    before = _beginning(sentence, start)
    counted = _counted(sentence[end:]) if unit == "count" else ""
    if is_money(unit) and (spent := MONEY_FOR.match(sentence, end)):
        counted = spent[1]
    words, place = _placed(_bare(before))
    place = _placed(TIMES.sub("", STOPS.split(sentence[:start])[-1]))[1] or place
    if counted:
        counted, own = _placed(counted)
        return counted, own or place or _said_before(sentence[:start])
    words = re.sub(r"^.*把(?=.)|^.+?(?:每年|每天|每月)?(?:消耗|使用|吸引)(?=.)", "", words)
    return re.sub(r"^的|的$", "", words), place or _said_before(sentence[:start])


def _beginning(sentence: str, start: int) -> str:
    """The clause in front of a number; for a bare share (占全球的15%, 占比从2022年的4%) with what is said before it."""
    parts = STOPS.split(sentence[:start])
    if SHARED.match(parts[-1]) and len(parts) > 1:
        before, number, behind = re.sub(r"\d{4}年", "", parts[-2]).partition(
            *re.findall(r"\d[\d.万亿]*", parts[-2])[-1:] or ["\0"]
        )
        return (_counted(behind) if number and not UNIT.match(behind) else "") or re.sub(
            r"[里中]$", "", re.sub(r"(?:数量|总数)$", "", VERBS.sub("", before))
        )
    return parts[-1]


def _bare(words: str) -> str:
    """A clause's words without the time at its beginning, "plans to", and the verb at its end."""
    words = TIMES.sub("", VERBS.sub("", TAKEN.sub("", words)))
    return TAKEN.sub("", re.sub(r"(?:计划|希望|力争)?将", "的", words, count=1))


def _counted(behind: str) -> str:
    match = re.match(rf"[{CLASSIFIERS}]?+(?:以上|多)?([^\W\d_].*)", behind)
    noun = NOUN.match(match[1]) if match else None
    return noun.group() if noun else ""


def _placed(words: str) -> tuple[str, str | None]:
    """A phrase without the place at its beginning, and that place."""
    found = next((name for name in (*chinese_places(), *PROVINCES) if words.startswith(name)), None)
    if there := IN_PLACE.match(words):
        return words[there.end() :], there[1]
    words = OF_IT.sub("", words)
    own = found or (match[1] if (match := OF_ONE.match(words)) else None)
    words = words[len(own) :].lstrip("省市的") if own else words
    return re.sub(r"^(?:去年|今年|前年|上个?月|本月)?(?:(?:出口|进口|生产|销售|交付|新增)(?!额|量|总|值|收))?", "", words), own


def _said_before(text: str) -> str | None:
    names = [name for name in (*chinese_places(), *PROVINCES) if name in text]
    # 西亚 is no place in 印度尼西亚
    places = [(text.rfind(name), name) for name in names if not any(name in other and name != other for other in names)]
    own = [place for place in places if place[1] != "全球"] or places  # the world is often named in passing
    first = OF_ONE.match(text) or LEADING.match(text)
    return max(own)[1] if own else first[1] if first else None


@cache
def chinese_places() -> tuple[str, ...]:
    """Names of countries and parts of the world in Chinese, from Unicode's CLDR, the longest first."""
    from babel import Locale  # its data files take a tenth of a second to read

    names = {name for code, name in Locale("zh").territories.items() if code not in {"001", "ZZ", "XA", "XB"}}
    return tuple(sorted(names | {"全球"}, key=len, reverse=True))
