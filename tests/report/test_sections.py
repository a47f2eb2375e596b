"""Sections: each branch of what they say, and what they say is missing."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
import synthetic
from changed import ways
from markupsafe import Markup
from synthetic import claim, facts, released

from kithwork.errors import UserError
from kithwork.report import figures, section
from kithwork.tables import INDICATORS, INTAKE


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    """Figures have tests of their own, and take time."""
    for name in ("portfolio", "boundaries", "segments", "reliability"):
        monkeypatch.setattr(figures, name, lambda released, title: Markup("<svg></svg>"))


def made(name: str, *rows: dict, **about):
    """One section from these claims."""
    return section.build(name, released(*rows), facts(**about))


def text(one: section.Section) -> str:
    """A section's words without its elements."""
    words = re.sub("<[^>]+>", " ", str(one.html).replace("<wbr>", ""))
    return re.sub(r"\s+", " ", unescape(words).replace("\u00a0", " "))


def intake(refused: int) -> pd.DataFrame:
    """An intake of ten staff rows of which some were refused."""
    row = {
        "source": "staff",
        "file": "staff.csv",
        "note": None,
        "rows_in": 10,
        "rows_kept": 10 - refused,
        "rows_refused": refused,
        "rows_set_aside": 0,
    }
    return INTAKE.checked(pd.DataFrame([row]))


def test_sections_are_the_files_of_the_folder():
    """Every section file can be built, and params.yaml lists each of them."""
    assert set(section.SECTIONS) == set(synthetic.committed()["report"]["sections"])
    for name in section.SECTIONS:
        assert section.module_of(name).TOPIC


def test_unknown_section_is_answered_with_the_nearest():
    """A misspelt section in params.yaml is one error with the name that was meant."""
    with pytest.raises(UserError) as caught:
        made("portfolo")
    [problem] = caught.value.problems
    assert (problem.file, problem.column, problem.do) == ("params.yaml", "report.sections", "Did you mean 'portfolio'?")


@pytest.mark.parametrize("name", section.SECTIONS)
def test_every_section_builds_from_nothing(name):
    """Without a single claim each section still has a title and a body; all but methods say what is missing."""
    one = made(name)
    assert 0 < len(one.title.split()) <= 18
    assert one.html
    if name not in ("methods", "values"):
        assert "Not available here [x]." in one.html


def test_summary_is_titled_by_its_first_finding():
    """What was measured stands before what rests on assumed signs; without it the assumption is said."""
    both = made("summary", *(row for row in portfolio_rows() if row["group"] is None))
    assert both.title == "Ties stay within units more than group sizes alone would give"
    rows = [claim("people.share_functional", 80, 70, 90), claim("people.share_strategic", 20, 10, 30)]
    assumed = made("summary", *rows)
    assert assumed.title.startswith("By the stated signs, functional ties outweigh strategic ties")


def test_summary_says_what_was_not_brought():
    """Sources that are missing are joined by "or"."""
    assert "It had no relations that people named, recorded contact or survey answers;" in text(
        made("summary", claim("ties.open_personal", 60, 55, 90))
    )


def test_findings_lead_to_published_sections_only():
    """A section left out of params.yaml is not linked to; one that is there is, by its number."""
    row = claim("ties.open_personal", 60, 55, 90)
    full = made("summary", row)
    assert '<a href="#trust">Evidence: section 2</a>' in full.html
    for name in ("summary", "actions"):
        assert "<a " not in made(name, row, report={"sections": ["summary", "actions"]}).html


def test_units_are_called_what_the_client_calls_them():
    """Definitions written about units speak of the client's faculties, in the right plural, with true signs."""
    about = facts(engagement={"group_word": "faculty"})
    assert about.worded("E-I by unit: -1 all ties within units") == "E-I by faculty: −1 all ties within faculties"
    rows = indicators(("learning", 10, "two_step_reach", None, "a staff list with at least two units"))
    one = made("values", indicators=rows, engagement={"group_word": "faculty"})
    assert "Needs a staff list with at least two faculties" in text(one)


