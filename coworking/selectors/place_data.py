"""What places hold of a person (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from coworking.models import AccessLoan, Clearance, Fault, Tenancy


def held_of_places(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of machines one was trained for, keys, premises, faults told."""
    clearances = Clearance.objects.filter(person=person.pk).select_related("resource__place")
    yield Held(
        _("Habilitations"),
        (_("ressource"), _("lieu"), _("du"), _("au")),
        [(one.resource.name, one.resource.place.name, one.starts_on, one.ends_on) for one in clearances],
        kept=_("Gardées tant que la machine sert : elles disent qui pouvait s’en servir."),
    )
    loans = AccessLoan.objects.filter(person=person.pk).select_related("item__place")
    yield Held(
        _("Clés, badges et codes prêtés"),
        (_("repère"), _("lieu"), _("le"), _("fini le"), _("caution"), _("état")),
        [
            (
                one.item.label,
                one.item.place.name,
                one.lent_on,
                one.ended_on,
                one.deposit,
                one.get_state_display(),
            )
            for one in loans
        ],
        kept=_("Gardés avec les comptes du lieu : ils disent à qui une caution est due."),
    )
    tenancies = Tenancy.objects.filter(person=person.pk).select_related("place")
    yield Held(
        _("Locaux occupés"),
        (_("lieu"), _("ce qui est occupé"), _("du"), _("au")),
        [(one.place.name, one.rooms, one.starts_on, one.ends_on) for one in tenancies],
        kept=_("Gardés avec les comptes du lieu."),
    )
    faults = Fault.objects.filter(told_by__person=person.pk).select_related("resource")
    yield Held(
        _("Pannes signalées"),
        (_("ressource"), _("le"), _("ce qui n’allait pas")),
        [(one.resource.name, one.told_at, one.text) for one in faults],
    )
