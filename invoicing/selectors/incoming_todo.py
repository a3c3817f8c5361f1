"""Files that wait for somebody, in « À faire »."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Pile, Tally
from invoicing.models import IncomingFile
from invoicing.models.sight import reach, within
from invoicing.states.incoming import WAITING_STATES
from people.permissions import is_accountant
from people.selectors import scopes_with_part
from people.states import SELLING_PARTS


def _to_sort() -> QuerySet[IncomingFile]:
    """In reach; those of no activity are the accountant's."""
    return IncomingFile.objects.filter(within()).waiting()


def _told(user: Any, today: date) -> dict[str, Any] | None:
    if is_accountant.test(user):
        return reach(None)
    own = scopes_with_part(user, SELLING_PARTS)
    return reach(own) if own else None


def _todo(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext("Traiter %(count)d fichier reçu", "Traiter %(count)d fichiers reçus", waiting.count)
    yield Todo(
        label=label % {"count": waiting.count},
        url=f"{reverse('invoicing:incoming_list')}?state={WAITING_STATES}",
        since=waiting.since,
        count=waiting.count,
    )


AWAITED = (Awaited(Pile("invoicing.incoming_files", lambda: (_to_sort(), "state_since")), _told, _todo),)
