"""Relations speak for kinds of tie by their words, as a first assumption that params.yaml then holds."""

from __future__ import annotations

import synthetic

from kithwork.arrival import kinds


def test_our_questionnaire_gets_the_demos_signs():
    """Its relations have the strengths and the labels that the bundled demo states."""
    demo = synthetic.committed()["engagements"]["demo"]
    signs, unknown = kinds.signs(kinds.OURS, contact=True)
    assert signs == demo["signs"]
    assert unknown == ()
    assert kinds.labels(kinds.OURS) == demo["labels"]


def test_contact_alone_gets_the_offices_signs():
    """Where nobody was asked, units and contact are all there is."""
    signs, _ = kinds.signs((), contact=True)
    assert signs == synthetic.committed()["engagements"]["office"]["signs"]
    assert kinds.signs((), contact=False) == ({}, ())


def test_clients_words_tell_kinds_and_unknown_ones_are_named():
    """Friendship, work and advice in other languages; a word that tells nothing is a weak sign, said to be unsure."""
    signs, unknown = kinds.signs(("Freundschaft", "travail", "consejo", "xyz"), contact=False)
    assert "Freundschaft" in signs["personal"]
    assert "travail" in signs["functional"]
    assert "consejo" in signs["strategic"]
    assert signs["functional"]["xyz"] == kinds.OPEN
    assert unknown == ("xyz",)


def test_every_kind_stated_has_a_leak_and_ordered_ranges():
    """What no sign shows may still be, and no range runs backwards."""
    signs, _ = kinds.signs((*kinds.OURS, "lunch"), contact=True)
    for kind, these in signs.items():
        assert these["any"] == kinds.ANY[kind]
        assert all(low <= high for low, high in these.values())


def test_statements_of_different_kinds_may_be_words_for_them():
    """Whether they are is asked; our own ticks, single words and statements of one kind alone are not asked of."""
    said = ["We are friends", "We need each other to do our jobs", "Widens what I can see"]
    assert kinds.may_be_labels(said) == {"personal": said[:1], "functional": said[1:2], "strategic": said[2:]}
    assert kinds.may_be_labels(["friends", "jobs", "lunch", "work"]) == {}
    assert kinds.may_be_labels(["We are friends", "We have lunch"]) == {}
    assert kinds.as_words({"personal": said[:1]}) == '"We are friends" personal'
