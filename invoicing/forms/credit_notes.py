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
from invoicing.models import InvoiceDisbursement, InvoiceLine
from invoicing.services.inputs import DisbursementCredit, LineCredit
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
        self,
        *args: Any,
        lines: Sequence[InvoiceLine],
        parts: Mapping[str, Decimal | None],
        disbursed: Sequence[tuple[InvoiceDisbursement, Decimal]] = (),
        **kwargs: Any,
    ) -> None:
        """`parts`: what may still be taken back and for how much; the service refuses another one.
        `disbursed`: what is left to give back of each disbursement."""
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        offered, typed = dict(parts), self.data.get("part")
        if typed in CreditPart.values:
            offered.setdefault(typed, None)
        part: Any = self.fields["part"]
        part.choices = [(code, _part_label(code, amount)) for code, amount in offered.items()]
        self.disbursed = list(disbursed)
        for row, left in self.disbursed:
            self.fields[f"amount_{row.pk}"] = AmountField(
                label=_("Débours rendu : %(label)s") % {"label": row.label},
                required=False,
                max_digits=11,
                min_value=Decimal(0),
                max_value=left,
                error_messages={"max_value": _("Il n’en reste que %(limit_value)s à rendre.")},
            )
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

    @property
    def disbursed_rows(self) -> list[tuple[InvoiceDisbursement, Decimal, forms.BoundField]]:
        return [(row, left, self[f"amount_{row.pk}"]) for row, left in self.disbursed]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        nothing = not self.credits(found) and not self.given_back(found)
        if found.get("part") == CreditPart.LINES and not self.errors and nothing:
            raise forms.ValidationError(_("Indiquez la quantité reprise sur une ligne au moins."))
        return found

    def given_back(self, found: dict[str, Any] | None = None) -> tuple[DisbursementCredit, ...]:
        """The disbursements to give back, for « certaines lignes » only."""
        found = self.cleaned_data if found is None else found
        if found.get("part") != CreditPart.LINES:
            return ()
        wanted = [(row, found.get(f"amount_{row.pk}")) for row, _left in self.disbursed]
        return tuple(DisbursementCredit(row, amount) for row, amount in wanted if amount)

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
