"""What is typed of contracts given to read, of the answer point by point, of clauses and kinds of deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from invoicing.forms.fields import CustomerField, customer_word
from invoicing.models import ContractClause, Customer, Deal, Quote
from invoicing.services.contract_reviews import MOST_MB, Asked, Point
from invoicing.states.deals import Moment, PointVerdict, ReviewSubject


class ReviewForm(forms.Form):
    """A contract given to read."""

    title = forms.CharField(label=_("Contrat"), max_length=160, help_text=_("Ce qu’il faudra signer."))
    customer = CustomerField(label=_("Client"), max_length=300, help_text=_("Nom, SIREN ou SIRET."))
    file = forms.FileField(
        label=_("Fichier"),
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png"}),
    )
    amount = AmountField(label=_("Montant en euros HT"), required=False)
    sign_by = DayField(label=_("À signer avant le"), required=False)
    deal = forms.ModelChoiceField(
        Deal.objects.none(), label=_("Affaire"), required=False, empty_label=_("Aucune")
    )
    quote = forms.ModelChoiceField(
        Quote.objects.none(), label=_("Devis"), required=False, empty_label=_("Aucun")
    )
    question = forms.CharField(
        label=_("Ce qui vous inquiète"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, customers: list[Customer], deals: Any, quotes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].customers = customers
        self.fields["deal"].queryset = deals
        self.fields["quote"].queryset = quotes
        self.fields["file"].help_text = _("PDF, PNG ou JPEG, %(most)d Mo au plus.") % {"most": MOST_MB}

    @property
    def suggestions(self) -> list[str]:
        return [customer_word(one) for one in self.fields["customer"].customers]

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key

    def asked(self) -> Asked:
        names = ("title", "customer", "deal", "quote", "amount", "sign_by", "question")
        return Asked(**{name: self.cleaned_data[name] for name in names})

    def content(self) -> bytes:
        return bytes(self.cleaned_data["file"].read())


@dataclass(frozen=True)
class PointRow:
    """The three boxes of one subject, as the page draws them."""

    label: Any
    verdict: forms.BoundField
    words: forms.BoundField
    clause: forms.BoundField
    # The clauses offered, to be read before one proposes them.
    clauses: list[ContractClause]


class AnswerForm(forms.Form):
    """An opinion on each subject, then the answer as a whole."""

    answer = forms.CharField(
        label=_("Réponse à l’entrepreneur·e"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, clauses: Sequence[ContractClause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = clauses
        for subject in ReviewSubject:
            self.fields[subject.value] = forms.ChoiceField(
                label=subject.label, choices=PointVerdict.choices, widget=forms.RadioSelect, required=False
            )
            self.fields[f"{subject.value}_words"] = forms.CharField(
                label=_("Remarque"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )
            offered = [(str(one.pk), one.title) for one in clauses if one.subject == subject]
            self.fields[f"{subject.value}_clause"] = forms.ChoiceField(
                label=_("Clause à proposer"), required=False, choices=[("", _("Aucune")), *offered]
            )

    def rows(self) -> Iterator[PointRow]:
        for subject in ReviewSubject:
            yield PointRow(
                subject.label,
                self[subject.value],
                self[f"{subject.value}_words"],
                self[f"{subject.value}_clause"],
                [one for one in self.clauses if one.subject == subject],
            )

    def points(self) -> dict[str, Point]:
        """What was said on each subject; one left without an opinion is left out."""
        known = {str(one.pk): one for one in self.clauses}
        found = {}
        for subject in ReviewSubject:
            verdict = self.cleaned_data.get(subject.value)
            if verdict:
                found[subject.value] = Point(
                    PointVerdict(verdict),
                    self.cleaned_data.get(f"{subject.value}_words", ""),
                    known.get(self.cleaned_data.get(f"{subject.value}_clause", "")),
                )
        return found


class ClauseForm(forms.Form):
    """A clause of the library."""

    subject = forms.ChoiceField(label=_("Sujet"), choices=ReviewSubject.choices)
    title = forms.CharField(label=_("Titre"), max_length=120)
    text = forms.CharField(label=_("Clause"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    advice = forms.CharField(label=_("Quand la proposer"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class KindForm(forms.Form):
    """A kind of deal."""

    label = forms.CharField(label=_("Genre d’affaire"), max_length=80)


class PaperForm(forms.Form):
    """A paper that a kind of deal asks."""

    label = forms.CharField(label=_("Pièce"), max_length=120)
    moment = forms.ChoiceField(label=_("Exigée"), choices=Moment.choices)
    source = forms.CharField(label=_("Source"), max_length=120, required=False)