def test_index_has_a_useful_difference_of_its_own():
    """An index is clearly below where its interval clears the reference by a tenth, not by five points of 100."""
    row = claim(
        "values.learning.two_step_reach", 0.2, 0.1, 0.3, unit="index", reference=0.9, reference_label="ties at random"
    )
    assert "0.10 to 0.30, n = 40; clearly below 0.90 (ties at random)" in text(made("values", row, indicators=THREE))


@pytest.mark.parametrize(
    ("refused", "words"), [(0, "no rows were refused"), (1, "one row was refused"), (4, "four rows were refused")]
)
def test_trust_counts_refused_rows(refused, words):
    """The title's grammar follows the count."""
    one = made("trust", claim("ties.connected", 80, 70, 90), intake=intake(refused))
    assert one.title.endswith(words)
    assert f"10 {10 - refused} {refused} 0 nothing unusual" in text(one)


def test_trust_says_who_answered_where_somebody_was_asked():
    """A column more where there was a survey; a group that the gate holds back is marked so."""
    tied = [claim("ties.connected", 80, 70, 90), claim("ties.connected", 80, 70, 90, group="Alpha", n=20)]
    tied += [claim("ties.connected", 80, 70, 90, group="Beta", n=20)]
    assert "Survey" not in text(made("trust", *tied))
    asked = [claim("clean.responded", 60, 50, 70), claim("clean.responded", 65, 50, 80, group="Alpha", n=20)]
    words = text(made("trust", *tied, *asked))
    assert "Survey" in words
    assert "60% 50 to 70%" in words
    assert "65% 50 to 80%" in words
    assert "[c]" in words


def several(**files: str | None) -> pd.DataFrame:
    """An intake of one mailbox of ten rows for each of these, with what was noticed in it."""
    one = intake(0).iloc[0].to_dict() | {"source": "interactions"}
    return INTAKE.checked(pd.DataFrame([{**one, "file": f"{name}.mbox", "note": note} for name, note in files.items()]))


def test_trust_has_one_row_for_each_source():
    """Counts of its files are added up, and no file is named: a mailbox is often called by its owner."""
    words = text(made("trust", claim("ties.connected", 80, 70, 90), intake=several(clara_smith=None, adam_jones=None)))
    assert "Interactions 20 20 0 0 nothing unusual" in words
    assert "clara" not in words
    assert "file" not in words.split("What arrived.")[1].split("Limits")[0]


def test_trust_adds_up_what_was_left_out_of_several_files():
    """What was counted is summed, what was named is said once, and names that are numbers stay names."""
    first = "byte-order mark dropped; sheets left out: 2024; messages without a receiver left out: 1,200"
    second = "byte-order mark dropped; messages without a receiver left out: 3; columns of others left out: 2"
    words = text(made("trust", claim("ties.connected", 80, 70, 90), intake=several(a=first, b=second, c=None)))
    told = "byte-order mark dropped; sheets left out: 2024; messages without a receiver left out: 1,203; columns of others"
    assert f"Interactions 30 30 0 0 {told} left out: 2" in words


def test_trust_says_nothing_of_who_opted_out():
    """Whoever is the only one to opt out would be told by a row that says 1."""
    left = INTAKE.checked(intake(0).assign(source="opt_outs", file="left.csv", rows_in=1, rows_kept=1))
    assert "Opt" not in text(made("trust", claim("ties.connected", 80, 70, 90), intake=left))


@pytest.mark.parametrize(
    ("estimate", "low", "n", "words"),
    [
        (100, 91, 40, "Everybody on the staff list has"),
        (100, 98, 301, "Nearly everybody on the staff list has"),
        (80, 60, 40, "Most people on the staff list have"),
        (60, 45, 40, "Not everybody on the staff list has"),
    ],
)
def test_trust_says_everybody_only_where_it_is_exact(estimate, low, n, words):
    """300 of 301 are released as 100 %, so from 200 people on "everybody" is not said."""
    assert made("trust", claim("ties.connected", estimate, low, 100, n=n)).title.startswith(words)


