"""Creates and changes an organisation with its contacts; one record per SIREN."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum import exceptions as stdnum_exceptions
from stdnum.eu import vat
from stdnum.fr import siren as siren_numbers
from stdnum.fr import siret as siret_numbers

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from people.models import Organisation, OrganisationContact, User
from people.selectors.organisations import organisation_with_siren
from people.services.changes import refuse_stale, require_text, write
from people.states import OrganisationKind


@dataclass(frozen=True)
class OrganisationData:
    """What a record holds."""

    name: str
    kind: str = OrganisationKind.FIRM
    relations: list[str] = field(default_factory=list)
    siren: str = ""
    siret: str = ""
    vat_number: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    social_links: list[str] = field(default_factory=list)
    note: str = ""
    address_line: str = ""
    address_line2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"


@dataclass(frozen=True)
class ContactData:
    name: str
    function: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def save_organisation(
    organisation: Organisation | None,
    *,
    data: OrganisationData,
    contacts: Sequence[ContactData] = (),
    actor: User | None,
    version: int | None = None,
    form_key: uuid.UUID | None = None,
) -> Organisation:
    """Does: creates or changes the record and its contacts. Refuses: no name, a SIREN, SIRET or VAT number
    that does not exist, a SIREN we already know, a form opened before another change.
    Leaves behind: the record, audit; the same form sent twice gives the same record."""
    require_text(data.name, "name", _("Indiquez le nom de l’organisme."))
    if form_key and not organisation:
        take_turn(f"people.organisation.{form_key}")
        known = Organisation.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
    data = _with_checked_numbers(data)
    if organisation is None:
        row = Organisation(form_key=form_key or uuid.uuid4())
    else:
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        refuse_stale(row, version)
    _refuse_duplicate(row, data.siren)
    return _save(row, data, contacts, actor)


def known_organisation(data: OrganisationData, *, actor: User | None) -> Organisation:
    """Does: gives the one record of this SIREN, opened now if nobody had (INV-02). Refuses: as
    `save_organisation`. Leaves behind: nothing where the record was known."""
    known = organisation_with_siren(data.siren)
    if known is not None:
        return known
    try:
        return save_organisation(None, data=data, actor=actor)
    except Refused:
        # Somebody has just opened the same record.
        known = organisation_with_siren(data.siren)
        if known is None:
            raise
        return known


def _save(
    row: Organisation, data: OrganisationData, contacts: Sequence[ContactData], actor: User | None
) -> Organisation:
    verb = "people.organisation.change" if row.pk else "people.organisation.create"
    changed = write(row, data)
    former = [_contact_values(contact) for contact in row.contacts.all()] if row.pk else []
    wanted = [(one.name, one.function, one.email, one.phone) for one in contacts]
    if sorted(former) != sorted(wanted):
        changed["contacts"] = [", ".join(one[0] for one in former), ", ".join(one[0] for one in wanted)]
    if not changed:
        return row
    row.version += 1 if row.pk else 0
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        # Another form gave the same number between our reading and our writing.
        if "organisation_one_per_siren" not in str(error):
            raise
        _refuse_duplicate(row, data.siren)
    if "contacts" in changed:
        row.contacts.all().delete()
        OrganisationContact.objects.bulk_create(
            OrganisationContact(organisation=row, **vars(contact)) for contact in contacts
        )
    audit.record(actor, verb, row, detail=changed)
    return row


@transaction.atomic
def archive_organisation(organisation: Organisation, *, archived: bool, actor: User | None) -> Organisation:
    """Does: takes a record out of the lists, or back in. Refuses: nothing; twice is once.
    Leaves behind: audit; what names the organisation still does."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.is_archived != archived:
        row.is_archived = archived
        row.save(update_fields=["is_archived"])
        audit.record(actor, "people.organisation.archive" if archived else "people.organisation.restore", row)
    return row


def _contact_values(contact: OrganisationContact) -> tuple[str, str, str, str]:
    return contact.name, contact.function, contact.email, contact.phone


def _with_checked_numbers(data: OrganisationData) -> OrganisationData:
    """Compact, existing numbers that agree; the SIREN is read from the SIRET if it is alone."""
    siret = "".join(data.siret.split())
    siren = "".join(data.siren.split()) or siret[:9]
    if siren and not siren_numbers.is_valid(siren):
        raise Refused(
            Code.SIREN_INVALID, _("Ce numéro SIREN n’existe pas : vérifiez ses neuf chiffres."), field="siren"
        )
    if siret and not siret_numbers.is_valid(siret):
        raise Refused(
            Code.SIRET_INVALID,
            _("Ce numéro SIRET n’existe pas : vérifiez ses quatorze chiffres."),
            field="siret",
        )
    if siret and siret[:9] != siren:
        raise Refused(
            Code.SIRET_INVALID, _("Ce SIRET n’est pas celui d’un établissement de ce SIREN."), field="siret"
        )
    return OrganisationData(
        **(vars(data) | {"siren": siren, "siret": siret, "vat_number": _vat(data.vat_number)})
    )


def _vat(number: str) -> str:
    if not number.strip():
        return ""
    try:
        return str(vat.validate(number))
    except stdnum_exceptions.ValidationError as error:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ce numéro de TVA n’existe pas : il commence par le code du pays, par exemple FR."),
            field="vat_number",
        ) from error


def _refuse_duplicate(row: Organisation, siren: str) -> None:
    known = organisation_with_siren(siren)
    if known is not None and known.pk != row.pk:
        raise Refused(
            Code.DUPLICATE,
            _("Ce SIREN est déjà celui de « %(name)s ».") % {"name": known.name},
            field="siren",
        )
