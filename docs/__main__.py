"""`python -m docs`: writes the handbook to `build/docs/` and says where it is."""

from __future__ import annotations

import sys

from docs import site
from kithwork import params
from kithwork.errors import UserError


def main() -> int:
    """Write every page; 0 if it is done, 1 with a message for people if not."""
    try:
        written = site.write()
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in written)
    print(f"{len(written)} pages, {size / 1e6:.1f} MB: {site.FOLDER.relative_to(params.ROOT) / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
