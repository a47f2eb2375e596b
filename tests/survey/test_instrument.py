"""The instrument: every code once, the words of one place, forms that leave out one item in three."""

from __future__ import annotations

from importlib import import_module

import pytest

from kithwork.change import readiness
from kithwork.simulation import questionnaire
from kithwork.survey import instrument, wording
from kithwork.survey.instrument import Terms
from kithwork.values import VALUES


def asked(terms: Terms) -> list[instrument.Question]:
    """Everything asked, box by box."""
    return [one for section in instrument.sections(terms) for one in instrument.fields(section)]


def test_every_code_stands_once():
    """A column of what comes back has one meaning."""
    codes = [one.code for one in asked(Terms("acme"))]
    assert len(codes) == len(set(codes))
    known = {"CN", "person", "GF_8", "GP_5", "GS_8", "GM_5", "T1", "T10", "ST", "TH", "HS", "HP", "S7", "M1Q_3"}
    assert {*wording.ITEMS, *known} <= {*codes}


def test_indicators_take_their_words_from_here():
    """What a value's figure is the mean of is what people are asked."""
    for number, value in enumerate(VALUES, start=1):
        assert import_module(f"kithwork.values.{value}").ITEMS is wording.VALUES[f"V{number}"]
    assert readiness.ITEMS is wording.READINESS


def test_reversed_items_are_those_that_the_simulation_reverses():
    """Both know the same items as speaking against their scale."""
    assert set(wording.REVERSED) == {item for item, (_, sign) in questionnaire.ITEMS.items() if sign < 0}
    assert {one.code for one in asked(Terms("acme")) if one.reversed} == set(wording.REVERSED)


def test_change_is_named_wherever_it_is_asked_about():
    """No question keeps the sign in whose place the name goes, and a sentence begins with a capital."""
    said = {one.code: one.text for one in asked(Terms("acme", "the new billing system"))}
    assert not any(wording.CHANGE in text for text in said.values())
    assert said["AP1"] == "The new billing system deals with a problem that is real for us."
    assert said["CC2"] == "We would put time into the new billing system even if nobody checked."


@pytest.mark.parametrize(("form", "left_out"), instrument.FORMS.items())
def test_form_leaves_out_one_item_of_every_value(form, left_out):
    """Twenty items of thirty; over three forms each pair of a value's items is answered together by a third."""
    codes = [one.code for one in asked(Terms("acme", form=form)) if one.code in wording.ITEMS and one.code[0] == "V"]
    assert len(codes) == 20
    assert not [code for code in codes if code[-1] == left_out]


def test_notice_says_who_sees_what_and_how_to_withdraw():
    """Purpose, basis, groups, freedom, contact and destruction stand before the first question, as the study says them."""
    terms = Terms("acme", organisation="Acme", basis="consent", contact="a@acme.example", destroyed="May", smallest_group=7)
    lead = instrument.sections(terms)[0].lead
    assert "but for an offer to help, where you make one" in lead
    assert all(words in lead for words in ("Acme asks", "basis is consent", "of 7 or more", "a@acme.example", "by May"))
