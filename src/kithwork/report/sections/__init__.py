"""The sections of the report: one file each, with TOPIC, STAGE and `build(released, facts) -> (title, pieces of HTML)`."""
