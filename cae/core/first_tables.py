"""The first migration of a room, applied at once: its tables as they are in the end, drawn one time.

After each constraint, index and trigger, Django draws again all models that the table is tied to, and all are
tied to people: eight hundred of them took a minute of processor wherever a database was made.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

# What a table made from the final models already has.
WITHIN = (AddField, AddIndex, AddConstraint, AddTrigger)


class FirstTables(Migration):
    """Creates tables and does nothing else to them; the same database as operation after operation."""

    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        project_state.__dict__.pop("apps", None)
        before = project_state.clone()
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        made = {one.name_lower for one in self.operations if isinstance(one, CreateModel)}
        for operation in self.operations:
            if isinstance(operation, WITHIN) and operation.model_name_lower in made:
                continue
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state
