"""What keeps an edition from being published: each reason ends with status 3, says what to do, and writes nothing."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

from kithwork.report import page
from pipeline import stale
from publishing.conftest import body, files, finished


def refused(done, *words: str) -> None:
    """That the command refused, with these words."""
    assert done.exit_code == 3, done.output
    assert done.output.startswith("Refused, nothing was written.")
    told = " ".join(done.output.split())
    assert all(word in told for word in words), told


def rewritten(path, before: str, after: str) -> None:
    """A file with a word in it replaced."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def git(folder, *words: str) -> str:
    """What git says, of a repository of the tests' own."""
    name = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *name, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


MISSING = [
    ("public", "alpha/public.html"),
    ("sponsor", "alpha/index.html"),
    ("sponsor", "alpha/claims.csv"),
    ("sponsor", "alpha/chapters/6_change.html"),
    ("sponsor", "codebook.html"),
]


@pytest.mark.parametrize(("edition", "name"), MISSING)
def test_a_page_that_is_missing(publish, studies, edition, name):
    """Nothing is published in part."""
    (studies / "reports" / name).unlink()
    refused(publish(edition=edition), f"reports/{name}: is not there", "make report")


@pytest.mark.parametrize("edition", ["public", "sponsor"])
def test_pages_marked_as_stale(publish, edition):
    """A newer run was started and has not finished."""
    stale.mark("alpha")
    refused(publish(edition=edition), "is stale", "make report")


def test_a_page_of_another_edition(publish, studies):
    """The sponsor's report under the public page's name is not published to everybody."""
    report = studies / "reports/alpha"
    (report / "public.html").write_bytes((report / "index.html").read_bytes())
    refused(publish(), "is not the public edition (found: sponsor)")


def test_a_place_where_no_folder_can_be(publish, studies):
    """The root of the machine is refused, and a name that no disk takes is told in words."""
    refused(publish(to=Path(studies.anchor)), "is the root of the machine")
    done = publish(to=studies.parent / ("a" * 300))
    assert (done.exit_code, "cannot be written" in done.output) == (1, True)


def test_a_file_that_is_no_page_of_ours(publish, studies):
    """A page that does not say what it is was not made by a run."""
    (studies / "reports/alpha/groups/east.html").write_text("<p>Anna Li</p>", encoding="utf-8")
    refused(publish(edition="sponsor"), "reports/alpha/groups/east.html: is no page of kithwork")


