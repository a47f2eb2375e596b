"""The ten values of networks at work: one file each, and the scorecard that runs them."""

VALUES = (
    "strategic_perspective",
    "return_on_impact",
    "market_insights",
    "so_what",
    "transformation",
    "change_management",
    "influence",
    "people_power",
    "person_position",
    "learning",
)
"""The ten values, by file name, in the framework's order."""
