"""What is typed about a subscription: the bulletin, the signature, the payments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField
from cae.core.signing import Hand
from cae.core.signing_forms import SignatureForm
from governance.forms.shares import AcceptedForm
from governance.models import Associate, ShareClass
from governance.services.share_payments import PaymentData
from governance.services.subscriptions import AGREEMENT, Paper, SubscriptionData
from governance.states.register import PaymentPlan, PaymentWay


class OwnSubscriptionForm(forms.Form):
    """What an associate asks for."""

    share_class = forms.ModelChoiceField(label=_("Catégorie de parts"), queryset=ShareClass.objects.none())
    quantity = forms.IntegerField(label=_("Nombre de parts"), min_value=1, max_value=1_000_000)
    plan = forms.ChoiceField(label=_("Paiement"), choices=PaymentPlan.choices, initial=PaymentPlan.AT_ONCE)
    part_amount = AmountField(
        label=_("Montant de chaque versement (€)"),
        required=False,
        min_value=0,
        help_text=_("Si vous payez en plusieurs fois ou par retenue sur la paie : un versement par mois."),
    )
    first_due_on = DayField(label=_("Premier versement au plus tard le"))

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share_class"].queryset = classes  # type: ignore[attr-defined]
        only = list(classes[:2])
        if len(only) == 1:
            self.fields["share_class"].initial = only[0]

    def typed(self) -> SubscriptionData:
        names = SubscriptionData.__dataclass_fields__
        return SubscriptionData(**{name: self.cleaned_data[name] for name in names})


class SubscriptionForm(OwnSubscriptionForm, AcceptedForm):
    """Whose bulletin it is, too."""

    associate = FoundField(label=_("Associé·e"), queryset=Associate.objects.none())
    field_order = (
        *("associate", "share_class", "quantity", "plan"),
        *("part_amount", "first_due_on", "accepted"),
    )

    def __init__(self, *args: Any, associates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["associate"].queryset = associates  # type: ignore[attr-defined]


class BulletinForm(SignatureForm):
    """The agreement and the mark."""

    accepted = forms.BooleanField(
        label=AGREEMENT,
        error_messages={"required": _("Cochez que vous avez lu le bulletin et que vous le signez.")},
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def hand(self, name: str, function: str) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        return self.hand_of(name, function)


class PaperForm(forms.Form):
    """A bulletin signed on paper."""

    signed_on = DayField(label=_("Signé le"))
    kept_at = forms.CharField(
        label=_("Où est l’original"), max_length=200, help_text=_("« Classeur des parts 2026 »")
    )

    def typed(self) -> Paper:
        return Paper(self.cleaned_data["signed_on"], self.cleaned_data["kept_at"])


class PaymentForm(forms.Form):
    """Money received."""

    amount = AmountField(label=_("Montant (€)"), min_value=0)
    on = DayField(label=_("Reçu le"))
    way = forms.ChoiceField(label=_("Moyen"), choices=PaymentWay.choices, initial=PaymentWay.BANK)
    note = forms.CharField(label=_("Précision"), max_length=200, required=False)

    def typed(self) -> PaymentData:
        found = self.cleaned_data
        return PaymentData(found["on"], found["amount"], found["way"], found["note"])


class HeldOnPayForm(forms.Form):
    """The day of the pay on which money was held."""

    on = DayField(label=_("Date de la paie"))


class CancelSubscriptionForm(AcceptedForm):
    """Why a subscription is given up."""

    reason = forms.CharField(label=_("Motif de l’abandon"), max_length=300)
    on = DayField(label=_("Date de l’abandon"))
    field_order = ("reason", "on", "accepted")
