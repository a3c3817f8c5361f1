"""What is typed about grants and earmarked funds."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import AnalyticAccount, CostKind, Fund
from accounting.selectors.funds import fundable_sections
from accounting.services.fund_following import Brought
from accounting.services.funds import FundDraft
from accounting.states.funds import DutyKind, FundNature
from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField
from people.models import Person


class FundForm(forms.Form):
    """A request, or an earmarked fund."""

    nature = forms.ChoiceField(
        label=_("Nature"), choices=FundNature.choices, widget=forms.RadioSelect, initial=FundNature.GRANT
    )
    label = forms.CharField(label=_("Intitulé"), max_length=120)
    funder = forms.CharField(label=_("Financeur"), max_length=120)
    reference = forms.CharField(
        label=_("Référence du financeur"),
        max_length=60,
        required=False,
        help_text=_("Numéro du dossier ou de la convention."),
    )
    purpose = forms.CharField(label=_("Objet"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    section = forms.ModelChoiceField(
        label=_("Dépensé par"),
        queryset=AnalyticAccount.objects.none(),
        required=False,
        empty_label=_("Un nouveau projet"),
    )
    new_section = forms.CharField(label=_("Nouveau projet"), max_length=120, required=False)
    owner = FoundField(
        label=_("Suivi par"), queryset=Person.objects.order_by("last_name", "first_name"), required=False
    )
    kinds = forms.ModelMultipleChoiceField(
        label=_("Dépenses éligibles"),
        queryset=CostKind.objects.order_by("label"),
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = DayField(label=_("Dépenses du"))
    ends_on = DayField(label=_("au"))
    requested_on = DayField(label=_("Demandée le"))
    requested_amount = AmountField(label=_("Montant demandé"))
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    sections = [
        ("", ("nature", "label", ("funder", "reference"), "purpose")),
        (
            _("Qui dépense, quoi, quand"),
            (("section", "new_section"), "owner", "kinds", ("starts_on", "ends_on")),
        ),
        (_("Demande"), (("requested_on", "requested_amount"),)),
    ]

    def __init__(self, *args: Any, fund: Fund | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_typed(fund) if fund else None, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = fundable_sections()
        if fund is not None:
            # What was said first stays.
            for name in ("nature", "section", "new_section", "requested_on"):
                del self.fields[name]
        self.fund = fund

    def draft(self) -> FundDraft:
        said = dict(self.cleaned_data)
        del said["form_key"]
        said["kinds"] = [kind.code for kind in said["kinds"]]
        if self.fund is not None:
            said |= {
                "nature": self.fund.nature,
                "section": self.fund.section,
                "requested_on": self.fund.requested_on,
            }
        return FundDraft(**said)


def _typed(fund: Fund) -> dict[str, Any]:
    names = (
        "label", "funder", "reference", "purpose", "owner", "starts_on", "ends_on", "requested_amount",
        "form_key",
    )  # fmt: skip
    known = {name: getattr(fund, name) for name in names}
    return known | {"kinds": CostKind.objects.filter(code__in=fund.kinds)}


class AwardForm(forms.Form):
    amount = AmountField(label=_("Montant attribué"))
    on = DayField(label=_("Attribuée le"))
    reference = forms.CharField(label=_("Référence de la convention"), max_length=60, required=False)


class FundReasonForm(forms.Form):
    """Why it ends; the day it does."""

    on = DayField(label=_("Date"))
    reason = forms.CharField(label=_("Motif"), max_length=300)

    def __init__(self, *args: Any, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if optional:
            self.fields["reason"].required = False
            self.fields["reason"].label = _("Ce que devient le reste")


class AmendForm(forms.Form):
    amount = AmountField(label=_("Montant attribué"))
    ends_on = DayField(label=_("Dernier jour des dépenses"))
    on = DayField(label=_("Date de l’avenant"))
    reason = forms.CharField(label=_("Avenant, décision"), max_length=300)


class InstalmentForm(forms.Form):
    label = forms.CharField(label=_("Versement"), max_length=120, help_text=_("Acompte, solde…"))
    amount = AmountField(label=_("Montant"))
    due_on = DayField(label=_("Attendu le"))
    condition = forms.CharField(label=_("Condition"), max_length=300, required=False)


class OnForm(forms.Form):
    on = DayField(label=_("Date"))


class DutyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Nature"), choices=DutyKind.choices, widget=forms.RadioSelect)
    label = forms.CharField(label=_("À faire"), max_length=200)
    due_on = DayField(label=_("Pour le"))


class FileForm(forms.Form):
    file = forms.FileField(label=_("Fichier"), help_text=_("PDF, PNG ou JPEG, 20 Mo au plus."))

    def brought(self) -> Brought | None:
        sent = self.cleaned_data.get("file")
        return Brought(sent.read(), sent.name) if sent else None


class DoneForm(FileForm):
    on = DayField(label=_("Fait le"))
    field_order = ("on", "file")

    def __init__(self, *args: Any, proved: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = proved


class SpendForm(forms.Form):
    """How much of a cost is counted."""

    amount = AmountField(label=_("Montant compté"))


class SpendingReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=300)


class RestsForm(forms.Form):
    """The last day of the year, and the day of the return when the one after is closed."""

    on = DayField(label=_("Dernier jour de l’exercice"))
    back_on = DayField(
        label=_("Repris le"), required=False, help_text=_("Vide : le lendemain de la clôture.")
    )
