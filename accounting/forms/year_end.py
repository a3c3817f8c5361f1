"""What is typed at the end of a year: an accrual, why a closing is undone, the mark on a statement."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.selectors.accruals import accounts_of_flows, sections_to_accrue
from accounting.services.accruals import AccrualContent
from accounting.services.manual import MOST_LABEL, MOST_PARTY
from accounting.services.year_end import MOST_REASON
from accounting.states.year_end import AccrualKind
from cae.core.forms import AmountField
from cae.core.money import ZERO
from cae.core.signing import Hand
from cae.core.signing_forms import SignatureForm


class AccrualForm(forms.Form):
    """What belongs to the year, or does not."""

    kind = forms.ChoiceField(
        label=_("De quoi s’agit-il ?"),
        choices=AccrualKind.choices,
        widget=forms.RadioSelect,
        initial=AccrualKind.TO_RECEIVE,
    )
    analytic = forms.ModelChoiceField(label=_("Section"), queryset=sections_to_accrue())
    account = forms.ModelChoiceField(label=_("Compte de charge ou de produit"), queryset=accounts_of_flows())
    label = forms.CharField(label=_("Libellé"), max_length=MOST_LABEL)
    party = forms.CharField(label=_("Client ou fournisseur"), max_length=MOST_PARTY, required=False)
    amount = AmountField(label=_("Montant hors taxes (€)"))
    vat = AmountField(
        label=_("TVA (€)"),
        required=False,
        help_text=_("Pour une facture à recevoir ou à établir seulement."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    sections = [
        ("", ("kind",)),
        ("", (("analytic", "account"), "label", "party", ("amount", "vat"))),
    ]

    def content(self) -> AccrualContent:
        found = {name: self.cleaned_data[name] for name in ("kind", "analytic", "account", "label", "party")}
        return AccrualContent(
            amount=self.cleaned_data["amount"], vat=self.cleaned_data["vat"] or ZERO, **found
        )


class UndoYearForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=MOST_REASON,
        help_text=_("Écrit dans chaque écriture qui défait la clôture."),
    )


class StatementSignForm(SignatureForm):
    """The mark of whoever leads the activity, on the file that they read."""

    accepted = forms.BooleanField(
        label=_("J’ai lu ce relevé et je l’accepte."),
        error_messages={"required": _("Cochez que vous avez lu ce relevé.")},
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def hand(self, name: str) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        return self.hand_of(name, "")
