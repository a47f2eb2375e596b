"""market/said.py: what an analyst made of topics outlives another run, and every cell at fault is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork import params
from kithwork.errors import UserError
from kithwork.market import said
from kithwork.market_tables import ROLES

WORDS = {
    "en-01": "glass; lead times; ration", "en-02": "rent; rental; instead of buying", "en-03": "solvent; banned; cleaning",
    "pt-01": "vidro; prazos; forno",
}  # fmt: skip
HEADER = "topic,name,parts,role,texts\n"


def phrases(words: dict[str, str] = WORDS) -> pd.DataFrame:
    rows = [(topic, one, rank) for topic, text in words.items() for rank, one in enumerate(text.split("; "), start=1)]
    return pd.DataFrame(rows, columns=["topic_id", "phrase", "rank"])


def line(topic: str, name: str = "", parts: int | None = None, role: str | None = None) -> said.Line:
    return said.Line(2, WORDS[topic], name, parts, role)


def texts(each: int = 6) -> tuple[pd.Series, np.ndarray]:
    """So many texts of each topic, in two clumps."""
    of = pd.Series(np.repeat(list(WORDS), each), index=[f"c{i}" for i in range(each * len(WORDS))])
    clump = np.arange(len(of)) % 2
    return of, np.column_stack([clump, 1 - clump, np.zeros(len(of))]).astype(np.float32)


def applied(*lines: said.Line, words: dict[str, str] = WORDS) -> said.Applied:
    of, points = texts()
    return said.Said(lines).applied(of, points, phrases(words), np.random.default_rng(1))


@given(st.permutations(list(WORDS)), st.permutations(list(WORDS)))
def test_lines_find_their_topics_whatever_their_order_and_numbers(order, numbers):
    """Another run numbers topics anew and lists them otherwise: each line has its topic still, by its words."""
    renumbered = {number: WORDS[topic] for number, topic in zip(numbers, WORDS, strict=True)}
    found = said.Said(tuple(line(topic, name=topic) for topic in order)).matched(phrases(renumbered))
    assert {one.name: renumbered[topic] for one, topic in found.items()} == WORDS


def test_a_line_finds_its_topic_where_some_words_changed():
    """More texts change what tells a topic from others: three of five words are enough, none of them are not."""
    drifted = WORDS | {"en-01": "glass; lead times; stocks", "en-02": "hydrogen; detector"}
    found = applied(line("en-01", "Glass"), line("en-02", "Rentals"), words=drifted)
    assert found.named == {"en-01": "Glass"}
    assert found.missed == ("row 2: no word in common with any",)


def test_a_line_like_no_topic_is_told_without_its_words():
    """Chapters are published and few may have written a line's words: its row is told, and the topic nearest to it, under
    the id that this goes by after the decisions."""
    near = said.Line(9, "vidro; Teixeira; cinema; lanche; barco", "", None, "customer")
    found = applied(line("en-01", "Glass"), line("pt-01", "Glass"), near)
    assert found.missed == ("row 9: most like en-01, by 0.25 of 1",)


def test_topics_of_one_name_become_one_across_languages():
    """What is said in two languages of one matter is one topic, under the id that sorts first; others stay apart."""
    found = applied(line("en-01", "Glass"), line("pt-01", " glass".strip(), role="supplier"), line("en-03", "Solvent"))
    assert found.of.value_counts().to_dict() == {"en-01": 12, "en-02": 6, "en-03": 6}
    assert found.named == {"en-01": "Glass", "en-03": "Solvent"}
    assert found.roles == {"en-01": "supplier"}


def test_what_one_of_several_lines_says_a_topic_is_about_holds_for_all():
    """Of three topics that become one, the last line alone has a role: the one topic has it."""
    found = applied(line("en-01", "Glass"), line("en-03", "Glass"), line("pt-01", "Glass", role="supplier"))
    assert found.roles == {"en-01": "supplier"}
    both = applied(line("en-01", "Glass"), line("en-03", "Glass", role="customer"), line("pt-01", "Glass", role="supplier"))
    assert both.roles == {"en-01": "customer"}


def test_a_topic_is_parted_into_what_lies_apart():
    """Two clumps become two topics, the new one numbered after the last of its language, named with a number each."""
    found = applied(line("en-01", "Glass", parts=2, role="supplier"))
    assert found.of.value_counts().to_dict() == {"en-02": 6, "en-03": 6, "pt-01": 6, "en-01": 3, "en-04": 3}
    assert found.named == {"en-01": "Glass 1", "en-04": "Glass 2"}
    assert found.roles == {"en-01": "supplier", "en-04": "supplier"}


def test_nothing_said_changes_nothing():
    """Without a file, and with lines that decide nothing, topics stay as they were found."""
    of, _ = texts()
    assert said.Said().applied(of, *texts()[1:], phrases(), np.random.default_rng(1)).of.equals(of)
    assert said.Said((line("en-01"),)).applied(of, texts()[1], phrases().iloc[:0], np.random.default_rng(1)).of.equals(of)


@pytest.fixture
def decided(tmp_path, monkeypatch):
    """Writes the file of an engagement."""
    monkeypatch.setattr(params, "ROOT", tmp_path)
    folder = tmp_path / "data" / "raw" / "acme" / "decided"
    folder.mkdir(parents=True)

    def write(text: str) -> None:
        (folder / "topics.csv").write_text(HEADER + text, encoding="utf-8")

    return write


def test_the_file_is_read_as_a_spreadsheet_leaves_it(decided):
    """Empty cells decide nothing, capitals and spaces do not matter, and a line that decides nothing is none."""
    decided('"glass; lead times", Glass ,,Supplier,12\n"rent",,3,,\n"solvent",,,,9\n')
    found = said.read("acme").lines
    assert [(one.name, one.parts, one.role) for one in found] == [("Glass", None, "supplier"), ("", 3, None)]


def test_every_cell_at_fault_is_told_at_once(decided):
    """A line without words, a topic twice, a number that is none and a role that is none: each with its row and column."""
    decided(',Glass,,,\n"rent",A,,,\n"Rent",B,,,\n"solvent",,one,,\n"glass",,1,suplier,\n')
    with pytest.raises(UserError) as raised:
        said.read("acme")
    assert [(one.row, one.column) for one in raised.value.problems] == [
        (2, "topic"), (4, "topic"), (5, "parts"), (6, "parts"), (6, "role"),
    ]  # fmt: skip
    assert "supplier" in raised.value.problems[-1].do


@given(role=st.text(max_size=12), parts=st.text(max_size=4))
def test_any_cell_is_understood_or_told(role, parts):
    """Whatever stands under role and parts, it is one that is allowed, or a fault with its row."""
    faults = list(said._faults(7, {"topic": "glass", "name": "", "parts": parts, "role": role}, {}, "topics.csv"))
    fine = role.strip().casefold() in ("", "none", *ROLES)
    number = parts.strip()
    fine &= number == "" or (number.isascii() and number.isdigit() and 2 <= int(number) <= said.MOST_PARTS)
    assert (not faults) == fine
    assert all(one.row == 7 for one in faults)


def test_the_list_to_fill_in_finds_its_topics_again():
    """Written out and read back, every line has the topic it was written for."""
    topics = pd.DataFrame({"topic_id": list(WORDS), "texts": [9, 30, 8, 5], "named": [None, "Rentals", None, None]})
    rows = said.listed(topics, phrases(), said.Said((line("en-02", "Rentals", role="customer"),)))
    assert list(rows["name"]) == ["Rentals", "", "", ""]
    assert list(rows["role"]) == ["customer", "", "", ""]
    assert list(rows["texts"]) == [30, 9, 8, 5]
    lines = [said.Line(at, row.topic, str(at), None, None) for at, row in enumerate(rows.itertuples())]
    assert list(said.Said(tuple(lines)).matched(phrases()).values()) == ["en-02", "en-01", "en-03", "pt-01"]


@given(
    st.lists(st.sampled_from(["", "A", "B", "C 1"]), min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_a_list_made_anew_undoes_nothing(names, parted):
    """Topics put together and parted are so again where the new list takes the place of the one that made them so."""
    before = said.Said(
        tuple(said.Line(at, WORDS[topic], name, 2 if part else None, None)
              for at, (topic, name, part) in enumerate(zip(WORDS, names, parted, strict=True), start=2) if name or part)
    )  # fmt: skip
    of, points = texts()
    once = before.applied(of, points, phrases(), np.random.default_rng(1))
    ids = sorted(once.of.unique())
    topics = pd.DataFrame({"topic_id": ids, "texts": [int((once.of == one).sum()) for one in ids]})
    topics["named"] = topics["topic_id"].map(once.named).astype("str")
    rows = said.listed(topics, phrases({one: WORDS.get(one, "part; of; it") for one in ids}), before)
    decided = rows[(rows["name"] != "") | rows["parts"].notna()]
    assert [tuple(one) for one in decided[["topic", "name"]].to_numpy()] == [(one.topic, one.name) for one in before.lines]
    assert [None if pd.isna(one) else int(one) for one in decided["parts"]] == [one.parts for one in before.lines]