def test_trust_shows_groups_and_counts_those_held_back():
    """One row per group shown; hidden ones are counted, not named."""
    rows = [claim("ties.connected", 90, 70, 100, n=33)]
    rows += [claim("ties.connected", 80, 60, 95, n=n, group=g) for g, n in [("Big", 20), ("Tiny", 2), ("Small", 11)]]
    rows += [claim("ties.per_person", 4.2, 3.1, 5.3, n=20, group="Big", unit="people")]
    words = text(made("trust", *rows))
    assert "Big" in words
    assert "Tiny" not in words
    assert "Small" not in words
    assert "Two units are held back" in words
    assert "4.2" in words


def test_trust_names_kinds_whose_ties_stay_open():
    """The share of ties that signs leave open stands with its range; a kind that cannot be told is said to be so."""
    words = text(made("trust", claim("ties.connected", 90, 80, 95), claim("ties.open_personal", 55, 27, 60, n=300)))
    assert "55% (range 27 to 60%, n = 300) of ties" in words
    assert "is functional and strategic cannot be told" in words


def open_rows(basis: str = "assumed") -> list[dict]:
    """Of each kind what stays open, on this basis."""
    kinds = ("personal", "functional", "strategic")
    return [claim(f"ties.open_{kind}", 55, 27, 60, n=300, basis=basis) for kind in kinds]


def test_kinds_told_by_few_peoples_answers_do_not_rest_on_signs():
    """Whose answers were too few to be judged by still told the kinds: what judges them is held back, not what they are."""
    judged = claim("ties.brier_personal", 0.1, n=90, people=3, unit="index")
    words = text(made("trust", claim("ties.connected", 90, 80, 95), judged, *open_rows("estimated")))
    assert "What people said leaves" in words
    assert "The signs leave" not in words


def test_trust_says_of_each_kind_what_it_rests_on():
    """Where people said of one kind alone, the other two rest on signs, and neither range is over what the other is."""
    rows = open_rows()
    said = claim("ties.open_personal", 55, 27, 60, n=300, basis="estimated")
    words = text(made("trust", claim("ties.connected", 90, 80, 95), said, *rows[1:]))
    assert re.search(
        r"What people said leaves it open whether a tie is personal for [^;]+; these .+ say what is so\. The", words
    )
    assert re.search(
        r"The signs leave it open whether a tie is functional for .+ strategic for [^;]+; .+ of the signs\.", words
    )
    alone = text(made("trust", claim("ties.connected", 90, 80, 95), *rows))
    assert "What people said" not in alone


def test_trust_says_who_answered_where_no_ties_arrived():
    """A table of its own by group; a group held back is counted, and nothing is said where nobody answered."""
    rows = [claim("clean.responded", 78, 74, 82, n=385), claim("clean.responded", 80, 49, 94, n=20, group="Big")]
    rows += [claim("clean.responded", 50, 9, 91, n=n, group=g) for g, n in (("Tiny", 2), ("Small", 363))]
    words = text(made("trust", *rows))
    assert "Who answered the survey, by unit" in words
    assert "All 385 78% 74 to 82%" in words
    assert "Tiny" not in words
    assert "Two units are held back" in words
    assert "answered" not in text(made("trust"))


def test_trust_lists_limits_with_their_claims():
    """Each sentence of the first chapter, with the figure of the claim it names; no list where there is none."""
    limits = ("{clean.kept} of the records were kept.", "No record says when contact was.")
    rows = [claim("ties.connected", 80, 70, 90), claim("clean.kept", 93, 92, 94)]
    one = section.build("trust", released(*rows), facts(limits=limits))
    assert '<data class="est" data-claim="clean.kept" value="93.0">93%</data>' in one.html
    assert "of the records were kept.</li><li>No record says when contact was.</li>" in one.html
    assert "Limits" not in made("trust", *rows).html


