"""The rights on what is due and the month’s run."""

from __future__ import annotations

from rules.predicates import Predicate

from coworking.permissions.members import reads_members
from coworking.permissions.predicates import runs_place
from people.permissions import is_accountant

PERMISSIONS: dict[str, Predicate] = {
    "coworking.read_billing": reads_members,
    "coworking.bill_place": runs_place | is_accountant,
}
