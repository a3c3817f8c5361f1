"""What is typed about trades, covers and claims."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField, PercentField
from entrepreneurs.models import Trade
from entrepreneurs.selectors.trades import trades_open
from entrepreneurs.states.papers import PAPER_KINDS
from entrepreneurs.states.trades import InsuranceClass


class TradeForm(forms.ModelForm):
    """The rules of a trade."""

    proofs = forms.MultipleChoiceField(
        label=_("Justificatifs demandés"),
        choices=PAPER_KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pièces qu’une personne montre avant d’exercer ce métier."),
    )
    usual_vat = PercentField(
        label=_("Taux de TVA habituel (%)"),
        help_text=_("Proposé sur chaque nouvelle ligne de devis ou de facture ; vide : le taux normal."),
        min_value=0,
        max_value=99,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Trade
        fields = (
            "name",
            "family",
            "definition",
            "unit",
            "is_regulated",
            "authority",
            "insurance_class",
            "needs_cover",
            "usual_vat",
            "vat_hint",
            "notice_hint",
        )
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}

    field_order = (*Meta.fields[:6], "proofs", *Meta.fields[6:], "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["proofs"].initial = self.instance.proofs
            self.fields["version"].initial = self.instance.version
        if self.instance.usual_vat is not None:
            self.initial["usual_vat"] = Decimal(f"{(self.instance.usual_vat * 100).normalize():f}")

    def clean_usual_vat(self) -> Decimal | None:
        """A fraction, as it is stored."""
        percent: Decimal | None = self.cleaned_data["usual_vat"]
        return None if percent is None else percent / 100


class CloseTradeForm(forms.Form):
    last_day = DayField(label=_("Dernier jour où il se choisit"))


class CoverForm(forms.Form):
    """A guarantee as the certificate of the insurer says it."""

    insurer = forms.CharField(label=_("Assureur"), max_length=120)
    policy = forms.CharField(label=_("N° de contrat"), max_length=60)
    classes = forms.MultipleChoiceField(
        label=_("Garanties"),
        choices=InsuranceClass.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    trades = forms.ModelMultipleChoiceField(
        label=_("Métiers nommés au contrat"),
        queryset=Trade.objects.none(),
        required=False,
        help_text=_("Quand le contrat nomme des métiers plutôt que des garanties."),
    )
    works = forms.CharField(label=_("Travaux ou prestations couverts"), max_length=250, required=False)
    area = forms.CharField(label=_("Zone couverte"), max_length=120, required=False)
    amount = AmountField(label=_("Montant garanti par sinistre (€)"), required=False)
    job_limit = AmountField(
        label=_("Chantier ou contrat le plus élevé (€ HT)"),
        required=False,
        help_text=_("Au-delà, un devis n’est pas couvert."),
    )
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(
        label=_("Au"), required=False, help_text=_("Dernier jour couvert ; vide s’il n’y en a pas.")
    )
    proof = forms.FileField(
        label=_("Attestation"), required=False, help_text=_("PDF ou image, 10 Mo au plus.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trades"].queryset = trades_open(timezone.localdate())  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        """The values as the service takes them."""
        found = dict(self.cleaned_data)
        proof = found.pop("proof")
        if proof:
            found |= {"proof": proof.read(), "proof_name": proof.name}
        return found


class EndCoverForm(forms.Form):
    last_day = DayField(label=_("Dernier jour couvert"))
    reason = forms.CharField(label=_("Motif"), max_length=300)


class ClaimForm(forms.Form):
    happened_on = DayField(label=_("Survenu le"))
    description = forms.CharField(
        label=_("Ce qui est arrivé"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    third_party = forms.CharField(label=_("Qui a subi le dommage"), max_length=160, required=False)
    estimate = AmountField(label=_("Dommage estimé (€)"), required=False)


class SendClaimForm(forms.Form):
    reference = forms.CharField(
        label=_("N° de dossier de l’assureur"),
        max_length=60,
        required=False,
        help_text=_("S’il est déjà connu."),
    )


class CloseClaimForm(forms.Form):
    outcome = forms.CharField(
        label=_("Issue"), max_length=300, help_text=_("« Indemnisé 800 €, franchise à la charge de… ».")
    )