def portfolio_rows(e_i_high: float = 0.2, group_low: float = 10) -> list[dict]:
    """Shares, E-I and their groups."""
    rows = [claim(f"people.share_{kind}", 33, 25, 40) for kind in ("personal", "functional", "strategic")]
    for kind in ("personal", "functional", "strategic"):
        rows += [
            claim(f"people.share_{kind}", (group_low + 50) / 2, group_low, 50, n=20, group=unit) for unit in ("A", "B")
        ]
    rows.append(claim("values.strategic_perspective.boundary_crossing", -0.3, -0.4, -0.1, unit="index", reference=0.2))
    rows += [
        claim("people.e_i", -0.2, -0.4, e_i_high, n=20, group=unit, unit="index", reference=0.3) for unit in ("A", "B")
    ]
    return rows


def test_portfolio_shows_mix_groups_and_boundaries():
    """With three kinds and two units there are two figures, each with its data; the mix is a sentence of claims."""
    one = made("portfolio", *portfolio_rows())
    assert 'id="figure-3-1"' in one.html
    assert 'id="figure-3-2"' in one.html
    assert "Of the whole portfolio, 33% (95% interval 25 to 40%, n = 40) is personal" in re.sub(" +", " ", text(one))


def test_portfolio_shows_how_portfolios_are_spread():
    """What is claimed of the average person is a table; the title of the figure is not said again as a paragraph."""
    spread = claim("people.spread_breadth", 2.5, 2.4, 2.6, unit="index", label="Kinds of tie, evenly held")
    one = made("portfolio", *portfolio_rows(), spread)
    assert "How portfolios are spread" in one.html
    assert "Kinds of tie, evenly held" in one.html
    assert "clearly from the whole</p>" not in one.html
    assert text(made("portfolio", *portfolio_rows())).count("How portfolios are spread") == 0


@pytest.mark.parametrize(
    ("high", "words"),
    [(0.2, "No unit reaches the openness its size alone would give"), (0.4, "Ties stay within units more")],
)
def test_portfolio_figure_title_follows_every_group(high, words):
    """All groups below their expectation is said only if every interval is."""
    assert words in text(made("portfolio", *portfolio_rows(e_i_high=high)))


@pytest.mark.parametrize(
    ("low", "words"),
    [
        (10, "No unit’s strategic share differs"),
        (36, "No unit’s strategic share differs"),
        (39, "A and B differ clearly"),
    ],
)
def test_portfolio_names_groups_whose_interval_leaves_the_whole(low, words):
    """A group differs clearly where its interval clears the whole's share, 33 %, by the smallest useful difference, 5."""
    assert words in text(made("portfolio", *portfolio_rows(group_low=low)))


def test_portfolio_tells_how_it_is_spread():
    """Contact by kind, breadth and reach stand in one table, also where nobody can tell strategic ties."""
    spread = [claim("people.effort_personal", 23, 20, 26), claim("people.spread_breadth", 2.35, unit="index")]
    for rows in (portfolio_rows(), [claim(f"people.share_{kind}", 50, 40, 60) for kind in ("personal", "functional")]):
        html = made("portfolio", *rows, *spread).html
        assert "How portfolios are spread" in html
        assert 'data-claim="people.effort_personal"' in html
        assert 'data-claim="people.spread_breadth"' in html


def test_portfolio_tells_how_the_average_person_s_ties_are_spread():
    """Effort and reach of the average person stand in a table, and there is none without them."""
    rows = [claim("people.effort_personal", 30, 25, 35, label="Personal effort"), *portfolio_rows()]
    said = text(made("portfolio", *rows))
    assert "The average person Figure 95% interval People Personal effort 30% 25 to 35%" in said
    assert "The average person" not in text(made("portfolio", *portfolio_rows()))


def test_portfolio_with_two_kinds_says_which_is_missing():
    """The third kind is named, with the question that would show it."""
    rows = [claim(f"people.share_{kind}", 50, 40, 60) for kind in ("functional", "strategic")]
    assert "Personal ties: nothing in these data could show them." in text(made("portfolio", *rows))


