"""Draws docs/rights.md: for each role held on the whole cooperative, the rights it opens."""

from datetime import date
from typing import Any

from django.utils.translation import override

from cae.core import permissions
from people.models import Person, Role, User
from people.states import RoleKind
from tests.house.tables import markdown

HEAD = """# Rights by role

Drawn from the code by `tests/house/test_rights.py`. ● the role, held on the whole cooperative, opens the
right (on an object its own predicate is asked again: a portfolio, one's own activity). Own activities
open more: see [story.md](story.md). Columns: roles of PEO-22, in short.

"""

SHORT = {
    RoleKind.ENTREPRENEUR: "ent",
    RoleKind.PROJECT_HOLDER: "proj",
    RoleKind.CANDIDATE: "cand",
    RoleKind.ASSOCIATE: "asso",
    RoleKind.ADVISOR: "acc",
    RoleKind.ACCOUNTANT: "compta",
    RoleKind.HUMAN_RESOURCES: "RH",
    RoleKind.TRAINING_MANAGER: "form",
    RoleKind.PLACE_FACILITATOR: "lieu",
    RoleKind.COOPERATIVE_LIFE: "vie",
    RoleKind.WEBMASTER: "web",
    RoleKind.PROJECT_MANAGER: "euro",
    RoleKind.CO_MANAGER: "gér",
    RoleKind.DATA_OFFICER: "DPD",
    RoleKind.ADMINISTRATOR: "adm",
    RoleKind.AUDITOR: "aud",
    RoleKind.TRAINER: "frm",
    RoleKind.COMMITTEE_MEMBER: "com",
}


def holder_of(kind: str) -> User:
    """A person who holds one role on the whole cooperative, for ever."""
    person = Person.objects.create(first_name="Rôle", last_name=kind, email=f"{kind}@example.org")
    Role.objects.create(person=person, kind=kind, starts_on=date(2020, 1, 1), reason="essai")
    return User.objects.create_user(email=f"{kind}@example.org", person=person)


def rights_table(addresses: list[tuple[str, Any]]) -> str:
    """The page: the table of rights, then the addresses and what each asks."""
    with override("fr"):
        holders = {kind: holder_of(kind) for kind in RoleKind}
        rows = [
            [f"`{right}`", *("●" if permissions.can(user, right) else "" for user in holders.values())]
            for right in sorted(permissions.RIGHTS)
        ]
        legend = ", ".join(f"{SHORT[kind]} {kind.label}" for kind in RoleKind)
    doors = sorted([f"`/{address}`", f"`{view.right}`"] for address, view in addresses)
    head = ["right", *(SHORT[kind] for kind in RoleKind)]
    return (
        f"{HEAD}{markdown(head, rows)}\n{legend}.\n\n## Addresses\n\n{markdown(['address', 'asks'], doors)}"
    )
