"""What is typed on sheets, papers, evaluations and the yearly statement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from cae.core.signing_forms import SignatureForm
from coworking.calculations.evaluating import MARKS, QUESTIONS
from coworking.forms.training import FILE_HELP, story
from coworking.states.training import QUESTION_WORDS, Origin

_SCALE = [(str(mark), str(mark)) for mark in MARKS]


class SheetSignForm(SignatureForm):
    """The mark of whoever signs a half-day: their name is known."""


class PaperSignForm(SignatureForm):
    """Who signs the agreement or the contract, and that they read it."""

    name = forms.CharField(label=_("Votre nom"), max_length=120)
    function = forms.CharField(
        label=_("Votre fonction"),
        max_length=120,
        required=False,
        help_text=_("Si vous signez pour un organisme."),
    )
    accepted = forms.BooleanField(
        label=_("Je conclus ce document et j’en ai lu le programme et les conditions.")
    )
    shown = forms.CharField(widget=forms.HiddenInput)


class SendPaperForm(forms.Form):
    to = forms.EmailField(label=_("Adresse de la personne qui signe"), max_length=254)


class SignedPaperForm(forms.Form):
    file = forms.FileField(label=_("Exemplaire signé"), help_text=FILE_HELP)
    on = DayField(label=_("Signé le"))


class ContractFileForm(forms.Form):
    file = forms.FileField(label=_("Contrat de sous-traitance"), help_text=FILE_HELP)


class DayForm(forms.Form):
    on = DayField(label=_("Le"))


class ScanForm(forms.Form):
    """A sheet signed on paper: who signed it."""

    file = forms.FileField(label=_("Feuille scannée ou photographiée"), help_text=FILE_HELP)
    signers = forms.MultipleChoiceField(
        label=_("Qui a signé"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signers"].choices = offered  # type: ignore[attr-defined]


class MissingForm(forms.Form):
    """A presence that the manager adds."""

    signer = forms.ChoiceField(label=_("Qui"))
    reason = forms.CharField(
        label=_("Ce qui le prouve"), max_length=300, help_text=_("Liste d’appel, attestation…")
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].choices = offered  # type: ignore[attr-defined]


class EvaluationForm(forms.Form):
    """The questions of a moment, from 1 (not at all) to 5 (wholly)."""

    comment = story(_("Ce que vous voulez ajouter"), 4000)

    def __init__(self, *args: Any, moment: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        comment = self.fields.pop("comment")
        for rank, code in enumerate(QUESTIONS[moment]):
            self.fields[code] = forms.ChoiceField(
                label=QUESTION_WORDS[code],
                choices=_SCALE,
                widget=forms.RadioSelect,
                help_text="" if rank else _("1 : pas du tout · 5 : tout à fait"),
            )
        self.fields["comment"] = comment

    def answers(self) -> dict[str, int]:
        return {code: int(value) for code, value in self.cleaned_data.items() if code != "comment" and value}


class ChargesForm(forms.Form):
    """Frame D."""

    total = AmountField(label=_("Total des charges de la formation"))
    pay = AmountField(label=_("dont salaires des formateur·rices"))
    purchases = AmountField(label=_("dont achats de formation et honoraires"))


class OriginForm(forms.Form):
    origin = forms.ChoiceField(label=_("Origine"), choices=Origin.choices)
