"""Completion of the names of studies, tables and sections, between the quotes of a call: `kithwork.load("ti⇥`.

A matcher of IPython's, and not attributes or keys of an object: it works in Lab, in a console and in VS Code alike, loads
no table to know its name, and leaves one way to ask for one, that of a script. It looks at the words of the call alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kithwork.errors import UserError

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext
    from IPython.core.interactiveshell import InteractiveShell

CALL = re.compile(r"\bkithwork\.(?P<verb>\w+)\((?P<before>[^()]*?)(?P<option>\w+=)?(?P<quote>[\"'])(?P<typed>[\w.-]*)$")

TAKES = {
    "load": ("table", "study", "stage"),
    "codebook": ("table",),
    "section": ("section", "study"),
    **dict.fromkeys(("overview", "released", "findings"), ("study",)),
}
"""What each verb takes, in order."""


def announce(shell: InteractiveShell) -> None:
    """Let a shell's completer know them; again after the package was loaded anew."""
    kept = [one for one in shell.Completer.custom_matchers if getattr(one, "__name__", "") != names.__name__]
    shell.Completer.custom_matchers = [*kept, _of_context(names)]


def names(context: CompletionContext) -> dict[str, Any]:
    """What may stand where the cursor is; nothing outside the quotes of such a call."""
    from IPython.core.completer import SimpleCompletion

    found = _fitting(context.text_until_cursor)
    return {"completions": [SimpleCompletion(one, type="value") for one in found], "suppress": bool(found)}


def _of_context(matcher: Any) -> Any:
    from IPython.core.completer import context_matcher

    return context_matcher(identifier=f"{__name__}.names")(matcher)


def _fitting(text: str) -> list[str]:
    call = CALL.search(text)
    if call is None or call["verb"] not in TAKES:
        return []
    takes, place = TAKES[call["verb"]], call["before"].count(",")
    what = call["option"].removesuffix("=") if call["option"] else takes[place] if place < len(takes) else ""
    return [one for one in _known(what) if one.startswith(call["typed"])]


def _known(what: str) -> list[str]:
    """All names of one sort; none where `params.yaml` cannot be read."""
    from kithwork import params
    from kithwork.tables import CLAIMING, TABLES

    if what == "study":
        try:
            return list(params.read().engagements)
        except UserError:
            return []
    if what == "section":
        from kithwork.report.section import SECTIONS

        return list(SECTIONS)
    return {"table": list(TABLES), "stage": list(CLAIMING)}.get(what, [])
