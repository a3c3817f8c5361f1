"""What is typed about the bank: accounts, files, CSV formats, what a line is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from accounting.calculations.bank_entries import SplitPart
from accounting.models import Account, AnalyticAccount, BankAccount, BankLayout, CostKind
from accounting.selectors.bank import accounts_to_give, bank_accounts, bank_layouts
from accounting.services.bank_importing import Given
from accounting.services.bank_matching import MOST_PARTS, MOST_REASON
from accounting.services.bank_rules import Narrowed
from cae.core.forms import AmountField, DayField, PercentField
from cae.core.templatetags.formats import day

PREFIX = "parts"
# Rows shown beyond those written, and those that « Ajouter des parts » adds.
SPARE, MORE = 2, 3
MOST_COLUMN = 60


class BankAccountForm(forms.Form):
    """An account at a bank; IBAN and account of the chart are asked once."""

    label = forms.CharField(label=_("Libellé"), max_length=80)
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Un compte de la coopérative. Ce qu’un fichier dit d’un autre compte est laissé de côté."
        ),
    )
    account = forms.ModelChoiceField(
        label=_("Compte du plan"),
        queryset=Account.objects.none(),
        help_text=_("Un compte 512 que nul autre compte bancaire n’a."),
    )
    layout = forms.ModelChoiceField(
        label=_("Format CSV habituel"), queryset=BankLayout.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["layout"].queryset = bank_layouts()
        fields["layout"].empty_label = _("Aucun")
        if "account" in fields:
            fields["account"].queryset = accounts_to_give()


class KnownBankAccountForm(BankAccountForm):
    """What changes of an account that is declared."""

    closed_on = DayField(label=_("Clôturé le"), required=False, help_text=_("Vide : le compte est ouvert."))
    iban = None  # type: ignore[assignment]
    account = None  # type: ignore[assignment]
    field_order = ["label", "layout", "closed_on"]


class AnyAccountField(forms.ModelChoiceField):
    """Closed ones too, with their day: what is missing of their last months still comes in."""

    def label_from_instance(self, obj: Any) -> str:
        if obj.closed_on is None:
            return str(obj)
        return _("%(account)s, clôturé le %(day)s") % {"account": obj, "day": day(obj.closed_on)}


class ImportForm(forms.Form):
    """A file of the bank; a CSV says neither its account nor its balances, so they are asked."""

    file = forms.FileField(
        label=_("Fichier de la banque"),
        help_text=_("CAMT.053 (XML) de préférence, OFX, ou CSV. 20 Mo au plus."),
        allow_empty_file=True,
    )
    account = AnyAccountField(
        label=_("Compte, pour un CSV"), queryset=BankAccount.objects.none(), required=False
    )
    layout = forms.ModelChoiceField(
        label=_("Format, pour un CSV"), queryset=BankLayout.objects.none(), required=False
    )
    closing = AmountField(
        label=_("Solde à la fin, pour un CSV"),
        required=False,
        help_text=_("Celui que dit la banque : il vérifie que rien ne manque."),
    )
    opening = AmountField(
        label=_("Solde au début, pour un CSV"),
        required=False,
        help_text=_("Vide : déduit des lignes, et comparé à la fin du relevé précédent."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["account"].queryset = bank_accounts()
        fields["account"].empty_label = _("Lu dans le fichier")
        fields["layout"].queryset = bank_layouts()
        fields["layout"].empty_label = _("Aucun")

    def given(self) -> Given:
        """What the service takes; call it on a valid form only."""
        found, account = self.cleaned_data, self.cleaned_data["account"]
        return Given(
            content=found["file"].read(),
            name=found["file"].name,
            layout=found["layout"] or (account.layout if account else None),
            account=account,
            opening=found["opening"],
            closing=found["closing"],
        )


def _column(label: Any, *, required: bool = False, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=required, min_value=1, max_value=MOST_COLUMN, help_text=help_text
    )


class LayoutForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """How a bank writes its CSV, tried on a file before it is kept."""

    booked_on_column = _column(_("Date"), required=True, help_text=_("Numéro de colonne, la première est 1."))
    value_on_column = _column(_("Date de valeur"))
    label_column = _column(_("Libellé"), required=True)
    detail_column = _column(_("Détail du libellé"))
    amount_column = _column(_("Montant signé"), help_text=_("Ou bien débit et crédit."))
    debit_column = _column(_("Débit"))
    credit_column = _column(_("Crédit"))
    counterparty_column = _column(_("Nom du tiers"))
    iban_column = _column(_("IBAN du tiers"))
    reference_column = _column(_("Référence"))
    sample = forms.FileField(
        label=_("Fichier d’essai"),
        required=False,
        help_text=_("Montre ce que ce format en lit ; rien n’en est gardé."),
    )

    class Meta:
        model = BankLayout
        fields = [
            "name",
            "separator",
            "encoding",
            "header_lines",
            "day_format",
            "decimal_sign",
            "booked_on_column",
            "value_on_column",
            "label_column",
            "detail_column",
            "amount_column",
            "debit_column",
            "credit_column",
            "counterparty_column",
            "iban_column",
            "reference_column",
        ]

    def _post_clean(self) -> None:
        """The service says what cannot be kept; only what was typed is judged here."""

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "sample"}


class PartForm(forms.Form):
    """A part of a line: its amount with VAT, where it goes."""

    use_required_attribute = False
    account = forms.ModelChoiceField(label=_("Compte"), queryset=Account.objects.none())
    section = forms.ModelChoiceField(label=_("Section"), queryset=AnalyticAccount.objects.none())
    amount = AmountField(label=_("TTC (€)"))
    rate = PercentField(label=_("TVA (%)"), min_value=0, max_value=100)
    cost = forms.ModelChoiceField(label=_("Nature"), queryset=CostKind.objects.none(), required=False)
    label = forms.CharField(label=_("Libellé"), max_length=200, required=False)

    def __init__(self, *args: Any, offered: dict[str, Sequence[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["account"].queryset = Account.objects.all()
        fields["account"].choices = [("", _("Choisir…")), *offered["accounts"]]
        fields["section"].queryset = AnalyticAccount.objects.all()
        fields["section"].choices = offered["sections"]
        fields["cost"].queryset = CostKind.objects.all()
        fields["cost"].choices = [("", _("Celle du compte")), *offered["costs"]]

    def has_changed(self) -> bool:
        """A row without account nor amount is no part."""
        if not self.is_bound:
            return bool(super().has_changed())
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("account", "amount"))

    def part(self, party: str) -> SplitPart:
        found = self.cleaned_data
        return SplitPart(
            account=found["account"].number,
            section_id=found["section"].pk,
            amount=found["amount"],
            vat_rate=found["rate"] or None,
            cost=found["cost"].code if found["cost"] else "",
            party=party,
            label=found["label"],
        )


class PartsBase(BaseFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    @property
    def written(self) -> list[Any]:
        return [form for form in self.forms if form.has_changed()]


PartFormSet = formset_factory(
    PartForm, formset=PartsBase, extra=SPARE, max_num=MOST_PARTS, absolute_max=MOST_PARTS + SPARE
)


class SplitForm(forms.Form):
    """What goes with the parts: whom they concern, and whether the next lines of the kind go the same way."""

    party = forms.CharField(label=_("Tiers"), max_length=200, required=False)
    learn = forms.BooleanField(
        label=_("Proposer la même chose pour les prochaines lignes"),
        required=False,
        help_text=_("Quand la ligne n’a qu’une part."),
    )
    words = forms.CharField(
        label=_("Reconnues à ces mots"), max_length=200, required=False, help_text=_("Ceux du libellé.")
    )
    by_iban = forms.BooleanField(label=_("Seulement de cet IBAN"), required=False)
    least = AmountField(label=_("De (€)"), required=False, min_value=0)
    most = AmountField(label=_("À (€)"), required=False, min_value=0, help_text=_("Vide : tout montant."))

    @property
    def narrowed(self) -> Narrowed:
        """What the service takes; call it on a valid form only."""
        return Narrowed(**{name: self.cleaned_data[name] for name in ("by_iban", "least", "most")})


class GapForm(forms.Form):
    """Where what ticked items leave of a line goes; without account, the last of them takes it."""

    use_required_attribute = False
    account = forms.ModelChoiceField(
        label=_("Écart passé au compte"),
        queryset=Account.objects.none(),
        required=False,
        help_text=_("Frais retenus, arrondi, escompte : chaque pièce est alors réglée en entier."),
    )
    section = forms.ModelChoiceField(
        label=_("Section de l’écart"), queryset=AnalyticAccount.objects.none(), required=False
    )

    def __init__(self, *args: Any, offered: Mapping[str, Sequence[Any]], **kwargs: Any) -> None:
        super().__init__(*args, prefix="gap", **kwargs)
        fields: Any = self.fields
        fields["account"].queryset = Account.objects.all()
        fields["account"].choices = [("", _("Aucun écart")), *offered["accounts"]]
        fields["section"].queryset = AnalyticAccount.objects.all()
        fields["section"].choices = offered["sections"]


class ReadVersion(forms.Form):
    """The version of a line as its page showed it."""

    shown = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RemoveForm(forms.Form):
    """Why a statement is taken away."""

    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)


class UndoForm(ReadVersion, RemoveForm):
    """Why a match is undone."""


def part_of(amount: Decimal) -> dict[str, Any]:
    """What the first row of a split begins with."""
    return {"amount": abs(amount)}
