"""What bookings hold of a person (PEO-15), and what the search everywhere finds among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.facts import Held
from cae.core.permissions import can
from cae.core.search import Hit
from coworking.models import Booking, Visitor, WaitingPlace
from coworking.selectors.booking_words import span_words
from coworking.selectors.finding import own_bookings
from people.selectors.rights import scopes_followed_by
from people.states import RoleKind

BOOKINGS = gettext_lazy("Réservations")


def held_of_bookings(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of bookings, of queues, of guests announced."""
    rows = Booking.objects.filter(Q(member__person=person.pk) | Q(person=person.pk))
    yield Held(
        BOOKINGS,
        (_("lieu"), _("ressource"), _("quand"), _("objet"), _("prix HT"), _("état")),
        [
            (
                one.place.name,
                one.resource.name,
                span_words(one.during),
                one.title,
                one.price,
                one.get_state_display(),
            )
            for one in rows.select_related("place", "resource")
        ],
        kept=_("Gardées avec les comptes du lieu : elles disent ce qui a été facturé."),
    )
    waiting = WaitingPlace.objects.filter(person=person.pk).select_related("resource")
    yield Held(
        _("Files d’attente"),
        (_("ressource"), _("quand"), _("état")),
        [(one.resource.name, span_words(one.during), one.get_state_display()) for one in waiting],
    )
    guests = Visitor.objects.filter(host=person.pk, erased_at__isnull=True).select_related("place")
    yield Held(
        _("Invité·es annoncé·es"),
        (_("lieu"), _("nom"), _("adresse e-mail"), _("attendue")),
        [(one.place.name, one.name, one.email, one.expected_at) for one in guests],
        kept=_("Effacés après le délai du lieu."),
    )


def find_bookings(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """One’s own by their title or resource; those of the places one runs by their holder too."""
    rows = own_bookings(user)
    words = Q(title__icontains=terms) | Q(resource__name__icontains=terms)
    if can(user, "coworking.book_for"):
        followed = scopes_followed_by(user, kind=RoleKind.PLACE_FACILITATOR)
        named = (
            words
            | Q(name__icontains=terms)
            | Q(member__person__last_name__icontains=terms)
            | Q(person__last_name__icontains=terms)
        )
        rows = Booking.objects.filter(named).select_related("place", "resource", "member__person", "person")
        if followed is not None:
            rows = rows.filter(place__scope__in=followed)
    else:
        rows = rows.filter(words)
    for row in rows.order_by("-during")[:limit]:
        detail = f"{row.place} · {span_words(row.during)}"
        yield Hit(BOOKINGS, row.title or str(row.resource), detail, row.get_absolute_url(), "calendar3")
