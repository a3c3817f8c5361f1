"""What is typed of civil status, social situations and skills: parsed, validated, never saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from cae.core.options import OptionField, OptionsField
from people.forms.addresses import country_choices
from people.models import CivilRecord, Skill, SocialSituation
from people.options import CIVILITIES, FAMILY_STATUSES, JOB_KINDS, SKILL_LEVELS, SOCIAL_STATUSES, STUDY_LEVELS
from people.services.civil import CivilData
from people.services.situations import JobData, SituationData
from people.services.skills import Proof, SkillData

UNKNOWN = _("Non renseigné")


def countries_or_none() -> list[tuple[str, str]]:
    return [("", str(UNKNOWN)), *country_choices()]


class CivilForm(forms.ModelForm):
    civility = OptionField(CIVILITIES, label=_("Civilité"), required=False)
    birth_date = DayField(label=_("Né·e le"), required=False)
    birth_country = forms.ChoiceField(label=_("Pays de naissance"), choices=countries_or_none, required=False)
    nationality = forms.ChoiceField(label=_("Nationalité"), choices=countries_or_none, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = CivilRecord
        fields = [
            *("civility", "birth_date", "birth_place", "birth_country", "nationality"),
            *("second_email", "mobile", "emergency_name", "emergency_link", "emergency_phone"),
        ]

    sections = (
        (_("Naissance"), ("civility", "birth_date", ("birth_place", "birth_country"), "nationality")),
        (_("Joindre autrement"), (("second_email", "mobile"),)),
        (_("En cas d’urgence"), (("emergency_name", "emergency_link"), "emergency_phone")),
    )
    # One corrects how to be reached; the rest is asked for, papers in hand (PEO-15).
    KEPT_BY_STAFF = ("civility", "birth_date", "birth_place", "birth_country", "nationality")

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else None
        if own:
            for name in self.KEPT_BY_STAFF:
                del self.fields[name]

    def data_typed(self) -> CivilData:
        typed = self.cleaned_data
        return CivilData(**{name: typed.get(name, getattr(self.instance, name)) for name in self.Meta.fields})


class SituationForm(forms.ModelForm):
    described_on = DayField(label=_("Situation au"))
    statuses = OptionsField(SOCIAL_STATUSES, label=_("Situation"))
    family_status = OptionField(FAMILY_STATUSES, label=_("Situation familiale"), required=False)
    study_level = OptionField(STUDY_LEVELS, label=_("Niveau d’études"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SocialSituation
        fields = ["described_on", "statuses", "family_status", "children", "study_level"]

    sections = (
        ("", ("described_on", "statuses")),
        (_("Famille et études"), (("family_status", "children"), "study_level")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else None
        if not self.instance.pk:
            self.initial["described_on"] = timezone.localdate()

    def data_typed(self) -> SituationData:
        return SituationData(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class JobForm(forms.Form):
    kind = OptionField(JOB_KINDS, label=_("Nature"), required=False, empty=_("Aucun"))
    employer = forms.CharField(label=_("Chez"), max_length=120, required=False)
    weekly_hours = AmountField(
        label=_("Heures par semaine"),
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=60,
        required=False,
    )
    gross_monthly = AmountField(label=_("Brut mensuel (€)"), min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("kind") and typed.get("weekly_hours") is None and "weekly_hours" not in self.errors:
            self.add_error("weekly_hours", _("Combien d’heures par semaine ?"))
        if not typed.get("kind") and (typed.get("employer") or typed.get("weekly_hours")):
            self.add_error("kind", _("Choisissez la nature de cet emploi, ou videz la ligne."))
        return typed


JobFormSet = forms.formset_factory(JobForm, extra=1, max_num=6, absolute_max=12)


def jobs_typed(formset: Any) -> list[JobData]:
    """The lines that say a job; an emptied line takes it away."""
    return [JobData(**form.cleaned_data) for form in formset.forms if form.cleaned_data.get("kind")]


class SkillForm(forms.ModelForm):
    level = OptionField(SKILL_LEVELS, label=_("Niveau"), required=False)
    obtained_on = DayField(label=_("Obtenu le"), required=False)
    expires_on = DayField(
        label=_("Valable jusqu’au"),
        required=False,
        help_text=_("Vide : sans limite. Un rappel part avant cette date."),
    )
    proof = forms.FileField(
        label=_("Justificatif"), required=False, help_text=_("PDF, PNG ou JPEG, 20 Mo au plus.")
    )

    class Meta:
        model = Skill
        fields = ["kind", "name", "level", "issuer", "obtained_on", "expires_on"]
        widgets = {"kind": forms.RadioSelect}

    sections = (("", ("kind", "name", ("level", "issuer"), ("obtained_on", "expires_on"), "proof")),)

    def data_typed(self) -> SkillData:
        return SkillData(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def proof_typed(self) -> Proof | None:
        given = self.cleaned_data.get("proof")
        return Proof(given.read(), given.name) if given else None
