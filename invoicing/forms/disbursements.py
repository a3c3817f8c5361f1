"""What was paid in the name of the customer, as typed in the editor; and the proof of one, uploaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core.errors import Refused
from cae.core.forms import AmountField, DayField
from cae.core.money import ZERO
from cae.core.templatetags.formats import day, money
from invoicing.forms.fields import typed
from invoicing.models import DisbursementProof, Invoice, Quote
from invoicing.services.inputs import DisbursementContent
from invoicing.services.proving import ProofContent
from invoicing.states.sales import MAX_DISBURSEMENTS, MAX_LABEL

_OF_ROW = ("label", "amount", "proof")


def row_names(rank: int) -> dict[str, str]:
    return {name: f"disbursed_{rank}_{name}" for name in _OF_ROW}


def _all_names() -> Iterator[tuple[str, str]]:
    for rank in range(1, MAX_DISBURSEMENTS + 1):
        yield from row_names(rank).items()


class ProofField(forms.ChoiceField):
    """A proof of the activity, with what is left to ask back of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, choices=[("", "")], **kwargs)
        self.proofs: dict[str, DisbursementProof] = {}

    def offer(self, proofs: Sequence[DisbursementProof]) -> None:
        self.proofs = {str(one.pk): one for one in proofs}
        none = ("", _("Pas encore de preuve"))
        self.choices = [none, *((key, _said(one)) for key, one in self.proofs.items())]

    def clean(self, value: Any) -> Any:
        return self.proofs.get(super().clean(value))


def _said(proof: Any) -> str:
    facts = {"label": proof.label, "day": day(proof.on), "left": money(proof.amount - proof.asked)}
    return _("%(label)s, le %(day)s : reste %(left)s") % facts


class DisbursementFields(forms.Form):
    """The fields of the block « Débours »; blank rows say nothing."""

    disbursement_names = tuple(field for _name, field in _all_names())

    def offer_proofs(self, proofs: Sequence[DisbursementProof]) -> None:
        """Gives the rows the proofs that they may name: those of an invoice."""
        for name, field in _all_names():
            if name == "proof" and field in self.fields:
                self.fields[field].offer(proofs)  # type: ignore[attr-defined]

    def disbursements(self) -> tuple[DisbursementContent, ...]:
        """What was typed; a proof alone says what it is and how much is left of it."""
        return tuple(content for _rank, content in self._disbursed())

    def _disbursed(self) -> Iterator[tuple[int, DisbursementContent]]:
        found = getattr(self, "cleaned_data", {})
        for rank in range(1, MAX_DISBURSEMENTS + 1):
            said = {name: found.get(field) for name, field in row_names(rank).items()}
            if any(said.values()):
                proof: Any = said["proof"]
                label = str(said["label"] or (proof.label if proof else ""))
                amount = said["amount"] or (proof.amount - proof.asked if proof else ZERO)
                yield rank, DisbursementContent(label, amount, proof)

    def placed_in_disbursements(self, refusal: Refused) -> Refused:
        """The refusal of a disbursement, at the row where it was typed."""
        field = refusal.field or ""
        if field.startswith("disbursements"):
            _word, rank, name = (*field.split("-"), "0", "label")[:3]
            rows = [place for place, _content in self._disbursed()]
            place = rows[int(rank)] if int(rank) < len(rows) else 1
            field = row_names(place)[name]
            if field not in self.fields:
                field = row_names(place)["label"]
        return Refused(refusal.code, str(refusal), field=field or None)

    @property
    def disbursement_rows(self) -> list[list[forms.BoundField]]:
        rows = [row_names(rank) for rank in range(1, MAX_DISBURSEMENTS + 1)]
        return [[self[name] for name in row.values() if name in self.fields] for row in rows]

    @property
    def disbursements_told(self) -> str:
        """What the folded block already says."""
        count = sum(
            1
            for rank in range(1, MAX_DISBURSEMENTS + 1)
            if any(self[name].value() for name in row_names(rank).values() if name in self.fields)
        )
        return ngettext("%(count)d débours", "%(count)d débours", count) % {"count": count} if count else ""

    @property
    def has_disbursement_faults(self) -> bool:
        return self.is_bound and any(name in self.errors for name in self.disbursement_names)


class ProvedFields(DisbursementFields):
    """Those of an invoice: each row names its proof."""


def _field_of(name: str) -> forms.Field:
    if name == "label":
        return forms.CharField(
            label=gettext_lazy("Ce que vous avez payé"), max_length=MAX_LABEL, required=False
        )
    if name == "amount":
        return AmountField(label=gettext_lazy("Montant payé, TTC"), required=False, max_digits=11)
    return ProofField(label=gettext_lazy("Preuve"))


DisbursementFields.base_fields |= {field: _field_of(name) for name, field in _all_names() if name != "proof"}
ProvedFields.base_fields |= {field: _field_of(name) for name, field in _all_names()}


def disbursements_typed(document: Quote | Invoice) -> dict[str, Any]:
    """The initial values that show those of a stored draft."""
    found: dict[str, Any] = {}
    for rank, row in enumerate(document.disbursements.order_by("position"), start=1):
        names = row_names(rank)
        found |= {names["label"]: row.label, names["amount"]: typed(row.amount, least=2)}
        if isinstance(document, Invoice):
            found[names["proof"]] = str(row.proof_id or "")  # type: ignore[union-attr]
    return found


class ProofForm(forms.Form):
    """A file that shows what was paid, by whom and how much."""

    label = forms.CharField(
        label=gettext_lazy("Ce que vous avez payé"),
        max_length=MAX_LABEL,
        help_text=gettext_lazy("Timbres fiscaux, frais de greffe, droits d’enregistrement…"),
    )
    on = DayField(label=gettext_lazy("Payé le"))
    amount = AmountField(label=gettext_lazy("Montant payé, TTC"), max_digits=11)
    file = forms.FileField(
        label=gettext_lazy("Justificatif"),
        help_text=gettext_lazy("PDF, PNG ou JPEG, au nom du client ou qui le nomme."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    back = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def proof_said(self) -> ProofContent:
        found = self.cleaned_data
        file = found["file"]
        return ProofContent(
            label=found["label"],
            on=found["on"],
            amount=found["amount"],
            name=file.name or "",
            content=file.read(),
        )
