"""Numbers that stand in a row, "rose by 3, 4 and 9 percent", and the places that stand in another: "in Oslo, Bergen and Narvik".

Says which number of a row tells what all of them measure, and which place belongs to each. Finds no numbers and no places.
"""

import re
from collections.abc import Sequence

from corpus.figures.clauses import words_of
from corpus.figures.numbers import WrittenNumber
from corpus.figures.phrases import phrase_after
from corpus.figures.places import PlaceMention, places_in
from corpus.figures.scene import Scene
from corpus.figures.shared_subjects import numbers_of

# Between two of a row; the article goes with names ("the Netherlands"), the hedge with numbers ("about 40").
BETWEEN = re.compile(r"(?:,|,? and|,? or| &) (?:the |about |some |nearly |over |around )?")


def teller(scene: Scene) -> WrittenNumber | None:
    """The number of the row that says what all of them measure: the last of counted things, the first otherwise.

    Nothing where this number stands alone or says it itself.
    """
    row = _row_of(scene)
    if len(row) < 2:
        return None
    counted = scene.unit == "count" and phrase_after(words_of(scene.text[row[-1].end :]))
    told = row[-1] if counted else row[0]
    return None if told.start == scene.start else told


def place_in_row(scene: Scene) -> str | None:
    """The place that stands in its row where this number stands in its own; nothing unless both rows are of one length."""
    row = _row_of(scene)
    if len(row) < 2:
        return None
    at = [number.start for number in row].index(scene.start)
    rows = [names for names in _rows_of_places(scene) if len(names) == len(row)]
    before = [names for names in rows if names[-1].end <= row[0].start]
    behind = [names for names in rows if names[0].start >= row[-1].end]
    found = [*reversed(before), *behind]
    return found[0][at].name if found else None


def _row_of(scene: Scene) -> list[WrittenNumber]:
    """All numbers of one unit that stand in a row with this one, in order."""
    row: list[WrittenNumber] = []
    for number in numbers_of(scene):
        if row and (number.unit != row[-1].unit or not BETWEEN.fullmatch(scene.text, row[-1].end, number.start)):
            if row[-1].start >= scene.start:
                break
            row = []
        row.append(number)
    return row if any(number.start == scene.start for number in row) else []


def _rows_of_places(scene: Scene) -> list[Sequence[PlaceMention]]:
    rows: list[list[PlaceMention]] = []
    for place in places_in(scene.text, scene.article.text):
        if rows and BETWEEN.fullmatch(scene.text, rows[-1][-1].end, place.start):
            rows[-1].append(place)
        else:
            rows.append([place])
    return [row for row in rows if len(row) > 1]
