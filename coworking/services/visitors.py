"""Those who come to see somebody: announced, greeted, their host told, erased after a delay (COW-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.notices import forget_notices, notify
from coworking.models import Place, Visitor
from coworking.selectors.places import runners_of
from coworking.states.places import PlaceState
from people.models import Person, User
from people.services.changes import one_line, refuse_long

VISITOR_HERE = "coworking.visitor_here"
# How far ahead somebody is announced.
_MOST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class VisitorData:
    """Who comes, for whom, when; `asked_for`: the name of a host as it was typed at the door."""

    name: str
    firm: str = ""
    email: str = ""
    host: Person | None = None
    asked_for: str = ""
    rules_accepted: bool = False


@transaction.atomic
def announce(place: Place, *, data: VisitorData, expected_at: datetime, actor: Any, now: datetime) -> Visitor:
    """Does: says that somebody will come. Refuses: no name, a wrong address, an hour that is past or more
    than a year ahead, a closed place. Leaves behind: the visitor, audit."""
    _refuse_closed(place)
    if not now - timedelta(hours=1) <= expected_at <= now + _MOST_AHEAD:
        raise Refused(
            Code.DATE_INVALID,
            _("Annoncez une visite à venir, dans l’année."),
            field="expected_at",
        )
    visitor = _written(place, data, expected_at, actor)
    audit.record(actor, "coworking.visitor.announce", visitor)
    return visitor


@transaction.atomic
def walk_in(place: Place, *, data: VisitorData, actor: Any, now: datetime) -> Visitor:
    """Does: notes that somebody who was not announced is at the door, and tells their host. Refuses: no name,
    a wrong address, rules of the place not accepted, a closed place. Leaves behind: the visitor, there; the
    host told, else those who run the place; audit."""
    _refuse_closed(place)
    _refuse_rules(place, accepted=data.rules_accepted)
    visitor = _written(place, data, now, actor)
    visitor.arrived_at = now
    visitor.save(update_fields=["arrived_at"])
    audit.record(actor, "coworking.visitor.greet", visitor)
    _tell_host(visitor, actor, asked_for=data.asked_for)
    return visitor


@transaction.atomic
def greet(visitor: Visitor, *, actor: Any, now: datetime, rules_accepted: bool = False) -> Visitor:
    """Does: somebody announced has come; their host is told. Refuses: one who is there already, who comes no
    more, who is awaited another day; alone at the kiosk, rules of the place not accepted. Leaves behind: the
    instant, the host told, audit."""
    row = _held(visitor)
    if row.cancelled_at is not None or row.erased_at is not None:
        raise IllegalMove(_("Cette visite n’est plus attendue."))
    if row.arrived_at is not None:
        raise IllegalMove(_("Cette arrivée est déjà notée."))
    if timezone.localdate(row.expected_at) != timezone.localdate(now):
        raise Refused(Code.DATE_INVALID, _("Cette visite est attendue un autre jour."))
    if actor is None:
        _refuse_rules(row.place, accepted=rules_accepted)
    row.arrived_at, row.rules_accepted = now, row.rules_accepted or rules_accepted
    row.save(update_fields=["arrived_at", "rules_accepted"])
    audit.record(actor, "coworking.visitor.greet", row)
    _tell_host(row, actor)
    return row


@transaction.atomic
def see_off(visitor: Visitor, *, actor: Any, now: datetime) -> Visitor:
    """Does: a visitor has left. Refuses: one who is not there. Leaves behind: the instant, audit."""
    row = _held(visitor)
    if row.arrived_at is None or row.left_at is not None:
        raise IllegalMove(_("Cette personne n’est pas là."))
    row.left_at = max(now, row.arrived_at)
    row.save(update_fields=["left_at"])
    audit.record(actor, "coworking.visitor.leave", row)
    return row


@transaction.atomic
def call_off(visitor: Visitor, *, actor: Any, now: datetime) -> Visitor:
    """Does: a visitor announced comes no more. Refuses: one who came, or comes no more already. Leaves
    behind: the instant, audit."""
    row = _held(visitor)
    if row.arrived_at is not None or row.cancelled_at is not None:
        raise IllegalMove(_("Cette visite n’est plus attendue."))
    row.cancelled_at = now
    row.save(update_fields=["cancelled_at"])
    audit.record(actor, "coworking.visitor.cancel", row)
    return row


def erase_visitors(*, now: datetime) -> int:
    """Does: erases the names of visitors once the delay of their place is over, and what hosts were told of
    them. Refuses: nothing. Leaves behind: the visits without name, one audit a place with their number;
    gives how many."""
    count = 0
    for place in Place.objects.order_by("pk"):
        until = now - timedelta(days=place.visitor_days)
        with transaction.atomic():
            rows = Visitor.objects.filter(place=place, erased_at__isnull=True).filter(
                Q(arrived_at__isnull=True, expected_at__lt=until) | Q(arrived_at__lt=until)
            )
            keys = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
            erased = len(keys)
            if erased:
                named = Visitor.objects.filter(pk__in=keys)
                forget_notices(named)
                named.update(name="", email="", firm="", erased_at=now)
                audit.record(None, "coworking.visitor.erase", place, detail={"count": erased})
        count += erased
    return count


def _written(place: Place, data: VisitorData, expected_at: datetime, actor: Any) -> Visitor:
    name = one_line(data.name, "name", _("Donnez le nom de la personne."), most=160)
    refuse_long(data.firm, "firm", 120)
    refuse_long(data.email, "email", 254)
    try:
        if data.email:
            validate_email(data.email)
    except ValidationError:
        raise Refused(
            Code.VALUE_INVALID, _("Cette adresse e-mail n’est pas complète."), field="email"
        ) from None
    return Visitor.objects.create(
        place=place,
        host=data.host,
        name=name,
        email=data.email,
        firm=" ".join(data.firm.split()),
        expected_at=expected_at,
        rules_accepted=data.rules_accepted,
        created_by=actor,
    )


def _tell_host(visitor: Visitor, actor: Any, *, asked_for: str = "") -> None:
    """The host, if they have an account; else those who run the place, who know where to find them."""
    hosts = User.objects.filter(person=visitor.host_id, is_active=True) if visitor.host_id else None
    told = hosts if hosts is not None and hosts.exists() else runners_of(visitor.place)
    # A name that nobody here answers to is told as it was typed.
    wanted = str(visitor.host or " ".join(asked_for.split())[:160])

    def text() -> str:
        lines = [visitor.firm, _("Vient voir %(name)s.") % {"name": wanted} if wanted else ""]
        return "\n".join(filter(None, lines))

    url = visitor.booking.get_absolute_url() if visitor.booking else visitor.place.public_url
    if hosts is None or told is not hosts:
        url = reverse("coworking:today", args=[visitor.place_id])
    notify(
        told,
        VISITOR_HERE,
        subject=lambda: (
            _("%(name)s est là : %(place)s") % {"name": visitor.name[:90], "place": visitor.place}
        ),
        text=text,
        url=url,
        about=visitor,
        actor=actor,
    )


def _refuse_closed(place: Place) -> None:
    if place.state != PlaceState.OPEN:
        raise Refused(Code.NOT_ALLOWED, _("Ce lieu n’est pas ouvert : personne n’y est attendu."))


def _refuse_rules(place: Place, *, accepted: bool) -> None:
    if place.charter and not accepted:
        raise Refused(
            Code.VALUE_MISSING, _("Acceptez les règles du lieu pour entrer."), field="rules_accepted"
        )


def _held(visitor: Visitor) -> Visitor:
    rows = Visitor.objects.select_for_update(of=("self",)).select_related("place", "booking", "host")
    return rows.get(pk=visitor.pk)
