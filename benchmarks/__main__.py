"""`make bench`: prints every figure of every benchmark as it was last measured, or of those that are named."""

from __future__ import annotations

import sys

from rich.console import Console

from benchmarks import page, published

WIDTH = 170


def main(names: list[str]) -> int:
    """Print; 1 where a benchmark that is named was never published, else 0."""
    results = published.results()
    if unknown := [name for name in names if name not in results]:
        print(f"never measured: {', '.join(unknown)}. Known are: {', '.join(results)}.", file=sys.stderr)
        return 1
    console = Console(width=WIDTH)
    for part in page.parts({name: results[name] for name in names or results}):
        console.print(part)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
