"""Where somebody is met, in the world or on a network: addresses of streets and rooms, of mail, and of pages.

Patterns of addresses follow the order of their languages (number first: English, French; number last: German, Dutch,
Scandinavian, Italian, Spanish); of mail RFC 5322; what stands for its signs in words is read too (`anna at x dot org`).
"""

from __future__ import annotations

import re

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SPELT_OUT = re.compile(
    r"[\w.+-]+\s*(?:[(\[{]\s*at\s*[)\]}]|\sat\s|@)\s*[\w-]+(?:\s*(?:[(\[{]\s*dot\s*[)\]}]|\sdot\s)\s*[\w-]+)+|"
    r"[\w.+-]+\s*(?:[(\[{]\s*at\s*[)\]}]|\s?@\s)\s*[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]]", re.IGNORECASE)
ENDS = (
    "com|org|net|eu|io|ai|app|dev|info|biz|edu|gov|example|test|uk|de|dk|no|se|fi|fr|es|it|nl|pl|pt|ch|at|be|ie|cz|hu|gr|us|"
    "ca|jp|cn|kr|br|mx|au|nz|ru|ua|in|sg|hk|za|tr|il|cloud|online|shop|site"
)
DOMAIN = re.compile(rf"(?<![\w@.-])(?:[\w-]+\.)+(?:{ENDS})(?:/[^\s]*[^\s.,;:!?)])?(?![\w.-]*\w)")
BROKEN_UP = re.compile(rf"(?<![\w@.-])(?:[\w-]+\s?[(\[{{]\s?(?:dot|\.)\s?[)\]}}]\s?)+(?:{ENDS})\b(?:/\S*)?", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.@])@\w(?:[\w.-]*\w)?")

CAPITAL = r"(?-i:[^\W\d_a-zß-öø-ÿ])[\w'’.-]*"
WAY = r"street|road|avenue|lane|boulevard|parkway|highway|rd|ave|blvd"
WAY_TOO = r"(?-i:Drive|Square|Court|Crescent|Terrace|Close|Way|St|Place|Gardens|Row|Hill|Park|Quay|Ln|Dr|Sq)"
ENDING = (
    r"(?:str|stra(?:ß|ss)e|gasse|platz|allee|ufer|gade|vej|vejen|gaden|allé|stræde|plads|gata|gatan|veien|väg|vägen|katu|"
    r"straat|laan|weg|plein|gracht)"
)
NUMBER = r"\d{1,5}(?:\s?[a-z]\b)?(?:\s?-\s?\d{1,4}[a-z]?\b)?"
TOWN = rf"(?:,?\s+(?:[A-Z]{{1,2}}-)?\d{{4,6}}(?:\s+{CAPITAL}){{0,2}})?"
PLACES = (
    rf"\b\d{{1,5}}[a-z]?,?\s+(?:[^\W\d_][\w'’.-]*\s+){{1,2}}?(?:{WAY})\b\.?{TOWN}",
    rf"\b\d{{1,5}}[a-z]?,?\s+(?:{CAPITAL}\s+){{1,3}}{WAY_TOO}\b\.?{TOWN}",
    rf"\b[^\W\d_]{{2,}}[\w'’-]*{ENDING}\b\.?\s+{NUMBER}{TOWN}",
    rf"\b(?-i:[A-ZÅÆØ])[^\W\d_]{{2,}}(?:gate|tie|vei)\s+{NUMBER}{TOWN}",
    rf"\b(?:{CAPITAL}\s+){{1,3}}(?:(?-i:{WAY.title()})|{WAY_TOO}|{ENDING})\b\.?\s+{NUMBER}{TOWN}",
    rf"\b\d{{1,5}}\s?(?:bis|ter)?,?\s+(?:rue|avenue|boulevard|place|chemin|quai|impasse)\s+(?:(?:de|du|des|la|le|les|l['’]|d['’])\s*)*"
    rf"{CAPITAL}(?:[\s-]+{CAPITAL}){{0,3}}{TOWN}",
    rf"\b(?:calle|avenida|plaza|paseo|via|viale|piazza|corso|rua|praça|largo|travessa|estrada|alameda|ulica|ul\.|av\.|c/)\s+"
    rf"(?:(?:de|del|la|las|los|da|das|do|dos|dei)\s+)*(?:{CAPITAL},?\s+){{1,3}}(?:n\.?\s?[oº°]\.?\s*)?{NUMBER}{TOWN}",
    rf"\b(?:{CAPITAL}\s+){{2,3}}(?-i:gate|gt\.?|vei|plass)\s+{NUMBER}{TOWN}",
    rf"\b{CAPITAL}\s+(?-i:[Nn]ytorv|[Tt]orv)\s+{NUMBER}{TOWN}",
    r"\b(?:p\.?\s?o\.?\s?box|postfach|postboks|boîte postale|apartado)\s+\d+",
    r"\b(?:building|bldg|room|rm|floor|office|desk|suite|apt|apartment|gebäude|raum|zimmer|büro|etage|lokale|bygning|salle|"
    r"bâtiment|étage|edificio|planta)\.?\s+(?:no\.?\s*)?(?:[a-z]{0,3}[-.]?\d(?:[\w.-]*\w)?|(?-i:[A-Z]))\b",
    r"\b\d{1,2}(?:st|nd|rd|th)\s+floor\b",
)
HINTS = frozenset(
    f"{WAY}|{WAY_TOO[5:-1].casefold()}|rue|place|chemin|quai|impasse|calle|avenida|plaza|paseo|via|viale|piazza|corso|praça|"
    "largo|travessa|estrada|alameda|av|c|gt|vei|plass|torv|nytorv|rua|ulica|ul|box|postfach|postboks|postale|apartado|building|bldg|room|rm|floor|office|desk|suite|apt|apartment|gebäude|raum|"
    "zimmer|büro|etage|lokale|bygning|salle|bâtiment|étage|edificio|planta".split("|")
)
HINT_ENDS = tuple(f"{end} " for end in (*ENDING[3:-1].replace("(?:ß|ss)", "ss").split("|"), "gate", "tie", "vei"))
"""Words, and ends of words, one of which every address has: a text without any has none, which is quicker to see."""
WORD = re.compile(r"\w+")
IN_WORDS = re.compile(r"@|[(\[{]\s*at\b|\bdot\b|[(\[{]\s?\.\s?[)\]}]", re.IGNORECASE)
ADDRESSES = [re.compile(place, re.IGNORECASE) for place in PLACES]
POSTCODE = re.compile(
    r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-Z]?\s?\d[ABD-HJLNP-UW-Z]{2}|"
    r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d)\b"
)


def places(text: str) -> str:
    """The text with `[email]`, `[link]`, `[address]`, and `[person]` for a handle."""
    if IN_WORDS.search(text):
        text = SPELT_OUT.sub("[email]", EMAIL.sub("[email]", text))
        text = BROKEN_UP.sub("[link]", HANDLE.sub("[person]", text))
    if "." in text or "://" in text:
        text = DOMAIN.sub("[link]", LINK.sub("[link]", text))
    if _may_hold_an_address(text):
        for one in ADDRESSES:
            text = one.sub("[address]", text)
    return POSTCODE.sub("[address]", text)


def _may_hold_an_address(text: str) -> bool:
    words = WORD.findall(text.casefold())
    row = f"{' '.join(words)} "
    return not HINTS.isdisjoint(words) or any(end in row for end in HINT_ENDS)
