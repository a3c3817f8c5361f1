"""What is typed to invoice a part of a quote, and to change or release one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import AmountField, DayField, PercentField
from invoicing.calculations.progress import WorkLine
from invoicing.forms.fields import typed
from invoicing.models import Quote, QuoteLine
from invoicing.services.inputs import PartContent
from invoicing.services.parting import Ask
from invoicing.states.sales import MAX_DESCRIPTION, MAX_TEXT


class KeyedForm(forms.Form):
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key


class AskForm(KeyedForm):
    """A share of the quote, or an amount with tax."""

    rate = PercentField(label=gettext_lazy("Part du devis en %"))
    amount = AmountField(
        label=gettext_lazy("Ou un montant en euros TTC"),
        required=False,
        max_digits=11,
        help_text=gettext_lazy("L’un ou l’autre."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("rate") and found.get("amount"):
            self.add_error("amount", _("Donnez une part ou un montant, pas les deux."))
        if not (found.get("rate") or found.get("amount") or self.errors):
            self.add_error("rate", _("Dites combien facturer."))
        return found

    def ask(self) -> Ask:
        rate: Decimal | None = self.cleaned_data.get("rate")
        return Ask(rate=rate / 100 if rate else None, amount=self.cleaned_data.get("amount") or None)


class ProgressForm(KeyedForm):
    """The share reached of each line of the work, to date."""

    retention = PercentField(label=gettext_lazy("Retenue de garantie"))

    def __init__(
        self, *args: Any, lines: Sequence[QuoteLine], work: dict[int, WorkLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.work = lines, work
        for line in lines:
            label = _("Avancement de « %(label)s » en %%") % {"label": line.label}
            initial = typed((work[line.pk].reached * 100).normalize())
            self.fields[f"reached-{line.pk}"] = PercentField(label=label, initial=initial)

    @property
    def rows(self) -> list[tuple[QuoteLine, WorkLine, forms.BoundField]]:
        return [(line, self.work[line.pk], self[f"reached-{line.pk}"]) for line in self.lines]

    def reached(self) -> dict[int, Decimal]:
        """The lines whose share changed: the others keep what they were invoiced, to the cent."""
        found = {}
        for line in self.lines:
            share: Decimal | None = self.cleaned_data[f"reached-{line.pk}"]
            if share is not None and share / 100 != self.work[line.pk].reached:
                found[line.pk] = share / 100
        return found

    def kept(self) -> Decimal:
        return (self.cleaned_data.get("retention") or Decimal(0)) / 100


class PartForm(forms.Form):
    """What the draft of a part may say of itself."""

    purpose = forms.CharField(label=gettext_lazy("Objet"), max_length=MAX_TEXT, required=False)
    order_reference = forms.CharField(
        label=gettext_lazy("Numéro de commande"), max_length=100, required=False
    )
    delivered_on = DayField(label=gettext_lazy("Date de la livraison ou de la prestation"), required=False)
    due_on = DayField(
        label=gettext_lazy("Échéance"),
        required=False,
        help_text=gettext_lazy("Vide : le délai de ce client."),
    )
    internal_note = forms.CharField(
        label=gettext_lazy("Note interne"),
        required=False,
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Jamais imprimée."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, deposit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if deposit:
            del self.fields["delivered_on"]

    def content(self) -> PartContent:
        names = ("purpose", "order_reference", "internal_note", "due_on", "delivered_on")
        return PartContent(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class ReleaseForm(forms.Form):
    on = DayField(label=gettext_lazy("Libérée le"))
    due_on = DayField(label=gettext_lazy("À payer le"))


class AmendmentForm(forms.Form):
    quote = forms.ModelChoiceField(
        label=gettext_lazy("Devis accepté à ajouter"), queryset=Quote.objects.none()
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quote"].queryset = offered
