"""Words that mean harm, made by families: what may stand where a client, a person or an analyst writes a text.

A string is a payload in a wrapping: as it is, or at a place where it would close what stands around it. None is copied from
a list; `strings()` always gives the same ones, in the same order. Whoever runs one of them sets `window.pwned`.
"""

from __future__ import annotations

import unicodedata
from itertools import product

RUN = "window.pwned=1"
TAGS = (
    "<script>{run}</script>",
    "<ScRiPt >{run}</ScRiPt >",
    "<script src=data:text/javascript,{run}></script>",
    "<img src=x onerror={run}>",
    "<img src=x onerror='{run}'//",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<math><mtext></p><style><img src=x onerror={run}></style></mtext></math>",
    "<details open ontoggle={run}><summary>x</summary></details>",
    "<input autofocus onfocus={run}>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src=javascript:parent.{run}></iframe>",
    "<object data=javascript:{run}></object>",
    "<embed src=javascript:{run}>",
    "<a href=javascript:{run} id=x>x</a>",
    "<form action=javascript:{run}><button>x</button></form>",
    "<base href=https://example.invalid/>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<link rel=stylesheet href=https://example.invalid/x.css>",
    "<style>@import'https://example.invalid/x.css';*{{display:none}}</style>",
    "<video><source onerror={run}></video>",
    "<body onload={run}>",
    "<marquee onstart={run}>x</marquee>",
    "<p style=position:fixed;inset:0;background:red>x</p>",
    "<plaintext>",
    "<h1>x</h1>",
    "</main></body></html>",
)
WRAPS = (
    "{}",
    '">{}',
    "'>{}",
    "-->{}<!--",
    "]]>{}<![CDATA[",
    "</script>{}<script>",
    "</style>{}<style>",
    "</title>{}<title>",
    "</text></svg>{}",
    "</td></tr></table>{}",
    "</textarea>{}",
    "--!>{}",
)
ATTRIBUTES = (
    '" onmouseover="{run}',
    "' onmouseover='{run}",
    '" autofocus onfocus="{run}" x="',
    '" style="position:fixed;inset:0" x="',
    '" id="main" x="',
    "` onmouseover=`{run}`",
    '" data-claim="people.share_strategic',
    'id="x" url(#x) font: 12px x; xlink:href="#x" #1a1d21',
)
ADDRESSES = (
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    "java\tscript:{run}",
    "java&#10;script:{run}",
    "\x01javascript:{run}",
    "data:text/html,<script>{run}</script>",
    "data:image/svg+xml,<svg onload={run}>",
    "vbscript:{run}",
    "//example.invalid/x",
    "https://example.invalid/?<script>{run}</script>",
    "file:///etc/passwd",
)
LINKS = ("{}", "[x]({})", "![x]({})", "<{}>", "[x]: {}", '<a href="{}">x</a>')
ENTITIES = (
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&#60;script&#62;{run}&#60;/script&#62;",
    "&#x3c;script&#x3e;{run}",
    "&amp;lt;script&amp;gt;",
    "&nbsp;&shy;&zwj;",
    "&#0;&#xD800;&#1114112;",
    "%3Cscript%3E{run}%3C/script%3E",
    "\\u003cscript\\u003e{run}",
    "\\x3cscript\\x3e{run}",
    "&quot;&apos;&#39;&",
)
TEMPLATES = (
    "{{{{ 7 * 7 }}}}",
    "{{% for x in range(9) %}}x{{% endfor %}}",
    "{{# x #}}",
    "{{{{ config.__class__.__init__.__globals__ }}}}",
    "{{people.share_strategic}}",
    "{{claim.id}}",
    "{{0.__class__}}",
    "${{{run}}}",
    "$a$ and $b^{{c}}$",
    "%(x)s %s %d %%",
    "`{run}`",
    "<%= {run} %>",
    "<?php {run} ?>",
    "\\frac{{1}}{{0}} \\textbf{{x}}",
)
STYLES = (
    '"; }} * {{ display: none }} a::before {{ content: "',
    "expression({run})",
    "url(https://example.invalid/x.png)",
    '\\"; }} </style><script>{run}</script>',
    "\\22 ; }} * {{ display: none",
    "/* */ */ }} body {{ display: none }}",
    "@import url(https://example.invalid/x.css);",
    "red; background: url(javascript:{run})",
    '\n"; }} * {{ display: none }}',
)
FORMULAS = (
    "1+1",
    'HYPERLINK("https://example.invalid/","x")',
    "cmd|' /C calc'!A0",
    'WEBSERVICE("https://example.invalid/")',
    "SUM(A1:A9)",
)
BEFORE = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "'=", "''=", '"=', ";=", ",=", "\x00=")
SIGNS = {
    "steering": ("\u202e", "\u202d", "\u202a", "\u202b", "\u202c",
                 "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c"),
    "unseen": ("\u200b", "\u2060", "\ufeff", "\u180e", "\u3164", "\U000e0041", "\ufff9"),
    "control": ("\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x1f", "\x7f", "\x85", "\x9b", "\ufffe"),
    "spaces": ("\n", "\r", "\r\n", "\t", "\u00a0", "\u2028", "\u2029", "\u3000", " " * 300),
    "surrogates": ("\ud800", "\udfff", "\udcff"),
}  # fmt: skip
PLACES = ("{}Night Shift", "Night{}Shift", "Night Shift{}", "{0}N{0}S{0}", "{} (2)")
LEFTWARD = ("שלום", "עולם", "مرحبا", "ثريا", "ܫܠܡܐ", "ދިވެހި", "ߒߞߏ", "אבג 12", "אבג, 12%", "A אבג B")
AROUND = ("{}", "{} 2026", "12 {}", "{} / {}", "({})", "{}!", "R&D {}")
LETTERS = ("W", "a", "Ж", "漢", "ﷺ", "𒐫", "אב", "👩‍👩‍👧‍👦", "🏴", "-", "_", ".", "&", "<", "%", "\u00ad", "/")
LENGTHS = (60, 120, 1_000, 10_000)
PILES = (2, 3, 8, 40, 400)
ACCENTS = "\u0300\u0301\u0316\u0330\u035c\u0489\u20dd\u0e49"
PATHS = (
    "../../etc/passwd",
    "..\\..\\windows\\system32",
    "/absolute",
    "C:\\x",
    "CON",
    "nul.csv",
    ".hidden",
    "~root",
    "a/b/c",
    "x\x00.csv",
    "file name with spaces.csv",
    "-rf",
    "$(id)",
    "; rm -rf x",
    "| cat",
    "%2e%2e%2f",
    "index.html",
    ".",
    "..",
    "....//",
)
WORDS = (
    "null", "None", "nan", "NaN", "undefined", "true", "[c]", "All", "A × B", "×", "0", "-0", "1e999", "1,000",
    "constructor",
    "__proto__", "toString", "main", "claims", "open-tables", "summary", "'", '"', "\\", "&", "<", ">", "`", "%", "…",
    "# heading", "* list", "| a | b |", "---", "```", "> quote", "**bold**", "~~x~~", "    code", "1. one",
)  # fmt: skip


