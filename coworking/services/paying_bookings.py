"""Who pays a booking (COW-13, COW-16)."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from coworking.models import Booking, Hire, Payer
from coworking.selectors.pricing import subscriptions_for
from coworking.services.payers import payer_of_activity, payer_of_customer, payer_of_person
from entrepreneurs.models import Activity
from invoicing.services.customers import create_customer
from invoicing.services.inputs import CustomerContent
from people.models import PersonScope
from people.states import SELLING_PARTS


def payer_for(booking: Booking, *, actor: Any) -> Payer:
    """Does: gives who pays this booking: the payer of the member, or of what they hold; an activity that the
    person sells for; else the person; of a hire, its customer. Refuses:
    nobody whom the place may invoice. Leaves behind: the payer."""
    member = booking.member
    if member is not None:
        if member.payer is not None:
            return member.payer
        held = subscriptions_for(member).filter(payer__isnull=False).select_related("payer").first()
        if held is not None and held.payer is not None:
            return held.payer
    person = member.person if member else booking.person
    if person is None:
        return payer_of_hire(booking, actor=actor)
    today = timezone.localdate()
    scopes = PersonScope.objects.in_force(today).filter(person=person, part__in=SELLING_PARTS)
    activity = (
        Activity.objects.open_on(today)
        .filter(scope__in=scopes.values("scope"))
        .exclude(pk=booking.place.activity_id or 0)
        .order_by("opened_on", "pk")
        .first()
    )
    if activity is not None:
        return payer_of_activity(booking.place, activity, actor=actor)
    return payer_of_person(booking.place, person, actor=actor)


def payer_of_hire(booking: Booking, *, actor: Any) -> Payer:
    """Does: makes the customer of who hires without account, once. Refuses: what a customer asks. Leaves
    behind: the customer, the payer."""
    hire = Hire.objects.select_related("booking__place__activity").get(booking=booking)
    seller = hire.booking.place.activity
    if seller is None:
        raise Refused(
            Code.NOT_ALLOWED, _("Ce lieu ne vend rien : donnez-lui d’abord l’activité qui facture.")
        )
    customer = create_customer(
        seller, content=content_of(hire), form_key=uuid5(NAMESPACE_URL, f"hire:{hire.pk}"), actor=actor
    )
    return payer_of_customer(booking.place, customer, actor=actor)


def content_of(hire: Hire) -> CustomerContent:
    """A hire as a customer: the firm with who asked as its contact, or the person."""
    name = hire.booking.name
    return CustomerContent(
        name=hire.firm or name,
        kind=hire.kind,
        siren=hire.siren,
        contact_name=name if hire.firm else "",
        email=hire.booking.email,
        phone=hire.booking.phone,
        address_line=hire.address_line,
        address_line2=hire.address_line2,
        postcode=hire.postcode,
        city=hire.city,
        country=hire.country,
    )
