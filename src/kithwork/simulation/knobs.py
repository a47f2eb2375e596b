"""The knobs of the simulated organisation: what can be planted, how strongly, in which unit and range.

At zero a knob plants nothing, so that an estimator can be asked whether it then says "nothing there".
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Knobs(BaseModel):
    """Every knob with its default; where real data can say, it is near them (`benchmarks/likeness.py`, `difficulty.py`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tie_signal: float = Field(0.4, ge=0, le=1, description="how far rhythms of contact differ by kind of tie; share")
    unit_pull: float = Field(0.6, ge=0, le=1, description="functional ties kept inside the unit, 0 = as chance; share")
    homophily: float = Field(0.8, ge=0, le=2, description="odds of a personal tie for equal place, level, cohort; log odds")
    closure: float = Field(0.4, ge=0, le=1, description="two-paths of personal ties drawn and closed; per personal tie")
    segments: int = Field(3, ge=1, le=4, description="kinds of portfolio among people; count")
    segment_separation: float = Field(1.2, ge=0, le=3, description="distance between them, 0 = one continuum; log ties")
    unit_effect: float = Field(0.15, ge=0, le=0.6, description="ICC(1) of readiness and values; share of variance")
    reliability: float = Field(0.8, ge=0.4, le=0.95, description="alpha of three items, uncut to five points; share")
    response: float = Field(0.78, ge=0.2, le=1, description="people who answer the survey; share")
    response_by_position: float = Field(0.5, ge=0, le=2, description="answering falls with workload; log odds per SD")
    careless: float = Field(0.03, ge=0, le=0.3, description="respondents who straight-line; share")
    contagion: float = Field(0.15, ge=0, le=1, description="adopting once the threshold is met; probability a week")
    spontaneous: float = Field(0.006, ge=0, le=0.2, description="adopting on one's own; probability a week")
    topic_signal: float = Field(0.65, ge=0, le=1, description="notes on the market that follow a planted topic; share")
    hearsay: float = Field(0.35, ge=0, le=1, description="topics that are not real: one party says so; share")
    heard_early: float = Field(2, ge=0, le=3, description="odds of writing on a topic with ties to it outside; log odds")
    forwarded: float = Field(0.06, ge=0, le=0.5, description="notes on real topics that pass on a colleague's; share")
    second_language: float = Field(0.6, ge=0, le=1, description="notes in Portuguese from Porto; share")
    named_in_texts: float = Field(0.2, ge=0, le=1, description="notes that name people, parties or numbers; share")
    empty_answers: float = Field(0.06, ge=0, le=0.5, description="notes that say there is nothing to say; share")
    contact: float = Field(20, ge=1, le=100, description="messages sent and received; per person and week")
    wave_change: float = Field(0.4, ge=0, le=2, description="change of some values since the wave before; SD of the trait")
    dirt: float = Field(1, ge=0, le=5, description="faults in the files as clients bring them; multiple of the usual")


NOTHING_THERE = Knobs(
    tie_signal=0, unit_pull=0, homophily=0, closure=0, segment_separation=0, unit_effect=0, contagion=0, topic_signal=0,
    response_by_position=0, careless=0, wave_change=0, dirt=0, hearsay=0, heard_early=0, forwarded=0, second_language=0,
    named_in_texts=0, empty_answers=0,
)  # fmt: skip
"""An organisation without any planted effect; people still differ in how many ties they have."""
