"""What a candidate types, one group of questions a page; what is required is said when they send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import AmountField, DayField, ask_later
from cae.core.models import MAX_TEXT
from cae.core.options import OptionField
from entrepreneurs.calculations.steps import StepCode, asked_before_sending, questions_of
from entrepreneurs.models import Activity, Application, Trade
from entrepreneurs.models.applications import MAX_STORY
from entrepreneurs.selectors.answers import NOT_ALWAYS
from entrepreneurs.selectors.reviews import threshold_on
from entrepreneurs.states.activities import ActivityKind
from entrepreneurs.states.applications import ENTRY_STATUS, REFERRAL, TESTED_AS, Door
from people.models import Organisation, Territory
from people.states import RelationKind


class StartForm(forms.Form):
    """Who begins: enough to send the link by which one goes on."""

    first_name = forms.CharField(
        label=gettext_lazy("Votre prénom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=gettext_lazy("Votre nom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Votre adresse e-mail"),
        max_length=254,
        help_text=gettext_lazy("Le lien de votre candidature y est envoyé : c’est lui qui ouvre la suite."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class ResumeForm(forms.Form):
    """The address that a candidate gave."""

    email = forms.EmailField(
        label=gettext_lazy("L’adresse e-mail de votre candidature"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


def _story(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MAX_STORY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _yes_no(label: Any, yes: Any, no: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=(("yes", yes), ("no", no)),
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


# Labels that are questions; the others are those of the model.
_LABELS: Mapping[str, Any] = {
    "trade": gettext_lazy("Votre métier, s’il est dans la liste"),
    "trade_text": gettext_lazy("Votre métier, avec vos mots"),
    "project_name": gettext_lazy("Le nom de votre projet, s’il en a un"),
    "prescriber": gettext_lazy("L’organisme qui vous oriente, s’il y en a un"),
    "prescriber_name": gettext_lazy("S’il n’est pas dans la liste, son nom et celui de qui vous y suit"),
    "tells_prescriber": gettext_lazy(
        "J’accepte que la coopérative dise à qui m’oriente où en est ma candidature"
    ),
    "territory": gettext_lazy("Sur quel territoire ?"),
    "area": gettext_lazy("Où travailleriez-vous le plus souvent ?"),
    "collective_name": gettext_lazy("Sinon, le nom du collectif"),
    "weekly_hours": gettext_lazy("Combien d’heures par semaine y passez-vous ?"),
    "sends_papers_later": gettext_lazy("J’enverrai ces documents plus tard"),
}
_NONE = {
    "trade": gettext_lazy("Aucun de la liste"),
    "prescriber": gettext_lazy("Aucun, ou un autre"),
    "territory": gettext_lazy("Choisir…"),
}
_COMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "phone": "tel",
    "postcode": "postal-code",
    "city": "address-level2",
}


class StepForm(forms.ModelForm):
    """The questions of one step by one door; the fields of the others are taken away."""

    entry_status = OptionField(
        ENTRY_STATUS,
        label=gettext_lazy("Votre situation aujourd’hui"),
        empty=gettext_lazy("Choisir…"),
        required=False,
    )
    referral = OptionField(
        REFERRAL,
        label=gettext_lazy("Comment nous avez-vous connus ?"),
        empty=gettext_lazy("Choisir…"),
        required=False,
    )
    tested_as = OptionField(
        TESTED_AS, label=gettext_lazy("Dans quel cadre ?"), empty=gettext_lazy("Choisir…"), required=False
    )
    summary = _story(gettext_lazy("Que voulez-vous faire ?"), gettext_lazy("Quelques phrases suffisent."))
    customers = _story(gettext_lazy("Pour qui, et qui vous a déjà fait travailler ?"))
    progress = _story(gettext_lazy("Où en est votre idée ?"))
    career = _story(gettext_lazy("Votre parcours jusqu’ici"))
    skills = _story(gettext_lazy("Ce que vous savez faire"))
    training = _story(gettext_lazy("Diplômes et formations utiles au projet"))
    is_tested = _yes_no(
        gettext_lazy("Avez-vous déjà vendu ce que vous voulez faire ?"),
        gettext_lazy("Oui, j’ai déjà des ventes"),
        gettext_lazy("Non, pas encore"),
        gettext_lazy("Si oui, les questions qui suivent vous concernent aussi."),
    )
    tested_from = DayField(label=gettext_lazy("Depuis quand ?"), required=False)
    tested_until = DayField(label=gettext_lazy("Jusqu’à quand, si c’est fini ?"), required=False)
    sales_12_months = AmountField(
        label=gettext_lazy("Vos ventes des 12 derniers mois, hors taxes (en euros)"),
        min_value=0,
        required=False,
    )
    costs_12_months = AmountField(
        label=gettext_lazy("Vos dépenses des 12 derniers mois, hors taxes (en euros)"),
        help_text=gettext_lazy("Achats, sous-traitance, loyers, déplacements ; pas votre revenu."),
        min_value=0,
        required=False,
    )
    is_time_chosen = _yes_no(
        gettext_lazy("Ce temps de travail, l’avez-vous choisi ?"),
        gettext_lazy("Oui, il me convient"),
        gettext_lazy("Non, je le subis"),
    )
    motivation = _story(gettext_lazy("Pourquoi une coopérative plutôt qu’une entreprise à vous ?"))
    relation_to_work = _story(
        gettext_lazy("Quel est votre rapport au travail ?"),
        gettext_lazy("Rythme, autonomie, entraide, revenu : ce qui compte pour vous."),
    )
    collective = forms.ModelChoiceField(
        label=gettext_lazy("Le collectif que vous voulez rejoindre"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=gettext_lazy("Aucun, ou un autre"),
    )
    collective_part = _story(gettext_lazy("Quelle place y prendriez-vous ?"))
    # What the step held when the page was drawn: another tab may save it meanwhile.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Application
        fields = tuple({name for door in Door for step in StepCode for name in questions_of(step, door)})

    def __init__(self, *args: Any, step: StepCode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = questions_of(step, self.instance.door)
        if threshold_on(timezone.localdate()).basis == "sales":
            self.names = tuple(name for name in self.names if name not in NOT_ALWAYS)
        # Kept beside: a refusal takes a field out of the clean ones.
        self.answers_typed: dict[str, Any] = {}
        for name in [name for name in self.fields if name not in (*self.names, "shown")]:
            del self.fields[name]
        self.order_fields(self.names)
        asked = asked_before_sending(step, self.instance.door)
        ask_later(self, *[name for name in self.names if name in asked])
        for name, bound in self.fields.items():
            bound.required = False
            bound.label = _LABELS.get(name, bound.label)
            if name in _COMPLETE:
                bound.widget.attrs["autocomplete"] = _COMPLETE[name]
        self._offer()
        self._say_yes_or_no()

    def _offer(self) -> None:
        today = timezone.localdate()
        rows = {
            "trade": Trade.objects.open_on(today),
            "territory": Territory.objects.all(),
            "prescriber": Organisation.objects.filter(
                relations__contains=[RelationKind.PRESCRIBER], is_archived=False
            ),
            "collective": Activity.objects.open_on(today).filter(kind=ActivityKind.COLLECTIVE),
        }
        for name, queryset in rows.items():
            if name in self.fields:
                self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        for name, word in _NONE.items():
            if name in self.fields:
                self.fields[name].empty_label = word  # type: ignore[attr-defined]

    def _say_yes_or_no(self) -> None:
        for name in ("is_tested", "is_time_chosen"):
            if name in self.fields:
                held = getattr(self.instance, name)
                self.initial[name] = "" if held is None else "yes" if held else "no"

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = found.get("tested_from"), found.get("tested_until")
        if start and end and end < start:
            self.add_error("tested_until", _("La fin ne peut pas précéder le début."))
        if start and start > timezone.localdate():
            self.add_error("tested_from", _("Cette date est à venir : indiquez quand vous avez commencé."))
        return found

    def _post_clean(self) -> None:
        """The instance stays as it is stored: the service writes it."""

    def answers(self) -> dict[str, Any]:
        """What the service takes; call it on a valid form only."""
        self.answers_typed = {name: self.cleaned_data[name] for name in self.names}
        return self.answers_typed


class CharterForm(forms.Form):
    """The name typed under the charter; empty, it is not signed, which sending refuses."""

    charter_typed = forms.CharField(
        label=gettext_lazy("Tapez votre nom, qui vaut signature"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("La signature prend effet quand vous envoyez votre candidature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_later(self, "charter_typed")


class SendForm(forms.Form):
    """The consent without which nobody reads anything."""

    consents = forms.BooleanField(
        label=gettext_lazy(
            "J’accepte que l’équipe d’accueil de la coopérative lise mes réponses pour étudier ma candidature"
        ),
        error_messages={
            "required": gettext_lazy("Sans votre accord, l’équipe ne peut pas lire vos réponses.")
        },
    )


class MessageForm(forms.Form):
    """What a candidate writes to the team."""

    text = forms.CharField(
        label=gettext_lazy("Votre message"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawForm(forms.Form):
    """Why one takes an application back, if one cares to say."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi ?"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("L’équipe le lit ; cela l’aide à mieux accueillir."),
    )


class CharterTextForm(forms.Form):
    """A version of the charter."""

    text = forms.CharField(label=gettext_lazy("Texte"), widget=forms.Textarea(attrs={"rows": 16}))
    valid_from = DayField(label=gettext_lazy("En vigueur à partir du"))
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi ce changement ?"),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
