"""The survey as a Qualtrics export: three header rows (codes, questions, import ids), then one row per respondent."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.market_tables import LEARNED, QUOTING
from kithwork.simulation import clock, dirt
from kithwork.simulation.attitudes import STAGES
from kithwork.simulation.dirt import Dirt
from kithwork.simulation.interpretations import QUESTIONS
from kithwork.simulation.questionnaire import GENERATORS, ITEMS, MOST_ALTERS, OUTSIDE_NAMES, TICKS
from kithwork.simulation.voices import PROMPTS
from kithwork.survey import instrument
from kithwork.survey.wording import READINESS
from kithwork.values import VALUES

if TYPE_CHECKING:
    from kithwork.simulation import World

ABOUT = (
    "StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId",
    "RecipientEmail", "ExternalReference", "DistributionChannel", "UserLanguage",
)  # fmt: skip
CAPS = {**{generator: cap for generator, (_, cap) in GENERATORS.items()}, "GM": OUTSIDE_NAMES}
UNANSWERED = "-99"
"""What Qualtrics writes for a question that was seen and left out."""
TYPED = 0.2
"""Share of names typed by hand instead of picked from the list."""
PREVIEW = "1"
NOTES = 3
"""Boxes for comments on each question."""
BESIDE = {
    "M1K": ("about", {role: code for code, role in instrument.TAGS.items()}),
    "M1L": ("learned", dict(zip(LEARNED, instrument.LEARNED, strict=True))),
    "M1S": ("sure", {float(code): code for code in instrument.SURENESS}),
    "M1Q": ("quote", dict(zip(QUOTING, instrument.QUOTING, strict=True))),
}
"""What is asked beside each box of the first: what was ticked, and the code of each choice."""
TRIALS, HEADERS = 2, 3
"""Rows of trials, and of headers, before the first response."""


def rows(world: World, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """The export as text, the second and third header rows first."""
    survey, level = world.survey, world.knobs.dirt
    count = len(survey.respondents)
    frame = pd.concat([_about(world, rng), _answered(world), _names(world, planted, rng), _notes(world)], axis=1)
    wrong = dirt.some(count, 0.01 * level, rng)
    items = rng.choice([item for item in ITEMS if item.startswith("V")], len(wrong))
    for row, item in zip(wrong, items, strict=True):
        frame.loc[row, item] = rng.choice(["0", "6", "55"])
    planted.note(
        "out_of_scale", "survey.csv", [f"{frame['ResponseId'][row]} {item}" for row, item in zip(wrong, items, strict=True)]
    )
    twice = dirt.some(count, 0.01 * level, rng)
    planted.note("duplicate", "survey.csv", frame["ResponseId"].iloc[twice])
    trials = frame.iloc[: TRIALS * (level > 0)].assign(Status=PREVIEW, DistributionChannel="preview")
    trials["ResponseId"] = [f"R_trial{number}" for number in range(len(trials))]
    trials[["RecipientEmail", "ExternalReference"]] = ""
    frame = dirt.repeated(frame, twice)
    planted.note("preview", "survey.csv", trials["ResponseId"])
    asked = pd.DataFrame([{code: _question(code) for code in frame}])
    ids = pd.DataFrame([{code: json.dumps({"ImportId": _import_id(code)}) for code in frame}])
    return pd.concat([asked, ids, trials, frame], ignore_index=True)


def _about(world: World, rng: np.random.Generator) -> pd.DataFrame:
    survey, people = world.survey, world.org.people.iloc[world.survey.respondents].reset_index(drop=True)
    week = np.full(len(people), world.survey_week)
    start = clock.to_utc(clock.moments(week, np.zeros(len(people), bool), rng), world.org.site[survey.respondents])
    first, last = (pd.to_datetime(start + extra, unit="s").strftime("%Y-%m-%d %H:%M:%S") for extra in (0, survey.seconds))
    ids = list(map(response, range(len(people))))
    taken = survey.seconds.astype(str)
    values = (first, last, "0", "100", taken, "1", last, ids, people["email"], people["person"], "email", "EN")
    return pd.DataFrame(dict(zip(ABOUT, values, strict=True)), index=people.index)


def _answered(world: World) -> pd.DataFrame:
    """Answers as digits; a question of another form stays empty, one left out is −99."""
    text = world.survey.answers.astype("Int64").astype("string")
    shown = [(world.survey.form != item[-1]) | (item[0] != "V") for item in text]
    left_out = text.isna() & np.column_stack(shown)
    return text.mask(left_out, UNANSWERED).fillna("").astype(object)


def _names(world: World, planted: Dirt, rng: np.random.Generator) -> pd.DataFrame:
    """Names in the boxes of their generators, then what was said of each."""
    survey, people, parties = world.survey, world.org.people, world.bonds.parties
    named = survey.named
    outside = (named["generator"] == "GM").to_numpy()
    alter = named["alter"].to_numpy()
    text = np.where(
        outside,
        parties["name"].to_numpy()[np.where(outside, alter, 0)],
        people["email"].to_numpy()[np.where(outside, 0, alter)],
    )
    typed = np.flatnonzero(~outside & (rng.random(len(named)) < TYPED))
    text[typed] = people["name"].to_numpy()[alter[typed]]
    foreign = np.array([not name.isascii() for name in text]) if len(text) else np.empty(0, bool)
    broken = typed[dirt.some(len(typed), 0.06 * world.knobs.dirt, rng)]
    unreadable = np.setdiff1d(np.intersect1d(typed, np.flatnonzero(foreign)), broken)
    unreadable = unreadable[dirt.some(len(unreadable), 0.05 * world.knobs.dirt, rng)]
    box = named.groupby(["respondent", "generator"]).cumcount() + 1
    code = named["generator"] + "_" + box.astype(str)
    for kind, which, wrong in (
        ("misspelt", broken, lambda name: dirt.slip(name, rng)),
        ("garbled", unreadable, dirt.garbled),
    ):
        text[which] = [wrong(name) for name in text[which]]
        planted.note(
            kind, "survey.csv", [f"{named['respondent'][row]} {code[row]} {people['person'][alter[row]]}" for row in which]
        )
    boxes = [f"{generator}_{number}" for generator, cap in CAPS.items() for number in range(1, cap + 1)]
    cells = np.full((len(survey.respondents), len(boxes)), "", dtype=object)
    cells[named["respondent"], pd.Index(boxes).get_indexer(code)] = text
    return pd.concat([pd.DataFrame(cells, columns=boxes), _about_each(world)], axis=1)


def _about_each(world: World) -> pd.DataFrame:
    """The distinct alters, person by address and party by name, the ticks about each person, and what was said of each."""
    people, parties, alters = world.org.people, world.bonds.parties, world.survey.alters
    said = world.interpretations
    wide = 2 + len(QUESTIONS)
    cells = np.full((len(world.survey.respondents), MOST_ALTERS, wide), "", dtype=object)
    row, loop = said["respondent"].to_numpy(), said.groupby("respondent").cumcount().to_numpy()
    alter, outside = said["alter"].to_numpy(), said["outside"].to_numpy()
    name = parties["name"].to_numpy()[np.where(outside, alter, 0)]
    cells[row, loop, 0] = np.where(outside, name, people["email"].to_numpy()[np.where(outside, 0, alter)])
    ticks = alters[list(TICKS)].to_numpy()
    ticked = [",".join(str(i + 1) for i in np.flatnonzero(row)) for row in ticks]
    cells[alters["respondent"], alters.groupby("respondent").cumcount(), 1] = ticked
    for column, question in enumerate(QUESTIONS, start=2):
        asked = outside | (question != "T10")
        text = said[question].astype("Int64").astype("string").fillna(UNANSWERED).to_numpy(dtype=object)
        cells[row, loop, column] = np.where(asked, text, "")
    loops = [
        name
        for number in range(1, MOST_ALTERS + 1)
        for name in (f"A{number}", f"{number}_T1", *(f"{number}_{question}" for question in QUESTIONS))
    ]
    return pd.DataFrame(cells.reshape(len(cells), -1), columns=loops)


def notes(world: World) -> pd.DataFrame:
    """The notes of the weeks before that respondents wrote into the survey, up to three of each question; with `box`."""
    written = world.voices.notes
    recent = written["week"].between(world.survey_week - 2, world.survey_week)
    mine = written[written["person"].isin(world.survey.respondents) & recent]
    mine = mine.assign(box=mine.groupby(["person", "prompt"]).cumcount() + 1)
    return mine[mine["box"] <= NOTES]


def first_line(world: World, planted: Dirt) -> pd.Series:
    """The line, from 1, of the first row of each respondent's answers in the file, by row of the respondent."""
    twice = {what for kind, file, what in planted.entries if (kind, file) == ("duplicate", "survey.csv")}
    again = np.array([response(number) in twice for number in range(len(world.survey.respondents))], dtype=int)
    before = HEADERS + TRIALS * (world.knobs.dirt > 0)
    return pd.Series(before + 1 + np.arange(len(again)) + again.cumsum() - again, index=world.survey.respondents)


