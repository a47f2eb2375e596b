"""Telephones and figures: what is told by its form, whoever it belongs to.

Numbers of three digits or more and sums of money go, and so do days of a month; counts of one or two digits, shares and
such decimals as 12.5 stay. Forms follow E.164 (telephones, at most 15 digits) and ISO 13616 (IBAN).
"""

from __future__ import annotations

import re

MONTH = (
    r"(?:(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|O[ck]t|Nov|De[cz]|M[aä]rz|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)|"
    r"january?|januari|janvier|february|februari?|février|march|marts?|april|avril|mai|maj|juni?n?e?|juillet|ju?li|july|august[i]?|"
    r"août|september|septembre|o[ck]tober|octobre|november|novembre|de[csz]ember|décembre|mars|"
    r"janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|"
    r"enero|febrero|marzo|mayo|junio|julio|septiembre|octubre|noviembre|diciembre|"
    r"gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)"
)
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:(?:of|de)\s+)?{MONTH}\b\.?(?:,?\s+(?:de\s+)?(?:\d{{4}}|['’]?\d\d)\b)?|"
    rf"\b(?:{MONTH}|may)\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b|"
    rf"\b{MONTH}\.?\s+\d{{1,2}}(?:(?:st|nd|rd|th)\b|\b(?!\s+[^\W\d_]|\s?[.,:/–-]?\d|\s?%))|"
    r"\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2}[-./]\s?\d{1,2}[-./]\s?\d{2,4}\b",
    re.IGNORECASE,
)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
LEAST_IBAN = 8
"""Digits from which such a run is taken for an account and not for words of four letters."""
NETWORK = re.compile(
    r"(?<![\w:.])(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4})(?![\w:])", re.IGNORECASE
)
CURRENCY = (
    r"(?:[€$£¥₹₽]|(?:eur|usd|gbp|chf|dkk|sek|nok|jpy|cny|inr|pln|kr|euros?|dollars?|pounds?|kroner|kronor)"
    r"(?![^\W\d_]))"
)
SCALE = r"(?:mn|bn|mio|mia|mrd|million(?:s|en|er)?|billions?|milliard(?:s|en|er)?|thousand)"
FIGURE = r"\d+(?:[ .,'’]\d+)*"
MONEY = re.compile(
    rf"(?<!\w){CURRENCY}\s?{FIGURE}(?:\s?(?:{SCALE}|k|m)\b\.?)?|"
    rf"(?<![\w.,]){FIGURE}\s?(?:(?:{SCALE}|k|m)\b\.?\s?{CURRENCY}|{SCALE}\b|{CURRENCY})",
    re.IGNORECASE,
)
LONG = re.compile(r"(?<!\w)\d(?:[ -]?\d){15,}(?!\w)")
PHONE = re.compile(r"(?<!\w)\+?(?:\(\+?\d{1,4}\)[ ./-]?)?\d(?:[ ()/.–-]{0,3}\d){6,14}(?!\w)")
PARTS = re.compile(r"[^\W_]*\d[^\W_]*(?:(?:[.,'’/:–-]|\s(?=\d+(?!\w)))[^\W_]*\d[^\W_]*)*")
SMALL = re.compile(r"\d{1,2}(?:[.,:/–-]|\s)\d{1,2}|\d{1,2}:\d\d:\d\d")
LEAST_DIGITS = 3
DIGIT = re.compile(r"\d")


def figures(text: str) -> str:
    """The text with `[phone]` and `[number]`."""
    if not DIGIT.search(text):
        return text
    text = IBAN.sub(lambda found: found[0] if _digits(found[0]) < LEAST_IBAN else "[number]", text)
    for pattern in (NETWORK, DATE, MONEY, LONG):
        text = pattern.sub("[number]", text)
    return PARTS.sub(_number, PHONE.sub(_phone, text))


def _phone(found: re.Match) -> str:
    """A long run of digits is a telephone where it opens or is parted like one."""
    like = found[0].startswith(("+", "0", "(")) or any(sign in found[0] for sign in " ()/-–")
    return "[phone]" if like else "[number]"


def _number(found: re.Match) -> str:
    few = _digits(found[0]) < LEAST_DIGITS or SMALL.fullmatch(found[0])
    return found[0] if few else "[number]"


def _digits(text: str) -> int:
    return len(DIGIT.findall(text))
