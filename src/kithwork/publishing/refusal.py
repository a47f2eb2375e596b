"""A refusal: nothing was written, because what would be published should not be, or not there."""

from __future__ import annotations

from kithwork.errors import UserError

STATUS = 3
"""With which the command then ends."""


class Refused(UserError):  # noqa: N818  what is done, not what went wrong
    """Everything that speaks against publishing, for the person who can mend it."""
