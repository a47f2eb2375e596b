"""The checks there are, in the order in which their faults are told."""

from __future__ import annotations

from kithwork.lint import (
    claims,
    contained,
    digits,
    drawings,
    figures,
    nesting,
    printed,
    privacy,
    ranks,
    readable,
    story,
    structure,
    styles,
    words,
)
from kithwork.lint.check import Check
from kithwork.lint.site import Site
from kithwork.pages.fault import Fault
from kithwork.pages.parsed import Parsed

CHECKS: dict[str, Check] = {
    one.__name__: one
    for one in (
        readable.page_can_be_read,
        contained.nothing_is_fetched, contained.policy_comes_first, contained.scripts_are_the_pages_own,
        contained.nothing_acts_by_attribute, contained.nothing_is_embedded, contained.no_address_runs,
        contained.page_is_light,
        structure.headings_are_in_order, structure.ids_are_unique, structure.links_lead_somewhere,
        structure.head_says_what_the_page_is, structure.landmarks_are_there, structure.tables_are_headed,
        structure.stacked_tables_keep_their_roles, structure.pictures_are_told, nesting.elements_stand_where_they_may,
        figures.figures_are_drawn_twice, figures.figures_are_told_in_words, figures.figures_have_their_data,
        figures.figures_have_a_source, figures.figures_titles_are_short, figures.figures_can_be_taken_along,
        drawings.drawings_only_draw, drawings.drawings_find_their_parts, drawings.text_in_drawings_can_be_read,
        drawings.colours_are_the_pages, drawings.strategic_colour_is_kept,
        claims.intervals_hold_their_figure, claims.intervals_have_a_width, claims.claims_are_about_enough_people,
        claims.claims_are_told_of, claims.ledger_holds_what_is_shown,
        printed.figures_are_in_the_ledger, printed.figures_are_their_claims, printed.intervals_are_in_reach,
        printed.claims_are_worded_one_way, digits.prose_types_no_number, digits.sentences_type_no_measure,
        ranks.ranks_are_borne_out,
        words.no_cause_is_claimed, words.scenarios_foretell_nothing, words.nothing_is_sold, words.nothing_is_left_over,
        words.signs_are_well_set, words.counts_agree_with_their_nouns, words.titles_are_short, words.sentences_end,
        story.findings_are_few, story.findings_can_be_followed, story.limits_stand_beside_conclusions,
        story.sections_are_in_order, story.section_titles_are_sentences, story.page_says_how_it_was_made,
        story.marks_are_known, story.marks_are_explained,
        privacy.nobody_can_be_written_to, privacy.no_small_group_is_counted, privacy.public_pages_name_no_group,
        privacy.edition_is_stated,
        styles.style_imports_nothing, styles.style_fits_any_window, styles.style_prints_the_words,
        styles.style_moves_when_asked, styles.style_knows_dark_and_paper,
    )
}  # fmt: skip
"""Every check by its name."""


def faults(page: Parsed, site: Site) -> list[Fault]:
    """What every check tells of a page, in their order; of one that cannot be read, only that."""
    return list(readable.page_can_be_read(page, site)) or [fault for one in CHECKS.values() for fault in one(page, site)]
