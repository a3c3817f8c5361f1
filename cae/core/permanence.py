"""Triggers of the tables that are written once: the database refuses what the code must never do."""

import pgtrigger


def no_truncate(prefix: str) -> pgtrigger.Trigger:
    """Refuses TRUNCATE, which row triggers do not see."""
    return pgtrigger.Trigger(
        name=f"{prefix}_no_truncate",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
    )


def append_only(prefix: str) -> list[pgtrigger.Trigger]:
    """Refuses UPDATE, DELETE and TRUNCATE: a correction is a new row that names what it reverses."""
    return [
        pgtrigger.Protect(name=f"{prefix}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        no_truncate(prefix),
    ]
