"""Who may read the list of an entry and tick its lines."""

from typing import Any

import rules

from entrepreneurs.models import EntryChecklist, EntryLine
from entrepreneurs.models.entry import READER_KINDS
from entrepreneurs.selectors.entry import balls_of
from people.permissions import has_role


@rules.predicate
def sees_checklist(user: Any, checklist: EntryChecklist | None = None) -> bool:
    return checklist is None or EntryChecklist.objects.visible_to(user).filter(pk=checklist.pk).exists()


@rules.predicate
def has_the_ball(user: Any, line: EntryLine | None = None) -> bool:
    return line is None or line.ball in balls_of(user, line.checklist)


PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.view_entries": has_role(*READER_KINDS),
    "entrepreneurs.view_entry": sees_checklist,
    "entrepreneurs.tick_entry": has_the_ball,
}
