"""How stages run: runner, progress, failures, chapters, publishing. No science."""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # builds 35 grammars that nobody here needs; jsonschema does without it