def strings() -> list[str]:
    """All of them, each once."""
    made = [wrap.format(tag.format(run=RUN)) for tag, wrap in product(TAGS, WRAPS)]
    made += [text.format(run=RUN) for text in (*ATTRIBUTES, *ENTITIES, *TEMPLATES, *STYLES)]
    made += [link.format(address.format(run=RUN)) for address, link in product(ADDRESSES, LINKS)]
    made += [before + formula for before, formula in product(BEFORE, FORMULAS)]
    made += [place.format(sign) for signs in SIGNS.values() for sign, place in product(signs, PLACES)]
    made += [around.replace("{}", word) for word, around in product(LEFTWARD, AROUND)]
    made += [letter * (length // len(letter)) for letter, length in product(LETTERS, LENGTHS)]
    made += [("word " * length)[:length].strip() for length in LENGTHS]
    made += ["".join(letter + ACCENTS * (pile // 8) + ACCENTS[: pile % 8] for letter in "Unit") for pile in PILES]
    made += [f"Unit {accent * pile}x" for accent, pile in product(ACCENTS, PILES)]
    return list(dict.fromkeys([*made, *PATHS, *WORDS, ""]))


def names() -> list[str]:
    """Those that can be a name on a page: what of them `cleaning` lets in, as it lets it in, each once."""
    from kithwork import display

    clean = (display.label(text) for text in strings())
    return list(dict.fromkeys(name for name in clean if 0 < len(name) <= display.LONGEST_LABEL))


KEPT_UNSEEN = "\u00ad\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
"""Signs of form that writing or emoji need: what looks right only with them, and steers nothing."""


def seen(text: str) -> str:
    """What a reader must be shown of a text, its spaces made one, by the classes of Unicode's own database."""
    kept, piled = [], 0
    for sign in text:
        kind = unicodedata.category(sign)
        if (kind == "Cf" and sign not in KEPT_UNSEEN) or sign in "\u3164\uffa0" or 0xE0000 <= ord(sign) <= 0xE007F:
            continue
        piled = piled + 1 if kind in ("Mn", "Me") else 0
        if piled > 3:
            continue
        broken = kind in ("Cc", "Cs") and sign not in "\t\n\r"
        kept.append("\ufffd" if broken or ord(sign) & 0xFFFE == 0xFFFE else sign)
    words = "".join(kept).split()
    return " ".join(word if len(word) <= 120 else f"{word[:60]}…{word[-30:]}" for word in words)
