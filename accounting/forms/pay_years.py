"""What is typed of the balance of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from cae.core.periods import Span
from cae.core.signing import Hand
from cae.core.signing_forms import SignatureForm
from cae.core.templatetags.formats import day


def span_text(span: Span) -> str:
    """How an address and a form name a year."""
    return f"{span.starts_on}_{span.ends_on}"


def _span(text: str) -> Span:
    start, _sep, end = text.partition("_")
    return Span(date.fromisoformat(start), date.fromisoformat(end))


class YearForm(forms.Form):
    """Which financial year."""

    year = forms.TypedChoiceField(label=_("Exercice"), coerce=_span)

    def __init__(self, *args: Any, years: Sequence[Span], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (
                span_text(one),
                gettext("du %(from)s au %(until)s") % {"from": day(one.starts_on), "until": day(one.ends_on)},
            )
            for one in years
        ]


class AssemblyForm(YearForm):
    """When the assembly ruled on the accounts of a year."""

    on = DayField(label=_("Assemblée tenue le"))


class RetainedForm(forms.Form):
    """How much is left in the cooperative."""

    amount = AmountField(label=_("Montant laissé, en coût pour l’employeur (€)"))


class RetainedSignForm(SignatureForm):
    """The mark of the person, on the very text that they read."""

    accepted = forms.BooleanField(
        label=_("J’ai lu ce texte : cette somme reste à la coopérative et ne me sera pas versée."),
        error_messages={"required": _("Cochez que vous avez lu ce texte.")},
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def hand(self, name: str) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        return self.hand_of(name, "")
