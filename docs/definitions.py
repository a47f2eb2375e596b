"""The ten values and their indicators, as their files define them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kithwork.report import readings
from kithwork.report.definitions import needed
from kithwork.values import VALUES

BETTER = {1: "More is better", -1: "Less is better", 0: "Neither more nor less is better"}


def values() -> list[dict[str, Any]]:
    """Each value: `title`, `question`, and its `indicators` with definition, parts, what each stands on, and action."""
    return [
        {
            "title": readings.title_of(value),
            "question": readings.question_of(value),
            "name": value,
            "indicators": [
                {
                    "name": readings.called(one),
                    "key": one.name,
                    "definition": one.definition,
                    "parts": one.parts,
                    "needs": needed(one.needs),
                    "better": BETTER[one.better],
                    "self_report": one.self_report,
                    "action": one.action,
                }
                for one in import_module(f"kithwork.values.{value}").INDICATORS
            ],
        }
        for value in VALUES
    ]
