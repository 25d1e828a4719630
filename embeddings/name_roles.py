"""What a name stands for where it stands: a person, by what surrounds it, or a country, by the list of countries.

"Inner Mongolia" and "Two Sessions" have the form of "Ines Moreau", but bear no title and say nothing.
"""

import re

from embeddings.conversation.referents import TITLES, Name, NameKind
from embeddings.lexical_index import stem
from embeddings.names import long_places, places
from embeddings.question import AUXILIARY

SPEECH = (
    r"(?:said|says|stressed|noted|observed|explained|added|wrote|writes|argued?|agreed|told|warned|believes|described|describes"
    r"|reported|announced|called|calls|named|regards|echoed|emphasized|emphasised|highlighted)"
)
ROLE_BEHIND = re.compile(r",\s+(?:who\b|an? |[a-z]+ (?:of|at|in)\b|[A-Z]\w+(?: [A-Z]\w+)* (?:of|at|in)\b)")
ACTS = re.compile(rf"['’]s\b|\s+(?:also |therefore |then )?(?:{SPEECH}|\w+ed|\w+s|{AUXILIARY})\b")
SPOKEN = re.compile(rf"(?:according to|by|{SPEECH})\s+$", re.I)


def is_person(name: Name, sentence: str) -> bool:
    """Whether a name stands where people stand: with a title or a role, speaking, or doing something."""
    if name.kind is not NameKind.PERSON:
        return False
    before, behind = sentence[: name.start], sentence[name.end :]
    title = re.search(r"(\w+)\s+$", before)
    return bool(
        (title and title[1].lower() in TITLES) or ROLE_BEHIND.match(behind) or ACTS.match(behind) or SPOKEN.search(before)
    )


def is_country(name: str) -> bool:
    """Whether a name is a country or its people, in any case of letters."""
    return name.lower() in long_places() or stem(name.lower()) in places()
