"""The plain words of measures: of what a unit measures, and of what verbs do with it.

Lists only; `corpus.figures.parsed.candidates` puts them before what is measured.
"""

from collections.abc import Mapping

# What a unit measures: the words that a subject of it may begin with, the plainest first.
MEASURES: Mapping[str, tuple[str, ...]] = {
    "percent": ("share of",), "percentage point": ("change of",), "money": ("price of", "cost of"),
    "time": ("time for", "age of"), "metre": ("length of", "distance of", "height of"), "square_metre": ("area of",),
    "gram": ("weight of",), "cubic_metre": ("volume of",), "watt": ("power of", "capacity of"), "watt_hour": ("electricity of",),
    "byte": ("size of",), "FLOPS": ("computing power of",), "degree_Celsius": ("temperature of",),
    "kelvin": ("temperature of",), "hertz": ("frequency of",),
}  # fmt: skip
SPEEDS = frozenset({"metre / second", "kilometre / hour"})
# What is said to be "that somebody does": "time that customers were without power".
AMOUNTS: Mapping[str, str] = {
    "percent": "share", "money": "money", "time": "time", "metre": "distance", "gram": "weight", "watt": "power", "byte": "data",
    "square_metre": "area", "watt_hour": "electricity", "count": "number", "cubic_metre": "volume", "FLOPS": "computing power",
}  # fmt: skip
# What is done with money and measures, as a noun.
DOINGS: Mapping[str, str] = {
    "spend": "spending", "invest": "investment", "raise": "money raised", "sell": "sales", "earn": "earnings", "lose": "loss",
    "produce": "production", "weigh": "weight", "last": "duration", "pay": "payment", "lend": "lending", "borrow": "borrowing",
    "consume": "consumption", "use": "use", "grow": "growth", "return": "return", "export": "exports", "import": "imports",
    "emit": "emissions", "yield": "yield", "charge": "price", "fine": "fine", "fetch": "price", "price": "price", "run": "speed",
    "store": "storage", "wait": "waiting time", "rent": "rent", "cost": "cost", "draw": "power drawn", "cut": "cut",
    "fly": "distance flown", "travel": "distance travelled", "cover": "distance covered", "add": "addition", "train": "training",
    "employ": "employees",
}  # fmt: skip
HAVING = frozenset("have own hold employ contain include comprise feature boast count operate run number carry offer".split())
