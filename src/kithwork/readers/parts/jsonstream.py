"""Reads JSON (RFC 8259) value by value, so that a file may be larger than memory.

The standard library decodes each value; here is only found where the next begins, and more of the file is read where one
is cut off.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from kithwork.errors import Problem, UserError

CHUNK = 2**18
"""Bytes read at a time."""

LONGEST = 2**28
"""Characters that one value may have."""

HEAD = 4096
"""Characters looked at together where text is to have a form."""

CUT = 12
"""Characters at the end of what was read so far in which an error may be no more than a cut: no word of JSON is longer."""

UNENDED = frozenset(["", ".", "e", "E"])
"""What comes after a decoded value that more of the file may go on with: `1` is decoded of `1.` and of `1e`."""

COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
SPACE = re.compile(r"[ \t\r\n]*")
DECODER = json.JSONDecoder()


class Reading:
    """A file of JSON text and the place that reading has come to. Every method raises `UserError`."""

    def __init__(self, file: BinaryIO, place: str, do: str) -> None:
        self.file, self.place, self.do = file, place, do
        self.bytes = codecs.getincrementaldecoder("utf-8-sig")()
        self.text, self.at, self.lines, self.ended = "", 0, 0, False

    def sign(self) -> str:
        """The next character that is no white space; empty at the end of the file."""
        while True:
            if (sign := self.text[self.at : self.at + 1]) and sign not in " \t\r\n":
                return sign
            self.at = SPACE.match(self.text, self.at).end()
            if self.at == len(self.text) and not self._more():
                return ""

    def passed(self, form: re.Pattern[str]) -> bool:
        """Whether text of this form, of `HEAD` characters at most, comes next; it is then passed."""
        self.sign()
        while len(self.text) - self.at < HEAD and self._more():
            pass
        found = form.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return bool(found)

    def value(self) -> object:
        """The next value."""
        while True:
            try:
                found, end = DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                unended = error.msg.startswith("Unterminated string") or error.pos > len(self.text) - CUT
                if not unended or not self._more():
                    raise self.fault("is not valid JSON", error.msg, error.pos) from None
            except (ValueError, RecursionError) as error:
                raise self.fault("is not valid JSON", str(error)[:60], self.at) from None
            else:
                if self.text[end : end + 1] not in UNENDED or not self._more():
                    self.at = end
                    return found
            if len(self.text) - self.at > LONGEST:
                raise self.fault("holds a value without end", f"more than {LONGEST:,} characters", self.at)

    def items(self) -> Iterator[object]:
        """The values of the list that comes next, one by one."""
        self._expect("[")
        if self.sign() == "]":
            self.at += 1
            return
        decoded, comma = DECODER.raw_decode, COMMA.match
        while True:
            self.sign()
            try:
                found, end = decoded(self.text, self.at)
                following = comma(self.text, end)
            except (ValueError, RecursionError):
                following = None
            if following:
                self.at = following.end()
                yield found
                continue
            yield self.value()
            if self.sign() != ",":
                self._expect("]")
                return
            self.at += 1

    def rest(self) -> Iterator[object]:
        """The values up to the end of the file, each on lines of its own (JSON Lines)."""
        while self.sign():
            yield self.value()

    def fault(self, what: str, found: str, at: int | None = None) -> UserError:
        """An error at this place of the text, by its line."""
        row = self.lines + self.text.count("\n", 0, self.at if at is None else at) + 1
        return UserError(Problem(what, self.place, self.do, found, row))

    def _expect(self, sign: str) -> None:
        if (found := self.sign()) != sign:
            raise self.fault("is not valid JSON", f"{word(found) or 'the end'} where {sign} was to be")
        self.at += 1

    def _more(self) -> bool:
        """Read on, at least as much as is not decoded yet, so that no text is decoded over and over."""
        if self.ended:
            return False
        data = self.file.read(max(CHUNK, len(self.text) - self.at))
        self.ended = not data
        try:
            read = self.bytes.decode(data, final=self.ended)
        except UnicodeDecodeError as error:
            raise self.fault("is not UTF-8 text", f"byte 0x{error.object[error.start]:02x}", len(self.text)) from None
        if data:
            self.lines += self.text.count("\n", 0, self.at)
            self.text, self.at = self.text[self.at :] + read, 0
        return bool(data)


def word(value: object) -> str:
    """Any JSON value as text that can be stored: half of a surrogate pair becomes a question mark."""
    text = value if isinstance(value, str) else str(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
