"""What is typed about a purchase: its heading, its lines as printed; the rules stand in the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, AnalyticAccount, Fund
from accounting.selectors.funds import funds_to_name
from cae.core.errors import Refused
from cae.core.forms import AmountField, DayField, PercentField
from cae.core.keys import key_in
from entrepreneurs.models import Activity
from invoicing.forms.fields import typed
from invoicing.forms.suppliers import expense_accounts
from invoicing.models import Purchase, PurchaseOrder, PurchaseOrderLine, SplitKey, Supplier
from invoicing.selectors.suppliers import suppliers_offered
from invoicing.services.purchase_inputs import PurchaseContent, PurchaseLineContent
from invoicing.states.purchases import EURO, MAX_PURCHASE_LINES, PurchaseKind
from people.models import Person

PREFIX = "lines"
# Rows shown beyond those written, and those that « Ajouter des lignes » adds.
SPARE, MORE = 2, 3
_ROWS = MAX_PURCHASE_LINES + SPARE


class PurchaseForm(forms.Form):
    """The heading. `keeps`: the accountant, who may share a common cost and note who advanced it."""

    kind = forms.ChoiceField(
        label=_("Ce document est"),
        choices=[(PurchaseKind.INVOICE, _("Une facture")), (PurchaseKind.CREDIT_NOTE, _("Un avoir"))],
        widget=forms.RadioSelect,
        initial=PurchaseKind.INVOICE,
    )
    supplier = forms.ModelChoiceField(label=_("Fournisseur"), queryset=Supplier.objects.none())
    number = forms.CharField(
        label=_("Numéro"),
        max_length=60,
        help_text=_("Recopié du document."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = DayField(label=_("Datée du"))
    due_on = DayField(
        label=_("Échéance"), required=False, help_text=_("Vide : le délai du fournisseur, sinon 30 jours.")
    )
    purpose = forms.CharField(label=_("Objet"), max_length=250, required=False)
    gross = AmountField(label=_("Total TTC imprimé"))
    tax = AmountField(
        label=_("TVA imprimée"),
        required=False,
        help_text=_("Vide : celle des lignes. À recopier si elle diffère d’un centime."),
    )
    activity = forms.ModelChoiceField(label=_("Activité"), queryset=Activity.objects.none(), required=False)
    split_key = forms.ModelChoiceField(
        label=_("Clé de répartition"),
        queryset=SplitKey.objects.none(),
        required=False,
        help_text=_("Pour un coût commun. Sans clé ni activité, il va aux services communs."),
    )
    advanced_by = forms.ModelChoiceField(
        label=_("Avancée par"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Une personne l’a déjà payée : c’est elle qui sera remboursée."),
    )
    currency = forms.CharField(
        label=_("Devise"),
        max_length=3,
        initial=EURO,
        required=False,
        help_text=_("EUR, sinon celle de la facture : tout se saisit en euros."),
    )
    currency_note = forms.CharField(label=_("Montant dans cette devise"), max_length=100, required=False)
    note = forms.CharField(
        label=_("Note interne"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = forms.FileField(
        label=_("Fichier"), required=False, help_text=_("Le PDF ou la photo de la facture, 20 Mo au plus.")
    )
    order = forms.ModelChoiceField(
        queryset=PurchaseOrder.objects.none(), required=False, widget=forms.HiddenInput
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, activities: Sequence[Activity], keeps: bool, with_file: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["supplier"].queryset = suppliers_offered()
        fields["activity"].queryset = Activity.objects.filter(pk__in=[one.pk for one in activities])
        fields["activity"].required = not keeps
        fields["activity"].empty_label = _("Coût commun") if keeps else None
        fields["order"].queryset = PurchaseOrder.objects.filter(number__isnull=False)
        fields["split_key"].queryset = SplitKey.objects.filter(archived_at=None)
        fields["split_key"].empty_label = _("Aucune")
        fields["advanced_by"].queryset = Person.objects.filter(user__is_active=True).order_by("sort_name")
        fields["advanced_by"].empty_label = _("Personne : la coopérative paie")
        if not keeps:
            del fields["split_key"], fields["advanced_by"]
        if not with_file:
            del fields["file"]

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key

    def content(self, lines: tuple[PurchaseLineContent, ...]) -> PurchaseContent:
        """What the services take; call it on a valid form only."""
        told = ("kind", "supplier", "number", "on", "due_on", "purpose", "gross", "tax", "activity", "note")
        more = ("split_key", "advanced_by", "currency", "currency_note", "order")
        facts = {name: self.cleaned_data[name] for name in (*told, *more) if name in self.fields}
        return PurchaseContent(**facts, lines=lines)

    def sent_file(self) -> tuple[str, bytes] | None:
        sent = self.cleaned_data.get("file")
        return (sent.name, sent.read()) if sent else None


class PurchaseLineForm(forms.Form):
    """One line as printed. `keeps`: the accountant chooses account, VAT recovered and section."""

    use_required_attribute = False
    label = forms.CharField(label=_("Désignation"), max_length=250)
    quantity = AmountField(label=_("Quantité"), required=False, max_digits=11, decimal_places=4)
    net = AmountField(label=_("HT (€)"))
    rate = PercentField(label=_("TVA (%)"), required=True, min_value=0, max_value=100)
    account = forms.ModelChoiceField(label=_("Compte"), queryset=Account.objects.none(), required=False)
    recovery = PercentField(label=_("TVA récupérée (%)"), min_value=0, max_value=100)
    section = forms.ModelChoiceField(
        label=_("Supportée par"), queryset=AnalyticAccount.objects.none(), required=False
    )
    fund = forms.ModelChoiceField(
        label=_("Payée par la subvention"), queryset=Fund.objects.none(), required=False
    )
    order_line = forms.ModelChoiceField(
        label=_("Ligne de commande"), queryset=PurchaseOrderLine.objects.none(), required=False
    )

    def __init__(
        self,
        *args: Any,
        keeps: bool,
        order: PurchaseOrder | None,
        offered: Mapping[str, Sequence[Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["account"].queryset = expense_accounts()
        fields["account"].choices = [("", _("Celui du fournisseur")), *offered["accounts"]]
        fields["section"].queryset = AnalyticAccount.objects.all()
        fields["section"].choices = [("", _("Comme l’achat")), *offered["sections"]]
        fields["fund"].queryset = funds_to_name()
        fields["fund"].choices = [("", _("Aucune")), *offered["funds"]]
        if not offered["funds"]:
            del fields["fund"]
        if order is None:
            del fields["order_line"], fields["quantity"]
        else:
            fields["order_line"].queryset = order.lines.all()
            fields["order_line"].choices = [("", _("Aucune")), *offered["lines"]]
        if not keeps:
            for name in ("account", "recovery", "section", "fund"):
                fields.pop(name, None)

    def has_changed(self) -> bool:
        """A row in which nobody typed a word or an amount is no line."""
        if not self.is_bound:
            return bool(super().has_changed())
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("label", "net"))

    def content(self, supplier: Supplier, known: Mapping[int, Any], place: int) -> PurchaseLineContent:
        """The line; what this person is not asked about stays as it was, else comes from the supplier."""
        found = self.cleaned_data
        before = known.get(place)
        recovery = found.get("recovery")
        kept = before.recovery if before is not None and "recovery" not in self.fields else Decimal(1)
        account = found.get("account") or (before.account if before is not None else None)
        return PurchaseLineContent(
            label=" ".join(found["label"].split()),
            net=found["net"],
            rate=found["rate"] / 100,
            quantity=found.get("quantity") or (before.quantity if before is not None else None),
            account=account or supplier.account,
            recovery=kept if recovery is None else recovery / 100,
            section=found.get("section")
            or (before.section if before is not None and "section" not in self.fields else None),
            order_line=found.get("order_line"),
            fund=found.get("fund")
            or (before.fund if before is not None and "fund" not in self.fields else None),
        )


class PurchaseLinesBase(BaseFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    @property
    def written(self) -> list[tuple[int, Any]]:
        """The rows that hold a line, with their place on the page."""
        return [(place, form) for place, form in enumerate(self.forms) if form.has_changed()]

    def contents(
        self, supplier: Supplier, known: Mapping[int, Any] | None = None
    ) -> tuple[PurchaseLineContent, ...]:
        return tuple(form.content(supplier, known or {}, place) for place, form in self.written)

    def refuse(self, refusal: Refused) -> bool:
        """Does: writes a refusal named « lines-<n>-<field> » at the row of that line. Tells whether it
        could."""
        parts = (refusal.field or "").split("-", 2)
        if len(parts) != 3 or parts[0] != PREFIX or not parts[1].isdecimal():
            return False
        written = self.written
        if int(parts[1]) >= len(written):
            return False
        form = written[int(parts[1])][1]
        form.add_error(parts[2] if parts[2] in form.fields else None, str(refusal))
        return True


PurchaseLineSet = formset_factory(
    PurchaseLineForm, formset=PurchaseLinesBase, extra=0, max_num=_ROWS, absolute_max=_ROWS
)


def offered_to_lines(order: PurchaseOrder | None) -> dict[str, list[tuple[Any, str]]]:
    """The choices that every line shows, asked once for all of them."""
    return {
        "accounts": [(one.pk, str(one)) for one in expense_accounts()],
        "sections": [(one.pk, one.label) for one in AnalyticAccount.objects.order_by("label")],
        "lines": [(one.pk, one.label) for one in order.lines.all()] if order else [],
        "funds": [(one.pk, one.label) for one in funds_to_name()],
    }


def with_more_rows(data: Any) -> Any:
    """What was sent, with a few more rows."""
    sent = data.copy()
    count = key_in(sent.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0
    for place in range(count, min(count + MORE, _ROWS)):
        sent[f"{PREFIX}-{place}-rate"] = "20"
        sent[f"{PREFIX}-{place}-recovery"] = "100"
    sent[f"{PREFIX}-TOTAL_FORMS"] = str(min(count + MORE, _ROWS))
    return sent


def new_purchase(**known: Any) -> dict[str, Any]:
    return {"form_key": uuid4(), "kind": PurchaseKind.INVOICE, "currency": EURO} | known


def blank_rows(rate: Decimal = Decimal("0.2000"), count: int = SPARE) -> list[dict[str, Any]]:
    return [{"rate": typed(rate * 100), "recovery": "100"} for _place in range(count)]


def purchase_typed(purchase: Purchase) -> dict[str, Any]:
    """The initial values that show a stored purchase."""
    plain = (
        "kind", "supplier", "number", "on", "due_on", "purpose", "activity", "split_key", "advanced_by",
        "currency", "currency_note", "note", "order", "form_key", "version",
    )  # fmt: skip
    totals = {"gross": typed(purchase.total_gross, least=2), "tax": typed(purchase.total_tax, least=2)}
    return {name: getattr(purchase, name) for name in plain} | totals


def rows_typed(lines: Sequence[Any]) -> list[dict[str, Any]]:
    """The initial values that show stored lines."""
    return [
        {
            "label": line.label,
            "quantity": typed(line.quantity),
            "net": typed(line.net, least=2),
            "rate": typed(line.rate * 100),
            "account": line.account_id,
            "recovery": typed(line.recovery * 100),
            "section": line.section_id,
            "order_line": line.order_line_id,
            "fund": line.fund_id,
        }
        for line in lines
    ]
