"""Zip files that nobody should open: each made of a sound one, and named after what is wrong with it."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable

Members = dict[str, bytes]

CENTRAL = b"PK\x01\x02"
SIZE_AT, METHOD_AT, FLAGS_AT = 24, 10, 8
"""Where an entry of the central directory holds the size unpacked, the method and the flags (APPNOTE.TXT, 4.3.12)."""

PADDING = 4 * 2**20
"""White space, which packs a thousandfold and means nothing to any format."""

LARGE = 2**31 + 1


def packed(members: Members, *more: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """These members as a zip file, and then some."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [*members.items(), *more]:
            archive.writestr(name, data)
    return file.getvalue()


def linked(members: Members) -> bytes:
    """One member is a symbolic link."""
    link = zipfile.ZipInfo("link.json")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return packed(members, (link, b"/etc/passwd"))


def twice(members: Members) -> bytes:
    """One name stands for two contents."""
    name, data = next(iter(members.items()))
    other = "~" * len(name)
    return packed(members, (other, data)).replace(other.encode(), name.encode())


def bomb(members: Members) -> bytes:
    """Every member unpacks to a thousand times its size."""
    return packed({name: data + b" " * PADDING for name, data in members.items()})


def said(members: Members, at: int, form: str, value: int) -> bytes:
    """Every member says something else of itself than is so."""
    content = bytearray(packed(members))
    start = content.find(CENTRAL)
    while start >= 0:
        struct.pack_into(form, content, start + at, value)
        start = content.find(CENTRAL, start + 4)
    return bytes(content)


def over(members: Members) -> bytes:
    """Every member's content is that of the first."""
    return said(members, 42, "<I", 0)


HOSTILE: dict[str, Callable[[Members], bytes]] = {
    "a member above the folder": lambda members: packed(members, ("../above.json", b"{}")),
    "a member at the root": lambda members: packed(members, ("/etc/above.json", b"{}")),
    "a member of another drive": lambda members: packed(members, ("C:\\above.json", b"{}")),
    "a link": linked,
    "a name for two contents": twice,
    "a bomb": bomb,
    "members of 2 GiB": lambda members: said(members, SIZE_AT, "<I", LARGE),
    "members over one another": over,
    "encrypted members": lambda members: said(members, FLAGS_AT, "<H", 1),
    "members of an unknown method": lambda members: said(members, METHOD_AT, "<H", 99),
}
"""What is wrong with each, and how it is made of sound members."""
