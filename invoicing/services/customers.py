"""Keeps an activity's customers: identity checked when it is typed, never when it is too late (INV-01,
INV-02)."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum.eu import vat
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from cae.core import audit
from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity
from invoicing.calculations.terms import LONGEST_TO_END_OF_MONTH
from invoicing.models import Customer
from invoicing.services.inputs import CustomerContent
from invoicing.states.sales import CustomerKind
from people.models import Organisation
from people.services.changes import refuse_spent
from people.services.organisations import OrganisationData, known_organisation
from people.states import OrganisationKind, RelationKind

_ORGANISATION_KINDS = {
    CustomerKind.FIRM.value: OrganisationKind.FIRM,
    CustomerKind.PUBLIC_BODY.value: OrganisationKind.PUBLIC_BODY,
}


def create_customer(activity: Activity, *, content: CustomerContent, form_key: UUID, actor: Any) -> Customer:
    """Does: adds a customer; the same form sent twice gives the same customer. Refuses: what `save_customer`
    refuses. Leaves behind: the row, audit."""
    content = checked_content(content)
    with transaction.atomic():
        # One creation at a time in an activity: the second click finds what the first one made.
        Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        known = Customer.objects.filter(form_key=form_key, activity=activity).first()
        if known is not None:
            return known
        customer = Customer(activity=activity, form_key=form_key, created_by=actor)
        refuse_spent(customer)
        _fill(customer, content, actor)
        audit.record(actor, "invoicing.create_customer", customer)
        return customer


def save_customer(customer: Customer, *, content: CustomerContent, version: int, actor: Any) -> Customer:
    """Does: changes a customer; documents already issued keep what they say. Refuses: a wrong or missing
    SIREN, a SIREN that another customer of the activity has, a form older than the row (stale_form).
    Leaves behind: the row, audit."""
    content = checked_content(content)
    with transaction.atomic():
        row = Customer.objects.select_for_update().get(pk=customer.pk)
        if row.version != version:
            raise Refused(
                Code.STALE_FORM,
                _("Ce client a été modifié entre-temps : rouvrez sa fiche, votre saisie reste affichée ici."),
            )
        row.version += 1
        _fill(row, content, actor)
        audit.record(actor, "invoicing.save_customer", row)
        return row


def archive_customer(customer: Customer, *, actor: Any, at: datetime) -> Customer:
    """Does: takes a customer out of the choices. Refuses: one already archived. Leaves behind: the row,
    audit."""
    return _set_archived(customer, at, actor=actor, verb="invoicing.archive_customer")


def restore_customer(customer: Customer, *, actor: Any) -> Customer:
    """Does: puts a customer back in the choices. Refuses: one not archived. Leaves behind: the row, audit."""
    return _set_archived(customer, None, actor=actor, verb="invoicing.restore_customer")


def remove_customer(customer: Customer, *, actor: Any) -> bool:
    """Does: erases a customer that no document names. Refuses: nothing; a used one is left, and the answer is
    False. Leaves behind: audit."""
    with transaction.atomic():
        row = Customer.objects.select_for_update().get(pk=customer.pk)
        if row.invoices.exists() or row.quotes.exists() or row.receipts.exists():
            return False
        audit.record(actor, "invoicing.remove_customer", row, detail={"name": row.name})
        row.delete()
        return True


def _set_archived(customer: Customer, at: datetime | None, *, actor: Any, verb: str) -> Customer:
    with transaction.atomic():
        row = Customer.objects.select_for_update().get(pk=customer.pk)
        if row.is_archived == (at is not None):
            raise Refused(Code.ALREADY_DONE, _("C’est déjà fait."))
        if row.merged_into_id is not None:
            raise Refused(
                Code.ILLEGAL_MOVE, _("Cette fiche en a rejoint une autre : annulez d’abord la fusion.")
            )
        row.archived_at = at
        row.save(update_fields=["archived_at"])
        audit.record(actor, verb, row)
        return row


def _fill(customer: Customer, content: CustomerContent, actor: Any) -> None:
    for field, value in asdict(content).items():
        setattr(customer, field, value)
    twin = Customer.objects.filter(activity_id=customer.activity_id, siren=content.siren).exclude(
        pk=customer.pk
    )
    if content.siren and twin.exists():
        raise _twin(twin.get())
    customer.organisation = _organisation(content, actor)
    try:
        with transaction.atomic():
            customer.save()
    except IntegrityError as error:
        raise Refused(Code.DUPLICATE, _("Ce client existe déjà."), field="siren") from error


def _organisation(content: CustomerContent, actor: Any) -> Organisation | None:
    """The firm behind the customer: one record for the whole cooperative, found by SIREN or opened now
    (INV-02)."""
    if not content.siren:
        return None
    data = OrganisationData(
        name=content.name,
        kind=_ORGANISATION_KINDS[content.kind],
        relations=[RelationKind.CUSTOMER],
        siren=content.siren,
        siret=content.siret,
        vat_number=content.vat_number,
        address_line=content.address_line,
        address_line2=content.address_line2,
        postcode=content.postcode,
        city=content.city,
        country=content.country,
    )
    return known_organisation(data, actor=actor)


def _twin(customer: Customer) -> Refused:
    name = {"name": customer.name}
    if customer.is_archived:
        sentence = _("« %(name)s », archivé, porte déjà ce SIREN : reprenez sa fiche.") % name
    else:
        sentence = _("« %(name)s » porte déjà ce SIREN dans cette activité.") % name
    return Refused(Code.DUPLICATE, sentence, field="siren")


def checked_content(content: CustomerContent) -> CustomerContent:
    """The content with tidy numbers, or a refusal that names the field."""
    content = replace(
        content,
        name=content.name.strip(),
        siren=_compact(content.siren),
        siret=_compact(content.siret),
        vat_number=_compact(content.vat_number).upper(),
        country=content.country.upper(),
    )
    for field, sentence in (
        ("name", _("Donnez le nom du client.")),
        ("address_line", _("L’adresse du client est obligatoire sur une facture.")),
        ("city", _("La ville du client est obligatoire sur une facture.")),
    ):
        if not getattr(content, field).strip():
            raise Refused(Code.VALUE_MISSING, sentence, field=field)
    private = content.kind == CustomerKind.PRIVATE_PERSON
    too_long = content.payment_end_of_month and (content.payment_days or 0) > LONGEST_TO_END_OF_MONTH
    if too_long and not private:
        raise Refused(
            Code.VALUE_INVALID,
            _("Fin de mois : %(most)d jours au plus entre professionnels.")
            % {"most": LONGEST_TO_END_OF_MONTH},
            field="payment_days",
        )
    content = replace(content, siren="", siret="", vat_number="") if private else _checked_firm(content)
    _refuse_wrong_fields(content)
    return content


def _refuse_wrong_fields(content: CustomerContent) -> None:
    """Lengths, addresses and choices, as the columns want them."""
    values = asdict(content)
    try:
        Customer(**values).clean_fields(
            exclude={field.name for field in Customer._meta.fields} - values.keys()
        )
    except ValidationError as error:
        field, problems = next(iter(error.message_dict.items()))
        long = any(problem.code == "max_length" for problem in error.error_dict[field])
        raise Refused(Code.TEXT_TOO_LONG if long else Code.VALUE_INVALID, problems[0], field=field) from error


def _checked_firm(content: CustomerContent) -> CustomerContent:
    if content.siret and not siret_number.is_valid(content.siret):
        raise Refused(
            Code.SIRET_INVALID,
            _("Ce numéro SIRET n’existe pas : vérifiez ses quatorze chiffres."),
            field="siret",
        )
    siren = content.siren or content.siret[:9]
    if not siren and content.country == "FR":
        raise Refused(
            Code.VALUE_MISSING,
            _("Le SIREN d’un client professionnel est obligatoire sur ses factures."),
            field="siren",
        )
    if siren and not siren_number.is_valid(siren):
        raise Refused(
            Code.SIREN_INVALID, _("Ce numéro SIREN n’existe pas : vérifiez ses neuf chiffres."), field="siren"
        )
    if content.siret and content.siret[:9] != siren:
        raise Refused(Code.SIRET_INVALID, _("Ce SIRET n’est pas celui de ce SIREN."), field="siret")
    if content.vat_number and not vat.is_valid(content.vat_number):
        raise Refused(
            Code.VALUE_INVALID, _("Ce numéro de TVA intracommunautaire n’existe pas."), field="vat_number"
        )
    return replace(content, siren=siren)


def _compact(number: str) -> str:
    return "".join(number.split())
