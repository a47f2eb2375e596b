"""Cards of each version, and what a telephone writes."""

from __future__ import annotations

import io

from kithwork.readers.parts.given import Given
from samples import Sample

SAID = {"options": {"owner": "anna@north.example"}}
CARD = """BEGIN:VCARD
VERSION:3.0
N:Ek;Bo;;;
FN:Bo Ek
EMAIL;TYPE=INTERNET,HOME:bo@home.example
item1.EMAIL;type=INTERNET;type=WORK:bo@north.example
TEL;TYPE=CELL:555 01
NOTE:Met at the fair. EMAIL:none@home.example
END:VCARD
"""

SAMPLES = [
    Sample("three.vcf", "nominations", CARD.encode(), SAID),
    Sample(
        "two.vcf",
        "nominations",
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=B8v;Bo;;;\r\n"
        b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Bo =\r\nL=C3=B8v\r\nEMAIL;INTERNET;PREF:bo@home.example\r\n"
        b"EMAIL;INTERNET;WORK:bo@north.example\r\nPHOTO;ENCODING=BASE64;JPEG:\r\n /9j/4AAQ\r\n\r\nEND:VCARD\r\n",
        SAID,
    ),
    Sample(
        "four.vcf",
        "nominations",
        b"BEGIN:VCARD\nVERSION:4.0\nFN:Bo Ek\nEMAIL;TYPE=work;PREF=1:bo@no\n rth.example\nEND:VCARD\n"
        b"BEGIN:VCARD\nVERSION:4.0\nFN:Cid\nEND:VCARD\n",
        SAID,
    ),
]


def many(n: int) -> bytes:
    """An address book of n cards."""
    return "".join(CARD.replace("bo@", f"bo{i}@") for i in range(n)).encode()


def plain(given: Given) -> None:
    """vobject reads every card whole."""
    import vobject

    for _ in vobject.readComponents(io.StringIO(given.read().decode(), newline=""), allowQP=True):
        pass
