"""How stages run: runner, progress, failures, chapters, publishing. No science."""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # slow to load, needed by nobody here; jsonschema does without it
