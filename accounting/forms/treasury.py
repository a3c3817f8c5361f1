"""What is typed about the cash to come: suppositions, plans by hand, floors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.calculations.treasury.forecast import LONGEST, SHORTEST, Changes
from accounting.models import AnalyticAccount
from accounting.selectors.treasury_desk import planned_sections, sections_with_floor
from accounting.services.cash_plans import MOST_LABEL, MOST_NAME, PlanContent
from accounting.states.treasury import MOST_LATER_DAYS, PlanKind, PlanRhythm
from cae.core.forms import AmountField, DayField, ask_later

_SPANS = (SHORTEST, 9, LONGEST)
_IN, _OUT = "in", "out"
_AS_FORESEEN = _("Cotisations comprises. Vide : comme prévu.")


class ChangesForm(forms.Form):
    """« Et si… »: sent by GET, nothing is kept."""

    USUAL = SHORTEST

    mois = forms.TypedChoiceField(
        label=_("Voir"),
        choices=[(one, _("%(count)d mois") % {"count": one}) for one in _SPANS],
        coerce=int,
        required=False,
    )
    retard = forms.IntegerField(
        label=_("Retard des clients, en jours"),
        min_value=0,
        max_value=MOST_LATER_DAYS,
        required=False,
    )
    paie = AmountField(
        label=_("Coût de la paie par mois (€)"),
        min_value=0,
        required=False,
        help_text=_AS_FORESEEN,
    )

    sections = [("", (("mois", "retard", "paie"),))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_later(self, "mois")

    @property
    def span(self) -> int:
        """How many months to show; call it on a checked form only."""
        return int(self.cleaned_data.get("mois") or SHORTEST)

    @property
    def changes(self) -> Changes:
        """What is supposed; call it on a checked form only."""
        return Changes(self.cleaned_data.get("retard") or 0, self.cleaned_data.get("paie"))


class KeepForm(forms.Form):
    """The name under which a supposition is kept, with what it changes."""

    name = forms.CharField(label=_("Nom du scénario"), max_length=MOST_NAME)
    later_days = forms.IntegerField(
        label=_("Les clients paient plus tard, en jours"),
        min_value=0,
        max_value=MOST_LATER_DAYS,
        required=False,
    )
    pay = AmountField(
        label=_("Coût de la paie par mois (€)"), min_value=0, required=False, help_text=_AS_FORESEEN
    )

    @property
    def changes(self) -> Changes:
        """What is supposed; call it on a valid form only."""
        return Changes(self.cleaned_data.get("later_days") or 0, self.cleaned_data.get("pay"))


def _section() -> Any:
    """A section by its label; the form says which."""
    return forms.ModelChoiceField(label=_("Section"), queryset=AnalyticAccount.objects.none())


class PlanForm(forms.Form):
    """A flow that no document tells."""

    section = _section()
    label = forms.CharField(
        label=_("Ce que c’est"), max_length=MOST_LABEL, help_text=_("Échéance d’emprunt, loyer du siège…")
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=PlanKind.choices, initial=PlanKind.LOAN)
    side = forms.ChoiceField(label=_("Sens"), choices=((_OUT, _("Sort")), (_IN, _("Entre"))), initial=_OUT)
    amount = AmountField(label=_("Montant (€)"), min_value=Decimal("0.01"))
    rhythm = forms.ChoiceField(label=_("Rythme"), choices=PlanRhythm.choices, initial=PlanRhythm.MONTH)
    starts_on = DayField(label=_("Première date"))
    ends_on = DayField(
        label=_("Dernière date"), required=False, help_text=_("Vide : jusqu’à ce que vous l’arrêtiez.")
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["section"].queryset = planned_sections()

    def content(self) -> PlanContent:
        """What the service takes; call it on a valid form only."""
        said = self.cleaned_data
        names = ("section", "kind", "label", "rhythm", "starts_on", "ends_on")
        amount = said["amount"] if said["side"] == _IN else -said["amount"]
        return PlanContent(amount=amount, **{name: said[name] for name in names})


class LastDayForm(forms.Form):
    """The last day of something; the eve of its first takes it back."""

    ends_on = DayField(
        label=_("Dernier jour"), help_text=_("La veille du premier jour : comme si rien n’était.")
    )


class CashFloorForm(forms.Form):
    """The cash that a section keeps."""

    section = _section()
    amount = AmountField(label=_("Trésorerie à garder (€)"), min_value=0)
    starts_on = DayField(label=_("À partir du"))
    ends_on = DayField(label=_("Jusqu’au"), required=False, help_text=_("Vide : jusqu’au prochain."))
    reason = forms.CharField(label=_("Motif"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["section"].queryset = sections_with_floor()


class ExcessForm(CashFloorForm):
    """How far a section may go below its floor, until when."""

    amount = AmountField(
        label=_("Descendre jusqu’à (€)"), help_text=_("Un montant négatif laisse passer sous zéro.")
    )
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))
