"""What part of an invoice a credit note gives back, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cae.core.forms import AmountField
from cae.core.templatetags.formats import money
from invoicing.models import InvoiceLine
from invoicing.services.inputs import LineCredit
from invoicing.states.sales import MAX_TEXT, CreditPart


class CreditForm(forms.Form):
    """The part, the reason, and a quantity for each line (read only for « certaines lignes »)."""

    part = forms.ChoiceField(
        label=gettext_lazy("Que reprend cet avoir ?"), choices=CreditPart.choices, widget=forms.RadioSelect,
        initial=CreditPart.WHOLE,
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Motif de l’avoir"),
        max_length=MAX_TEXT,
        help_text=gettext_lazy(
            "Il figure sur l’avoir : erreur de prix, prestation annulée, geste commercial…"
        ),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, lines: Sequence[InvoiceLine], parts: Mapping[str, Decimal | None], **kwargs: Any
    ) -> None:
        """`parts`: what may still be taken back and for how much; the service refuses another one."""
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        offered, typed = dict(parts), self.data.get("part")
        if typed in CreditPart.values:
            offered.setdefault(typed, None)
        part: Any = self.fields["part"]
        part.choices = [(code, _part_label(code, amount)) for code, amount in offered.items()]
        for line in self.lines:
            self.fields[f"quantity_{line.pk}"] = AmountField(
                label=_("Quantité reprise : %(label)s") % {"label": line.label},
                required=False,
                max_digits=11,
                decimal_places=4,
                min_value=Decimal(0),
                max_value=line.quantity if line.quantity > 0 else None,
                error_messages={
                    "max_value": _("La facture n’en compte que %(limit_value)s."),
                    "min_value": _("Une quantité s’écrit sans signe moins."),
                },
            )

    @property
    def rows(self) -> list[tuple[InvoiceLine, forms.BoundField]]:
        """Each line of the invoice with the box of its quantity."""
        return [(line, self[f"quantity_{line.pk}"]) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("part") == CreditPart.LINES and not self.errors and not self.credits(found):
            raise forms.ValidationError(_("Indiquez la quantité reprise sur une ligne au moins."))
        return found

    def credits(self, found: dict[str, Any] | None = None) -> tuple[LineCredit, ...]:
        """The quantities to give back, for « certaines lignes » only."""
        found = self.cleaned_data if found is None else found
        if found.get("part") != CreditPart.LINES:
            return ()
        wanted = [(line, found.get(f"quantity_{line.pk}")) for line in self.lines]
        return tuple(LineCredit(line, quantity) for line, quantity in wanted if quantity)


def _part_label(code: str, amount: Decimal | None) -> str:
    """« Le reste impayé (40,00 € TTC) »."""
    label = str(CreditPart(code).label)
    return label if amount is None else f"{label} ({money(amount)} {pgettext('amount', 'TTC')})"
