"""How a quote will be invoiced, as its author types it: in a few fields, the balance never typed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Refused
from cae.core.forms import AmountField, DayField, PercentField
from invoicing.forms.fields import typed
from invoicing.models import Quote
from invoicing.services.inputs import InstalmentContent, ScheduleContent
from invoicing.states.parts import Billing, InstalmentKind

# What the page offers to type one by one; equal parts may be more.
ROWS = 6
_OF_ROW = ("label", "rate", "amount", "on")


def row_names(rank: int) -> dict[str, str]:
    return {name: f"part_{rank}_{name}" for name in _OF_ROW}


class ScheduleFields(forms.Form):
    """The fields of the block « Échéancier »."""

    billing = forms.ChoiceField(label=gettext_lazy("Facturation"), choices=Billing, required=False)
    deposit_rate = PercentField(label=gettext_lazy("Acompte en %"))
    deposit_amount = AmountField(label=gettext_lazy("Acompte en euros TTC"), required=False, max_digits=11)
    deposit_at_once = forms.BooleanField(
        label=gettext_lazy("Préparer la facture d’acompte dès l’accord du client"), required=False
    )
    equal_parts = forms.IntegerField(
        label=gettext_lazy("Puis en parts égales"),
        required=False,
        min_value=2,
        max_value=24,
        help_text=gettext_lazy("Solde compris : 3 donne deux échéances et le solde."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    retention = PercentField(
        label=gettext_lazy("Retenue de garantie"),
        help_text=gettext_lazy("À l’avancement ; vide : l’usage de la coopérative, 0 : aucune."),
    )

    schedule_names = (
        "billing",
        "deposit_rate",
        "deposit_amount",
        "deposit_at_once",
        "equal_parts",
        "retention",
        *(name for rank in range(1, ROWS + 1) for name in (f"part_{rank}_{one}" for one in _OF_ROW)),
    )

    def schedule(self) -> ScheduleContent:
        """What was typed, as the services take it; blank rows say nothing."""
        found = self.cleaned_data
        rows = [*self._deposit(), *(row for _rank, row in self._rows())]
        rows += [InstalmentContent()] * ((found.get("equal_parts") or 1) - 1)
        retention: Decimal | None = found.get("retention")
        return ScheduleContent(
            billing=found.get("billing") or Billing.ONCE,
            deposit_at_once=bool(found.get("deposit_at_once")),
            retention_rate=None if retention is None else retention / 100,
            instalments=tuple(rows),
        )

    def _deposit(self) -> Iterator[InstalmentContent]:
        rate, amount = self.cleaned_data.get("deposit_rate"), self.cleaned_data.get("deposit_amount")
        if rate or amount:
            share = rate / 100 if rate else None
            yield InstalmentContent(InstalmentKind.DEPOSIT, rate=share, amount=amount or None)

    def _rows(self) -> Iterator[tuple[int, InstalmentContent]]:
        for rank in range(1, ROWS + 1):
            said = {name: self.cleaned_data.get(field) for name, field in row_names(rank).items()}
            if any(said.values()):
                rate: Decimal | None = said["rate"]
                yield (
                    rank,
                    InstalmentContent(
                        label=str(said["label"] or ""),
                        rate=rate / 100 if rate else None,
                        amount=said["amount"] or None,
                        on=said["on"],
                    ),
                )

    def placed_in_schedule(self, refusal: Refused) -> Refused:
        """The refusal of a line of the schedule, at the field where it was typed."""
        field = refusal.field or ""
        if field == "instalments":
            field = "billing"
        elif field.startswith("instalments-"):
            _word, rank, name = field.split("-")
            deposit = len(list(self._deposit()))
            ranks = [place for place, _row in self._rows()]
            place = int(rank) - deposit
            if place < 0:
                field = f"deposit_{name if name in ('rate', 'amount') else 'rate'}"
            else:
                field = row_names(ranks[place])[name] if place < len(ranks) else "equal_parts"
        return Refused(refusal.code, str(refusal), field=field or None)

    @property
    def schedule_rows(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in row_names(rank).values()] for rank in range(1, ROWS + 1)]

    @property
    def schedule_told(self) -> str:
        """What the folded block already says."""
        words = []
        if self["billing"].value() not in (None, "", Billing.ONCE):
            words.append(dict(Billing.choices).get(self["billing"].value(), ""))
        if self["deposit_rate"].value() or self["deposit_amount"].value():
            words.append(_("acompte"))
        return ", ".join(str(word) for word in words if word)

    @property
    def has_schedule_faults(self) -> bool:
        return self.is_bound and any(name in self.errors for name in self.schedule_names)


for _rank in range(1, ROWS + 1):
    _names = row_names(_rank)
    ScheduleFields.base_fields |= {
        _names["label"]: forms.CharField(label=gettext_lazy("Libellé"), max_length=250, required=False),
        _names["rate"]: PercentField(label=gettext_lazy("Part du devis en %")),
        _names["amount"]: AmountField(
            label=gettext_lazy("Montant en euros TTC"), required=False, max_digits=11
        ),
        _names["on"]: DayField(label=gettext_lazy("Prévue le"), required=False),
    }


def schedule_typed(quote: Quote) -> dict[str, Any]:
    """The initial values that show a stored schedule."""
    found: dict[str, Any] = {
        "billing": quote.billing,
        "deposit_at_once": quote.deposit_at_once,
        "retention": _percent(quote.retention_rate),
    }
    rank, equal = 0, 0
    for row in quote.instalments.order_by("position"):
        if row.kind == InstalmentKind.DEPOSIT and "deposit_rate" not in found:
            found |= {"deposit_rate": _percent(row.rate), "deposit_amount": typed(row.amount, least=2)}
        elif row.rate is None and row.amount is None and not (row.label or row.on):
            equal += 1
        else:
            rank += 1
            values = (row.label, _percent(row.rate), typed(row.amount, least=2), row.on)
            found |= dict(zip(row_names(rank).values(), values, strict=True))
    return found | {"equal_parts": equal + 1 if equal else None}


def _percent(rate: Decimal | None) -> str:
    return typed(None if rate is None else rate * 100)
