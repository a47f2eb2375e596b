"""`brand/brand.yaml`: its schema, and the only reader of it. Without one, pages say that kithwork made them."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from kithwork import params, yamlfile
from kithwork.brand import colours, logo
from kithwork.errors import Problem, UserError, nearest
from kithwork.setting import RefusedError, Strict

FILE = "brand/brand.yaml"
"""Its place in the project's folder; the logo lies beside it."""

OURS = "kithwork"

TURNING = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows, or break a line."""


def _plain(words: str) -> str:
    if not words.strip():
        raise RefusedError("is empty", "Write the words, or leave the key out.")
    if any(sign in TURNING or unicodedata.category(sign) == "Cc" for sign in words):
        raise RefusedError("holds signs that cannot be seen", "Type it anew, on one line.")
    return words.strip()


def _readable(mode: str, colour: str) -> str:
    colour, paper = colour.lower(), colours.PAPER[mode]
    if (found := colours.contrast(colour, paper)) < colours.LEAST_CONTRAST:
        do = f"Take a {'darker' if mode == 'light' else 'lighter'} one."
        raise RefusedError(f"has a contrast of {found:.2f} on {paper}, below {colours.LEAST_CONTRAST:g}", do)
    if kind := colours.confusable(colour, mode):
        raise RefusedError(f"is too like the colour that means {kind} relationships", "Take another hue.")
    return colour


def _beside(name: str) -> str:
    if name != name.strip() or set(name) & set("/\\:") or name.startswith("."):
        raise RefusedError("is no name of a file beside brand.yaml", "Put the logo there, and write its name alone.")
    return name


Words = AfterValidator(_plain)
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class Accent(Strict):
    """The colour of rules, the small heads over titles and the lines under links, on white and on a dark screen."""

    light: Annotated[Colour, AfterValidator(partial(_readable, "light"))]
    dark: Annotated[Colour, AfterValidator(partial(_readable, "dark"))]


class Brand(Strict):
    """Who makes the reports. `logo` is the name of a file beside brand.yaml; read, it is a `data:` address."""

    name: Annotated[str, Field(max_length=80), Words] = OURS
    logo: Annotated[str, AfterValidator(_beside)] | None = None
    accent: Accent | None = None
    footer: Annotated[str, Field(max_length=200), Words] | None = None

    @property
    def heads(self) -> bool:
        """Whether pages bear it at their head too: where it is somebody's own."""
        return self.logo is not None or self.name != OURS


def read() -> Brand:
    """The brand, its logo embedded. Raises `UserError` with everything that is wrong with it."""
    path = params.ROOT / FILE
    if not path.is_file():
        return Brand()
    try:
        found = Brand.model_validate(yamlfile.read(path, FILE))
    except ValidationError as error:
        raise UserError([_problem(fault) for fault in error.errors()]) from None
    if found.logo is None:
        return found
    try:
        return found.model_copy(update={"logo": logo.embedded(path.with_name(found.logo))})
    except RefusedError as error:
        raise UserError(Problem(str(error), f"brand/{found.logo}", error.do)) from None


def _problem(fault: dict) -> Problem:
    where = ".".join(str(part) for part in fault["loc"]) or "top level"
    if fault["type"] == "extra_forbidden":
        known = Accent.model_fields if len(fault["loc"]) > 1 else Brand.model_fields
        return Problem("is not known", FILE, nearest(str(fault["loc"][-1]), known), column=where)
    if fault["type"] == "string_pattern_mismatch":
        return Problem("is no colour", FILE, "Write it as '#1a1d21', in quotes.", repr(fault["input"])[:60], column=where)
    found = "" if isinstance(fault["input"], dict | list) else repr(fault["input"])[:60]
    what = fault["msg"].removeprefix("Value error, ")
    do = getattr(fault.get("ctx", {}).get("error"), "do", "Change it to fit.")
    return Problem(what[:1].lower() + what[1:], FILE, do, found, column=where)
