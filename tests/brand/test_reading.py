"""brand.yaml: what pages then say of who made them, and what is refused."""

from __future__ import annotations

import pytest
import synthetic
import yaml
from test_logo import svg

from kithwork.brand import reading
from kithwork.errors import UserError
from kithwork.pages import rendering

ACCENT = {"light": "#6B2D73", "dark": "#d9a3e0"}


def written(project, content) -> None:
    """A brand.yaml in the project's folder, with a logo beside it."""
    (project / "brand").mkdir(exist_ok=True)
    text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
    (project / reading.FILE).write_text(text, encoding="utf-8")
    (project / "brand" / "logo.svg").write_bytes(svg())


def shown() -> str:
    """A page of the project."""
    return rendering.render("index.html.j2", pages=[], synthetic="")


def told(project, content) -> list:
    """What is wrong with a brand.yaml."""
    written(project, content)
    with pytest.raises(UserError) as error:
        reading.read()
    assert all(problem.do and problem.file.startswith("brand/") for problem in error.value.problems)
    return error.value.problems


def test_without_a_brand_pages_are_of_kithwork(project):
    """The name stands at the foot, nothing at the head, and no colour is set; the committed file says the same."""
    page = shown()
    assert '<p class="maker">Made by kithwork.</p>' in page
    assert 'class="brand"' not in page
    assert "--accent:" not in page
    written(project, (synthetic.HOME / reading.FILE).read_text(encoding="utf-8"))
    assert shown() == page


def test_a_brand_is_on_every_page(project):
    """Name, logo, colours in both modes and the line at the foot."""
    written(project, {"name": "Acme & Sons", "logo": "logo.svg", "accent": ACCENT, "footer": "Confidential <draft>"})
    page = shown()
    assert 'alt="Acme &amp; Sons"' in page
    assert '<img src="data:image/svg+xml;base64,' in page
    assert ":root { --accent: #6b2d73; }" in page
    assert ":root { --accent: #d9a3e0; }" in page
    assert "Made by Acme &amp; Sons. Confidential &lt;draft&gt;" in page


def test_a_name_of_ones_own_stands_at_the_head(project):
    """Where there is no logo the name is there in words."""
    written(project, {"name": "Acme"})
    assert '<p class="brand">Acme</p>' in shown()


WRONG = {
    "pale": ({"accent": ACCENT | {"light": "#999999"}}, "contrast of 2.85"),
    "dark on dark": ({"accent": ACCENT | {"dark": "#333333"}}, "contrast"),
    "orange": ({"accent": ACCENT | {"light": "#b0400f"}}, "means strategic"),
    "teal": ({"accent": ACCENT | {"dark": "#80e0d0"}}, "means personal"),
    "navy": ({"accent": ACCENT | {"light": "#1b3a6c"}}, "means functional"),
    "a word": ({"accent": ACCENT | {"light": "plum"}}, "is no colour"),
    "a rule": ({"accent": ACCENT | {"light": "#6b2d73;} body{display:none}"}}, "is no colour"),
    "one colour": ({"accent": {"light": "#6b2d73"}}, "required"),
    "unknown": ({"nmae": "Acme"}, "is not known"),
    "unknown colour": ({"accent": ACCENT | {"drak": "#6b2d73"}}, "is not known"),
    "long": ({"name": "x" * 10_000}, "at most 80"),
    "empty": ({"name": "  "}, "is empty"),
    "turned": ({"name": "Acme \u202egnp.exe"}, "cannot be seen"),
    "two lines": ({"footer": "one\ntwo"}, "cannot be seen"),
    "number": ({"name": 7}, "valid string"),
    "list": ("- name", "valid dictionary"),
    "nothing": ("", "valid dictionary"),
    "climbing": ({"logo": "../params.yaml"}, "no name of a file"),
    "absolute": ({"logo": "/etc/passwd"}, "no name of a file"),
    "drive": ({"logo": "C:logo.svg"}, "no name of a file"),
    "missing logo": ({"logo": "none.svg"}, "cannot be read"),
    "yaml as logo": ({"logo": "brand.yaml"}, "neither an SVG nor a PNG"),
    "twice": ("name: a\nname: b\n", "stands twice"),
    "tag": ("name: !!python/object/apply:os.system ['true']\n", "not valid YAML"),
}


@pytest.mark.parametrize(("content", "what"), WRONG.values(), ids=WRONG)
def test_a_faulty_brand_is_told_in_words(project, content, what):
    """Each fault is one problem with its place and a remedy; no page is made with it."""
    [problem] = told(project, content)
    assert what in problem.what
    with pytest.raises(UserError):
        shown()


def test_all_faults_are_told_at_once(project):
    """Two wrong colours and an unknown key are three problems."""
    assert len(told(project, {"accent": {"light": "#eeeeee", "dark": "#111111"}, "colour": "x"})) == 3
