"""What a paid place owes: one charge a registration, given up with it unless it is billed (COW-30)."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from coworking.models import Booking, Charge, Event, Payer, Registration
from coworking.selectors.event_words import spoken
from coworking.services.charges import make_charge, waive_charge
from coworking.services.crediting import owe_back
from coworking.services.payers import payer_of_customer
from coworking.services.paying_bookings import payer_for
from coworking.states.events import RegistrationState
from coworking.states.members import ChargeKind, ChargeState
from invoicing.services.customers import checked_content, create_customer
from invoicing.services.inputs import CustomerContent
from invoicing.states.sales import CustomerKind


def settle_charge(row: Registration, *, state: str, actor: Any) -> None:
    """Does: makes what a registration owes once it is in this state what it should be; `row` is in hand, and
    saved by the caller. What is billed and owed no more is to be given back; what the team gave up stays so
    at the same amount. Refuses: another amount once it
    is billed, nobody whom the place may invoice. Leaves behind: the charge, the former one given up."""
    due = row.amount if state == RegistrationState.REGISTERED else ZERO
    held = row.charge
    if held is not None and held.state == ChargeState.WAIVED:
        if held.amount == due:
            return
        held = None
    if held is not None and held.amount == due:
        return
    if held is not None and held.state == ChargeState.BILLED:
        if state == RegistrationState.REGISTERED:
            raise Refused(
                Code.NOT_ALLOWED, _("Cette place est déjà facturée : écrivez à l’équipe pour en changer.")
            )
        owe_back(held, reason=_("Inscription annulée"), actor=actor)
        return
    if held is not None:
        waive_charge(held, reason=_("Inscription changée ou annulée"), actor=actor)
        if state == RegistrationState.REGISTERED:
            row.charge = None
    if due:
        row.charge = _charge(row, actor=actor)


def give_up_charges(event: Event, *, actor: Any) -> None:
    """Does: nothing of a cancelled event is due, neither its places nor its shared costs; what is billed is
    to be given back. Refuses: nothing. Leaves behind: charges waived, those billed to give back."""
    of_event = Q(event_registration__event=event) | Q(event_share__cost__event=event)
    owed = Charge.objects.exclude(state=ChargeState.WAIVED).filter(of_event)
    for charge in owed.order_by("pk"):
        act = owe_back if charge.state == ChargeState.BILLED else waive_charge
        act(charge, reason=_("Événement annulé"), actor=actor)


def move_charges(event: Event, *, actor: Any) -> None:
    """Does: what is due of an event that moves is due of its new day, to the place where it is now held.
    Refuses: what `payer_of_registration` refuses. Leaves behind: new charges, the former ones given up; what
    is billed or held back stays."""
    due = event.registrations.filter(state=RegistrationState.REGISTERED, charge__state=ChargeState.DUE)
    for row in due.select_related("charge", "price", "person").order_by("charge"):
        row.event = event
        if row.charge is not None:
            waive_charge(row.charge, reason=_("Événement déplacé"), actor=actor)
        row.charge = _charge(row, actor=actor)
        row.save(update_fields=["charge"])


def _charge(row: Registration, *, actor: Any) -> Charge:
    event = row.event
    day = timezone.localdate(event.starts_at)
    return make_charge(
        payer_of_registration(row, actor=actor),
        kind=ChargeKind.EVENT,
        label=f"{event.title}, {spoken(event.starts_at)}"[:200],
        day=day,
        amount=row.amount,
        vat_code=row.price.vat if row.price is not None else "normal",
        working=_working(row),
        actor=actor,
    )


def _working(row: Registration) -> str:
    """How the amount was counted, in words."""
    parts = [f"{row.price.label} × {row.seats}"] if row.price is not None and row.price.amount else []
    parts += [f"{one.option} × {one.quantity}" for one in row.options_taken.select_related("option")]
    return " + ".join(parts)


def payer_of_registration(row: Registration, *, actor: Any) -> Payer:
    """Does: gives who pays for a registration: the account’s person as for a booking; with a typed address,
    whoever it says. Refuses: an event that no place of ours sells, no address. Leaves behind: the customer,
    the payer, once."""
    place = row.event.place
    if place is None or place.activity is None:
        raise Refused(
            Code.ACCOUNT_MISSING, _("Rien ne facture ce prix : l’équipe doit d’abord corriger l’événement.")
        )
    if row.person is not None and not row.address_line:
        return payer_for(Booking(place=place, person=row.person), actor=actor)
    _refuse_no_address(row)
    content = _content_of(row)
    said = (row.email.lower(), content.name, row.address_line, row.postcode, row.city, row.siren)
    # The same person who says the same is the same customer, event after event.
    key = uuid5(NAMESPACE_URL, f"event-payer:{place.activity.pk}:{':'.join(said)}")
    customer = create_customer(place.activity, content=content, form_key=key, actor=actor)
    return payer_of_customer(place, customer, actor=actor)


def refuse_unbillable(row: Registration) -> None:
    """Raises Refused, before anything is written, for a typed address that no invoice could bear."""
    if not row.amount or (row.person is not None and not row.address_line):
        return
    _refuse_no_address(row)
    checked_content(_content_of(row))


def _refuse_no_address(row: Registration) -> None:
    if not (row.address_line and row.postcode and row.city):
        raise Refused(
            Code.VALUE_MISSING,
            _("Indiquez l’adresse à écrire sur la facture : rue, code postal, ville."),
            field="address_line",
        )


def _content_of(row: Registration) -> CustomerContent:
    is_firm = bool(row.siren)
    return CustomerContent(
        name=row.organisation if is_firm and row.organisation else row.full_name,
        kind=CustomerKind.FIRM if is_firm else CustomerKind.PRIVATE_PERSON,
        siren=row.siren,
        email=row.email,
        phone=row.phone,
        address_line=row.address_line,
        postcode=row.postcode,
        city=row.city,
    )
