"""A place: entered, changed, opened, closed; the keys of its door, its tablet, its wall (COW-01)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from cae.core.workflow import performs
from coworking.models import Place
from coworking.selectors.held_time import held_after, told_after
from coworking.states.places import PLACE_FLOW, PlaceHold, PlaceKind, ZoneKind
from entrepreneurs.models import Activity
from people.models import Organisation, Scope, Territory, User
from people.services.changes import one_line, refuse_long, refuse_stale, write
from people.services.scopes import open_scope, rename_scope
from people.states import ScopeKind

KEY_BYTES = 24
# An address is looked for, then taken: one hand at a time.
_SLUGS = "coworking.places"
# What opens without account, and the field that bears its key.
KEYS = {"door": "door_key", "kiosk": "kiosk_key", "wall": "wall_key"}
_LENGTHS = {
    "address_line": 200,
    "address_line2": 200,
    "postcode": 12,
    "city": 120,
    "email": 254,
    "phone": 30,
    "summary": 200,
    "presentation": 4000,
    "access": 2000,
    "charter": 8000,
    "seat_agreement": 60,
    "slug": 80,
}


@dataclass(frozen=True)
class PlaceData:
    """What is typed of a place; no slug: made of its name."""

    name: str
    kind: str = PlaceKind.COWORKING
    zone: str = ZoneKind.RURAL
    hold: str = PlaceHold.OWN
    slug: str = ""
    host: Organisation | None = None
    activity: Activity | None = None
    address_line: str = ""
    address_line2: str = ""
    postcode: str = ""
    city: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    email: str = ""
    phone: str = ""
    summary: str = ""
    presentation: str = ""
    access: str = ""
    charter: str = ""
    area: Decimal | None = None
    is_public: bool = True
    seat_agreement: str = ""
    visitor_days: int = 30


@transaction.atomic
def enter_place(
    *, data: PlaceData, actor: User | None, territory: Territory | None = None, scope: Scope | None = None
) -> Place:
    """Does: writes a place that is being prepared, with the scope that its roles are given on, or the one
    already opened for it. Refuses: no name, a page or an activity already another place’s, a host missing,
    one coordinate without the other, a scope that is no place’s. Leaves behind: the draft, its scope, its
    keys, audit."""
    take_turn(_SLUGS)
    data = _checked(data)
    if scope is None:
        scope = open_scope(ScopeKind.PLACE, label=data.name, actor=actor, territory=territory)
    elif scope.kind != ScopeKind.PLACE or Place.objects.filter(scope=scope).exists():
        raise Refused(Code.VALUE_INVALID, _("Ce périmètre n’est pas celui d’un lieu à inscrire."))
    place = Place(scope=scope, **{field: _new_key() for field in KEYS.values()})
    write(place, data)
    place.save()
    audit.record(actor, "coworking.place.enter", place)
    return place


@transaction.atomic
def change_place(
    place: Place,
    *,
    data: PlaceData,
    actor: User | None,
    territory: Territory | None = None,
    version: int | None = None,
) -> Place:
    """Does: changes what is said of a place, its scope with it. Refuses: what `enter_place` refuses, a form
    opened before somebody else’s change. Leaves behind: audit with the values before and after."""
    take_turn(_SLUGS)
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    refuse_stale(row, version)
    data = _checked(data, besides=row)
    changed = write(row, data)
    row.version += 1
    row.save()
    row.scope = rename_scope(row.scope, label=row.name, actor=actor, territory=territory)
    audit.record(actor, "coworking.place.change", row, detail=changed)
    return row


@performs(PLACE_FLOW, "open")
def open_place(place: Place, *, on: date, actor: User | None) -> None:
    """Does: opens a place, for the first time or again, from a day on. Refuses: one already open, one whose
    town nobody knows, a day before it closed. Leaves behind: the place open, audit with the day."""
    if not place.city:
        raise Refused(Code.VALUE_MISSING, _("Dites d’abord dans quelle commune est ce lieu."))
    if place.closed_on and on <= place.closed_on:
        raise Refused(
            Code.DATE_INVALID,
            _("Ce lieu a été fermé ce jour-là ou après : choisissez un jour plus tard."),
            field="on",
        )
    place.opened_on, place.closed_on, place.close_reason = on, None, ""
    place.version += 1
    audit.record(actor, "coworking.place.opening", place, detail={"from": on.isoformat()})


@performs(PLACE_FLOW, "close")
def close_place(place: Place, *, on: date, reason: str, actor: User | None) -> None:
    """Does: closes a place, whose last day is said with the reason. Refuses: no reason, a day to come or
    before it opened, bookings, events or trainings after that day, with their number. Leaves behind: the
    place closed, audit with the day."""
    reason = one_line(reason, "reason", _("Dites pourquoi ce lieu ferme."), most=300)
    if on > timezone.localdate():
        raise Refused(
            Code.DATE_INVALID,
            _("Un lieu se ferme le jour venu ; jusque-là, inscrivez une fermeture dans ses horaires."),
            field="on",
        )
    if place.opened_on and on < place.opened_on:
        raise Refused(Code.DATE_INVALID, _("Ce jour précède l’ouverture du lieu."), field="on")
    refuse_held(place, after=on)
    _refuse_told(place, after=on)
    place.closed_on, place.close_reason = on, reason
    place.version += 1
    detail = {"last_day": on.isoformat(), "reason": reason}
    audit.record(actor, "coworking.place.closing", place, detail=detail)


@transaction.atomic
def change_key(place: Place, *, which: str, actor: User | None) -> Place:
    """Does: gives a new key to the door, the tablet or the wall; what opened with the former one closes.
    Refuses: any other thing. Leaves behind: audit."""
    if which not in KEYS:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la porte, la borne ou l’écran."))
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    setattr(row, KEYS[which], _new_key())
    row.save(update_fields=[KEYS[which]])
    audit.record(actor, "coworking.place.key", row, detail={"kind": which})
    return row


def refuse_held(place: Place, *, after: date) -> None:
    """Raises Refused when something is booked there after that day."""
    count = held_after(after, place=place).count()
    if count:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Des réservations y viennent encore après ce jour (%(count)d) : annulez-les d’abord.")
            % {"count": count},
            field="on",
        )


def _refuse_told(place: Place, *, after: date) -> None:
    """Raises Refused when people are expected there after that day: they are told first."""
    count = told_after(after, place=place)
    if count:
        raise Refused(
            Code.NOT_ALLOWED,
            _(
                "Des événements ou des formations s’y tiennent après ce jour (%(count)d) : annulez-les ou "
                "déplacez-les d’abord."
            )
            % {"count": count},
            field="on",
        )


def _new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def _checked(data: PlaceData, besides: Place | None = None) -> PlaceData:
    """What is kept, its name on one line and its page named."""
    name = one_line(data.name, "name", _("Donnez un nom à ce lieu."), most=80)
    slug = data.slug.strip() or slugify(name)[:80]
    for field, most in _LENGTHS.items():
        refuse_long(getattr(data, field), field, most)
    _refuse_unknown(data)
    _refuse_wrong_address(data, slug)
    others = Place.objects.exclude(pk=besides.pk if besides else 0)
    if others.filter(slug=slug).exists():
        raise Refused(
            Code.DUPLICATE,
            _("Un autre lieu a déjà cette adresse de page : choisissez-en une autre."),
            field="slug" if data.slug else "name",
        )
    if data.activity and others.filter(activity=data.activity).exists():
        raise Refused(Code.DUPLICATE, _("Cette activité facture déjà un autre lieu."), field="activity")
    return replace(data, name=name, slug=slug)


def _refuse_unknown(data: PlaceData) -> None:
    for field, known, sentence in (
        ("kind", PlaceKind.values, _("Choisissez la nature du lieu.")),
        ("zone", ZoneKind.values, _("Choisissez la zone du lieu.")),
        ("hold", PlaceHold.values, _("Dites par qui le lieu est tenu.")),
    ):
        if getattr(data, field) not in known:
            raise Refused(Code.VALUE_INVALID, sentence, field=field)
    if data.hold != PlaceHold.OWN and data.host is None:
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez l’organisme qui accueille ou tient ce lieu."), field="host"
        )
    if (data.latitude is None) != (data.longitude is None):
        missing = "latitude" if data.latitude is None else "longitude"
        raise Refused(
            Code.VALUE_MISSING, _("Donnez la latitude et la longitude, ou aucune des deux."), field=missing
        )
    if not 0 <= data.visitor_days <= 365:
        raise Refused(Code.VALUE_INVALID, _("Entre 0 et 365 jours."), field="visitor_days")


def _refuse_wrong_address(data: PlaceData, slug: str) -> None:
    for field, value, check, sentence in (
        (
            "slug",
            slug,
            validate_slug,
            _("L’adresse de la page ne prend que des lettres sans accent, des chiffres et des tirets."),
        ),
        ("email", data.email, EmailValidator(), _("Cette adresse e-mail n’est pas complète.")),
    ):
        try:
            if value or field == "slug":
                check(value)
        except ValidationError:
            raise Refused(Code.VALUE_INVALID, sentence, field=field) from None
