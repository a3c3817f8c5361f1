"""What is typed about a customer; the rules on SIREN, SIRET and VAT number stand in the service."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import ask_later
from invoicing.forms.fields import DigitsField, countries
from invoicing.models import Customer
from invoicing.services.inputs import ContactContent, CustomerContent
from invoicing.states.sales import CustomerKind, DocumentLanguage

PLAIN = (
    "kind", "name", "contact_name", "email", "phone", "address_line", "address_line2", "postcode", "city",
    "country", "siren", "siret", "vat_number", "electronic_address", "purchase_order_required",
    "service_code", "language", "payment_days", "payment_end_of_month", "delivery_address", "note",
)  # fmt: skip


class CustomerForm(forms.Form):
    """One form for the three kinds; the style sheet hides what does not concern the chosen one."""

    kind = forms.ChoiceField(
        label=_("Ce client est"),
        choices=CustomerKind.choices,
        widget=forms.RadioSelect,
        initial=CustomerKind.FIRM,
    )
    name = forms.CharField(
        label=_("Nom"),
        max_length=160,
        help_text=_("Raison sociale, ou nom et prénom. Il figure tel quel sur la facture."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    siren = DigitsField(
        label=_("SIREN"),
        required=True,
        help_text=_("Neuf chiffres, espaces permis."),
        error_messages={
            "required": _("Le SIREN d’un client professionnel est obligatoire sur ses factures.")
        },
    )
    siret = DigitsField(label=_("SIRET"), help_text=_("Quatorze chiffres : l’établissement."))
    vat_number = forms.CharField(
        label=_("N° de TVA intracommunautaire"),
        required=False,
        max_length=20,
        help_text=_("Obligatoire pour une entreprise d’un autre pays de l’Union européenne."),
    )
    purchase_order_required = forms.BooleanField(
        label=_("Exige un numéro de commande sur chaque facture"), required=False
    )
    address_line = forms.CharField(label=_("Adresse"), max_length=200)
    address_line2 = forms.CharField(label=_("Complément d’adresse"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Code postal"), max_length=10, required=False)
    city = forms.CharField(label=_("Ville"), max_length=120)
    country = forms.ChoiceField(label=_("Pays"), choices=countries, initial="FR")
    contact_name = forms.CharField(label=_("Personne à contacter"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Téléphone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    electronic_address = forms.CharField(
        label=_("Adresse de facturation électronique"),
        max_length=100,
        required=False,
        help_text=_("Laissez vide : le SIREN sert d’adresse, sauf si le client en a donné une autre."),
    )
    service_code = forms.CharField(
        label=_("Service exécutant"),
        max_length=100,
        required=False,
        help_text=_("Demandé par Chorus Pro pour les organismes publics."),
    )
    payment_days = forms.IntegerField(
        label=_("Délai de paiement (jours)"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_("Vide : le délai habituel de la coopérative. 60 jours au plus, ou 45 fin de mois."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    payment_end_of_month = forms.BooleanField(label=_("Fin de mois"), required=False)
    language = forms.ChoiceField(
        label=_("Langue des documents"),
        choices=DocumentLanguage.choices,
        initial=DocumentLanguage.FRENCH,
        widget=forms.RadioSelect,
    )
    delivery_address = forms.CharField(
        label=_("Adresse de livraison"),
        max_length=400,
        required=False,
        help_text=_("Seulement si elle diffère : elle figure alors sur la facture."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label=_("Note interne"),
        max_length=4000,
        required=False,
        help_text=_("Elle reste dans la coopérative : le client ne la voit jamais."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = (
        (_("Identité"), ("kind", "name", ("siren", "siret"), "vat_number")),
        (_("Adresse"), ("address_line", "address_line2", ("postcode", "city"), "country")),
        (_("Contact"), ("contact_name", ("email", "phone"))),
        (
            _("Facturation"),
            (
                ("payment_days", "payment_end_of_month"),
                "purchase_order_required",
                "service_code",
                "electronic_address",
                "delivery_address",
                "language",
                "note",
            ),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The style sheet hides fields: the browser must not stop on one that nobody sees.
        self.use_required_attribute = False
        ask_later(self, "vat_number")
        if self.is_bound and not self._asks_siren():
            self.fields["siren"].required = False

    def _asks_siren(self) -> bool:
        """A professional in France gives a SIREN, or a SIRET that begins with it."""
        abroad = self.data.get("country", "FR") != "FR"
        private = self.data.get("kind") == CustomerKind.PRIVATE_PERSON
        return not (abroad or private or self.data.get("siret", "").strip())

    def clean(self) -> dict[str, Any]:
        """What does not concern a private person is left out, not refused: it may be hidden on the page."""
        found = super().clean() or {}
        if found.get("kind") == CustomerKind.PRIVATE_PERSON:
            found |= {"siren": "", "siret": "", "vat_number": "", "purchase_order_required": False}
        return found

    def content(self) -> CustomerContent:
        """What the services take; call it on a valid form only."""
        return CustomerContent(**{name: self.cleaned_data[name] for name in PLAIN})

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key


def new_customer() -> dict[str, Any]:
    return {
        "form_key": uuid4(),
        "kind": CustomerKind.FIRM,
        "country": "FR",
        "language": DocumentLanguage.FRENCH,
    }


def customer_typed(customer: Customer) -> dict[str, Any]:
    """The initial values that show a stored customer."""
    plain = {name: getattr(customer, name) for name in PLAIN}
    return plain | {"form_key": customer.form_key, "version": customer.version}


class ContactForm(forms.Form):
    """Somebody at the customer's."""

    name = forms.CharField(label=_("Nom"), max_length=160)
    function = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Téléphone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    sections = (("", ("name", "function", ("email", "phone"))),)

    def content(self) -> ContactContent:
        return ContactContent(**self.cleaned_data)