def cluster_rows(*sizes: int, supported: bool) -> list[dict]:
    """Stability and the mix of segments or thirds."""
    names = [f"Leaning {i}" for i in range(len(sizes))] if supported else ["First third", "Middle third", "Last third"]
    rows = [claim("people.stability", 0.6, 0.4, 0.9, unit="index", reference=0.5)]
    rows += [claim(f"people.preferred_{by}", n, 2, 4, unit="count") for by, n in (("icl", 3), ("bic", 4))]
    rows += [claim(f"people.agreement_{by}", 0.7, 0.6, 0.8, unit="index") for by in ("kmeans", "hdbscan")]
    for kind in ("functional", "strategic"):
        rows += [claim(f"people.segment_{kind}", 50, 40, 60, n=n, group=name) for name, n in zip(names, sizes, strict=True)]
    if supported:
        rows.append(claim("people.mixed", 15, 8, 25))
        for name, n, repeats in zip(names, sizes, (0.8, 0.7, 0.5), strict=False):
            rows.append(claim("people.segment_share", n, people=n, group=name))
            rows.append(claim("people.segment_stability", repeats, 0.4, 0.9, unit="index", people=n, group=name))
            rows.append(claim("people.segment_membership", 90, 85, 95, n=n, group=name))
    return rows


def test_clusters_shown_as_segments_or_as_thirds():
    """Supported segments are segments; otherwise the page says so and shows thirds of a continuum."""
    segments = made("clusters", *cluster_rows(20, 10, 10, supported=True))
    assert segments.title == "People fall into three segments by the mix of their relationships"
    assert "better than one group without segments would let it" in text(segments)
    thirds = made("clusters", *cluster_rows(14, 13, 13, supported=False))
    rows = text(thirds)[text(thirds).index("Mean functional share") :]
    assert rows.index("First third") < rows.index("Middle third") < rows.index("Last third")
    assert thirds.title.startswith("No stable types")
    assert "One group without segments describes people as well, or not every segment is found again. So no types" in text(
        thirds
    )
    assert "shown in thirds" in text(thirds)


def test_clusters_say_how_many_and_what_each_is_worth():
    """Both criteria, both other methods, and each segment's size, stability in words, and membership; who is mixed."""
    said = text(made("clusters", *cluster_rows(20, 10, 10, supported=True)))
    assert "How many groups describe these people best: 3 (95% of subsamples 2 to 4, n = 40) by the score" in said
    assert "as many round groups, 0.70 (95% interval 0.60 to 0.80, n = 40) ; HDBSCAN" in said
    for name, words in (("Leaning 0", "stable"), ("Leaning 1", "a pattern"), ("Leaning 2", "not to be relied on")):
        assert re.search(rf"{name} .*? {words} 90% 85 to 95%", said)
    assert "Mixed, with no clear segment, are 15% (95% interval 8 to 25%, n = 40) of people" in said
    thirds = text(made("clusters", *cluster_rows(14, 13, 13, supported=False)))
    assert "score that decides" in thirds
    assert "Mixed" not in thirds


def test_clusters_held_back_altogether_do_not_become_a_continuum():
    """Two supported segments of which one is too small: both are hidden, and the finding stands."""
    one = made("clusters", *cluster_rows(36, 4, supported=True))
    assert one.title == "People fall into two stable segments by the mix of their relationships"
    assert "too few people in one of them" in text(one)
    assert "<svg" not in one.html


def indicators(*rows: tuple[str, int, str, str | None, str | None]) -> pd.DataFrame:
    """An indicators table: value, number, indicator, claim, missing."""
    columns = ["value", "number", "indicator", "claim", "missing"]
    return INDICATORS.checked(pd.DataFrame(rows, columns=columns).assign(definition="What it is", better=1, q=None))


THREE = indicators(
    ("learning", 10, "two_step_reach", "values.learning.two_step_reach", None),
    ("so_what", 4, "as_answered", "values.so_what.as_answered", None),
    ("influence", 7, "as_answered", None, "survey items V7a, V7b, V7c"),
)


