"""A passage of an article -> an address that leads a browser to it. Pure functions."""

import re
from collections.abc import Iterator
from urllib.parse import quote as percent_encoded

from bot.render import URL_SHOWN, link_target
from corpus.article import Article, Kind
from corpus.scripts import is_mostly_wide

FRAGMENT_WORDS = 5  # of a passage's beginning and of its end, which a browser looks for
CLAUSE_END = re.compile(r"(?:[，、；：。？！;?!“”‘’（）()《》\s]|(?<!\d)[,:]|[,:](?!\d))+")
LEAST_CLAUSE = 4  # signs: a shorter one stands in many places
SHORT_WORDS = 2 * FRAGMENT_WORDS + 2  # a passage so short is looked for whole


def passage_url(article: Article, text: str) -> str | None:
    """The article's address, with a text fragment that leads a browser to the passage; nothing where there is none.

    A brief is our own account: its words do not stand on the publisher's page, so its link leads to the page's top. Text
    fragments: https://wicg.github.io/scroll-to-text-fragment/
    """
    if not article.url or len(url := link_target(article.url)) > URL_SHOWN:
        return None
    if article.kind is Kind.BRIEF:
        return url
    # A fragment of the address's own stays before it, as the specification has it.
    directive = "&text=" if ":~:" in url else ":~:text=" if "#" in url else "#:~:text="
    for ends in _passage_ends(text):
        # "-" and "," have a meaning in a fragment, and ")" would end the link in Markdown.
        fragment = ",".join(percent_encoded(end, safe="").replace("-", "%2D") for end in ends)
        if len(whole := f"{url}{directive}{fragment}") <= URL_SHOWN:
            return whole
    return url


def _passage_ends(text: str) -> Iterator[tuple[str, ...]]:
    """By which words a browser finds a passage: all of a short one, else its beginning and end; fewer and fewer of them.

    A browser only looks for whole words. Where no spaces part them, a stretch between two commas is one for sure.
    """
    words = text.split()
    if is_mostly_wide(text):
        clauses = [clause for clause in CLAUSE_END.split(" ".join(words)) if clause]
        clauses = [clause for clause in clauses if len(clause) >= LEAST_CLAUSE] or clauses
        yield (clauses[0], clauses[-1]) if len(clauses) > 1 else tuple(clauses)
        return
    if len(words) <= SHORT_WORDS:
        yield (" ".join(words),)
    for count in range(FRAGMENT_WORDS, 0, -1):
        if 2 * count < len(words):
            yield " ".join(words[:count]), " ".join(words[-count:])
