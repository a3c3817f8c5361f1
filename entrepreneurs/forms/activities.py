"""What is typed about an activity."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundManyField
from cae.core.forms import DayField, ask_later
from entrepreneurs.models import Activity, Trade
from entrepreneurs.selectors.trades import trades_open
from entrepreneurs.states.activities import ActivityKind
from people.models import Person, Scope, Territory
from people.states import ScopeKind

MOST_LINKS = 8


class LinksField(forms.CharField):
    """Addresses of the web, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]
        field = forms.URLField(assume_scheme="https")
        if len(lines) > MOST_LINKS:
            raise forms.ValidationError(_("Huit liens au plus."), code="invalid")
        return [field.clean(line) for line in lines]


class ActivityForm(forms.ModelForm):
    """How an activity presents itself."""

    links = LinksField(
        label=_("Liens"), required=False, help_text=_("Site, boutique, réseaux : une adresse par ligne.")
    )

    class Meta:
        model = Activity
        fields = ("name", "trade", "trade_label", "email", "phone", "description", "links")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.trade_id
        open_now = trades_open(timezone.localdate()).values("pk")
        self.fields["trade"].queryset = Trade.objects.filter(Q(pk__in=open_now) | Q(pk=kept))  # type: ignore[attr-defined]
        self.fields["trade_label"].required = False
        self.fields["trade_label"].help_text = _("Imprimé et affiché ; vide, le nom du métier.")


class OpenActivityForm(ActivityForm):
    """A new activity, with its people and where it is followed from."""

    people = FoundManyField(
        label=_("Personnes"),
        queryset=Person.objects.none(),
        help_text=_("Une seule, ou plusieurs pour une activité collective : un nom par case."),
    )
    kind = forms.ChoiceField(
        label=_("Sorte"), choices=ActivityKind.choices, initial=ActivityKind.INDIVIDUAL, required=False
    )
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), required=False
    )
    portfolio = forms.ModelChoiceField(
        label=_("Portefeuille d’accompagnement"),
        queryset=Scope.objects.none(),
        required=False,
        empty_label=_("Aucun"),
    )
    opened_on = DayField(label=_("Ouverte le"))
    waiver = forms.CharField(
        label=_("Ouvrir sans l’accord de l’assureur : pourquoi"),
        required=False,
        max_length=300,
        help_text=_("À remplir seulement si l’assureur n’a pas encore répondu."),
    )
    links = None  # type: ignore[assignment]

    class Meta:
        model = Activity
        fields = ("name", "code", "trade", "trade_label", "email", "phone")

    field_order = (
        "name",
        "code",
        "kind",
        "trade",
        "trade_label",
        "people",
        "email",
        "phone",
        "territory",
        "portfolio",
        "opened_on",
        "waiver",
    )

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = persons  # type: ignore[attr-defined]
        self.fields["territory"].queryset = Territory.objects.all()  # type: ignore[attr-defined]
        self.fields["portfolio"].queryset = Scope.objects.filter(kind=ScopeKind.PORTFOLIO)  # type: ignore[attr-defined]
        ask_later(self, "kind")
        self.fields["opened_on"].initial = timezone.localdate
