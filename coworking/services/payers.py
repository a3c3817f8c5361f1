"""Who pays a place: an activity of the cooperative, else a customer of the place’s activity (COW-13)."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from coworking.models import Payer, Place
from entrepreneurs.models import Activity
from invoicing.models import Customer
from invoicing.services.customers import create_customer
from invoicing.services.inputs import CustomerContent
from invoicing.states.sales import CustomerKind
from people.models import Organisation, Person
from people.models.addresses import Address
from people.states import OrganisationKind


def payer_of_activity(place: Place, activity: Activity, *, actor: Any) -> Payer:
    """Does: gives the payer that an activity of the cooperative is in this place. Refuses: a place that sells
    nothing, the activity of the place itself. Leaves behind: the payer, once."""
    seller = _seller(place)
    if activity.pk == seller.pk:
        raise Refused(
            Code.VALUE_INVALID, _("Le lieu ne se vend rien à lui-même : choisissez une autre activité.")
        )
    return _kept(place, activity=activity)


def payer_of_customer(place: Place, customer: Customer, *, actor: Any) -> Payer:
    """Does: gives the payer that a customer is in this place. Refuses: a place that sells nothing, a customer
    of another activity. Leaves behind: the payer, once; a merged record answers by the one that was kept."""
    seller = _seller(place)
    while customer.merged_into is not None:
        customer = customer.merged_into
    if customer.activity_id != seller.pk:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ce client n’est pas de ce lieu : choisissez l’un des siens."),
            field="payer",
        )
    return _kept(place, customer=customer)


def payer_of_person(place: Place, person: Person, *, actor: Any) -> Payer:
    """Does: gives the payer that somebody is for oneself. Refuses: a place that sells nothing, a file without
    postal address. Leaves behind: the customer of the place, made of the file once, and the payer."""
    seller = _seller(place)
    content = CustomerContent(
        name=person.full_name,
        kind=CustomerKind.PRIVATE_PERSON,
        email=person.email,
        phone=person.phone,
        **_address(person),
    )
    return _of(place, content, _key(seller, person), actor)


def payer_of_organisation(place: Place, organisation: Organisation, *, actor: Any) -> Payer:
    """Does: gives the payer that an organisation is: the customer that the place has of it, else one made of
    its record. Refuses: a place that sells nothing, a record without address or without SIREN where it needs
    one. Leaves behind: the customer, once, and the payer."""
    seller = _seller(place)
    known = (
        Customer.objects.filter(activity=seller, organisation=organisation, merged_into__isnull=True)
        .order_by("archived_at", "pk")
        .first()
    )
    if known is not None:
        return payer_of_customer(place, known, actor=actor)
    is_public = organisation.kind == OrganisationKind.PUBLIC_BODY
    content = CustomerContent(
        name=organisation.name,
        kind=CustomerKind.PUBLIC_BODY if is_public else CustomerKind.FIRM,
        siren=organisation.siren,
        siret=organisation.siret,
        vat_number=organisation.vat_number,
        email=organisation.email,
        phone=organisation.phone,
        **_address(organisation),
    )
    return _of(place, content, _key(seller, organisation), actor)


def _of(place: Place, content: CustomerContent, form_key: UUID, actor: Any) -> Payer:
    seller = _seller(place)
    try:
        with transaction.atomic():
            customer = create_customer(seller, content=content, form_key=form_key, actor=actor)
            return payer_of_customer(place, customer, actor=actor)
    except Refused as refused:
        sentence = _("%(name)s ne peut pas encore payer ce lieu. %(why)s") % {
            "name": content.name,
            "why": refused.message,
        }
        raise Refused(refused.code, sentence, field="payer") from refused


def _seller(place: Place) -> Activity:
    if place.activity is None:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Ce lieu ne vend rien : donnez-lui d’abord l’activité qui facture."),
        )
    return place.activity


def _kept(place: Place, **of: Any) -> Payer:
    return Payer.objects.get_or_create(place=place, **of)[0]


def _address(row: Address) -> dict[str, Any]:
    return {
        field: getattr(row, field)
        for field in ("address_line", "address_line2", "postcode", "city", "country")
    }


def _key(seller: Activity, row: Person | Organisation) -> UUID:
    """The same customer for the same file, whoever asks it and how often."""
    return uuid5(NAMESPACE_URL, f"place-payer:{seller.pk}:{row._meta.label_lower}:{row.pk}")
