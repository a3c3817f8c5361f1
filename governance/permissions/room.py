"""The rights on the room: its member's page, the console of the bureau, the queue of speakers."""

from __future__ import annotations

from rules.predicates import Predicate

from governance.permissions.predicates import acts_as_associate, is_organiser, sees_assembly, sits_in_bureau

PERMISSIONS: dict[str, Predicate] = {
    # The agenda, the papers, the texts: whoever sees the assembly in the list.
    "governance.attend_assembly": sees_assembly,
    "governance.ask_to_speak": acts_as_associate & sees_assembly,
    # Opens and closes the sitting, leads the agenda and the speakers, notes incidents.
    "governance.run_assembly": sees_assembly & (is_organiser | sits_in_bureau),
}
