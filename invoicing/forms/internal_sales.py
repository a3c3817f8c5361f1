"""What is typed of internal sales."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField
from entrepreneurs.models import Activity
from invoicing.models import InternalSale
from invoicing.services.internal_sales import InternalContent


class InternalSaleForm(forms.Form):
    """An internal sale, new or changed."""

    buyer = forms.ModelChoiceField(
        Activity.objects.none(), label=_("Activité acheteuse"), empty_label=_("Choisir…")
    )
    title = forms.CharField(label=_("Objet"), max_length=160)
    description = forms.CharField(
        label=_("Détail"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    amount = AmountField(label=_("Montant"), help_text=_("Entre deux activités, sans TVA."))
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, buyers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buyer"].queryset = buyers

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key

    def content(self) -> InternalContent:
        found = self.cleaned_data
        return InternalContent(found["buyer"], found["title"], found["amount"], found["description"])


def internal_typed(sale: InternalSale) -> dict[str, Any]:
    """The initial values that show a stored sale."""
    names = ("title", "description", "amount", "form_key", "version")
    return {name: getattr(sale, name) for name in names} | {"buyer": sale.buyer_id}


class DecliningForm(forms.Form):
    """Why an internal offer is refused."""

    reason = forms.CharField(label=_("Motif"), max_length=250, help_text=_("La vendeuse le lira."))


class InternalCreditForm(forms.Form):
    """What is given back of an internal invoice."""

    amount = AmountField(label=_("Montant repris"))
    reason = forms.CharField(label=_("Motif"), max_length=250)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
