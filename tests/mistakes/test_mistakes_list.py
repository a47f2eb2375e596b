"""The list of common mistakes: whole, and no entry of it untried."""

from __future__ import annotations

import re

import pytest
import synthetic
from mistaken import LIST, MESSAGES, pattern, tells

FIELDS = {"name", "title", "when", "message", "remedy"}
BY_OTHERS = {"make-elsewhere"}
"""Messages of other programs, which say no more than they say."""

REMEDIES = re.compile(
    r"\b(add|ask|bring|close|compare|delete|did you mean|export|give|go|install|keep|let|make|mend|name|put|read|remove"
    r"|rename|run|save|say which|set|tag|take|taken|unpack|use|write|it is two|params.yaml names it)\b",
    re.IGNORECASE,
)


def test_list_has_at_least_twenty_with_names_of_their_own():
    """As many as a newcomer may meet, none twice."""
    assert len(MESSAGES) == len(LIST) >= 20


@pytest.mark.parametrize("one", LIST, ids=MESSAGES)
def test_entry_says_all_there_is_to_say(one):
    """What happened, when, the words, and what to do; nothing else, nothing left empty."""
    assert set(one) == FIELDS
    assert all(isinstance(text, str) and text.strip() for text in one.values())
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one["name"])


@pytest.mark.parametrize("name", sorted(set(MESSAGES) - BY_OTHERS))
def test_message_says_what_to_do(name):
    """Behind what is wrong stands a sentence with a remedy, or the nearest right word."""
    assert REMEDIES.search(MESSAGES[name])


def test_every_entry_is_tried():
    """A message that no test provokes may be one that nobody ever sees."""
    tests = (synthetic.HOME / "tests" / "mistakes").glob("test_*.py")
    tried = {name for path in tests for name in re.findall(r'"([a-z-]+)"', path.read_text(encoding="utf-8"))}
    assert set(MESSAGES) - tried == set()


def test_other_words_are_not_taken_for_the_message():
    """Only the parts in braces may differ."""
    assert pattern("unknown-verb").search("No such command 'chek'. Did you mean 'check'?")
    with pytest.raises(AssertionError, match="listed"):
        tells("unknown-verb", "No such command 'chek'. Did you mean 'map'?")
    with pytest.raises(AssertionError, match="Traceback"):
        tells("unknown-verb", f"Traceback {MESSAGES['unknown-verb']}")
