"""What waits about contracts: a document to read and sign (ENT-23)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Todo
from entrepreneurs.selectors.signing import to_sign_by

# Beyond these one reads the list of contracts.
MOST = 5


def contract_todos(user: Any, _today: date) -> list[Todo]:
    """Gives one line for each document that waits for this person, the oldest first, in one query."""
    return [
        Todo(
            _("Lire et signer : %(title)s") % {"title": one.terms},
            reverse("entrepreneurs:terms_sign", args=[one.terms_id]),
            since=timezone.localdate(one.terms.state_since),
        )
        for one in to_sign_by(user)[:MOST]
    ]
