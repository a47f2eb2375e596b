"""What one person's answers say is the same whichever tool they were given in."""

from __future__ import annotations

import pytest
import samples
from samples import respondent

from kithwork.readers.parts import questionnaire

EXPORTS = [
    pytest.param(reader, sample, id=f"{reader}-{sample.name}-{sample.source}")
    for reader in ("qualtrics", "odk", "forms")
    for sample in samples.module(reader).SAMPLES
]


@pytest.mark.parametrize(("reader", "sample"), EXPORTS)
def test_every_export_gives_the_same_records(reader, sample, tmp_path):
    """One respondent's answers, names, ticks, words and consent, through every form of every reader."""
    found = samples.read(reader, sample, tmp_path)
    assert not found.faults
    frame = found.frame[respondent.RESPONSE] if sample.source == "responses" else found.frame
    assert sorted(frame.itertuples(index=False, name=None)) == respondent.EXPECTED[sample.source]


@pytest.mark.parametrize(("reader", "sample"), [one for one in EXPORTS if one.values[1].source == "responses"])
def test_every_export_says_when_it_was_handed_in(reader, sample, tmp_path):
    """In ISO 8601 however the tool writes it, with the zone it gives."""
    frame = samples.read(reader, sample, tmp_path).frame
    times = [text.replace(" ", "T")[:19] for text in (frame["started"] + frame["ended"]).tolist() if text]
    assert times
    assert set(times) <= {respondent.STARTED, respondent.ENDED}


def test_labels_must_be_five():
    """Four words cannot name the five points."""
    found = list(questionnaire._unfit({}, {"labels": "a|b|c|d"}))
    assert [problem.column for problem in found] == ["options.labels"]
