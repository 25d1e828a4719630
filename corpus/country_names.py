"""English names of countries, parts of the world and languages, as Unicode's CLDR gives them.

Adds no name and leaves none out: what the press calls otherwise stands where names are read (`corpus.figures.places`).
"""

from collections.abc import Mapping
from functools import cache


@cache
def territories() -> Mapping[str, str]:
    """Countries and parts of the world by their CLDR code: of letters for a country ("NO"), most often of digits for a part."""
    from babel import Locale  # its data files take a tenth of a second to read

    return dict(Locale("en").territories)


@cache
def homes_of_languages() -> Mapping[str, str | None]:
    """The languages of one word and a code of two letters, each with the country where it is most at home.

    Their names are those of peoples, too: "German" goes with "Germany". `None` where CLDR knows no home.
    """
    from babel import Locale, core  # as above

    likely = core.get_global("likely_subtags")
    named = {code: name for code, name in Locale("en").languages.items() if len(code) == 2 and name.isalpha()}
    return {name: territories().get(likely.get(code, "").rpartition("_")[2]) for code, name in named.items()}
