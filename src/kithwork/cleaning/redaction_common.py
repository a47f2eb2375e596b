"""Names that are words as well, words that name no firm by themselves, and words beside which a name stands.

Stop words are those of the package `stopwordsiso`; the rest is kept by hand and is not whole.
"""

from __future__ import annotations

from functools import cache

WORDS = frozenset(
    """
    april art ash august autumn banks barber basil baker bay bell berg bill bishop blue bond booth brand brook brooks brown
    bush butler carpenter carter cash chance charity chase church clay cliff cloud cole cook cooper crystal dale day dawn
    dean dell dick dock drew earl east english faith falk farmer field fields fisher ford forest foster fox france frank
    free french gene glass gold gordon grace grant gray green grey guy hall hand hardy harmony hay heath hill holly holm
    honey hood hope hunt hunter iris ivy jack jade jean jewel joy judge june kaiser king klein knight koch kurz lake lamb
    lance lane lang law lee lily liv long love lund marsh mark marks mason may mercy merit mike miles mill miller moon
    moore moss neu nick noble north olive page paige park parker parks patience pat pearl penny per pike pope porter post
    potter pound powers price prince prudence queen rain ray reed rich river rivers rob robin rock rocky rod rose rowan
    ruby rush rusty sage sandy savage scott setter sharp shepherd short silver singer skip small smart smith snow sommer
    spring star stein sterling stern stone storm strand strong sue summer sun swan taylor temple tiger tony trinity tucker
    turner vale vera victor violet wade walker walls ward waters weber weiss west wheeler white will winter wise wolf wood
    woods wren young
    """.split()  # noqa: SIM905
)
"""Names that are words of a language too: in small letters they stay, unless something beside them tells a name."""

BUSINESS = frozenset(
    """
    advisers advanced agency air alliance american applied associated association authority auto bank board bureau business
    capital care central centre center chemical city clean clinic commerce commission company components construction
    consulting control cooperative council county dairies data design development digital east eastern electric
    electronics energy engineering european express federal finance first food foods forum foundation general german glass
    global gas grand great green group guild health hospital hospitals industrial industries industry institute
    instruments insurance integrated international labs laboratory life logistics machine makers management manufacturing
    marine market materials media medical metal metals mobile modern national network networks new north northern office
    oil online optics organic pacific paper partners petroleum pharma plastics polymers port power precision premier press
    public quality rail real regional research retail royal safety school science scientific sea security semiconductor
    sensing service services shipping smart social software solar solutions south southern standard standards state steel
    supply systems technical technology telecom the trade transport trust union united university urban users water west
    western wind world
    """.split()  # noqa: SIM905
)
"""Words of firms' names that name none by themselves."""

LEGAL = frozenset("ab ag aps as asa bv co corp gmbh inc kg limited llc llp ltd nv oy oyj plc sa sarl se spa srl".split())  # noqa: SIM905
"""Legal forms, which are no part of a firm's name."""

MAILBOXES = frozenset(
    """
    accounts admin all billing booking careers contact customer desk enquiries events finance hello help hr info it jobs
    legal mail marketing media news office orders press purchasing reception sales security service services shop support
    team training web webmaster
    """.split()  # noqa: SIM905
)
"""Words of mailboxes that belong to no one person."""

BEFORE = frozenset("ask asked cc dear dr frau hello herr hey hi met mr mrs ms prof spoke tell thanks thx told".split())  # noqa: SIM905
AFTER = frozenset("asked believes called mentioned said says suggested tells thinks told wrote".split())  # noqa: SIM905
"""Words before and after which a name stands that is a word too."""

SHORT = frozenset(
    """
    af al am an as at av be by da de di do du ed el en er es et go ha he hi ho if il im in is it je la le me mi my na ne
    ni no nu of og oh ok om on op or os ou se si so te to tu ud un up us va vi we wo zu
    """.split()  # noqa: SIM905
)
"""Words of one or two letters that count as words; the package's list has codes of countries among its."""


@cache
def stop_words() -> frozenset[str]:
    """English stop words of three letters and more, and short words of several languages."""
    import stopwordsiso

    return SHORT | {word for word in stopwordsiso.stopwords("en") if len(word) > 2}


def common(word: str) -> bool:
    """Whether a name, in small letters, is a word too."""
    return word in WORDS or word in stop_words()
