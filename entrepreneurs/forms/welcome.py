"""What is typed on the board and in the file of a candidate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from cae.core.keys import key_in
from cae.core.options import OptionField
from entrepreneurs.forms.coaching import MeetingForm
from entrepreneurs.models import WelcomeStage
from entrepreneurs.selectors.welcome_funnel import advisors_offered
from entrepreneurs.states.committees import REASON_LIST
from entrepreneurs.states.feasibility import FeasibilityPoint, Finding, Opinion
from entrepreneurs.states.papers import PAPER_KIND
from entrepreneurs.states.reviews import BEST_MARK
from entrepreneurs.states.stages import Presence
from people.models import Person, Territory


def text_area(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 4) -> forms.CharField:
    """A few lines, at most what a row keeps."""
    return forms.CharField(
        label=label,
        max_length=2000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReasonForm(forms.Form):
    """A sentence that says why."""

    reason = forms.CharField(label=_("Motif"), max_length=300)


class TransferForm(ReasonForm):
    """Who follows a file from now on, and where."""

    advisor = forms.ModelChoiceField(
        label=_("Suivie par"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Sans changement"),
    )
    territory = forms.ModelChoiceField(
        label=_("Territoire"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=_("Sans changement"),
    )
    field_order = ("advisor", "territory", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor"].queryset = advisors_offered()  # type: ignore[attr-defined]
        self.fields["territory"].queryset = Territory.objects.all()  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Whose slots the candidate chooses from."""

    advisor = forms.ModelChoiceField(label=_("Qui reçoit"), queryset=Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor"].queryset = advisors_offered()  # type: ignore[attr-defined]


class FixForm(MeetingForm):
    """The first interview, at a time agreed with the candidate."""

    advisor = forms.ModelChoiceField(label=_("Qui reçoit"), queryset=Person.objects.none())
    field_order = ("advisor", "starts_at", "minutes", "mode")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["purpose"]
        self.fields["advisor"].queryset = advisors_offered()  # type: ignore[attr-defined]


class AskPaperForm(forms.Form):
    """A paper that the file lacks."""

    kind = OptionField(PAPER_KIND, label=_("Document"))
    precision = forms.CharField(label=_("Précision"), max_length=160, required=False)
    due_on = DayField(label=_("Pour le"), required=False)


class OutcomeForm(forms.Form):
    """Why an application is refused, redirected, postponed or kept for later."""

    reason_code = OptionField(REASON_LIST, label=_("Motif"))
    reason = text_area(
        _("Explication"), required=False, help_text=_("Ces mots partent à la personne, dans l’e-mail.")
    )


class RedirectForm(OutcomeForm):
    """A redirection says where to."""

    reason = text_area(
        _("Vers quoi"), help_text=_("Ces mots partent à la personne : une adresse, un nom, un cadre.")
    )


class PostponeForm(OutcomeForm):
    """A postponement says until when."""

    again_on = DayField(label=_("À reprendre le"))
    field_order = ("reason_code", "again_on", "reason")


class ReopenForm(forms.Form):
    reason = text_area(_("Pourquoi la rouvrir"), help_text=_("Ces mots partent à la personne."))


class InformationForm(forms.Form):
    """The optional meeting that candidates come to first."""

    held_on = DayField(label=_("Réunion du"))
    presence = forms.ChoiceField(label=_("Présence"), choices=Presence.choices, widget=forms.RadioSelect)


class FindingForm(forms.Form):
    """What was found on one point."""

    point = forms.ChoiceField(label=_("Point"), choices=FeasibilityPoint.choices)
    finding = forms.ChoiceField(label=_("Constat"), choices=Finding.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Précision"), max_length=300, required=False)


class SlipForm(forms.Form):
    """What the insurer reads."""

    trade_name = forms.CharField(label=_("Métier"), max_length=120)
    description = text_area(
        _("Ce qui sera fait"),
        help_text=_("Gestes, lieux, matériaux, publics : l’assureur décide sur ces mots."),
    )


class SlipAnswerForm(forms.Form):
    """What the insurer said."""

    answered_on = DayField(label=_("Réponse du"))
    verdict = forms.ChoiceField(
        label=_("Réponse"),
        choices=[("agree", _("Oui")), ("limit", _("Oui, avec exclusions")), ("refuse", _("Non"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Garantie, exclusions ou motif"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OpinionForm(forms.Form):
    """What somebody of the same trade, or of the collective, thinks."""

    opinion = forms.ChoiceField(label=_("Votre avis"), choices=Opinion.choices, widget=forms.RadioSelect)
    text = text_area(_("Ce qui le motive"), required=False)


class AskOpinionsForm(forms.Form):
    """Whom one asks, among those who may be: everybody unless one unticks."""

    people = forms.TypedMultipleChoiceField(
        label=_("À qui"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une personne.")},
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.choices = [(person.pk, f"{person} · {activity.name}") for person, activity in offered.items()]
        people.initial = [person.pk for person in offered]


class GridForm(forms.Form):
    """One mark a criterion, each from nought to the best, then what struck."""

    def __init__(self, *args: Any, criteria: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [(str(value), str(value)) for value in range(BEST_MARK + 1)]
        for one in criteria:
            self.fields[f"mark_{one.pk}"] = forms.TypedChoiceField(
                label=f"{one.label} (× {one.weight})",
                help_text=one.help,
                choices=marks,
                coerce=int,
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = text_area(_("Ce qui me frappe"), required=False)

    @property
    def marks(self) -> dict[int, int]:
        """The marks by key of criterion."""
        return {
            int(name.removeprefix("mark_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("mark_")
        }


class MarkForm(ReasonForm):
    """A mark that changes, and why."""

    value = forms.TypedChoiceField(
        label=_("Note"),
        choices=[(str(value), str(value)) for value in range(BEST_MARK + 1)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    field_order = ("value", "reason")


class StageForm(forms.ModelForm):
    """What a column says."""

    class Meta:
        model = WelcomeStage
        fields: tuple[str, ...] = ("label", "kind", "order", "late_after")


class NewStageForm(StageForm):
    """A column that begins, for the cooperative or one territory."""

    starts_on = DayField(label=_("À partir du"))

    class Meta(StageForm.Meta):
        fields = ("territory", "label", "kind", "order", "late_after")

    field_order = ("label", "kind", "order", "late_after", "territory", "starts_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].empty_label = _("Tous")  # type: ignore[attr-defined]


class EndStageForm(forms.Form):
    last_day = DayField(label=_("Dernier jour"))


class CriteriaForm(ReasonForm):
    """A version of the grid as lines: « critère | poids | ce qui est regardé »."""

    lines = forms.CharField(
        label=_("Critères"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Un critère par ligne : nom | poids | ce qui est regardé."),
    )
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), required=False, empty_label=_("Tous")
    )
    valid_from = DayField(label=_("À partir du"))
    field_order = ("lines", "valid_from", "territory", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = Territory.objects.all()  # type: ignore[attr-defined]

    def clean_lines(self) -> list[tuple[str, int, str]]:
        found = []
        for line in filter(str.strip, self.cleaned_data["lines"].splitlines()):
            label, weight, *text = [part.strip() for part in line.split("|")] + [""]
            parts = key_in(weight)
            if parts is None or len(label) > 80 or parts > 100:
                raise forms.ValidationError(
                    _("« %(line)s » : écrivez le nom, une barre, puis un poids de 1 à 100."),
                    params={"line": line[:60]},
                )
            found.append((label, parts, text[0][:300]))
        return found
