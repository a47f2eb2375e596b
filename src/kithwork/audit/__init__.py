"""The audit: finished folders, taken as a reader is given them, and attacked."""

from kithwork.audit.audit import Audit, audit

__all__ = ["Audit", "audit"]