def test_values_show_figure_need_or_why_held_back():
    """Measured, missing, and measured of too few: three different rows, in the framework's order."""
    row = claim("values.learning.two_step_reach", 75, 70, 80, reference=90.0, reference_label="ties at random")
    one = made("values", row, claim("values.so_what.as_answered", 50, 40, 60, n=3, unit="score"), indicators=THREE)
    words = text(one)
    assert one.title == "One of the ten values can be read; no figure differs from its reference by more than chance"
    assert words.index("4 The so-what") < words.index("7 Return on influence") < words.index("10 The learning")
    assert "[c] Held back: about too few people" in words
    assert "[x] Needs survey items V7a, V7b, V7c" in words
    assert "clearly below 90% (ties at random)" in words
    assert "nan" not in words.lower().split()


@pytest.mark.parametrize(("measured", "words"), [(0, "None of the ten values"), (10, "All ten values")])
def test_values_title_counts_in_words(measured, words):
    """None and all are words of their own: never "No of the ten"."""
    from kithwork.values import VALUES

    rows = [
        (v, i, "as_answered", f"values.{v}.as_answered" if measured else None, None if measured else "x")
        for i, v in enumerate(VALUES, 1)
    ]
    claims = [claim(f"values.{v}.as_answered", unit="score") for v in VALUES[:measured]]
    assert made("values", *claims, indicators=indicators(*rows)).title.startswith(words)


@pytest.mark.parametrize(
    ("blind", "words"),
    [
        (0, "Every kind of outside party has at least two people"),
        (2, "One kind of outside party has fewer than two people"),
        (50, "Some kinds of outside party have fewer than two"),
    ],
)
def test_market_title_follows_blind_spots(blind, words):
    """Covered everywhere, or not by one kind, or by several: the grammar follows the count."""
    rows = [claim("market.blind_spots", blind, 0, 90, label="Kinds of party with fewer than 2 people tied to them")]
    rows.append(claim("market.customer_coverage", 20, 10, 35, label="Share of people with a tie to a customer"))
    one = made("market", *rows)
    assert one.title.startswith(words)
    assert "Customer 20%" in text(one)
    assert "one person alone names" not in text(one)


def test_market_says_what_hangs_on_one_person():
    """A row for each kind says which share hangs on one person; n counts parties, and names not given make it a bound."""
    rows = [claim("market.blind_spots", 0, 0, 90), claim("market.customer_coverage", 20, 10, 35)]
    rows.append(claim("market.customer_single_thread", 50, 9, 91, n=2, people=40))
    alone = text(made("market", *rows))
    assert "Customer 50%" in alone
    assert "upper bounds" in alone
    near = claim(
        "market.within_reach", 67, 21, 94, label="Share of the parties named that somebody reaches", n=3, people=40
    )
    assert "that somebody reaches: 67% (95% interval 21 to 94%, n = 3)" in text(made("market", *rows, near))


def readiness(low: float, high: float) -> dict:
    """Mean readiness against a threshold of 60."""
    return claim(
        "change.readiness", (low + high) / 2, low, high, unit="score", reference=60.0, reference_label="declared threshold"
    )


@pytest.mark.parametrize(
    ("low", "high", "words"), [(70, 80, "clearly above"), (50, 75, "not clearly different from"), (40, 50, "clearly below")]
)
def test_change_without_ties_is_titled_by_readiness(low, high, words):
    """Where only a survey came, the title is readiness against its threshold, and no start is talked about."""
    one = made("change", readiness(low, high))
    assert one.title == f"Mean readiness is {words} the declared threshold"
    assert "by position alone" not in text(one)


def test_actions_follow_findings_earliest_first():
    """An action stands only where a finding or an indicator calls for one, in order of days: not where nothing is amiss."""
    one = made("actions", *ways({"random": 0, "teams": 5}), claim("ties.open_personal", 60, 55, 90))
    assert one.title == "Two actions, each with a measure and a reason to stop"
    assert text(one).index(" 30 ") < text(one).index(" 60 ")
    close = made("actions", *ways({"random": 0, "teams": 1}))
    assert close.title == "No action follows from the data brought so far"


