"""Keeps the suppliers of the cooperative: proposed by an activity, vouched for by the accountant (INV-45)."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum.eu import vat
from stdnum.fr import siren as siren_number

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from invoicing.calculations.terms import LONGEST_TO_END_OF_MONTH
from invoicing.models import Supplier
from invoicing.services.purchase_inputs import SupplierContent
from people.models import Organisation
from people.services.changes import refuse_stale, require_text
from people.services.organisations import OrganisationData, known_organisation
from people.states import OrganisationKind, RelationKind


def create_supplier(
    *, content: SupplierContent, form_key: UUID, actor: Any, accepted_at: datetime | None = None
) -> Supplier:
    """Does: adds a supplier, accepted at once when the accountant adds it, else proposed; the same form sent
    twice gives the same one. Refuses: no name, a wrong SIREN or VAT number, one that another supplier has.
    Leaves behind: the row, its organisation, audit."""
    content = checked_supplier(content)
    with transaction.atomic():
        # Two clicks at once: the second finds what the first one made.
        take_turn(f"invoicing.form.{form_key}")
        known = Supplier.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        supplier = Supplier(form_key=form_key, created_by=actor)
        if accepted_at is not None:
            supplier.accepted_at, supplier.accepted_by = accepted_at, actor
        _fill(supplier, content, actor)
        audit.record(actor, "invoicing.create_supplier", supplier)
        return supplier


def save_supplier(supplier: Supplier, *, content: SupplierContent, version: int, actor: Any) -> Supplier:
    """Does: changes a supplier; purchases already entered keep what they say. Refuses: as `create_supplier`,
    a form older than the row. Leaves behind: the row, audit."""
    content = checked_supplier(content)
    with transaction.atomic():
        row = Supplier.objects.select_for_update().get(pk=supplier.pk)
        refuse_stale(row, version)
        row.version += 1
        _fill(row, content, actor)
        audit.record(actor, "invoicing.save_supplier", row)
        return row


def accept_supplier(supplier: Supplier, *, actor: Any, at: datetime) -> Supplier:
    """Does: vouches for a supplier that an activity proposed. Refuses: one accepted already. Leaves behind:
    who and when, audit."""
    with transaction.atomic():
        row = Supplier.objects.select_for_update().get(pk=supplier.pk)
        if row.is_accepted:
            raise Refused(Code.ALREADY_DONE, _("Ce fournisseur est déjà vérifié."))
        row.accepted_at, row.accepted_by = at, actor
        row.save(update_fields=["accepted_at", "accepted_by"])
        audit.record(actor, "invoicing.accept_supplier", row)
        return row


def archive_supplier(supplier: Supplier, *, actor: Any, at: datetime) -> Supplier:
    """Does: takes a supplier out of the choices. Refuses: one archived already. Leaves behind: the row,
    audit."""
    return _set_archived(supplier, at, actor=actor, verb="invoicing.archive_supplier")


def restore_supplier(supplier: Supplier, *, actor: Any) -> Supplier:
    """Does: puts a supplier back in the choices. Refuses: one not archived. Leaves behind: the row, audit."""
    return _set_archived(supplier, None, actor=actor, verb="invoicing.restore_supplier")


def _set_archived(supplier: Supplier, at: datetime | None, *, actor: Any, verb: str) -> Supplier:
    with transaction.atomic():
        row = Supplier.objects.select_for_update().get(pk=supplier.pk)
        if row.is_archived == (at is not None):
            raise Refused(Code.ALREADY_DONE, _("C’est déjà fait."))
        row.archived_at = at
        row.save(update_fields=["archived_at"])
        audit.record(actor, verb, row)
        return row


def _fill(supplier: Supplier, content: SupplierContent, actor: Any) -> None:
    values = asdict(replace(content, account=None)) | {"account": content.account}
    for name, value in values.items():
        setattr(supplier, name, value)
    for name in ("siren", "vat_number"):
        _refuse_twin(supplier, name)
    supplier.organisation = _organisation(content, actor)
    try:
        with transaction.atomic():
            supplier.save()
    except IntegrityError as error:
        raise Refused(Code.DUPLICATE, _("Ce fournisseur existe déjà."), field="siren") from error


def _refuse_twin(supplier: Supplier, name: str) -> None:
    value = getattr(supplier, name)
    twin = Supplier.objects.filter(**{name: value}).exclude(pk=supplier.pk).first() if value else None
    if twin is None:
        return
    sentence = _("« %(name)s » porte déjà ce numéro.")
    if twin.is_archived:
        sentence = _("« %(name)s », archivé, porte déjà ce numéro : reprenez sa fiche.")
    raise Refused(Code.DUPLICATE, sentence % {"name": twin.name}, field=name)


def _organisation(content: SupplierContent, actor: Any) -> Organisation | None:
    """The firm behind the supplier: one record for the whole cooperative, found by SIREN or opened now."""
    if not content.siren:
        return None
    data = OrganisationData(
        name=content.name,
        kind=OrganisationKind.FIRM,
        relations=[RelationKind.SUPPLIER],
        siren=content.siren,
        vat_number=content.vat_number,
        address_line=content.address_line,
        address_line2=content.address_line2,
        postcode=content.postcode,
        city=content.city,
        country=content.country,
    )
    return known_organisation(data, actor=actor)


def checked_supplier(content: SupplierContent) -> SupplierContent:
    """The content with tidy numbers, or a refusal that names the field."""
    content = replace(
        content,
        name=" ".join(content.name.split()),
        siren="".join(content.siren.split()),
        vat_number="".join(content.vat_number.split()).upper(),
        country=content.country.upper() or "FR",
    )
    require_text(content.name, "name", _("Donnez le nom du fournisseur."))
    if content.siren and not siren_number.is_valid(content.siren):
        raise Refused(
            Code.SIREN_INVALID, _("Ce numéro SIREN n’existe pas : vérifiez ses neuf chiffres."), field="siren"
        )
    if content.vat_number and not vat.is_valid(content.vat_number):
        raise Refused(
            Code.VALUE_INVALID, _("Ce numéro de TVA intracommunautaire n’existe pas."), field="vat_number"
        )
    if content.payment_end_of_month and (content.payment_days or 0) > LONGEST_TO_END_OF_MONTH:
        raise Refused(
            Code.VALUE_INVALID,
            _("Fin de mois : %(most)d jours au plus entre professionnels.")
            % {"most": LONGEST_TO_END_OF_MONTH},
            field="payment_days",
        )
    if not Decimal(0) <= content.vat_rate <= Decimal(1):
        raise Refused(Code.VALUE_INVALID, _("Un taux de TVA va de 0 à 100 %."), field="vat_rate")
    _refuse_wrong_fields(content)
    return content


def _refuse_wrong_fields(content: SupplierContent) -> None:
    """Lengths, addresses and choices, as the columns want them."""
    values = asdict(replace(content, account=None))
    del values["account"]
    try:
        Supplier(**values).clean_fields(
            exclude={field.name for field in Supplier._meta.fields} - values.keys()
        )
    except ValidationError as error:
        name, problems = next(iter(error.message_dict.items()))
        long = any(problem.code == "max_length" for problem in error.error_dict[name])
        raise Refused(Code.TEXT_TOO_LONG if long else Code.VALUE_INVALID, problems[0], field=name) from error
