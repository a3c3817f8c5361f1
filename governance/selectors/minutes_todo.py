"""What minutes wait for: a signature of the bureau, words of those who write, a publication (GOV-34)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from governance.models import Assembly
from governance.models.assemblies import ORGANISER_KINDS
from governance.selectors.minutes import assemblies_to_write, minutes_to_sign
from governance.selectors.whose import of_kinds, of_person


def _to_sign(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in minutes_to_sign(user.person_id).select_related("assembly"):
        yield Todo(
            _("Signer le procès-verbal de « %(name)s »") % {"name": row.assembly},
            reverse("governance:minutes_sign", args=[row.assembly_id]),
            since=timezone.localdate(row.state_since),
        )


def _to_write(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    rows: list[Assembly] = list(assemblies_to_write())
    for row in rows:
        yield Todo(
            _("Rédiger le procès-verbal de « %(name)s »") % {"name": row},
            reverse("governance:minutes_detail", args=[row.pk]),
            since=timezone.localdate(row.closed_at or row.state_since),
        )


AWAITED = (
    Awaited(
        Pile("governance.minutes_to_sign", lambda: (minutes_to_sign(Given("person")), "state_since")),
        of_person,
        _to_sign,
    ),
    Awaited(
        Pile("governance.minutes_to_write", lambda: (assemblies_to_write(), "state_since")),
        of_kinds(*ORGANISER_KINDS),
        _to_write,
    ),
)
