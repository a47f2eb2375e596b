"""The examples of the page on extending run as they stand there, in the place that the page says."""

from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest
import synthetic
import typer
from evidence_of import evidence
from synthetic import staff
from typer.testing import CliRunner
from written_pages import example, fences, spans

import kithwork
from kithwork.engagement import Reader
from kithwork.readers.parts import given
from kithwork.readers.parts.rows import whole
from kithwork.report import section
from kithwork.values import strategic_perspective
from kithwork.values.indicator import PARTS


def module(name: str, heading: str) -> ModuleType:
    """The example under a heading as the module it would be."""
    made = ModuleType(name)
    sys.modules[name] = made
    exec(compile(example("extending", heading), name, "exec"), made.__dict__)
    return made


def test_every_example_in_python_is_tried_here():
    """One that is added to any page needs a test of its own."""
    assert [page for page, _ in fences("python")] == ["extending"] * 4


def test_reader_reads_pairs():
    """What it understands is a record, what it does not a fault, and what holds nothing is counted."""
    reader = module("kithwork.readers.pairs", "A reader")
    spec = Reader(reader="pairs", file="pairs.txt", options={"relation": "advice"})
    given.expect("nominations", spec, reader, "engagements.acme.sources.nominations")
    found = whole(reader.parse("nominations", spec, given.Given("pairs.txt", content=b"anna > bo\n\nbo and cid\n")))
    assert found.frame.to_dict("list") == {"ego": ["anna"], "alter": ["bo"], "relation": ["advice"]}
    assert [(fault.line, fault.found) for fault in found.faults] == [(3, "bo and cid")]
    assert found.left_out == {"empty lines": 1}


def test_indicator_gives_the_figure_of_its_own_example():
    """A tied to B of another unit, C to nobody: 67 %; and all paragraphs of a definition are there."""
    made = module("kithwork.values.example", "An indicator")
    people = staff(["one", "two", "one"])
    figure = made.beyond_unit(evidence(people, [(0, 1)]))
    assert figure.estimate.estimate == pytest.approx(100 * 2 / 3)
    assert made.beyond_unit(evidence(people)).needs
    assert tuple(made.INDICATOR.parts) == PARTS
    assert made.INDICATOR.name not in {one.name for one in strategic_perspective.INDICATORS}


@pytest.mark.slow
def test_section_is_built_from_released_claims(full, monkeypatch):
    """It prints its figure with its claim, and takes its place among the sections."""
    module("kithwork.report.sections.strategic", "A section")
    monkeypatch.setattr(section, "SECTIONS", (*section.SECTIONS, "strategic"))
    made = section.build("strategic", full.released, full.facts)
    assert made.title == "Strategic ties have a share of their own"
    assert 'data-claim="people.share_strategic"' in made.html


def test_verb_says_the_purposes(project):
    """As any verb does: of a study by its name, and with a message where there is none."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    made = module("kithwork.commands.purposes", "A verb")
    app = typer.Typer(add_completion=False)
    app.command()(made.purposes)
    told = CliRunner().invoke(app, ["synthetic"])
    assert told.exit_code == 0
    assert "staff: " in told.output
    assert CliRunner().invoke(app, ["nobody"]).exit_code == 1


def test_files_to_create_stand_beside_files_of_their_kind():
    """Each file and folder that the page says something goes into is there."""
    said = {word for page, word in spans() if page == "extending"}
    named = {word.split("<")[0] for word in said if re.match(r"(src|tests|docs)/[\w/<>.]+$", word)}
    assert len(named) > 8
    assert [name for name in named if not (synthetic.HOME / name).exists()] == []


def test_what_notebooks_may_call_is_there():
    """Each `kithwork.name(...)` in a sentence is something that the package offers."""
    named = {found for _, word in spans() for found in re.findall(r"^kithwork\.(\w+)\(", word)}
    assert {"load", "findings"} <= named
    assert named <= set(getattr(kithwork, "REACHED", named))