def response(number: int) -> str:
    """The id of a response."""
    return f"R_{number:09d}"


def _notes(world: World) -> pd.DataFrame:
    """The boxes for comments, and what is ticked beside each."""
    mine, row = notes(world), pd.Series(np.arange(len(world.survey.respondents)), index=world.survey.respondents)
    asked = [one for prompt in PROMPTS for one in (prompt, *(code for code in BESIDE if code.startswith(prompt)))]
    boxes = [f"{one}_{number}" for one in asked for number in range(1, NOTES + 1)]
    cells = np.full((len(row), len(boxes)), "", dtype=object)
    said = [(prompt, prompt, mine["text"]) for prompt in PROMPTS]
    said += [(PROMPTS[0], code, mine[name].map(choices).fillna("")) for code, (name, choices) in BESIDE.items()]
    for prompt, code, words in said:
        its = mine["prompt"] == prompt
        at = pd.Index(boxes).get_indexer(code + "_" + mine["box"][its].astype(str))
        cells[row[mine["person"][its]].to_numpy(), at] = words[its]
    return pd.DataFrame(cells, columns=boxes)


def _question(code: str) -> str:
    return _wording().get(code, code if code not in STAGES else f"{code} (stage of the change)")


@cache
def _wording() -> dict[str, str]:
    modules = [import_module(f"kithwork.values.{value}") for value in VALUES]
    return READINESS | {item: text for module in modules for item, text in module.ITEMS.items()}


def _import_id(code: str) -> str:
    return code if code in ABOUT else f"QID_{code}"
