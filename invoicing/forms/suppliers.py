"""What is typed about a supplier and its bank details; the rules stand in the services."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.models import Account
from accounting.states.books import AccountKind, AccountRole
from cae.core.forms import DayField, PercentField
from invoicing.forms.fields import DigitsField, countries, typed
from invoicing.models import Supplier
from invoicing.services.purchase_inputs import CallBack, SupplierContent

_PLAIN = (
    "name", "siren", "vat_number", "email", "phone", "address_line", "address_line2", "postcode", "city",
    "country", "payment_days", "payment_end_of_month", "account", "note",
)  # fmt: skip


def expense_accounts() -> Any:
    """The accounts that a purchase may take."""
    taken = Q(kind=AccountKind.EXPENSE) | Q(role=AccountRole.DISBURSEMENT)
    return Account.objects.filter(taken).order_by("number")


class SupplierForm(forms.Form):
    """A supplier; whoever only proposes one is not asked for its account."""

    name = forms.CharField(
        label=_("Nom"), max_length=160, help_text=_("Raison sociale, comme sur ses factures.")
    )
    siren = DigitsField(label=_("SIREN"), help_text=_("Neuf chiffres, espaces permis."))
    vat_number = forms.CharField(label=_("N° de TVA intracommunautaire"), required=False, max_length=20)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Les commandes et les questions sur une facture y partent."),
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=30,
        help_text=_("Celui qu’on appelle avant de changer un IBAN."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    address_line = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    address_line2 = forms.CharField(label=_("Complément d’adresse"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Code postal"), max_length=12, required=False)
    city = forms.CharField(label=_("Ville"), max_length=120, required=False)
    country = forms.ChoiceField(label=_("Pays"), choices=countries, initial="FR")
    payment_days = forms.IntegerField(
        label=_("Délai de paiement (jours)"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_("Vide : 30 jours."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    payment_end_of_month = forms.BooleanField(label=_("Fin de mois"), required=False)
    account = forms.ModelChoiceField(
        label=_("Compte de charge habituel"), queryset=Account.objects.none(), required=False
    )
    vat_rate = PercentField(label=_("TVA habituelle (%)"), required=True, min_value=0, max_value=100)
    note = forms.CharField(
        label=_("Note interne"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections: tuple[Any, ...] = (
        (_("Identité"), ("name", ("siren", "vat_number"))),
        (_("Adresse"), ("address_line", "address_line2", ("postcode", "city"), "country")),
        (_("Contact"), (("email", "phone"),)),
        (
            _("Achats"),
            (("payment_days", "payment_end_of_month"), ("account", "vat_rate"), "note"),
        ),
    )

    def __init__(self, *args: Any, keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        field.queryset = expense_accounts()
        if not keeps:
            del self.fields["account"]
            self.sections = (
                *SupplierForm.sections[:-1],
                (_("Achats"), (("payment_days", "payment_end_of_month"), "vat_rate", "note")),
            )

    def content(self, known: Supplier | None = None) -> SupplierContent:
        found = {name: self.cleaned_data[name] for name in _PLAIN if name in self.fields}
        if known is not None and "account" not in found:
            found["account"] = known.account
        return SupplierContent(**found, vat_rate=self.cleaned_data["vat_rate"] / 100)

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key


def new_supplier(name: str = "") -> dict[str, Any]:
    return {"form_key": uuid4(), "country": "FR", "vat_rate": "20", "name": name}


def supplier_typed(supplier: Supplier) -> dict[str, Any]:
    """The initial values that show a stored supplier."""
    plain = {name: getattr(supplier, name) for name in _PLAIN}
    rate: Decimal = supplier.vat_rate * 100
    return plain | {
        "vat_rate": typed(rate),
        "form_key": supplier.form_key,
        "version": supplier.version,
    }


class BankForm(forms.Form):
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=50,
        help_text=_("Recopié d’un relevé d’identité bancaire. Une autre personne le confirmera."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class CallForm(forms.Form):
    """The call-back before bank details are confirmed."""

    whom = forms.CharField(label=_("Qui avez-vous eu au téléphone ?"), max_length=160)
    number = forms.CharField(
        label=_("À quel numéro ?"),
        max_length=30,
        help_text=_("Un numéro connu avant ce changement, jamais celui de la facture ou de l’e-mail."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    on = DayField(label=_("Quel jour ?"))

    sections = (("", ("whom", ("number", "on"))),)

    def call(self) -> CallBack:
        return CallBack(**self.cleaned_data)


class RejectForm(forms.Form):
    reason = forms.CharField(label=_("Pourquoi écarter ces coordonnées ?"), max_length=250)
