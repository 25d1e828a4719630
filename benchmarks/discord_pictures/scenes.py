"""What is photographed: who does what in a server, in this order, over the shipped briefs. Add a scene to get a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

ENGLISH, CHINESE = "en-US", "zh-CN"


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that somebody does, and whose answer is shown.

    `name` is the picture's file name; `locale` the language of the member's Discord; a `manager` may manage the server. What is
    done several `times` is shown as it was the last time.
    """

    name: str
    locale: str = field(default=ENGLISH, kw_only=True)
    manager: bool = field(default=False, kw_only=True)
    times: int = field(default=1, kw_only=True)


@dataclass(frozen=True, slots=True)
class Command(Scene):
    """A slash command with its options."""

    command: str
    options: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Press(Scene):
    """A button under the answer of an earlier scene; `button` is a pattern that is in its id or label."""

    after: str
    button: str


@dataclass(frozen=True, slots=True)
class Pick(Scene):
    """The choice at a place of a menu under the answer of an earlier scene; `menu` is a pattern that is in its id."""

    after: str
    menu: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Menu(Scene):
    """A command of a message's own menu, used on what somebody else has written."""

    command: str
    message: str


@dataclass(frozen=True, slots=True)
class Mention(Scene):
    """A message in the channel that mentions the bot."""

    text: str


@dataclass(frozen=True, slots=True)
class Joins(Scene):
    """The bot comes to a new server."""


def ask(scene: str, question: str, locale: str = ENGLISH, **options: object) -> Command:
    """A question."""
    return Command(scene, "ask", {"question": question, **options}, locale=locale)


def metric(scene: str, part: str, locale: str = ENGLISH, /, **options: object) -> Command:
    """A command about figures."""
    return Command(scene, f"metric {part}", options, locale=locale)


CLAIM = (
    "China had more than 5,000 AI companies by the end of September 2024, and 8 of the top ten open-source models are Chinese."
)
CHINESE_CLAIM = "到2025年底，中国有效发明专利超过600万件。"
# A sentence of a brief of ours, with one word changed.
ALTERED = (
    "Data cited in the article show China's core artificial intelligence industry at a scale close to 600 billion yuan by the end"
    " of September 2024, while the companies related to it numbered more than 5,400."
)

SCENES: tuple[Scene, ...] = (
    ask("ask", "What is the work of the China-BRICS AI Development and Cooperation Center centered on?"),
    Press("ask-context", "ask", "^answer:context:"),
    Press("ask-sources", "ask", "^answer:sources:"),
    Press("ask-helpful", "ask", "^answer:helpful:"),
    Press("ask-unhelpful-form", "ask", "^answer:unhelpful:"),
    Press("ask-follow-up-form", "ask", "^answer:ask:"),
    Press("ask-page-2", "ask", r"^answer:page:.*:1$"),
    ask("ask-series", "How big is China's core AI industry?"),
    ask("ask-number", "How many AI companies are there in China?"),
    ask("ask-misspelt", "how many valid inventoin pattents does Chnia have"),
    ask("ask-cautious", "What kinds of gadgets are there for looking after grandma and grandpa?"),
    ask("ask-long", "press conference Liu Liehong day"),
    ask("ask-declined-off-subject", "best dumpling recipe with chives"),
    ask("ask-declined", "How many AI patents were granted in the United States in 2025?"),
    Press("ask-declined-nearest", "ask-declined", r"^answer:page:.*:1$"),
    ask("ask-filtered", "How many AI companies are there in China?", since="2025", until="2024"),
    ask("ask-one-article", "What is said of open-source models?", publisher="China Daily"),
    ask("ask-chinese", "全世界的AI专利，中国占了几成？", CHINESE),
    ask("ask-chinese-series", "2035年 中国AI核心产业 规模 预测", CHINESE),
    ask("ask-chinese-declined", "红烧肉怎么做？", CHINESE),
    Mention("mention", "Which city does Xu Shan give as an example of a government-backed cluster?"),
    metric("metric-show", "show", name="core-ai-industry-size"),
    Press("metric-show-page-2", "metric-show", "^metrics:1:show:"),
    metric("metric-show-one", "show", name="ai-companies"),
    metric("metric-show-chinese", "show", CHINESE, name="core-ai-industry-size"),
    metric("metric-unknown", "show", name="tugboats"),
    metric("metric-list", "list"),
    metric("metric-list-chinese", "list", CHINESE),
    Press("metric-list-page-2", "metric-list", "^metrics:1:list:"),
    metric("metric-search", "search", words="computing power"),
    metric("metric-compare", "compare", name="core-ai-industry-size"),
    metric("metric-compare-two", "compare", name="core-ai-industry-size", other="beijing-core-ai-industry-size"),
    metric("metric-export", "export"),
    Command("article-list", "article list"),
    Command("article-show", "article show", {"name": "cen-bigger-than-deepseek-2025"}),
    Command("article-show-chinese", "article show", {"name": "brisd-open-source-ai-2025"}, locale=CHINESE),
    Pick("article-question", "article-show", "^starter:ask$"),
    Command("article-unknown", "article show", {"name": "tugboats"}),
    Command("help", "help"),
    Command("help-chinese", "help", locale=CHINESE),
    Joins("welcome"),
    Command("check-altered", "check", {"quotation": ALTERED}),
    Command("check-not-found", "check", {"quotation": "The tugboats of Port Linden are the oldest in the country."}),
    Menu("claim", "Find in the articles", CLAIM),
    Menu("claim-chinese", "Find in the articles", CHINESE_CLAIM, locale=CHINESE),
    Menu("quotation", "Check this quotation", f"They wrote: “{ALTERED}” Is that so?"),
    Command("privacy", "privacy"),
    Press("privacy-sure", "privacy", "^privacy:ask$"),
    Command("settings", "settings", manager=True),
    Press("settings-reset", "settings", "^settings:reset:ask$", manager=True),
    Command("settings-chinese", "settings", locale=CHINESE, manager=True),
    Command("stats", "stats", {"export": True}, manager=True),
    Command("stats-chinese", "stats", locale=CHINESE, manager=True),
    Command("reindex", "reindex", manager=True),
    Command("cooldown", "ask", {"question": "How many AI companies are there in China?"}, times=6),
)
