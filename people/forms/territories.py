"""What people type about territories and the portfolios of advisors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from people.models import Scope, Territory
from people.selectors.scopes import followable_scopes
from people.services.territories import TerritoryData
from people.states.situations import ZoneKind


class TerritoryForm(forms.ModelForm):
    opened_on = DayField(label=_("Existe depuis le"), required=False)
    closed_on = DayField(
        label=_("Jusqu’au, compris"),
        required=False,
        help_text=_("Une commune qui fusionne se ferme ; ses chiffres passés restent."),
    )

    class Meta:
        model = Territory
        fields = ["name", "code", "kind", "parent", "opened_on", "closed_on"]
        help_texts = {"code": _("Code officiel (INSEE) ou code choisi, sans doublon.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.empty_label = _("Rien : en haut de l’arbre")

    def validate_unique(self) -> None:
        """Left to the service, which says it in one sentence."""

    def data_typed(self) -> TerritoryData:
        return TerritoryData(**self.cleaned_data)


class TerritoryDayForm(forms.Form):
    au = DayField(label=_("Chiffres au"), required=False)


class TerritoryCountForm(forms.Form):
    population = forms.IntegerField(label=_("Population"), min_value=0, max_value=2_000_000_000)
    zone = forms.ChoiceField(label=_("Zone"), choices=ZoneKind.choices, widget=forms.RadioSelect)
    valid_from = DayField(label=_("À partir du"), initial=timezone.localdate)
    source = forms.CharField(label=_("Source"), max_length=160, help_text=_("INSEE, recensement de…"))


class PortfolioForm(forms.Form):
    label = forms.CharField(label=_("Nom du portefeuille"), max_length=160)
    scopes = forms.ModelMultipleChoiceField(
        label=_("Activités et projets suivis"),
        queryset=Scope.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Une activité est dans un seul portefeuille : la cocher ici la retire de l’autre."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scopes"]
        scopes.queryset = followable_scopes()
        scopes.label_from_instance = lambda scope: scope.label
