"""How a column writes its days, where the year does not come first: day or month before the other, with what signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

ORDERS = ("%d{0}%m{0}%Y", "%m{0}%d{0}%Y", "%d{0}%m{0}%y", "%m{0}%d{0}%y")
CLOCKS = ("", " %H:%M:%S", " %H:%M", ", %H:%M:%S", ", %H:%M", " %I:%M:%S %p", " %I:%M %p", ", %I:%M:%S %p", ", %I:%M %p")
FORMS = tuple(order.format(sign) + clock for sign in "./-" for order in ORDERS for clock in CLOCKS)
LEAST = 0.9
"""Share of cells that a form must fit."""
LOOKED_AT = 300


@lru_cache(256)
def fitting(cells: Sequence[str]) -> tuple[str, ...]:
    """The forms that fit nearly all of these cells, the best first: several where no day is above the twelfth."""
    some = [cell for cell in cells if cell][:LOOKED_AT]
    shares = {form: sum(_fits(cell, form) for cell in some) / len(some) for form in FORMS} if some else {}
    best = max(shares.values(), default=0.0)
    return tuple(form for form, share in shares.items() if share >= LEAST and share == best)


def in_iso(cell: str, form: str) -> str:
    """The day of a cell, year first; nothing where it does not fit."""
    try:
        return datetime.strptime(cell, form).date().isoformat()
    except ValueError:
        return ""


def _fits(cell: str, form: str) -> bool:
    return bool(in_iso(cell, form))
