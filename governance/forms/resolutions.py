"""What is typed about resolutions: what they are, their text, amendments, candidates, those of members
(GOV-21)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from governance.models import AgendaItem, Associate, Body
from governance.services.candidates import STATEMENT_MOST, CandidateData
from governance.services.resolutions import LONGEST, ResolutionData
from governance.states.assemblies import AmendmentKind
from governance.states.bodies import Electorate
from governance.states.rules import DecisionKind
from governance.states.votes import Method
from people.models import Person

_PARTS = _("Séparez les paragraphes par une ligne vide : on amende un texte paragraphe par paragraphe.")


class ResolutionForm(forms.Form):
    title = forms.CharField(label=_("Intitulé"), max_length=200)
    item = forms.ModelChoiceField(label=_("Point"), queryset=AgendaItem.objects.none())
    decision_kind = forms.ChoiceField(label=_("Nature de la décision"), choices=DecisionKind.choices)
    method = forms.ChoiceField(label=_("Mode de scrutin"), choices=Method.choices)
    text = forms.CharField(
        label=_("Texte"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_PARTS,
    )
    amount = AmountField(label=_("Montant (€)"), required=False)
    supported = forms.BooleanField(
        label=_("Soutenue par la gérance"),
        required=False,
        help_text=_("Un pouvoir en blanc vote pour les résolutions soutenues, contre les autres."),
    )
    body = forms.ModelChoiceField(label=_("Organe élu"), queryset=Body.objects.none(), required=False)
    seats = forms.IntegerField(label=_("Sièges"), min_value=1, max_value=99, initial=1)
    electorate = forms.ChoiceField(label=_("Qui vote"), choices=Electorate.choices)
    term_months = forms.IntegerField(
        label=_("Durée du mandat (mois)"), min_value=1, max_value=120, required=False
    )
    powers = forms.CharField(
        label=_("Pouvoirs confiés"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minimum_participation = forms.IntegerField(
        label=_("Participation minimale"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=_("Pour une décision par consentement."),
    )

    sections = (
        (_("La résolution"), ("title", "item", "decision_kind", "method", "text", "amount", "supported")),
        (
            _("Si c’est une élection ou un consentement"),
            ("body", "seats", "electorate", "term_months", "powers", "minimum_participation"),
        ),
    )

    def __init__(
        self, *args: Any, items: QuerySet[AgendaItem], bodies: QuerySet[Body], **kwargs: Any
    ) -> None:
        with_text = kwargs.pop("with_text", True)
        super().__init__(*args, **kwargs)
        item: Any = self.fields["item"]
        item.queryset = items
        body: Any = self.fields["body"]
        body.queryset = bodies
        if not with_text:
            del self.fields["text"]

    def data_of(self) -> ResolutionData:
        return ResolutionData(**{name: value for name, value in self.cleaned_data.items() if name != "text"})


class VersionForm(forms.Form):
    text = forms.CharField(
        label=_("Texte"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 14}), help_text=_PARTS
    )
    reason = forms.CharField(label=_("Ce qui change"), max_length=250, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class AmendmentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Amendement"), choices=AmendmentKind.choices, widget=forms.RadioSelect)
    paragraph = forms.TypedChoiceField(label=_("Paragraphe"), coerce=int)
    text = forms.CharField(
        label=_("Nouveau texte"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Rien pour supprimer le paragraphe."),
    )
    reason = forms.CharField(label=_("Pourquoi"), max_length=500, required=False)
    author = forms.ModelChoiceField(label=_("Déposé par"), queryset=Associate.objects.none(), required=False)

    def __init__(
        self, *args: Any, paragraphs: list[str], authors: QuerySet[Associate], **kwargs: Any
    ) -> None:
        must_name = kwargs.pop("must_name", False)
        super().__init__(*args, **kwargs)
        paragraph: Any = self.fields["paragraph"]
        paragraph.choices = [
            (0, _("Avant le premier paragraphe (ajout)")),
            *(
                (number, f"{number}. {Truncator(text).chars(80)}")
                for number, text in enumerate(paragraphs, start=1)
            ),
        ]
        author: Any = self.fields["author"]
        author.queryset, author.required = authors, must_name


class CandidateForm(forms.Form):
    person = forms.ModelChoiceField(
        label=_("Personne"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Rien pour une liste, ou pour l’option d’un choix."),
    )
    label = forms.CharField(
        label=_("Nom affiché"),
        max_length=120,
        required=False,
        help_text=_("Celui de la personne, de la liste ou de l’option."),
    )
    statement = forms.CharField(
        label=_("Présentation"),
        max_length=STATEMENT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("1 500 caractères au plus, le même espace pour chaque candidature."),
    )
    born_on = DayField(
        label=_("Né·e le"), required=False, help_text=_("Si l’égalité des voix se tranche par l’âge.")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people

    def data_of(self) -> CandidateData:
        found = dict(self.cleaned_data)
        found["label"] = found["label"] or str(found["person"] or "")
        return CandidateData(**found)


class ProposalForm(forms.Form):
    title = forms.CharField(label=_("Intitulé"), max_length=200)
    text = forms.CharField(
        label=_("Texte mis aux voix"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_PARTS,
    )


class AcceptForm(forms.Form):
    item = forms.ModelChoiceField(label=_("Point"), queryset=AgendaItem.objects.none())
    decision_kind = forms.ChoiceField(label=_("Nature de la décision"), choices=DecisionKind.choices)
    supported = forms.BooleanField(
        label=_("Soutenue par la gérance"),
        required=False,
        help_text=_("Un pouvoir en blanc vote pour les résolutions soutenues, contre les autres."),
    )

    def __init__(self, *args: Any, items: QuerySet[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.queryset = items
