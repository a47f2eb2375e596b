"""Tables and documents on disk: what is saved is what is loaded, whole or not at all, the same bytes each time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import synthetic
from pandera.errors import SchemaErrors

from kithwork import store
from kithwork.claims import Ledger
from kithwork.errors import UserError
from kithwork.estimates import Estimate
from kithwork.tables import ANSWERS, CLAIMING, CLAIMS


@pytest.fixture
def answers() -> pd.DataFrame:
    """Three answers."""
    return pd.DataFrame({"person_id": ["b", "a", "a"], "item": ["V1a", "V1b", "V1a"], "value": [2.0, 3.0, 4.0]})


def test_round_trip_keeps_rows_and_types(project, answers):
    """A table comes back as it was saved, in the order of its key."""
    store.save("answers", answers, "synthetic")
    pd.testing.assert_frame_equal(store.load("answers", "synthetic"), ANSWERS.checked(answers))


def test_empty_table_survives_the_round_trip(project):
    """A source the client lacks is an empty table with all its types, also after storage."""
    store.save("interactions", store.TABLES["interactions"].empty(), "synthetic")
    loaded = store.load("interactions", "synthetic")
    pd.testing.assert_frame_equal(loaded, store.TABLES["interactions"].empty(), check_index_type=False)


def test_same_table_is_the_same_bytes(project, answers):
    """Row order, noise beyond the tenth decimal and negative zero leave no trace in the file."""
    store.save("answers", answers, "synthetic")
    path = store.folder("clean", "synthetic") / "answers.parquet"
    first = path.read_bytes()
    store.save("answers", answers.iloc[::-1].assign(value=lambda frame: frame["value"] + 1e-13), "synthetic")
    assert path.read_bytes() == first


def test_negative_zero_is_stored_as_zero(project):
    """−0.0 and 0.0 are the same figure, so they are the same bytes."""
    row = synthetic.claim("ties.connected", -0.0)
    store.save("claims", pd.DataFrame([row]), "synthetic", stage="ties")
    assert not np.signbit(store.load("claims", "synthetic", "ties")["estimate"]).any()


def test_floats_are_rounded(project, answers):
    """Digits that platforms disagree about are not stored."""
    store.save("answers", answers.assign(value=[1 + 1e-12, 2.0, 3.123456789012345]), "synthetic")
    assert set(store.load("answers", "synthetic")["value"]) == {1.0, 2.0, round(3.123456789012345, store.DECIMALS)}


def test_refused_table_leaves_the_old_one(project, answers):
    """A table against its contract is never written over a good one."""
    store.save("answers", answers, "synthetic")
    with pytest.raises(SchemaErrors):
        store.save("answers", answers.assign(value=9.0), "synthetic")
    assert store.load("answers", "synthetic")["value"].max() == 4


def test_failing_write_leaves_the_old_file_whole(project, answers, monkeypatch):
    """A disk that fills up in mid-write does not leave half a table."""
    store.save("answers", answers, "synthetic")

    def half(self, path, **options):
        path.write_bytes(b"PAR1 and then the disk was full")
        raise OSError("No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", half)
    with pytest.raises(OSError, match="No space"):
        store.save("answers", answers.head(1), "synthetic")
    assert len(store.load("answers", "synthetic")) == 3


@pytest.mark.parametrize("name", sorted(store.TABLES))
def test_changed_byte_in_any_table_is_refused_by_name(name, project):
    """Wherever it is, size and date as they were: the table is named, with what to do, and never used."""
    stage = store.TABLES[name].stage or CLAIMING[0]
    store.save(name, store.TABLES[name].empty(), "synthetic", stage)
    [path] = (store.folder(stage, "synthetic")).rglob("*.parquet")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    told = rf"{path.relative_to(project).as_posix()}: is broken .*\. Remove it and run `make report`"
    with pytest.raises(UserError, match=told):
        (store.scan(name, "synthetic") if name == store.LOG else store.load(name, "synthetic", stage))


def test_table_cut_short_is_refused_by_name(project, answers):
    """Wherever it ends: as after a disk that was full, or a copy that broke off."""
    store.save("answers", answers, "synthetic")
    path = store.folder("clean", "synthetic") / "answers.parquet"
    content = path.read_bytes()
    for end in range(0, len(content), 101):
        path.write_bytes(content[:end])
        with pytest.raises(UserError, match=r"answers\.parquet: is broken"):
            store.load("answers", "synthetic")


def test_broken_document_is_refused_by_name(project):
    """As a broken table is."""
    store.save_document("page", {"title": "A"}, "synthetic")
    path = store.folder("report", "synthetic") / "page.json"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(UserError, match=r"data/report/synthetic/page\.json: is broken .* Remove it"):
        store.load_document("page", "synthetic")


def test_missing_table_says_what_to_run(project):
    """A table that was not made yet is told by its path, the chapter that makes it and the command; loaded or scanned."""
    told = r"data/ties/synthetic/ties\.parquet: .* chapter 2_ties makes it\. Run `dvc repro ties@synthetic`"
    with pytest.raises(FileNotFoundError, match=told):
        store.load("ties", "synthetic")
    with pytest.raises(UserError, match="chapter 1_clean makes it"):
        store.scan("interactions", "synthetic")


def test_a_missing_table_shows_no_traceback_in_a_notebook(project):
    """IPython prints what to do, and nothing of the package's inside."""
    with pytest.raises(store.NotMade) as stopped:
        store.load("claims", "synthetic", "people")
    [line] = stopped.value._render_traceback_()
    assert line.startswith("kithwork stopped: data/people/synthetic/claims.parquet: ")
    assert "dvc repro people@synthetic" in line


