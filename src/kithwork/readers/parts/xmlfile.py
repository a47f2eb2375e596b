"""Elements of an XML file, one after another, by expat: memory stays flat, and nothing in the file is obeyed.

A file with a document type is refused, and so with it entities, which can claim any size, and addresses to be fetched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from xml.parsers import expat

from kithwork.errors import Problem, UserError
from kithwork.readers.parts.given import Given

CHUNK = 2**16
LARGEST = 2**24
"""Bytes of one element's own tag above which a file is not read."""

LONGEST = 2**20
"""Characters of text in one element above which a file is not read."""

DEEPEST = 100
"""Elements within each other above which a file is not read."""


Event = tuple[int, str, dict[str, str] | None, str]
"""Line and name of an element; its attributes where it begins, none where it ends; the text it ends with."""


class _RefusedError(Exception):
    """What is not read of any file."""


class _Walk:
    """Turns what expat tells into events of the root's own namespace."""

    def __init__(self, root: str, wanted: Collection[str], spoken: Collection[str]) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begins
        self.parser.EndElementHandler = self._ends
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.root, self.wanted, self.spoken = root, wanted, spoken
        self.names: dict[str, str] = {}
        self.found: list[Event] = []
        self.depth, self.text = 0, ""

    def _begins(self, name: str, about: dict[str, str]) -> None:
        if not self.depth:
            space, _, local = name.rpartition(" ")
            if local != self.root:
                raise _RefusedError(f"has no {self.root} in it", local[:40])
            self.names = {f"{space} {one}".strip(): one for one in self.wanted}
        self.depth += 1
        if self.depth > DEEPEST:
            raise _RefusedError(f"has more than {DEEPEST} elements within each other", "")
        if self.text:
            self.text = ""
        if own := self.names.get(name):
            self.found.append((self.parser.CurrentLineNumber, own, about, ""))
            if own in self.spoken:
                self.parser.CharacterDataHandler = self._says

    def _says(self, text: str) -> None:
        if len(self.text) + len(text) > LONGEST:
            raise _RefusedError("has a text too long", "")
        self.text += text

    def _ends(self, name: str) -> None:
        self.depth -= 1
        if own := self.names.get(name):
            self.found.append((self.parser.CurrentLineNumber, own, None, self.text))
        if self.parser.CharacterDataHandler:
            self.text, self.parser.CharacterDataHandler = "", None

    def _document_type(self, *_: object) -> None:
        raise _RefusedError("holds a document type", "<!DOCTYPE")


def elements(given: Given, root: str, wanted: Collection[str], spoken: Collection[str], do: str) -> Iterator[Event]:
    """Beginnings and ends of the wanted elements of a file with this root, in its own namespace; the text of those spoken.

    Raises `UserError`.
    """
    walk, fed = _Walk(root, wanted, spoken), 0
    with given.open() as file:
        while True:
            chunk = file.read(CHUNK)
            fed += len(chunk)
            try:
                walk.parser.Parse(chunk, not chunk)
                if fed - max(walk.parser.CurrentByteIndex, 0) > LARGEST:
                    raise _RefusedError("has an element too large", "")
            except _RefusedError as refused:
                what, found = refused.args
                more = "Take that line out. " if "document type" in what else ""
                raise UserError(Problem(what, given.name, more + do, found, walk.parser.CurrentLineNumber)) from None
            except expat.ExpatError as error:
                what = "is empty" if not fed else "is not valid XML"
                found = expat.errors.messages.get(error.code, "")
                raise UserError(Problem(what, given.name, do, found, error.lineno)) from None
            except (ValueError, LookupError) as error:
                raise UserError(Problem("is in an encoding that is not read", given.name, do, str(error)[:60])) from None
            yield from walk.found
            walk.found.clear()
            if not chunk:
                return
