"""What the book and the mandates hold of a person (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from governance.models import Decision
from governance.selectors.mandates import mandates_of_person


def held_of_governance(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of mandates and of decisions in charge."""
    mandates = mandates_of_person(person.pk)
    yield Held(
        _("Mandats"),
        (_("organe"), _("fonction"), _("du"), _("au"), _("décision")),
        [(one.body.name, one.role, one.starts_on, one.last_day, one.decision) for one in mandates],
        kept=_("Gardés aussi longtemps que la coopérative : ils disent qui pouvait l’engager, et quand."),
    )
    decisions = Decision.objects.filter(owner=person.pk)
    yield Held(
        _("Décisions confiées"),
        (_("décision"), _("le"), _("pour le"), _("état")),
        [(one.title, one.on, one.due_on, one.get_state_display()) for one in decisions],
        kept=_("Gardées avec le livre des décisions."),
    )
