"""Names of the press: which names are those of papers, agencies and broadcasters, and their Chinese forms."""

import re
from collections.abc import Mapping

# The Chinese names of the outlets that questions in Chinese name most, each with the name that it gives itself in English.
CHINESE_OUTLETS: Mapping[str, str] = dict(
    line.strip().split(" ", 1)
    for line in """
    中国日报 China Daily
    环球时报 Global Times
    中国经济网 China Economic Net
    中国经济时报 China Economic Times
    人民日报 People's Daily
    新华社 Xinhua News Agency
    新华网 Xinhua News Agency
    中国新闻社 China News Service
    中新社 China News Service
    经济日报 Economic Daily
    光明日报 Guangming Daily
    科技日报 Science and Technology Daily
    中央电视台 CCTV
    央视 CCTV
    财新 Caixin
    第一财经 Yicai
    南华早报 South China Morning Post
    纽约时报 New York Times
    华尔街日报 Wall Street Journal
    华盛顿邮报 Washington Post
    金融时报 Financial Times
    经济学人 The Economist
    泰晤士报 The Times
    卫报 The Guardian
    英国广播公司 BBC
    路透社 Reuters
    彭博社 Bloomberg
    法新社 AFP
    美联社 Associated Press
    日本经济新闻 Nikkei
    世界报 Le Monde
    明镜周刊 Der Spiegel
    """.strip().splitlines()
)
# Outlets whose names do not show that they are some, in lower case.
OUTLETS = frozenset(
    {
        *(name.removeprefix("The ").lower() for name in CHINESE_OUTLETS.values()),
        *"xinhua cgtn cnn npr abc cnbc nbc ap dpa tass kyodo techcrunch politico forbes nyt wsj ft scmp".split(),
        *("al jazeera", "time magazine", "le figaro", "die zeit", "el país", "deutsche welle", "the verge", "ars technica"),
    }
)
# The last words of newspapers' names.
LAST_WORDS = (
    "Times|Post|Daily|News|Journal|Herald|Guardian|Tribune|Economist|Gazette|Telegraph|Chronicle|Observer|Mirror|Courier|Mail"
    "|Examiner|Globe|Inquirer|Dispatch|Bulletin|Newspaper|Zeitung|Shimbun|Online|Weekly|Magazine|News Agency|News Service|Press"
)
PAPER = re.compile(rf"(?:(?:[A-Z][\w’'&-]+ )+(?:{LAST_WORDS})|Guardian|Economist|Observer|Telegraph)")


def is_outlet(name: str) -> bool:
    """Whether a name is that of a paper, an agency or a broadcaster, by our table or by its last word."""
    bare = name.strip().removeprefix("the ").removeprefix("The ")
    return bare.lower() in OUTLETS or PAPER.fullmatch(bare) is not None