def test_an_unknown_table_is_told_with_the_nearest(project):
    """A slip in a table's name, and claims without their chapter, are told as such."""
    with pytest.raises(UserError, match="Did you mean 'ties'"):
        store.load("tiess", "synthetic")
    with pytest.raises(UserError, match="is written by several chapters"):
        store.load("claims", "synthetic")
    with pytest.raises(UserError, match=r"is no chapter that writes it.*Did you mean 'people'"):
        store.load("claims", "synthetic", "peeple")
    with pytest.raises(UserError, match="Known: ties"):
        store.load("ties", "synthetic", "clean")


def test_scan_reads_the_stored_table_without_loading_it(project):
    """The lazily read interactions are the rows that were saved."""
    contact = {"ego_id": "a", "alter_id": "b", "channel": "mail", "at": None, "minutes": 7.5, "size": None}
    frame = pd.DataFrame([contact | {"event": 1, "day_only": False, "off_hours": None, "weekend": None}])
    store.save("interactions", frame, "synthetic")
    assert store.scan("interactions", "synthetic").dataset.to_table(columns=["minutes"])["minutes"].to_pylist() == [7.5]


def test_claims_of_all_stages_come_in_chapter_order(project):
    """Every claiming stage's claims are read, in the order of the chapters."""
    for stage in reversed(CLAIMING):
        ledger = Ledger(stage)
        ledger.add("figure", "A figure", Estimate(1, 0, 2, 10), unit="index", method="Counted")
        store.save("claims", ledger.frame(), "synthetic", stage=stage)
    assert list(store.claims("synthetic")["stage"]) == list(CLAIMING)


def test_stages_without_claims_do_not_change_types(project):
    """Empty claims of a stage leave the types of the others as the contract has them."""
    for stage in CLAIMING:
        store.save("claims", CLAIMS.empty(), "synthetic", stage=stage)
    ledger = Ledger("values")
    ledger.add("figure", "A figure", Estimate(1, 0, 2, 10), unit="index", method="Counted")
    store.save("claims", ledger.frame(), "synthetic", stage="values")
    assert store.claims("synthetic").dtypes.equals(CLAIMS.empty().dtypes)


def test_document_round_trip_and_no_nan(project):
    """A document keeps its letters, and a figure that is not a number is refused rather than written as invalid JSON."""
    store.save_document("page", {"title": "Ærø – 5 %", "figures": [1, 0.5]}, "synthetic")
    assert store.load_document("page", "synthetic") == {"title": "Ærø – 5 %", "figures": [1, 0.5]}
    with pytest.raises(ValueError, match="JSON compliant"):
        store.save_document("page", {"figure": float("nan")}, "synthetic")
    assert store.load_document("page", "synthetic")["figures"] == [1, 0.5]
