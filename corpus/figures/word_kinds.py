"""Words by their kind: auxiliaries, prepositions, determiners, and the verbs with which the press states figures.

Lists only; what a word is in its sentence is told by `corpus.figures.clauses`.
"""

AUXILIARIES = frozenset(
    """
    is are was were be been being has have had having will would could can may might must shall should do does did to
    """.split()
)
MODALS = frozenset("will would could can may might must shall should".split())
INTENDING = frozenset(
    "plans plan aims aim wants want hopes hope vows vowed intends intend seeks seek due planning aiming".split()
)
BE = frozenset("is are was were be been being".split())
# Stand inside a verb group: "is widely expected to have already reached".
INSIDE = frozenset(
    """
    expected projected forecast forecasted estimated predicted set likely planned bound slated poised going said believed reported
    thought also already now not only just still then therefore thus even nearly almost about soon currently eventually once
    further again likely reportedly
    """.split()
)
# Regular verbs with which figures are stated; those of `IRREGULAR` are listed in full.
REGULAR = """
    reach exceed surpass top pass total number amount increase climb jump soar surge expand drop decline decrease shrink account
    represent cover cost measure contain last average remain attain achieve approach double triple cross hover range span equal
    show grow near generate produce contribute consume invest earn raise export import attract employ serve host support supply
    carry gather amass collect sign file register receive add open launch release issue use need require include operate handle
    process train create occupy receive record report post register exhaust price value put allocate save donate borrow deliver
    connect link visit attend concentrate focus integrate end push ensure feature comprise treat possess offer provide plan aim
    enable deploy establish install publish score claim charge pledge boast store hire estimate close live work unveil equate
    involve display start rent owe warn reject approve order demand predict serve deny refuse treat draft halve
    involve display own matter rank replace ship draw want fly plunge slip gain narrow widen shorten reduce cut compress
""".split()
IRREGULAR = frozenset(
    """
    had has have having hit hits hitting stood stands standing came comes coming come grew grown grows growing rose risen rises
    rising fell fallen falls falling made makes making make took takes taking held holds holding hold sold sells selling sell
    bought buys buying spent spends spending lost loses losing paid pays paying weighs weighed built builds building ran runs
    running sent sends sending saw sees seeing set sets got gets went goes going became becomes brought brings kept keeps
    led leads met meets won wins gives gave given worth put puts cost cut lent
    slid sank sunk swung sprang drove driven flew flown fed froze caught taught struck swept threw began chose ate drank laid
    bred tore withdrew oversaw overtook undertook broke broken dealt fought hung knew sought stole stuck sped strove dug eased
    lets let lends shrank drew wrote written see lies meant means
    """.split()
)
# Only behind "have" and "be".
PARTICIPLES = frozenset(
    """
    gone done spread shed cast drawn driven eaten hidden hurt known shown spoken spun stolen thrown torn withdrawn worn written
    taken bought caught sought taught thought fought beaten begun bitten blown broken chosen flown frozen forgotten forgiven
    shrunk sunk swum rung risen fallen grown lain led left met won kept held sold told lost built spent sent paid made read been
    become come run ridden shaken shut sworn swollen woven proven sown mown hewn overtaken undergone overcome undertaken
    rebuilt upheld split
    """.split()
)
# After "to", "will" and the like the bare form, too, is a verb.
BARE = frozenset(
    "hit stand come grow rise fall make take hold sell buy spend lose pay weigh build run send see get go become".split()
)
SAYING = frozenset(
    """
    said says say told tells noted notes added adds explained stressed emphasised emphasized announced argues argued forecast
    forecasts predicts predicted expects estimates believes shows show showed finds found suggests indicates indicate
    """.split()
)
SHOWING = frozenset("show say indicate suggest reveal expect estimate predict".split())
PREPOSITIONS = frozenset(
    """
    of in by at on for from to with as per among amid between across within throughout over under above below during since until
    after before through against into onto than via without around towards toward despite behind beyond including such like near
    outside inside along alongside compared
    """.split()
)
DETERMINERS = frozenset("the a an its their his her our this these those each every some any all both another such no".split())
PRONOUNS = frozenset("it they he she we i you there this these that those who which".split())
CONJUNCTIONS = frozenset("and or but while whereas although though because where when if so nor".split())
FLOATING = frozenset({"each", "all", "both"})  # stand before a verb, too: "the mills each sold"
ALSO_NOUNS = frozenset("cost cut set run lead hit stand rise fall use".split())
# May stand between a verb and its number: "subsidises up to 5", "holds nearly 5".
BOUNDING = frozenset("up out off about around nearly almost over roughly some more less fewer only just".split())
LINKING = frozenset("at to by from for".split())
MIN_PAST = 4  # letters: "need" and "feed" are no past forms
RELATIVES = frozenset("which who that whose where".split())
ADVERBS = frozenset(
    """
    nationwide worldwide globally annually today yesterday tomorrow last next now then later earlier ago more less here there year
    yearly monthly daily respectively alone already altogether overall each apiece combined together online long again so far
    also not too only possible instead
    """.split()
)


def _inflected(verb: str) -> set[str]:
    """ "exceed" gives "exceeded", "exceeds" and "exceeding"; also with a doubled last letter, as in "totalled"."""
    stem = verb[:-1] if verb.endswith("e") else verb
    past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeo" else stem + "ed"
    third = verb[:-1] + "ies" if past.endswith("ied") else verb + ("es" if verb.endswith(("ch", "ss", "sh")) else "s")
    return {past, third, stem + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing"}


FINITE = frozenset(word for verb in REGULAR for word in _inflected(verb)) | IRREGULAR
INFINITIVES = frozenset(REGULAR) | BARE | {"have", "be"}
# End in an s, but go on: "sales staff", "goods trains".
NO_PLURAL = frozenset(
    "sales goods news physics robotics electronics logistics mathematics series species business process access".split()
)
EACH = frozenset("day year month week hour minute second night household person head piece".split())