def test_methods_list_signs_methods_and_provenance():
    """Every stated strength, every method used and what the figures were made from."""
    words = text(made("methods", claim("ties.connected", method="Share; Wilson interval (Wilson 1927)")))
    assert "Personal friend 0.75 to 0.95" in words
    assert "Share; Wilson interval (Wilson 1927) ties.connected" in words
    assert "Made by the tests" in words


def test_stated_base_rates_are_told_of_kinds_that_signs_tell():
    """With the methods, and where their ranges are told; of a kind told by what people said nothing was shifted."""
    about = {"engagement": {"base_rates": {"personal": [0.1, 0.3], "functional": [0.4, 0.5]}}}
    said = claim("ties.open_personal", 55, 27, 60, n=300, basis="estimated")
    rows = [claim("ties.connected", 90, 80, 95), said, *open_rows()[1:]]
    words = text(made("methods", *rows, **about))
    assert "Assumed, not validated Kind Share of ties Functional 40 to 50%" in words
    assert "Personal 10 to 30%" not in words
    assert "Base rates" not in text(made("methods", *rows))
    unvalidated = "of the signs, and the stated share of such ties, which nobody validated."
    assert unvalidated in text(made("trust", *rows, **about))
    assert unvalidated not in text(made("trust", *rows, engagement={"base_rates": {"personal": [0.1, 0.3]}}))


def test_methods_say_why_a_figure_about_answers_is_not_there():
    """Nothing was learned, the chance of a word was stated, or the answers are those of too few people."""
    rows = [claim("ties.open_personal", basis="estimated"), claim("ties.off_personal", 7)]
    rows.append(claim("ties.brier_personal", 0.2, unit="index"))
    assert "Personal stated stated nothing to learn from 0.20 0.20 to 0.20 7% 7 to 7%" in text(made("methods", *rows))
    few = [claim("ties.open_personal", basis="estimated")]
    few += [claim(f"ties.{name}_personal", n=90, people=3) for name in ("ranked", "off")]
    few.append(claim("ties.brier_personal", 0.2, n=90, people=3, unit="index"))
    assert "Personal stated stated [c] [c] [c]" in text(made("methods", *few))


def test_methods_show_whether_chances_mean_what_they_say():
    """A point per bin that may be shown, counted where it is off by more than chance; those of few people are held back."""
    rows = [
        claim("ties.reliability_personal", at, at - 9, at + 9, n=90, people=people, group=f"bin {at}", reference=told)
        for at, told, people in ((20, 25.0, 30), (60, 80.0, 20), (90, 90.0, 3))
    ]
    words = text(made("methods", *rows))
    assert "At every chance told" in words
    assert "personal 25% 20% 11 to 29% 90" in words
    assert "90%" not in words
    assert "Two points are held back" in words
    assert "At one of two chances told, what people said came less or more often" in text(made("methods", *rows[:2]))
    assert "diagonal" not in text(made("methods", rows[2]))


def test_section_shows_itself_in_a_notebook_escaped():
    """In Jupyter a section is its title and its body; the title is text."""
    assert section.Section("x", "X", "a < b", section.Markup("<p>body</p>"))._repr_html_() == "<h2>a &lt; b</h2><p>body</p>"


def test_portfolio_tells_how_portfolios_are_spread():
    """Effort and breadth of the average person stand in a table of their own, beside the title of the figure by group."""
    rows = [
        *portfolio_rows(),
        claim("people.effort_personal", 21, 18, 24),
        claim("people.spread_breadth", 1.8, 1.7, 1.9, unit="index"),
    ]
    words = text(made("portfolio", *rows))
    assert "How portfolios are spread" in words
    assert "18 to 24%" in words
    assert words.count("strategic share differs") == 1


def test_portfolio_without_strategic_ties_is_shown():
    """Where strategic ties cannot be told there is no figure by group, and the rest of the section stands."""
    rows = [claim(f"people.share_{kind}", 50, 40, 60) for kind in ("personal", "functional")]
    assert "Strategic ties: nothing in these data could show them." in text(made("portfolio", *rows))
