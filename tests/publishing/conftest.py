"""What the tests of publishing share: finished reports of two small studies, made of a few lines each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import synthetic
import yaml
from typer.testing import CliRunner, Result

from kithwork import params
from kithwork.cli import app
from kithwork.publishing import gate, own
from kithwork.report import page

STUDIES = ("alpha", "beta")


def body(kind: str, inside: str = "", more: str = "") -> str:
    """A page as small as can be."""
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><title>{kind}</title></head>\n'
        f'<body data-page="{kind}"{more}>\n<!--stale-->\n<main><h1>{kind}</h1>{inside}</main></body></html>\n'
    )


def report(made: dict[str, str], edition: str) -> str:
    """A report that says what it was made from."""
    inside = f'<script type="application/json" id="provenance">{json.dumps(made)}</script>'
    return body("report", inside, f' data-edition="{edition}" data-smallest="{20 if edition == "public" else 5}"')


def finished(root: Path) -> None:
    """The folder reports/ of both studies, as a run leaves it."""
    for name in STUDIES:
        there, made = root / "reports" / name, page.provenance(params.stated(name))
        files = {"index.html": report(made, "sponsor"), "public.html": report(made, "public"), "claims.csv": "id\n"}
        files |= {f"chapters/{stem}.html": body("chapter") for stem in synthetic.CHAPTERS}
        files |= {f"groups/{unit}.html": body("group") for unit in ("north", "south")}
        for path, text in files.items():
            (there / path).parent.mkdir(parents=True, exist_ok=True)
            (there / path).write_text(text, encoding="utf-8")
    (root / "reports" / "index.html").write_text(body("index"), encoding="utf-8")
    (root / "reports" / "codebook.html").write_text(body("codebook"), encoding="utf-8")


@pytest.fixture
def studies(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with finished reports of `alpha` and `beta`, in which audit and linter find nothing."""
    content = synthetic.settings_of({"staff": {"file": "staff.csv"}}, synthetic.SIGNS)
    content["engagements"] = dict.fromkeys(STUDIES, content["engagements"]["synthetic"])
    text = yaml.dump(content, Dumper=_Plain, sort_keys=False)
    (project / "params.yaml").write_text(text, encoding="utf-8")
    for name in STUDIES:
        staff = [{"person": synthetic.person(number), "unit": "Alpha"} for number in range(9)]
        synthetic.write(project / "data" / "raw" / name / "staff.csv", staff)
    finished(project)
    monkeypatch.setattr(gate, "look", lambda folder, engagement: "Looked at: everything.")
    return project


@pytest.fixture
def asked(studies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people asked for pages of their own."""
    own_page = body("person").encode()
    monkeypatch.setattr(own, "pages", lambda name: {f"{name}/own/{token}.html": own_page for token in ("q7", "z3")})


@pytest.fixture
def publish(studies: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Result]:
    """The command, with a folder outside of the project unless one is named; the result bears it as `folder`."""
    usual = tmp_path_factory.mktemp("shared") / "folder"

    def run(*words: str, engagement: str = "alpha", edition: str = "public", to: Path = usual) -> Result:
        options = ["publish", engagement, "--edition", edition, "--to", str(to), *words]
        result = CliRunner().invoke(app, options)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        result.folder = to
        return result

    return run


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True
