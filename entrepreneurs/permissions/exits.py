"""The rights on departures."""

from __future__ import annotations

import rules
from rules.predicates import Predicate

from entrepreneurs.models import Exit
from entrepreneurs.models.exits import EXIT_READERS
from people.models import User
from people.permissions import has_role, is_hr


@rules.predicate
def sees_exit(user: User, row: Exit | None = None) -> bool:
    """Asks the same queryset as the list."""
    return row is None or Exit.objects.visible_to(user).filter(pk=row.pk).exists()


@rules.predicate
def is_anothers_exit(user: User, row: Exit | None = None) -> bool:
    return row is None or row.person_id != user.person_id


PERMISSIONS: dict[str, Predicate] = {
    "entrepreneurs.view_exits": has_role(*EXIT_READERS),
    "entrepreneurs.view_exit": sees_exit,
    "entrepreneurs.write_exit": is_hr & is_anothers_exit,
}
