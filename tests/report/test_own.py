"""A person's own page: made for who asked alone, and with nothing in it of anybody else."""

from __future__ import annotations

import base64
import io
import re

import asking
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from synthetic import settings

from kithwork.errors import UserError
from kithwork.report import own
from kithwork.survey import wording
from kithwork.tables import OPT_OUTS

KNOWN = asking.known()


def words(page: dict) -> str:
    """All that a page prints, its claims too."""
    return "".join(section["html"] for section in page["sections"]) + str(page["claims"])


def test_who_did_not_ask_has_none():
    """Of those who asked, a page; of anybody else, and of a stranger, an error."""
    yes = set(KNOWN.tables["responses"].query("own_page == 'yes'")["person_id"])
    assert set(KNOWN.asked) == yes
    for person in {*KNOWN.tables["people"]["person_id"], "stranger"} - yes:
        with pytest.raises(UserError, match="did not ask"):
            own.own_page(person, KNOWN)


@pytest.mark.parametrize("scope", ["all", "records", "named"])
def test_who_withdrew_anything_is_refused(scope):
    """A yes beside a withdrawal is no plain yes."""
    person = KNOWN.asked[0]
    out = OPT_OUTS.checked(pd.DataFrame({"person_id": [person], "scope": [scope]}))
    with pytest.raises(UserError, match="or withdrew"):
        own.own_page(person, asking.known(opt_outs=out))


sizes = st.dictionaries(st.sampled_from(["Alphaville", "Betatown", "Gammaburg"]), st.integers(3, 20), min_size=1)


@tries(max_examples=6)
@given(st.integers(0, 2**20), sizes, st.floats(0.02, 0.4))
def test_no_page_tells_of_anybody_else(seed, sizes, names):
    """Whatever the organisation: no id, the person's own neither; no unit; no count of fewer than three who name it."""
    known = own.everybody(asking.tables(seed, sizes, names=names), asking.SETTINGS)
    ids, told = known.tables["people"]["person_id"], known.tables["nominations"]
    for person in known.asked:
        text = words(own.own_page(person, known))
        assert not [one for one in (*ids, *sizes) if one in text]
        many = told.loc[told["alter_id"] == person, "ego_id"].nunique()
        assert ("fewer than 3" in text.split('data-l="You"')[-1]) == (many < 3)


@tries(max_examples=5)
@given(st.integers(0, 2**20))
def test_what_others_said_moves_one_count_alone(seed):
    """With the same bands a page is the same, but for how many name the person, whatever everybody else answered."""
    person, other = KNOWN.asked[0], asking.tables(seed)
    mixed = {
        name: pd.concat(
            [KNOWN.tables[name][KNOWN.tables[name][column] == person], other[name][other[name][column] != person]]
        )
        for name, column in (("nominations", "ego_id"), ("interpreters", "ego_id"), ("answers", "person_id"))
    }
    again = own.everybody(KNOWN.tables | mixed, asking.SETTINGS)
    for name, band in KNOWN.bands.items():
        again.bands[name] = band
    pages = [own.own_page(person, known) for known in (KNOWN, again)]
    assert pages[0]["sections"][0] == pages[1]["sections"][0]
    assert pages[0]["claims"] == pages[1]["claims"]
    assert pages[0]["sections"][3] == pages[1]["sections"][3]


def test_no_band_is_told_of_a_small_organisation():
    """Of nineteen people no quarter is five: the page says so, and shows the person's own figures alone."""
    known = own.everybody(asking.tables(1, {"A": 10, "B": 9}, asked=1, names=0.4), asking.SETTINGS)
    assert known.bands == {}
    text = words(own.own_page(known.asked[0], known))
    assert "not told: too few people" in text
    assert 'class="band"' not in text
    assert "Data for the middle half" not in text


def test_every_figure_has_an_interval_and_n():
    """Each printed estimate is a claim of the page, and each claim has its interval and its n."""
    for person in KNOWN.asked:
        page = own.own_page(person, KNOWN)
        for claim in page["claims"].values():
            assert claim["low"] <= claim["estimate"] <= claim["high"]
            assert claim["n"] >= 3
        figures = [one for one in page["claims"].values() if one["scope"] == "person"]
        assert all(one["people"] == 1 for one in figures)


def test_the_same_tables_give_the_same_page():
    """To the last letter, whoever else asked."""
    person = KNOWN.asked[0]
    alone = KNOWN.tables["responses"].assign(
        own_page=lambda rows: rows["own_page"].where(rows["person_id"] == person, "no")
    )
    assert own.own_page(person, KNOWN) == own.own_page(person, asking.known())
    assert own.own_page(person, KNOWN) == own.own_page(person, asking.known(responses=alone))


def test_names_without_direction_make_no_page():
    """Own words could not be told from others'; where nobody asked, nothing is refused."""
    loose = settings(engagement={"directed": False})
    with pytest.raises(UserError, match="cannot be told from others'"):
        own.everybody(asking.tables(), loose)
    assert own.everybody(asking.tables(asked=0), loose).asked == []


def test_titles_say_no_more_than_is_known():
    """Without a band nothing is compared; who named two has no portfolio, and is told how many it named; where only one
    kind has a sign there is no mix."""
    small = own.everybody(asking.tables(1, {"A": 10, "B": 9}, asked=1, names=0.4), asking.SETTINGS)
    titles = [one["title"] for one in own.own_page(small.asked[0], small)["sections"]]
    assert titles[:2] == ["Your mix of ties, by your own words", "Whom you named"]
    person = KNOWN.asked[0]
    rows = KNOWN.tables["nominations"]
    two = asking.known(nominations=pd.concat([rows[rows["ego_id"] != person], rows[rows["ego_id"] == person][:2]]))
    titles = [one["title"] for one in own.own_page(person, two)["sections"]]
    assert titles[:2] == ["You named fewer than three colleagues: too few for a portfolio", "You named two colleagues"]
    only = own.everybody(asking.tables(), settings({"personal": {"friend": [0.7, 0.9]}}))
    assert own.own_page(person, only)["sections"][0]["title"] == "Your words tell of no mix of kinds"


def test_own_data_hold_every_answer_and_nobody_named():
    """The table to save has the figures, the counts and the person's answers with their words, and no other row."""
    person = KNOWN.asked[0]
    page = own.own_page(person, KNOWN)
    data = re.search(r"base64,([^\"]*)", page["sections"][-1]["html"])[1]
    rows = pd.read_csv(io.BytesIO(base64.b64decode(data)))
    said = rows[rows["what"].str.startswith("Your answer")]
    assert said["what"].tolist() == [f"Your answer to V1a: {wording.ITEMS['V1a']}"]
    assert said["figure"].astype(float).tolist() == KNOWN.of("answers", person)["value"].tolist()
    assert len(rows) == len(page["claims"]) + 3 + len(said)


def test_one_unit_is_one_unit():
    """What a prompt rests on agrees in number."""
    person, rows = KNOWN.asked[0], KNOWN.tables["nominations"]
    four = pd.DataFrame({"ego_id": person, "alter_id": [f"p{at:03d}" for at in (12, 13, 14, 15)], "relation": "work"})
    known = asking.known(nominations=pd.concat([rows[rows["ego_id"] != person], four]))
    assert known.measures.loc[person, ["named", "units"]].tolist() == [4, 1]
    assert ">1</data> unit;" in own.own_page(person, known)["sections"][2]["html"]
