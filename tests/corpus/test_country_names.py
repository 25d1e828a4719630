"""Names of countries and languages are those of Unicode's CLDR."""

from corpus.country_names import homes_of_languages, territories


def test_territories_have_their_code():
    """A country stands under two letters, a part of the world under its number."""
    assert territories()["NO"] == "Norway"
    assert territories()["150"] == "Europe"


def test_a_language_knows_where_it_is_at_home():
    """Languages lead to a country by its English name; those of several words, or of small peoples, are left out."""
    homes = homes_of_languages()
    assert homes["German"] == "Germany" and homes["Norwegian"] == "Norway"
    assert all(name.isalpha() for name in homes)
    assert "Cherokee" not in homes  # its code has three letters


def test_homes_are_territories():
    """A language's home is a territory or unknown, never a name that nothing else uses."""
    assert set(homes_of_languages().values()) <= {*territories().values(), None}
