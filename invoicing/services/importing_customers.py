"""Customers brought in from a sheet: what each line would do, how it is done and undone (INV-05)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from babel import Locale
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Code, Refused
from cae.core.importing import Column, Fate, Import, Made, Outcome, Row, Target
from cae.core.keys import key_in
from entrepreneurs.models import Activity
from invoicing.models import Customer
from invoicing.services.customers import (
    archive_customer,
    checked_content,
    create_customer,
    remove_customer,
    save_customer,
)
from invoicing.services.import_targets import activity_of, targets_of
from invoicing.services.inputs import CustomerContent
from invoicing.states.sales import CustomerKind

IMPORT_CODE = "invoicing.customers"
EDIT = "invoicing.edit_customer"

COLUMNS = (
    Column(
        "name", gettext_lazy("Nom"), required=True, aliases=("raison sociale", "client", "société", "name")
    ),
    Column(
        "kind",
        gettext_lazy("Nature"),
        aliases=("type", "type de client"),
        help=gettext_lazy("Entreprise, organisme public ou particulier. Vide : particulier sans SIREN."),
    ),
    Column("siren", gettext_lazy("SIREN")),
    Column("siret", gettext_lazy("SIRET"), aliases=("n° siret",)),
    Column("vat_number", gettext_lazy("N° de TVA"), aliases=("tva intracommunautaire", "tva intra", "vat")),
    Column("address_line", gettext_lazy("Adresse"), required=True, aliases=("rue", "address")),
    Column("address_line2", gettext_lazy("Complément d’adresse"), aliases=("adresse 2", "complément")),
    Column("postcode", gettext_lazy("Code postal"), aliases=("cp", "zip")),
    Column("city", gettext_lazy("Ville"), required=True, aliases=("commune", "city")),
    Column("country", gettext_lazy("Pays"), aliases=("country",)),
    Column("contact_name", gettext_lazy("Contact"), aliases=("personne à contacter", "interlocuteur")),
    Column("email", gettext_lazy("E-mail"), aliases=("email", "mail", "courriel")),
    Column("phone", gettext_lazy("Téléphone"), aliases=("tél", "tel", "phone")),
    Column("payment_days", gettext_lazy("Délai de paiement (jours)"), aliases=("échéance", "délai")),
    Column("note", gettext_lazy("Note interne"), aliases=("remarque", "commentaire")),
)

_KINDS = {
    "particulier": CustomerKind.PRIVATE_PERSON,
    "personne": CustomerKind.PRIVATE_PERSON,
    "b2c": CustomerKind.PRIVATE_PERSON,
    "entreprise": CustomerKind.FIRM,
    "societe": CustomerKind.FIRM,
    "association": CustomerKind.FIRM,
    "professionnel": CustomerKind.FIRM,
    "b2b": CustomerKind.FIRM,
    "organisme-public": CustomerKind.PUBLIC_BODY,
    "collectivite": CustomerKind.PUBLIC_BODY,
    "public": CustomerKind.PUBLIC_BODY,
}
_FIELDS = tuple(field.name for field in fields(CustomerContent))


@dataclass
class KnownCustomers:
    """The activity that receives, and its customers by number and by name."""

    activity: Activity
    by_siren: dict[str, Customer]
    by_name: dict[str, Customer]

    def like(self, content: CustomerContent) -> Customer | None:
        """The customer that a line is about: its SIREN decides, else its name."""
        if content.siren:
            return self.by_siren.get(content.siren)
        return self.by_name.get(slugify(content.name))


def known_customers(target: str, actor: Any) -> KnownCustomers:
    activity = activity_of(target, actor, EDIT)
    customers = list(Customer.objects.filter(activity=activity))
    return KnownCustomers(
        activity,
        {one.siren: one for one in customers if one.siren},
        {slugify(one.name): one for one in customers if not one.siren},
    )


def activities_to_import_into(user: Any) -> Sequence[Target]:
    return targets_of(user, EDIT)


def plan_customer(row: Row, known: KnownCustomers) -> Fate:
    """Does: says what the line would do. Refuses: what creating or changing the customer would refuse.
    Leaves behind: nothing."""
    typed = _typed(row)
    content = checked_content(CustomerContent(**typed))
    key = content.siren or slugify(content.name)
    customer = known.like(content)
    if customer is None:
        return Fate.new(content.name, key=key)
    before = {name: getattr(customer, name) for name in typed}
    after = {name: asdict(checked_content(_content_after(customer, typed)))[name] for name in typed}
    return Fate.update(customer, before=before, after=after, key=key)


def import_customer(row: Row, fate: Fate, known: KnownCustomers, actor: Any) -> Customer:
    """Does: creates or changes the customer of a line. Refuses and leaves behind: as the services of the
    customer's page."""
    typed = _typed(row)
    customer = fate.about
    if not isinstance(customer, Customer):
        content = CustomerContent(**typed)
        return create_customer(known.activity, content=content, form_key=uuid.uuid4(), actor=actor)
    content = _content_after(customer, typed)
    return save_customer(customer, content=content, version=customer.version, actor=actor)