BROKEN = {
    "empty": b"",
    "no page": b"\x00\xff\xfe" * 99,
    "other kind": b'<body data-page="thesis">',
    "frames": b"<frameset><frame></frameset>",
    "no json": b'<body data-page="report" data-edition="public"><script type="application/json" id="provenance">{</script>',
    "a list": b'<body data-page="report" data-edition="public"><script type="application/json" id="provenance">[]</script>',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_page(publish, studies, content):
    """Whatever a file holds that is no page, it is refused in words."""
    (studies / "reports/alpha/public.html").write_bytes(content)
    refused(publish(), "reports/alpha/public.html: ", "make report")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("name", ["claims.csv", "groups/north.html", "public.html"])
def test_a_link_to_another_file(publish, studies, name):
    """A file of the reports that leads elsewhere would publish what lies there."""
    path = studies / "reports" / "alpha" / name
    path.unlink()
    path.symlink_to(studies / "data/raw/alpha/staff.csv")
    refused(publish(edition="public" if name == "public.html" else "sponsor"), f"reports/alpha/{name}: is a link")


def test_settings_changed_since_the_run(publish, studies):
    """Pages made with another smallest group than params.yaml now says are older than it."""
    content = yaml.safe_load((studies / "params.yaml").read_text(encoding="utf-8"))
    content["report"]["smallest_group"] = 8
    (studies / "params.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    refused(publish(), "is older than what it was made from (found: Settings)")


def test_data_changed_since_the_run(publish, studies):
    """A file that was read is another one now."""
    rewritten(studies / "data/raw/alpha/staff.csv", "synthetic-person-01", "synthetic-person-99")
    refused(publish(), "is older than what it was made from (found: Staff)")


def test_another_version_of_the_toolkit(publish, monkeypatch):
    """A newer kithwork may hold back what the old one showed."""
    monkeypatch.setattr(page.kithwork, "__version__", "9.9.9")
    refused(publish(), "found: Made by")


def test_a_page_that_does_not_say_what_it_was_made_from(publish, studies):
    """Without its provenance nothing shows that a page is of this run."""
    path = studies / "reports/alpha/public.html"
    path.write_text(body("report", more=' data-edition="public"'), encoding="utf-8")
    refused(publish(), "does not say what it was made from")


def test_an_opt_out_since_the_run(publish, studies):
    """A list of opt-outs that came after the run is not on the pages, though no page names that file."""
    lock = {"stages": {"clean@alpha": {"deps": [{"path": "data/raw/alpha", "hash": "md5", "md5": "0" * 32 + ".dir"}]}}}
    (studies / "dvc.lock").write_text(yaml.safe_dump(lock), encoding="utf-8")
    refused(publish(), "data/raw/alpha: is not as the last run read it", "opt-out")


def test_what_a_run_read_or_wrote_changed_since(publish, studies):
    """A page mended by hand, code of another version, prose written since: one line names the first and counts the rest."""
    names = ("notebooks/7_report.ipynb", "params.yaml", "reports/alpha", "src", "tests")
    deps = [{"path": name, "hash": "md5", "md5": "0" * 32} for name in names]
    (studies / "dvc.lock").write_text(yaml.safe_dump({"stages": {"publish@alpha": {"deps": deps}}}), encoding="utf-8")
    refused(publish(), "files were changed (found: notebooks/7_report.ipynb, params.yaml, reports/alpha and 2 more)")
    assert publish(engagement="beta").exit_code == 0


def test_a_study_that_may_not_be_kept(publish, studies):
    """Its day of retention has come; so has that of one which lies in the folder already."""
    publish()
    content = yaml.safe_load((studies / "params.yaml").read_text(encoding="utf-8"))
    content["engagements"]["alpha"]["retention"] = "2001-01-01"
    (studies / "params.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    finished(studies)
    refused(publish(), "is past: nothing of this study may be kept")
    refused(publish(engagement="beta"), "holds a study that may not be kept any more (found: alpha)")


def test_two_editions_in_one_folder(publish):
    """Public and sponsor's lie apart, whichever was first; the folder stays as it was."""
    for first, second in (("public", "sponsor"), ("sponsor", "public"), ("sponsor", "confidential")):
        done = publish(edition=first)
        before = files(done.folder)
        refused(publish(edition=second), f"holds the {first} edition")
        refused(publish(edition=second, to=done.folder / "inside"), "inside a folder that is published already")
        assert files(done.folder) == before
        for path in sorted(done.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def test_a_folder_of_somebody_else(publish, tmp_path_factory):
    """Files that kithwork did not write are neither overwritten nor published among its own."""
    done = publish()
    other = tmp_path_factory.mktemp("other")
    (other / "thesis.txt").write_text("years of work", encoding="utf-8")
    refused(publish(to=other), "kithwork did not publish (found: thesis.txt)")
    (other / "manifest.json").write_text(json.dumps({"what": "else"}), encoding="utf-8")
    refused(publish(to=other), "kithwork did not publish")
    refused(publish(to=other / "thesis.txt"), "is no folder")
    (done.folder / "notes.html").write_text("mine", encoding="utf-8")
    refused(publish(engagement="beta"), "besides those that were published (found: notes.html)")
    assert (done.folder / "notes.html").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_was_changed_by_hand(publish):
    """A page altered or taken away after it was published is not passed on under a new manifest."""
    done = publish()
    (done.folder / "alpha/index.html").write_text("<p>Anna Li</p>", encoding="utf-8")
    refused(
        publish(engagement="beta"),
        "changed or removed since (found: alpha/index.html)".replace(" (", " they were published ("),
    )
    (done.folder / "alpha/index.html").unlink()
    refused(publish(engagement="beta"), "alpha/index.html")


@pytest.mark.parametrize("name", ["data/raw/alpha/out", "reports/alpha", "build/out"])
def test_a_folder_of_the_pipeline(publish, studies, name):
    """What a run writes or reads is no place to publish to, for any edition."""
    refused(publish(to=studies / name), "is a folder that the pipeline writes")


@pytest.fixture
def tree(tmp_path_factory):
    """An empty repository that ignores `out/`."""
    there = tmp_path_factory.mktemp("tree")
    git(there, "init", "-q", "-b", "main")
    (there / ".gitignore").write_text("out/\nsite/\n", encoding="utf-8")
    return there


def test_the_sponsors_edition_where_git_would_take_it_up(publish, tree):
    """In a repository it lies only where git ignores it; the public one lies anywhere."""
    refused(publish(edition="sponsor", to=tree / "report"), "git would take it up", "usually public even where")
    refused(publish(to=tree), "kithwork did not publish")
    assert publish(edition="sponsor", to=tree / "out" / "report").exit_code == 0
    assert publish(to=tree / "report").exit_code == 0
    git(tree, "add", "-f", "out/report/index.html")
    refused(publish(edition="sponsor", to=tree / "out" / "report"), "git would take it up")


@pytest.mark.parametrize("name", ["docs", "site", "Public/x", "out/docs", "gh-pages", "a/_site"])
def test_the_sponsors_edition_in_a_folder_of_pages(publish, tree, name):
    """A folder that Pages are usually made from is refused, ignored or not; not so outside of a repository."""
    for edition in ("sponsor", "confidential"):
        refused(publish(edition=edition, to=tree / name), "looks like a folder that Pages are made from")
    assert publish(to=tree / name).exit_code == 0


def test_the_sponsors_edition_on_a_branch_of_pages(publish, tree):
    """What is checked out of gh-pages is what Pages show."""
    git(tree, "checkout", "-q", "-b", "gh-pages")
    refused(publish(edition="sponsor", to=tree / "out"), "looks like a folder that Pages are made from")


WORKFLOWS = {
    ".github/workflows/pages.yml": "steps:\n  - uses: actions/upload-pages-artifact@v5\n    with:\n      path: ./out/\n",
    ".github/workflows/x.yaml": "steps:\n  - uses: peaceiris/actions-gh-pages@v4\n    with:\n      publish_dir: 'out/x'\n",
    ".gitlab-ci.yml": "pages:\n  publish: out\n",
}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_sponsors_edition_where_a_workflow_makes_pages_from(publish, tree, name):
    """A workflow that shows this folder to everybody is found, though git ignores the folder; another folder is free."""
    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_text(WORKFLOWS[name], encoding="utf-8")
    refused(publish(edition="sponsor", to=tree / "out" / "x"), "a workflow makes Pages from", name)
    (tree / ".gitignore").write_text("elsewhere/\n", encoding="utf-8")
    assert publish(edition="sponsor", to=tree / "elsewhere").exit_code == 0


def test_without_git_the_safe_answer_is_taken(publish, tree, monkeypatch):
    """A folder inside a work tree is refused where git cannot be asked about it."""
    monkeypatch.setenv("PATH", "")
    refused(publish(edition="sponsor", to=tree / "out" / "x"), "git would take it up")


def test_changes_that_are_not_committed(publish, studies):
    """The sponsor's edition is of a commit, or a draft that says so on every page; the public one's manifest tells."""
    git(studies, "init", "-q", "-b", "main")
    (studies / ".gitignore").write_text("reports/\ntests.key\n", encoding="utf-8")
    git(studies, "add", ".")
    git(studies, "commit", "-q", "-m", "All")
    commit = git(studies, "rev-parse", "HEAD").strip()
    done = publish(edition="sponsor")
    said = json.loads(files(done.folder)["manifest.json"])["engagements"]["alpha"]
    assert {"commit": commit, "clean": True, "draft": False}.items() <= said.items()
    (studies / ".gitignore").write_text("reports/\n*.key\n", encoding="utf-8")
    refused(publish(edition="sponsor"), "has changes that are not committed", "--draft")
    done = publish("--draft", edition="sponsor")
    found = files(done.folder)
    marked = [name for name, content in found.items() if b"<b>Draft.</b>" in content]
    assert sorted(marked) == sorted(name for name in found if name.endswith(".html") and name != "index.html")
    assert b"<b>Draft:</b>" in found["index.html"]
    said = json.loads(found["manifest.json"])["engagements"]["alpha"]
    assert {"commit": commit, "clean": False, "draft": True}.items() <= said.items()
    there = done.folder.with_name("public")
    said = json.loads(files(publish(to=there).folder)["manifest.json"])["engagements"]["alpha"]
    assert {"clean": False, "draft": False}.items() <= said.items()


def test_the_folder_itself_is_no_uncommitted_change(publish, studies):
    """A public folder that is kept in the repository does not make the next publication differ."""
    git(studies, "init", "-q", "-b", "main")
    (studies / ".gitignore").write_text("reports/\ntests.key\n", encoding="utf-8")
    git(studies, "add", ".")
    git(studies, "commit", "-q", "-m", "All")
    publish(to=studies / "docs")
    git(studies, "add", ".")
    git(studies, "commit", "-q", "-m", "Published")
    before = files(publish(to=studies / "docs").folder)
    assert files(publish(to=studies / "docs").folder) == before
