"""What waits about contracts: a document to read and sign (ENT-23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Awaited, Todo
from cae.core.questions import Pile, Tally
from entrepreneurs.selectors.signing import signatures_owed, to_sign_by
from people.selectors import held_kinds
from people.states import RoleKind

# Beyond these one reads the list of contracts.
MOST = 5


def _of_signer(user: Any, today: date) -> dict[str, Any] | None:
    own = getattr(user, "person_id", None)
    if own is None:
        return None
    return {"person": own, "signs_for_house": RoleKind.CO_MANAGER in held_kinds(user, today)}


def _to_sign(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    """One line for each document that waits for this person, the oldest first."""
    for row in to_sign_by(user)[:MOST]:
        yield Todo(
            _("Lire et signer : %(title)s") % {"title": row.terms},
            reverse("entrepreneurs:terms_sign", args=[row.terms_id]),
            since=timezone.localdate(row.terms.state_since),
        )


AWAITED = (
    Awaited(
        Pile("entrepreneurs.to_sign", lambda: (signatures_owed(), "terms__state_since")),
        _of_signer,
        _to_sign,
    ),
)