def undo_customer(made: Made, actor: Any) -> Outcome:
    """Does: takes back what a line did: a customer unused since is erased, a used one archived, a changed one
    put back. Refuses: nothing; a row changed since is left and said. Leaves behind: audit."""
    customer = Customer.objects.get(pk=made.about_id)
    if made.created:
        if remove_customer(customer, actor=actor):
            return Outcome.REMOVED
        if not customer.is_archived:
            archive_customer(customer, actor=actor, at=timezone.now())
        return Outcome.ARCHIVED
    if any(getattr(customer, name) != value for name, value in made.after.items()):
        return Outcome.CHANGED_SINCE
    content = _content_after(customer, dict(made.before))
    save_customer(customer, content=content, version=customer.version, actor=actor)
    return Outcome.PUT_BACK


def _content_after(customer: Customer, changes: dict[str, Any]) -> CustomerContent:
    stored = {name: getattr(customer, name) for name in _FIELDS}
    return CustomerContent(**stored | changes)


def _typed(row: Row) -> dict[str, Any]:
    """The columns that the sheet has, read."""
    found: dict[str, Any] = {column.code: row[column.code] for column in COLUMNS if column.code in row}
    if "country" in found:
        found["country"] = _country(found["country"])
    if "payment_days" in found:
        found["payment_days"] = _days(found["payment_days"])
    if found.get("kind"):
        found["kind"] = _kind(found["kind"])
    else:
        professional = any(found.get(name) for name in ("siren", "siret", "vat_number"))
        found["kind"] = CustomerKind.FIRM if professional else CustomerKind.PRIVATE_PERSON
    return found


def _kind(text: str) -> str:
    word = slugify(text)
    kind = next((kind for start, kind in _KINDS.items() if word.startswith(start)), None)
    if kind is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("« %(text)s » n’est pas une nature de client : entreprise, organisme public ou particulier.")
            % {"text": text},
            field="kind",
        )
    return kind


def _country(text: str) -> str:
    """A code, or the name of the country in French or in English; nothing is France."""
    if not text:
        return "FR"
    if len(text) == 2 and text.isalpha():
        return text.upper()
    for language in ("fr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and slugify(name) == slugify(text):
                return str(code)
    raise Refused(
        Code.VALUE_INVALID, _("Le pays « %(text)s » n’est pas reconnu.") % {"text": text}, field="country"
    )


def _days(text: str) -> int | None:
    if not text:
        return None
    found = key_in(text)
    if found is None or found > 60:
        raise Refused(
            Code.VALUE_INVALID,
            _("Le délai de paiement est un nombre de jours, 60 au plus."),
            field="payment_days",
        )
    return found


CUSTOMERS_IMPORT = Import(
    code=IMPORT_CODE,
    label=gettext_lazy("Importer des clients"),
    right=EDIT,
    columns=COLUMNS,
    context=known_customers,
    plan=plan_customer,
    apply=import_customer,
    undo=undo_customer,
    targets=activities_to_import_into,
    target_label=gettext_lazy("Activité"),
    example=(
        {
            "name": "Librairie des Lices",
            "kind": "Entreprise",
            "siren": "552100554",
            "address_line": "1 place des Lices",
            "postcode": "35000",
            "city": "Rennes",
            "email": "contact@example.org",
        },
        {
            "name": "Jeanne Martin",
            "kind": "Particulier",
            "address_line": "3 rue du Port",
            "postcode": "29000",
            "city": "Quimper",
        },
    ),
    back_url_name="invoicing:customer_list",
)
