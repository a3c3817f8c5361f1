"""What is typed to prepare an assembly: its day and place, its bureau, its points and papers (GOV-19)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounting.models import ScaleTrial
from accounting.selectors.scale_trials import printed_trials
from cae.core.documents import read_document
from cae.core.forms import DayField, MomentField, ask_later
from governance.models import AgendaItem, Assembly, Resolution, RuleSet
from governance.services.assemblies import AssemblyData
from governance.states.assemblies import AssemblyKind, AssemblyMode, ItemKind
from people.models import Person, User


class AssemblyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Nature"), choices=AssemblyKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Intitulé"), max_length=160)
    starts_at = MomentField(label=_("Date et heure"))
    mode = forms.ChoiceField(label=_("Tenue"), choices=AssemblyMode.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Lieu"), max_length=200, required=False, help_text=_("Nom et adresse de la salle.")
    )
    remote_link = forms.URLField(
        label=_("Lien de visioconférence"),
        max_length=300,
        required=False,
        help_text=_("Il peut être donné plus tard, jusqu’à la séance."),
        assume_scheme="https",
    )
    introduction = forms.CharField(
        label=_("Mot de la convocation"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    rule_set = forms.ModelChoiceField(
        label=_("Règles"),
        queryset=RuleSet.objects.none(),
        required=False,
        empty_label=_("Celles en vigueur le jour de l’assemblée"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rule_sets: QuerySet[RuleSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rule_set"]
        field.queryset = rule_sets
        ask_later(self, "place", "remote_link")

    def data_of(self) -> AssemblyData:
        found = dict(self.cleaned_data)
        del found["version"]
        return AssemblyData(**found)


class PlaceForm(forms.Form):
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    remote_link = forms.URLField(
        label=_("Lien de visioconférence"), max_length=300, required=False, assume_scheme="https"
    )


class BureauForm(forms.Form):
    chair = forms.ModelChoiceField(label=_("Présidence"), queryset=Person.objects.none())
    secretary = forms.ModelChoiceField(label=_("Secrétariat"), queryset=Person.objects.none(), required=False)
    scrutineers = forms.ModelMultipleChoiceField(
        label=_("Scrutateurs et scrutatrices"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Deux personnes, pour compter deux fois les voix sur papier."),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            field: Any = self.fields[name]
            field.queryset = people


class ItemForm(forms.Form):
    title = forms.CharField(label=_("Intitulé"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Nature"), choices=ItemKind.choices, widget=forms.RadioSelect, initial=ItemKind.DECISION
    )
    text = forms.CharField(
        label=_("Présentation"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    speaker = forms.CharField(label=_("Présenté par"), max_length=120, required=False)
    minutes = forms.IntegerField(label=_("Durée prévue (minutes)"), min_value=1, max_value=600, initial=10)
    awaited = forms.CharField(
        label=_("Documents à joindre"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Un intitulé par ligne : rien n’est convoqué tant que l’un d’eux manque."),
    )


class SectionForm(forms.Form):
    name = forms.CharField(
        label=_("Section"), max_length=120, help_text=_("Son nom, comme les associé·es le connaissent.")
    )
    starts_at = MomentField(label=_("Date et heure"))
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    remote_link = forms.URLField(
        label=_("Lien de visioconférence"), max_length=300, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the two is enough.
        ask_later(self, "place", "remote_link")


class PaperForm(forms.Form):
    item = forms.ModelChoiceField(
        label=_("Point"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("Toute l’assemblée"),
    )
    title = forms.CharField(label=_("Intitulé"), max_length=160)
    file = forms.FileField(
        label=_("Fichier"), help_text=_("PDF, PNG ou JPEG, 20 Mo au plus."), required=False
    )
    trial = forms.ModelChoiceField(
        label=_("ou un essai de barème"),
        queryset=ScaleTrial.objects.none(),
        required=False,
        empty_label=_("Aucun"),
        help_text=_("Le PDF de l’essai est joint tel qu’il a été calculé."),
    )

    def __init__(self, *args: Any, items: QuerySet[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.queryset = items
        tried: Any = self.fields["trial"]
        tried.queryset = printed_trials()
        if not tried.queryset.exists():
            del self.fields["trial"]
            self.fields["file"].required = True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "trial" in self.fields and bool(said.get("file")) == bool(said.get("trial")):
            self.add_error("file", _("Joignez un fichier ou un essai de barème, l’un des deux."))
        return said

    def brought(self) -> tuple[bytes, str]:
        """The bytes of the document, and its name."""
        trial = self.cleaned_data.get("trial")
        if trial is not None:
            return read_document(trial.document), trial.document.name
        return self.cleaned_data["file"].read(), self.cleaned_data["file"].name


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Pourquoi"), max_length=300)


class SecondCallForm(forms.Form):
    starts_at = MomentField(label=_("Date et heure"))
    resolutions = forms.ModelMultipleChoiceField(
        label=_("Résolutions remises aux voix"),
        queryset=Resolution.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, resolutions: QuerySet[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["resolutions"]
        field.queryset = resolutions


class PostedForm(forms.Form):
    posted_on = DayField(label=_("Postées le"))
    posted_by = forms.ModelChoiceField(label=_("Par"), queryset=User.objects.none())

    def __init__(self, *args: Any, posters: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["posted_by"]
        field.queryset = posters


class ProofForm(forms.Form):
    tracking = forms.CharField(label=_("Numéro de recommandé"), max_length=40, required=False)
    file = forms.FileField(
        label=_("Preuve"),
        required=False,
        help_text=_("Accusé de réception ou bordereau : PDF, PNG ou JPEG, 10 Mo au plus."),
    )
    reason = forms.CharField(
        label=_("Pourquoi remplacer ce qui est gardé"),
        max_length=300,
        required=False,
        help_text=_("L’ancien numéro ou l’ancien fichier reste sur la page, marqué comme remplacé."),
    )

    def __init__(self, *args: Any, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A number, a file or both; a reason only for what takes the place of something.
        ask_later(self, "tracking", "file", "reason")
        if not replaces:
            del self.fields["reason"]


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=_("Votre question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Réponse"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))


def assembly_initial(assembly: Assembly) -> dict[str, Any]:
    """Gives what a form of an assembly begins with."""
    names = (
        "kind",
        "title",
        "starts_at",
        "mode",
        "place",
        "remote_link",
        "introduction",
        "rule_set",
        "version",
    )
    return {name: getattr(assembly, name) for name in names}
