"""Ways to look at a page in a browser, which the tests and the benchmark share: each returns what is wrong, in few words.

A page must be open in Chromium. What a function changes (width, media, what is unfolded) it does not put back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (320, 390, 719, 720, 768, 1180, 1440, 1920, 2560)
"""Pixels: phones, where drawings change, a tablet, where the margin begins, desks."""

MEDIA = {
    "light": {"media": "screen", "color_scheme": "light"},
    "dark": {"media": "screen", "color_scheme": "dark"},
    "forced colours": {"media": "screen", "color_scheme": "dark", "forced_colors": "active"},
    "more contrast": {"media": "screen", "color_scheme": "light", "contrast": "more"},
    "more contrast, dark": {"media": "screen", "color_scheme": "dark", "contrast": "more"},
    "print": {"media": "print", "color_scheme": "light"},
}
"""How a reader may have a page shown."""

PLAIN = {"media": "screen", "color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}

PAPER = {"A4": (672, 990), "Letter": (695, 923)}
"""Pixels of a printed page between the margins of the stylesheet."""

AXE = {
    "resultTypes": ["violations"],
    "preload": False,
    "iframes": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}

OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
TEXTS = """(all) => [...document.querySelectorAll(all ? '.plot svg, .strip' : '.plot svg')]
  .filter(svg => svg.getBoundingClientRect().width)
  .map(svg => ({box: svg.getBoundingClientRect().toJSON(), texts: [...svg.querySelectorAll('text')].map(text => ({
    said: text.textContent, box: text.getBoundingClientRect().toJSON(),
    size: parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a,
  }))}))"""
CONTRASTS = """() => {
  const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = rgb => { const [r, g, b] = rgb.map(v => linear(v / 255)); return .2126 * r + .7152 * g + .0722 * b; };
  const rgb = colour => colour.match(/[0-9.]+/g).slice(0, 3).map(Number);
  const paper = getComputedStyle(document.body).backgroundColor;
  const texts = [...document.querySelectorAll('.plot svg text, .strip text')];
  return texts.filter(text => text.getBoundingClientRect().width).map(text => {
    text.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = text.getBoundingClientRect();
    const under = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      .find(e => e.matches('path, rect') && getComputedStyle(e).fill.startsWith('rgb'));
    const pair = [getComputedStyle(text).fill, under ? getComputedStyle(under).fill : paper].map(c => light(rgb(c)));
    return [text.textContent, (Math.max(...pair) + .05) / (Math.min(...pair) + .05)];
  }); }"""
ALIKE = """() => { const met = new Set();
  document.querySelectorAll('[data-look]').forEach(one => one.removeAttribute('data-look'));
  for (const one of document.body.querySelectorAll('*')) {
    if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) || !one.checkVisibility()) continue;
    let kind = '';
    for (let up = one; up !== document.body; up = up.parentElement) {
      kind += `${up.tagName}.${up.getAttribute('class') || ''} `;
    }
    if (!met.has(kind)) { met.add(kind); one.setAttribute('data-look', ''); }
  } }"""
CUT = """([wide, high]) => [...document.querySelectorAll('figure, .plot svg, table.ct:not(.long, .txt), img, tr, .strip')]
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && !one.closest('.tbl') && (box.right > wide + 1 || box.left < -1 || box.height > high))
  .map(([one, box]) => `${one.tagName.toLowerCase()} ${one.id || one.className.baseVal || one.className}: `
    + `${Math.round(box.left)} to ${Math.round(box.right)}, ${Math.round(box.height)} high`)"""
STOPS = """() => {
  const all = [...document.querySelectorAll(
    'a[href], button, summary, input, select, textarea, iframe, [tabindex], [contenteditable], audio[controls]')];
  const seen = one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width;
  const chosen = one => one.type !== 'radio' || one.checked
    || (![...document.querySelectorAll(`[name="${one.name}"]`)].some(other => other.checked)
      && one === document.querySelector(`[name="${one.name}"]`));
  window.stops = all.filter(one => !one.disabled && one.tabIndex >= 0 && seen(one) && chosen(one));
  return window.stops.length; }"""
STOP = """() => { const one = document.activeElement, style = getComputedStyle(one), of = one.closest('label') || one;
  const ring = [one, of].some(it => { const s = getComputedStyle(it);
    return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; });
  return {at: window.stops.indexOf(one), body: one === document.body, ring, said: one.textContent.trim().slice(0, 60)}; }"""
NAMED = "() => window.stops.map(one => one.textContent.trim().slice(0, 60) || one.outerHTML.slice(0, 60))"


def axe(page: Page) -> list[tuple[str, list]]:
    """What axe-core finds on a page, contrast aside: rules, each with the first places it was broken at."""
    return _axe(page, "document", {"color-contrast": {"enabled": False}, "target-size": {"enabled": True}})


def pale(page: Page) -> list[tuple[str, list]]:
    """Where axe-core finds too little contrast; what is set alike, by tags and classes, is looked at once."""
    page.evaluate(ALIKE)
    return _axe(page, "{include: ['[data-look]']}", None)


def _axe(page: Page, where: str, rules: dict | None) -> list[tuple[str, list]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = AXE | ({"rules": rules} if rules else {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    found = page.evaluate(f"options => axe.run({where}, options).then(({{violations}}) => violations)", options)
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def sideways(page: Page, widths: Iterable[int] = WIDTHS) -> list[int]:
    """Widths at which the page is wider than its window."""
    wide = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)
    return wide


def drawings(page: Page, strips: bool = False) -> list[dict]:
    """The drawings that are shown, each with its box and its texts: what is said, box, size in pixels."""
    return page.evaluate(TEXTS, strips)


def overlaps(shown: Sequence[dict]) -> list[tuple[str, str]]:
    """Pairs of texts of one drawing that lie upon one another."""
    return [
        (one["said"], other["said"])
        for drawing in shown
        for one, other in combinations(drawing["texts"], 2)
        if _upon(one["box"], other["box"])
    ]


def _upon(one: dict, other: dict) -> bool:
    """Whether the boxes of two texts share ink: lines of text may touch by the air above and below their letters."""
    wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return wide > 1 and high > 0.25 * min(one["height"], other["height"])


def outside(shown: Sequence[dict]) -> list[str]:
    """Texts of which a part lies outside their drawing."""
    return [
        text["said"]
        for drawing in shown
        for text in drawing["texts"]
        if text["box"]["left"] < drawing["box"]["left"] - 0.5
        or text["box"]["right"] > drawing["box"]["right"] + 0.5
        or text["box"]["top"] < drawing["box"]["top"] - 1
        or text["box"]["bottom"] > drawing["box"]["bottom"] + 1
    ]


def contrasts(page: Page) -> list[tuple[str, float]]:
    """Each text in a drawing, and its contrast to what is painted under it, which axe cannot tell."""
    return [tuple(one) for one in page.evaluate(CONTRASTS)]


def cut(page: Page, paper: str) -> list[str]:
    """Figures, tables and rows that no printed page holds, by their boxes in print."""
    wide, high = PAPER[paper]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": wide, "height": high})
    over = page.evaluate("document.documentElement.scrollWidth")
    return page.evaluate(CUT, [wide, high]) + ([f"the page: {over} wide"] if over > wide else [])


def missed(page: Page, most: int = 400) -> list[str]:
    """What can be operated and the Tab key does not reach in the order of the page, or without a ring; at worst a trap."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0); getSelection().removeAllRanges()")
    page.evaluate(
        "document.body.tabIndex = -1; document.body.focus({focusVisible: false}); document.body.removeAttribute('tabindex')"
    )
    many = min(page.evaluate(STOPS), most)
    names, wrong = page.evaluate(NAMED), []
    for number in range(many):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["at"] != number:
            return [*wrong, f"stop {number + 1} is {stop['said']!r}, not {names[number]!r}"]
        if not stop["ring"]:
            wrong.append(f"no ring around {names[number]!r}")
    return wrong
