"""What is typed about shared premises, keys and badges."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField, ask_later
from cae.core.money import ZERO
from coworking.forms.money import MeansField, RateField
from coworking.models import AccessItem, AccessLoan
from coworking.services.keys import ItemData, LoanData
from coworking.services.premises import MOST_WEIGHT, CostData, TenancyData
from coworking.states.places import AccessKind
from entrepreneurs.models import Activity
from invoicing.states.sales import PaymentMode
from people.models import Organisation, Person


class TenancyForm(forms.Form):
    """Who comes in: an activity of ours, an organisation, or a person."""

    activity = FoundField(
        label=_("Activité de la coopérative"), queryset=Activity.objects.all(), required=False
    )
    organisation = FoundField(
        label=_("Ou organisme"), queryset=Organisation.objects.filter(is_archived=False), required=False
    )
    person = FoundField(label=_("Ou personne"), queryset=Person.objects.none(), required=False)
    is_billed = forms.BooleanField(
        label=_("Facturer ses parts"),
        required=False,
        help_text=_(
            "Dans la facturation du mois : en interne pour une activité, par facture pour les autres."
        ),
    )
    rooms = forms.CharField(label=_("Ce qui est occupé"), max_length=200, required=False)
    weight = forms.IntegerField(
        label=_("Clé de répartition"),
        min_value=1,
        max_value=MOST_WEIGHT,
        help_text=_("Surface, millièmes ou nombre de personnes : seule la proportion compte."),
    )
    starts_on = DayField(label=_("Du"), initial=timezone.localdate)
    ends_on = DayField(label=_("Au"), required=False, help_text=_("Vide : sans terme."))
    paper = forms.FileField(
        label=_("Bail ou convention"), help_text=_("PDF ou photo, 10 Mo au plus."), required=False
    )
    sections = (
        (_("Qui"), ("activity", "organisation", "person", "is_billed")),
        (_("Quoi"), (("rooms", "weight"), ("starts_on", "ends_on"), "paper")),
    )

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]
        ask_later(self, "activity", "organisation", "person")

    def typed(self) -> TenancyData:
        return TenancyData(**{name: self.cleaned_data[name] for name in TenancyData.__dataclass_fields__})


class SeeOutForm(forms.Form):
    last_day = DayField(label=_("Dernier jour"), initial=timezone.localdate)


class CostForm(forms.Form):
    """What the premises cost over some days."""

    label = forms.CharField(
        label=_("Dépense"), max_length=120, help_text=_("Loyer, énergie, ménage : lu par chaque occupant.")
    )
    amount = AmountField(label=_("Montant HT"), min_value=0)
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))
    sections = ((_("À répartir"), ("label", "amount", ("starts_on", "ends_on"))),)

    def typed(self) -> CostData:
        return CostData(**{name: self.cleaned_data[name] for name in CostData.__dataclass_fields__})


class ItemForm(forms.Form):
    """A key, a badge or a code that may be lent."""

    kind = forms.ChoiceField(label=_("Nature"), choices=AccessKind.choices)
    label = forms.CharField(
        label=_("Repère"), max_length=60, help_text=_("« Clé 12 » ; un code lui-même ne s’écrit pas ici.")
    )
    opens = forms.CharField(label=_("Ce qu’il ouvre"), max_length=120, required=False)
    deposit = AmountField(label=_("Caution"), min_value=0, required=False)

    def typed(self) -> ItemData:
        typed = self.cleaned_data
        return ItemData(typed["kind"], typed["label"], typed["opens"], typed["deposit"] or ZERO)


class LoanForm(forms.Form):
    """To whom a key goes."""

    item = forms.ModelChoiceField(label=_("Clé, badge ou code"), queryset=AccessItem.objects.none())
    person = FoundField(label=_("Prêté à"), queryset=Person.objects.none())
    lent_on = DayField(label=_("Le"), initial=timezone.localdate)
    due_on = DayField(label=_("À rendre le"), required=False, help_text=_("Vide : sans terme."))
    deposit = AmountField(label=_("Caution reçue"), min_value=0, required=False)
    mode = MeansField(label=_("Caution reçue par"), usual=PaymentMode.CHEQUE)
    note = forms.CharField(label=_("Remarque"), max_length=200, required=False)

    def __init__(self, *args: Any, items: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]

    def typed(self) -> LoanData:
        typed = self.cleaned_data
        facts = {name: typed[name] for name in ("person", "lent_on", "due_on", "note", "mode")}
        return LoanData(**facts, deposit=typed["deposit"] or ZERO)


class LoanEndForm(forms.Form):
    """How a loan ends, and what becomes of its deposit."""

    on = DayField(label=_("Le"), initial=timezone.localdate)
    deposit_back = AmountField(
        label=_("Caution rendue"),
        min_value=0,
        required=False,
        help_text=_("Vide : toute la caution au retour, rien à la perte."),
    )
    mode = MeansField(label=_("Caution rendue par"))
    vat_code = RateField(
        label=_("TVA de la caution gardée"),
        help_text=_("Ce qui est gardé est facturé, et la caution paie cette facture."),
    )
    price = AmountField(
        label=_("À facturer en cas de perte, HT"),
        min_value=0,
        required=False,
        help_text=_("Au-delà de la caution gardée ; vide : rien."),
    )
    note = forms.CharField(label=_("Remarque"), max_length=200, required=False)

    def __init__(self, *args: Any, loan: AccessLoan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if loan.item.place.activity_id is None:
            del self.fields["price"]
        if not loan.deposit:
            del self.fields["deposit_back"]
        if not loan.is_posted:
            del self.fields["mode"], self.fields["vat_code"]
