"""What collectives hold of a person: demands, lines of agreements (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from entrepreneurs.calculations.keys import said
from entrepreneurs.models import AgreementShare, JoinRequest


def held_in_collectives(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of collectives."""
    demands = JoinRequest.objects.filter(person=person).select_related("activity")
    yield Held(
        _("Demandes d’entrée dans un collectif"),
        (_("demandée le"), _("activité"), _("message"), _("état")),
        [(one.asked_at, one.activity.name, one.message, one.get_state_display()) for one in demands],
    )
    shares = AgreementShare.objects.filter(person=person).select_related("agreement__activity")
    yield Held(
        _("Conventions de collectifs"),
        (_("activité"), _("du"), _("rôle"), _("part du résultat")),
        [
            (one.agreement.activity.name, one.agreement.starts_on, one.function, said(one.result_key))
            for one in shares
        ],
        kept=_("Gardées aussi longtemps que les livres : la clé dit comment un résultat a été partagé."),
    )
