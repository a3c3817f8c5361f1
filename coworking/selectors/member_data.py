"""What places hold of their members (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from coworking.models import DeskAbsence, Member, Pass, SignUp, Subscription


def held_of_members(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of places where one works, what one holds there, requests."""
    members = Member.objects.filter(person=person.pk).select_related("place", "organisation")
    yield Held(
        _("Lieux où je travaille"),
        (_("lieu"), _("origine"), _("organisme"), _("métier"), _("du"), _("au")),
        [
            (
                one.place.name,
                one.get_origin_display(),
                one.organisation.name if one.organisation else "",
                one.trade,
                one.starts_on,
                one.ends_on,
            )
            for one in members
        ],
        kept=_("Gardés avec les comptes du lieu."),
    )
    held = Subscription.objects.filter(member__person=person.pk).select_related("plan", "member__place")
    yield Held(
        _("Abonnements à un lieu"),
        (_("formule"), _("lieu"), _("du"), _("au"), _("état")),
        [
            (one.plan.name, one.member.place.name, one.starts_on, one.ends_on, one.get_state_display())
            for one in held
        ],
        kept=_("Gardés avec les comptes du lieu."),
    )
    away = DeskAbsence.objects.filter(subscription__member__person=person.pk)
    yield Held(
        _("Absences à un poste"),
        (_("lieu"), _("du"), _("au")),
        [
            (one.subscription.member.place.name, one.starts_on, one.ends_on)
            for one in away.select_related("subscription__member__place")
        ],
        kept=_("Gardées avec les comptes du lieu."),
    )
    passes = Pass.objects.filter(member__person=person.pk).select_related("plan", "member__place")
    yield Held(
        _("Carnets"),
        (_("carnet"), _("lieu"), _("acheté le"), _("à utiliser jusqu’au"), _("restent")),
        [(one.plan.name, one.member.place.name, one.bought_on, one.until, one.left) for one in passes],
        kept=_("Gardés avec les comptes du lieu."),
    )
    asked = SignUp.objects.filter(person=person.pk).select_related("place", "plan")
    yield Held(
        _("Demandes d’adhésion à un lieu"),
        (_("lieu"), _("formule"), _("reçue le"), _("état")),
        [(one.place.name, one.plan.name, one.created_at, one.get_state_display()) for one in asked],
        kept=_("Effacées un an après un refus."),
    )
