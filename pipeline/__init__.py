"""How stages run: runner, progress, failures, chapters, publishing. No science."""

import sys

for slow in ("rfc3987_syntax", "isoduration"):  # needed by nobody here; jsonschema does without them
    sys.modules.setdefault(slow, None)
