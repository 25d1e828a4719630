"""Which language a question is in, with every doubt counted for English.

The articles are English and most questions are: an English question that is sent the other way because of a name, a
typing error or a handful of keywords would lose its answer. So the detector alone decides nothing: a question is in
another language only when its script says so, or when the detector and the question's own small words agree.

The detector is py3langid 0.4.0 (extra `languages`; BSD-3-Clause, 4.6 MB, numpy only, its model read without pickle).
Compared on our English questions: langid's fork, fastText's lid.176.ftz, CLD2 and lingua each took 13 to 27 of 711 for
another language, most of them keywords with Chinese names; lingua needs 96 MB, fastText's wrapper a download client.
"""

import importlib.util
import re
import threading
import unicodedata
from functools import cache
from typing import Any

from embeddings.crosslingual.multilingual_encoder import LANGUAGES
from embeddings.lexical_index import STOP_WORDS

ENGLISH = "en"
DETECTOR = "py3langid"
SCRIPTS = (
    # Kana before Han: Japanese is written in both.
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")),
    ("th", re.compile(r"[\u0e01-\u0e5b]")),
    ("ar", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
# Letters of Persian and Urdu, Ukrainian and Belarusian, which the encoder does not know.
NEIGHBOURS = re.compile(r"[\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06cc\u06d2іїєґўІЇЄҐЎ]")
LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
OPENING = re.compile("[¿¡]")  # only Spanish and its neighbours open a question so
# Each language's commonest small words; those that English has too are told apart below.
SMALL_WORDS = {
    "de": """aber als also am an auch auf aus bei beim bis dann dass das dem den der des dich die dir doch ein eine einem einen
        einer eines er es für gegen gibt haben hast hat hatte ich ihr ihre im in ist kann mein mich mir mit nach nicht noch
        nur ob oder ohne schon sein seit sich sie sind so soll über um und unter uns viel viele vielen vom von vor wann war
        warum was welche welchem welchen welcher welches wem wen wer werden wie wieso wieviel wird wo wozu woher wofür
        wurde wurden zu zum zur zwischen""",
    "es": """a al algún antes con cómo como cuál cual cuáles cuales cuándo cuando cuánta cuántas cuánto cuántos cuantos cuanto
        de del desde dónde donde el ella ellos en entre es esta este está están fue fueron ha han hay hasta la las lo los
        más me mejor mi muy no o para pero por porque puede qué que quién quien quiénes quienes se según ser será sin sobre
        son su sus también te tiene tienen tu un una unos y ya""",
    "fr": """a au aux avec ce cette ces combien comment d dans de des du elle en entre est et été être il ils je l la le les
        leur mais ne nous on ou où par pas pour pourquoi quand que quel quelle quelles quels qui quoi sa se ses sont sous
        sur t tu un une vous y""",
    "it": """a al alla anche che chi come con cosa cui d da dal dalla dei del della delle di dove e è gli ha hanno i il in l la
        le lo ma nel nella non per perché più qual quale quali quando quanta quante quanti quanto questo se si sono su un
        una""",
    "nl": """aan als bij dan dat de deze die dit door een en er geen haar heeft hebben het hij hoe hoeveel ik in is kan maar met
        naar niet om onder ook op over te tot uit van veel voor waar waarom wanneer was wat welk welke werd wie wordt zijn
        zo""",
    "pl": """a ale co czy dla do gdzie i ich ile jak jaka jaki jakie jest kiedy kogo kto które który ma na nie o od po przez
        przy są się to w z za ze""",
    "pt": """a ao aos as com como da das de do dos e em entre é foi foram há isso mais mas na nas no nos não o os ou para pela
        pelo por porque qual quais quando quanta quantas quanto quantos que quem se sem ser são sobre sua tem têm um uma""",
    "tr": """bir bu da daha de hangi için ile ise kaç kim mi mı mu ne nasıl neden nerede olan olarak ve var yok""",
}
NEIGHBOUR_LANGUAGES = frozenset("af ca cs da gl no ro sk sv hu".split())
OTHER_LETTERS = re.compile(r"[\u00c0-\u024f]")
# Read off the English questions of tests/questions and squad2-dev (none may leave English) and the tuning half of the
# questions in other languages.
CLEAR = 0.35  # where the language's small words outnumber the English ones by two
LIKELY = 0.5  # by one
# So many words without a small one, in a language that we have most words of; of 105 English keywords none reaches 0.32.
KEYWORDS, KEYWORDS_LIKELY, KEYWORD_LANGUAGES = 4, 0.5, frozenset({"de", "es"})
SURE = 0.9  # where there is none, but a letter that English does not use
QUITE_SURE = 0.95  # where there are only such as stand in names
NEVER = 2.0  # above any probability
# "When was Reguier de la Plancha born" is English.
IN_NAMES = frozenset("da de del dem den der des di die do dos du el la las le los são van von y".split())
_loading = threading.Lock()


def installed() -> bool:
    """Whether the detector is there; without it, only questions in other scripts are told from English."""
    return importlib.util.find_spec(DETECTOR) is not None


def language_of(text: str) -> str:
    """The language of a question, as ISO 639-1.

    Returns:
        One of `multilingual_encoder.LANGUAGES`; "en" for English, for any other language and where unsure.
    """
    text = unicodedata.normalize("NFC", text)
    words = [word.lower() for word in LATIN_WORD.findall(text)]
    english = sum(word in STOP_WORDS for word in words)
    for language, script in SCRIPTS:
        signs = len(script.findall(text))
        # "What is 开源?" is English, "AI+是什么" is Chinese.
        if signs and english < 2 and signs > len(words):
            return ENGLISH if NEIGHBOURS.search(text) else language
    if OPENING.search(text) and words and english < 2:
        return "es"
    return _latin_language(text, words, english) if len(words) > 1 else ENGLISH


def _latin_language(text: str, words: list[str], english: int) -> str:
    needed = {language: _probability_needed(text, words, english, language) for language in SMALL_WORDS}
    if min(needed.values()) > 1:
        # Most English questions end here, so that the detector need not be loaded for them.
        return ENGLISH
    language, probability = _most_likely(text)
    return language if probability >= needed.get(language, NEVER) else ENGLISH


def _probability_needed(text: str, words: list[str], english: int, language: str) -> float:
    """How sure the detector must be of a language, given the question's small words."""
    small = _small_words()[language]
    # Words that both languages have, as "was" and "in", speak for neither.
    own = [word for word in words if word in small and word not in STOP_WORDS]
    lead = len(own) - sum(word in STOP_WORDS and word not in small for word in words)
    if lead > 0 and not IN_NAMES.issuperset(own):
        return CLEAR if lead > 1 else LIKELY
    if not english and len(words) >= KEYWORDS and language in KEYWORD_LANGUAGES:
        return KEYWORDS_LIKELY
    if not english and OTHER_LETTERS.search(text):
        return SURE
    return QUITE_SURE if lead > 0 else NEVER


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}


def _most_likely(text: str) -> tuple[str, float]:
    """The detector's best guess and its probability; English without the detector."""
    detector = _detector() if installed() else None
    if detector is None:
        return ENGLISH, 0.0
    language, probability = detector.classify(text.encode("utf-8", "replace").decode("utf-8"))
    return str(language), float(probability)


def _detector() -> Any:
    with _loading:
        return _load_detector()


@cache
def _load_detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # an extra, and its model takes half a second to read

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # With the neighbours of what we know, so that Catalan is not taken for Spanish.
    detector.set_languages(sorted((LANGUAGES | NEIGHBOUR_LANGUAGES) & set(detector.labels)))
    return detector
