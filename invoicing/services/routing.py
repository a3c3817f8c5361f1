"""Gives an activity the address by which platforms find it (INV-36)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from entrepreneurs.models import Activity
from invoicing.models import RoutingAddress
from invoicing.states.exchange import MAX_SUFFIX

_SUFFIX = re.compile(r"[A-Z0-9][A-Z0-9+/_-]*")


def give_first_address(activity: Activity, *, on: date, actor: Any) -> RoutingAddress:
    """Does: gives a new activity its suffix by the rule: its code, else its code and the first number free.
    Refuses: nothing; an activity that has one keeps it. Leaves behind: the address, audit."""
    with transaction.atomic():
        take_turn("invoicing.routing")
        known = RoutingAddress.objects.filter(activity=activity).order_by("-starts_on", "-pk").first()
        if known is not None:
            return known
        suffix, number = activity.code, 1
        while _owner_of(suffix, but=activity) is not None:
            number += 1
            suffix = f"{activity.code}{number}"
        return _keep(activity, suffix, on=on, actor=actor)


def give_address(activity: Activity, *, suffix: str, starts_on: date, actor: Any) -> RoutingAddress:
    """Does: gives an activity another suffix from a day on; the former one serves until the day before, and
    leads here for ever. Refuses: a suffix misspelt, too long, given to another activity or already its own,
    a day before the present one began. Leaves behind: the addresses, audit."""
    wanted = suffix.strip().upper()
    _check(wanted)
    with transaction.atomic():
        take_turn("invoicing.routing")
        _refuse_taken(wanted, activity)
        current = RoutingAddress.objects.filter(activity=activity, ends_on=None).first()
        if current is None:
            current = give_first_address(activity, on=activity.opened_on, actor=actor)
        if starts_on <= current.starts_on:
            raise Refused(
                Code.DATE_INVALID,
                _("L’adresse actuelle a commencé le %(day)s : la suivante commence après.")
                % {"day": current.starts_on.strftime("%d/%m/%Y")},
                field="starts_on",
            )
        current.ends_on = starts_on - timedelta(days=1)
        current.save(update_fields=["ends_on"])
        return _keep(activity, wanted, on=starts_on, actor=actor)


def _keep(activity: Activity, suffix: str, *, on: date, actor: Any) -> RoutingAddress:
    row = RoutingAddress.objects.create(activity=activity, suffix=suffix, starts_on=on)
    detail = {"suffix": suffix, "from": on.isoformat()}
    audit.record(actor, "invoicing.give_routing_address", row, detail=detail)
    return row


def _check(suffix: str) -> None:
    if not suffix:
        raise Refused(Code.VALUE_MISSING, _("Écrivez le suffixe de cette adresse."), field="suffix")
    if len(suffix) > MAX_SUFFIX:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce suffixe dépasse %(most)d caractères.") % {"most": MAX_SUFFIX},
            field="suffix",
        )
    if not _SUFFIX.fullmatch(suffix):
        raise Refused(
            Code.VALUE_INVALID,
            _("Un suffixe s’écrit avec des lettres sans accent, des chiffres et + - _ /, sans espace."),
            field="suffix",
        )


def _refuse_taken(suffix: str, activity: Activity) -> None:
    owner = _owner_of(suffix, but=None)
    if owner is None:
        return
    sentence = (
        _("Ce suffixe est déjà, ou a déjà été, celui de cette activité.")
        if owner.pk == activity.pk
        else _("Ce suffixe est celui de %(activity)s : un suffixe ne se donne qu’une fois.")
    )
    raise Refused(Code.DUPLICATE, sentence % {"activity": owner.name}, field="suffix")


def _owner_of(suffix: str, *, but: Activity | None) -> Activity | None:
    """Whose suffix it is, or was; a code counts too: it may become the suffix of its activity."""
    row = RoutingAddress.objects.filter(suffix=suffix).select_related("activity").first()
    if row is not None:
        return row.activity
    named = Activity.objects.filter(code=suffix)
    return (named.exclude(pk=but.pk) if but else named).first()
