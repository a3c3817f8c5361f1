"""What is typed about courses, trainers, sessions and trainees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField, FoundManyField
from cae.core.forms import AmountField, DayField
from coworking.models import CourseVersion, Place, Trainer
from coworking.services.courses import CourseData
from coworking.services.enrolments import EnrolmentData
from coworking.services.sessions import SessionData
from coworking.services.trainers import TrainerData
from coworking.states.training import (
    Delivery,
    Funding,
    FundingState,
    Objective,
    Payer,
    TraineeType,
    TrainerKind,
)
from entrepreneurs.models import Activity
from invoicing.models import Deal
from people.models import Organisation, Person, Territory

FILE_HELP = _("PDF, PNG ou JPEG, 20 Mo au plus.")


def story(label: Any, most: int, *, rows: int = 4, **more: Any) -> forms.CharField:
    """A text of several lines, left empty unless asked."""
    known: dict[str, Any] = {"required": False} | more
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **known)


class CourseForm(forms.Form):
    """A version of a course."""

    title = forms.CharField(label=_("Intitulé"), max_length=160)
    aims = story(_("Objectifs"), 4000, required=True, help_text=_("Ce que les stagiaires sauront faire."))
    prerequisites = story(_("Prérequis"), 2000, rows=2)
    audience = story(_("Public"), 2000, rows=2)
    content = story(_("Programme"), 12000, rows=8)
    methods = story(_("Méthodes et moyens"), 4000)
    assessment = story(_("Évaluation"), 2000, rows=2)
    access = story(_("Accès des personnes en situation de handicap"), 2000, rows=2)
    hours = AmountField(label=_("Durée (heures)"), max_digits=6)
    price_excl_tax = AmountField(label=_("Prix par stagiaire HT"), initial=Decimal(0))
    delivery = forms.ChoiceField(label=_("Modalité"), choices=Delivery.choices)
    objective = forms.ChoiceField(
        label=_("Objectif général (BPF)"), choices=Objective.choices, initial=Objective.OTHER
    )
    speciality = forms.CharField(
        label=_("Spécialité NSF"),
        max_length=3,
        required=False,
        help_text=_("Trois chiffres : 310 pour la gestion, 320 pour la communication…"),
    )
    certification = forms.CharField(label=_("Fiche RNCP ou RS"), max_length=20, required=False)
    sections: Any = (
        (_("La formation"), ("title", "aims", "prerequisites", "audience", "content")),
        (_("Comment"), ("methods", "assessment", "access", ("hours", "price_excl_tax"), "delivery")),
        (_("Pour le bilan annuel"), ("objective", ("speciality", "certification"))),
    )

    def typed(self) -> CourseData:
        return CourseData(**{name: self.cleaned_data[name] for name in CourseData.__dataclass_fields__})


class NewCourseForm(CourseForm):
    """A course that begins: whose it is, beside its words."""

    activity = forms.ModelChoiceField(
        label=_("Vendue par"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("La coopérative"),
    )
    is_public = forms.BooleanField(label=_("Au catalogue public"), required=False, initial=True)
    sections = (*CourseForm.sections, (_("Qui la vend"), ("activity", "is_public")))

    def __init__(self, *args: Any, activities: Any, is_sold: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["activity"]
        field.queryset = activities
        if is_sold:
            field.required, field.empty_label = True, None


class TrainerForm(forms.Form):
    """The file of a trainer."""

    kind = forms.ChoiceField(label=_("Lien"), choices=TrainerKind.choices, widget=forms.RadioSelect)
    person = FoundField(label=_("Personne de la coopérative"), queryset=Person.objects.none(), required=False)
    name = forms.CharField(label=_("Nom"), max_length=120)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254, required=False)
    organisation = FoundField(label=_("Organisme"), queryset=Organisation.objects.none(), required=False)
    declaration_number = forms.CharField(
        label=_("N° de déclaration d’activité"),
        max_length=20,
        required=False,
        help_text=_("D’un·e sous-traitant·e qui a le sien."),
    )
    specialities = story(_("Spécialités"), 2000)
    references = story(_("Références"), 4000)

    def __init__(self, *args: Any, persons: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset, fields["organisation"].queryset = persons, organisations

    def typed(self) -> TrainerData:
        return TrainerData(**{name: self.cleaned_data[name] for name in TrainerData.__dataclass_fields__})


class QualificationForm(forms.Form):
    label = forms.CharField(label=_("Qualification"), max_length=160)
    obtained_on = DayField(label=_("Obtenue le"), required=False)
    ends_on = DayField(label=_("Valable jusqu’au"), required=False)


class SessionForm(forms.Form):
    """Where a session is held, for how many, for whom."""

    place = forms.ModelChoiceField(
        label=_("Lieu de la coopérative"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("Ailleurs ou à distance"),
    )
    elsewhere = forms.CharField(label=_("Autre adresse"), max_length=200, required=False)
    is_remote = forms.BooleanField(label=_("À distance"), required=False)
    remote_link = forms.URLField(
        label=_("Lien de visioconférence"), max_length=300, required=False, assume_scheme="https"
    )
    territories = FoundManyField(label=_("Territoires"), queryset=Territory.objects.none(), required=False)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=500, initial=12)
    budget_excl_tax = AmountField(label=_("Budget HT"), required=False)
    practical = story(
        _("Informations pratiques"),
        4000,
        help_text=_("Envoyées avec la convocation : accès, repas, matériel, règlement."),
    )
    entrusted_to = FoundField(
        label=_("Confiée à l’organisme"), queryset=Organisation.objects.none(), required=False
    )
    entrusted_by = FoundField(
        label=_("Confiée par l’organisme"), queryset=Organisation.objects.none(), required=False
    )
    deal = forms.ModelChoiceField(
        label=_("Affaire"), queryset=Deal.objects.none(), required=False, empty_label=_("Aucune")
    )
    sections: Any = (
        (_("Où"), ("place", "elsewhere", "is_remote", "remote_link", "territories")),
        (_("Pour qui"), (("capacity", "budget_excl_tax"), "practical")),
        (_("Sous-traitance"), ("entrusted_to", "entrusted_by")),
        (_("Affaire"), ("deal",)),
    )

    def __init__(
        self, *args: Any, organisations: Any, activity: Activity | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["place"].queryset = Place.objects.open()
        fields["territories"].queryset = Territory.objects.order_by("name")
        for name in ("entrusted_to", "entrusted_by"):
            fields[name].queryset = organisations
        if activity is None:
            del self.fields["deal"]
            self.sections = self.sections[:-1]
        else:
            fields["deal"].queryset = Deal.objects.open().filter(activity=activity)

    def typed(self) -> SessionData:
        found = self.cleaned_data
        names = [name for name in SessionData.__dataclass_fields__ if name in found]
        return SessionData(
            **{name: found[name] for name in names}
            | {"budget_excl_tax": found["budget_excl_tax"] or Decimal(0)}
        )


class NewSessionForm(SessionForm):
    """A session to plan: of which course."""

    course = forms.ModelChoiceField(label=_("Formation"), queryset=CourseVersion.objects.none())
    sections = ((_("Quoi"), ("course",)), *SessionForm.sections)

    def __init__(self, *args: Any, courses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]


class HalfDayForm(forms.Form):
    on = DayField(label=_("Jour"))
    starts = forms.TimeField(label=_("De"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("À"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    trainer = forms.ModelChoiceField(label=_("Formateur·rice"), queryset=Trainer.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainer"].queryset = Trainer.objects.filter(is_active=True)  # type: ignore[attr-defined]


class EnrolmentForm(forms.Form):
    """A trainee: who, why, who pays."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=_("Nom"), max_length=80)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254, required=False)
    kind = forms.ChoiceField(
        label=_("Type de stagiaire (BPF)"),
        choices=(("", _("À préciser")), *TraineeType.choices),
        required=False,
    )
    needs = story(
        _("Besoins et attentes"),
        4000,
        help_text=_("Ce qu’il faut adapter : objectifs, rythme, accès. Pas de détail de santé."),
    )
    payer = forms.ChoiceField(label=_("Qui paie"), choices=Payer.choices, widget=forms.RadioSelect)
    organisation = FoundField(
        label=_("Organisme qui paie"), queryset=Organisation.objects.none(), required=False
    )
    price_excl_tax = AmountField(label=_("Prix HT"), required=False)
    funding = forms.ChoiceField(label=_("Financement"), choices=Funding.choices)
    funding_state = forms.ChoiceField(label=_("Demande de financement"), choices=FundingState.choices)
    funding_reference = forms.CharField(label=_("Référence du dossier"), max_length=60, required=False)
    sections: Any = (
        (_("Stagiaire"), (("first_name", "last_name"), "email", "kind", "needs")),
        (_("Qui paie"), ("payer", "organisation", "price_excl_tax")),
        (_("Financement"), ("funding", ("funding_state", "funding_reference"))),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations
        self.initial.setdefault("payer", Payer.COOPERATIVE)

    def typed(self) -> EnrolmentData:
        values = {name: self.cleaned_data[name] for name in EnrolmentData.__dataclass_fields__}
        return EnrolmentData(**values | {"price_excl_tax": values["price_excl_tax"] or Decimal(0)})


class NewEnrolmentForm(EnrolmentForm):
    """A trainee of the house is chosen; another one is named."""

    person = FoundField(
        label=_("Personne de la coopérative"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Vide pour une personne de l’extérieur : donnez alors son prénom et son nom."),
    )
    sections = ((_("De la coopérative"), ("person",)), *EnrolmentForm.sections)
    field_order = ("person",)

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = persons
        for name in ("first_name", "last_name"):
            fields[name].required = False

    def typed(self) -> EnrolmentData:
        person = self.cleaned_data["person"]
        if person is not None:
            known = {
                "first_name": person.first_name,
                "last_name": person.shown_last_name,
                "email": person.email,
            }
            self.cleaned_data |= {name: self.cleaned_data[name] or value for name, value in known.items()}
        return super().typed()


class NeedsForm(forms.Form):
    needs = story(_("Vos besoins et attentes"), 4000, help_text=_("Ce que vous voulez savoir faire après."))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=300)


class DropForm(ReasonForm):
    on = DayField(label=_("Depuis le"))
    field_order = ("on", "reason")


class ComplaintForm(forms.Form):
    told_by = forms.CharField(label=_("De la part de"), max_length=160)
    told_on = DayField(label=_("Reçue le"))
    text = story(_("Réclamation"), 4000, required=True)


class AnswerForm(forms.Form):
    answer = story(_("Réponse et suites"), 4000, required=True)
