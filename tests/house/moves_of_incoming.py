"""The table of moves of files that come in, with a row made by services and the page of each move."""

from __future__ import annotations

from typing import Any

from invoicing.services.incoming import set_file_aside
from people.states import RoleKind
from tests.factories import invoicing_incoming as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_purchases import make_supplier, typed
from tests.factories.people import make_user
from tests.house.moving import Case, Page, Subject


def _stray() -> Case:
    """Read, of nobody; around it, an activity and a supplier known already."""
    known = {"activity": make_activity(), "supplier": make_supplier()}
    return Case(make.stray(), [make_user(RoleKind.ACCOUNTANT)], known)


def _left_unread(_case: Case) -> Any:
    """Damaged, and the job that was to read it never came to it."""
    return make.unreadable(reads=False)


def _aside(case: Case) -> Any:
    return set_file_aside(case.row, note="Publicité", actor=case.users[0])


def _activity(case: Case) -> dict[str, Any]:
    return {"activity": case.known["activity"].pk}


INCOMING: dict[str, Subject] = {
    "invoicing.IncomingFile": Subject(
        _stray,
        {
            "open": Page("invoicing:incoming_open"),
            "give_up": Page("invoicing:incoming_assign", (), _activity, _left_unread),
            # Somebody types the purchase from the file.
            "attach": Page(
                "invoicing:purchase_new",
                (),
                lambda case: typed(case.known["supplier"], case.known["activity"]),
                keys=lambda _case: (),
                asks=lambda case: {"fichier": case.row.pk},
            ),
            "set_aside": Page("invoicing:incoming_set_aside", (), {"note": "Publicité"}),
            "bring_back": Page("invoicing:incoming_bring_back", (), {}, _aside),
        },
    ),
}
