"""The lines of a document as typed: empty rows are ignored, a wrong number stays where it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Refused
from cae.core.forms import AmountField, PercentField
from entrepreneurs.states.trades import Unit
from invoicing.calculations.totals import PricedLine
from invoicing.calculations.variants import Variant, proposed_of, variants_of
from invoicing.forms.fields import typed
from invoicing.forms.groups import OPENS_GROUP
from invoicing.models import CatalogueItem, VatRate
from invoicing.models.documents import SaleLine
from invoicing.services.inputs import LineContent
from invoicing.states.sales import MAX_CHOICE, MAX_DESCRIPTION, MAX_LABEL, MAX_LINES, SaleNature

PREFIX = "lines"
# More rows than a document may have are still shown, so that nobody loses what was typed.
MOST_ROWS = MAX_LINES + 50
TOLD = ("label", "unit_price", "description", "discount_rate", "discount_amount", "group_title", "choice")
# Of a quote only: what its customer chooses or not, and who does the line.
_CHOSEN = ("optional", "choice", "proposed", "borne_by")


@dataclass(frozen=True, slots=True)
class LineOpening:
    """What a row says of the group that it may open (calculations/variants.py)."""

    group_title: str
    choice: str
    optional: bool


class LineForm(forms.Form):
    """One line; a row in which nobody typed a word or a price is no line."""

    use_required_attribute = False
    # What the line is worth, once somebody counted it (views/totals.py).
    net: Decimal | None = None
    # Inside a variant: whether it is the one proposed.
    in_total: bool | None = None

    group_title = forms.CharField(label=gettext_lazy("Titre du groupe"), max_length=MAX_LABEL, required=False)
    choice = forms.CharField(label=gettext_lazy("Au choix pour"), max_length=MAX_CHOICE, required=False)
    proposed = forms.BooleanField(label=gettext_lazy("Proposée"), required=False)
    label = forms.CharField(
        label=gettext_lazy("Désignation"),
        max_length=MAX_LABEL,
        widget=forms.TextInput(attrs={"list": "articles", "autocomplete": "off"}),
    )
    quantity = AmountField(label=gettext_lazy("Quantité"), max_digits=11, decimal_places=4, initial="1")
    unit = forms.ChoiceField(label=gettext_lazy("Unité"), choices=Unit.choices, initial=Unit.ONE)
    unit_price = AmountField(label=gettext_lazy("Prix unitaire HT"), max_digits=11, decimal_places=4)
    vat_rate = forms.ChoiceField(label=gettext_lazy("TVA"))
    discount_rate = PercentField(label=gettext_lazy("Remise %"))
    discount_amount = AmountField(label=gettext_lazy("Remise en euros"), required=False, max_digits=11)
    nature = forms.ChoiceField(
        label=gettext_lazy("Nature de la vente"), choices=SaleNature.choices, initial=SaleNature.SERVICES
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    optional = forms.BooleanField(label=gettext_lazy("En option"), required=False)
    item = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    # Chosen on the page of shares: the row keeps it wherever it moves.
    borne_by = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        rates: Sequence[VatRate],
        items: Sequence[CatalogueItem] = (),
        options: bool = False,
        unit: str = Unit.ONE,
        usual_vat: Decimal | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        # What the trade of the activity usually counts in, under which rate (ENT-41).
        self.fields["unit"].initial = unit
        for name in () if options else _CHOSEN:
            del self.fields[name]
        self.items = {str(one.pk): one for one in items}
        self.rates = {str(rate.pk): rate for rate in rates}
        choices = [(key, rate.said) for key, rate in self.rates.items()]
        self.fields["vat_rate"].choices = choices
        usual = (key for key, rate in self.rates.items() if rate.rate == usual_vat)
        self.fields["vat_rate"].initial = next(usual, choices[0][0] if choices else "")

    def has_changed(self) -> bool:
        return any(self[name].value() for name in TOLD if name in self.fields)

    @property
    def row_name(self) -> str:
        """How the summary of errors names the row: by its place on the page."""
        place = str(self.prefix).rpartition("-")[2]
        return _("Ligne %(place)d") % {"place": int(place) + 1} if place.isdecimal() else ""

    @property
    def shows_group(self) -> bool:
        """True when the row opens a group, or is about to (« Titre de groupe »)."""
        variant = "choice" in self.fields and self["choice"].value()
        return bool(self["group_title"].value() or variant or self.initial.get(OPENS_GROUP))

    @property
    def details_word(self) -> str:
        if "optional" in self.fields:
            return _("Description, option, remise, nature")
        return _("Description, remise, nature")

    @property
    def has_details(self) -> bool:
        """True when the folded part of the row says something: it is then shown open."""
        nature = self["nature"].value() or SaleNature.SERVICES
        return (
            bool(self["description"].value() or self["discount_amount"].value())
            or bool("optional" in self.fields and self["optional"].value())
            or nature != SaleNature.SERVICES
        )

    def clean_vat_rate(self) -> VatRate:
        return self.rates[self.cleaned_data["vat_rate"]]

    def clean_item(self) -> CatalogueItem | None:
        """The article that the line came from, as long as it is offered."""
        return self.items.get(self.cleaned_data["item"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("discount_rate") and found.get("discount_amount"):
            self.add_error("discount_amount", _("Une remise est un pourcentage ou un montant, pas les deux."))
        return found

    def discounts(self) -> dict[str, Decimal | None]:
        """A discount as the services take it: a fraction, or an amount."""
        rate: Decimal | None = self.cleaned_data.get("discount_rate")
        return {
            "discount_rate": rate / 100 if rate else None,
            "discount_amount": self.cleaned_data.get("discount_amount") or None,
        }

    def content(self) -> LineContent:
        told = ("label", "description", "group_title", "quantity", "unit", "unit_price")
        facts: dict[str, Any] = {
            name: self.cleaned_data[name] for name in (*told, "nature", "vat_rate", "item")
        }
        own = {"choice": self.cleaned_data.get("choice", ""), "borne_by": self.cleaned_data.get("borne_by")}
        return LineContent(**facts | self.discounts() | own, optional=self.is_optional)

    @property
    def is_optional(self) -> bool:
        """It counts in no total: an option, or a line of a variant that is not the one proposed."""
        if self.in_total is not None:
            return not self.in_total
        return bool(getattr(self, "cleaned_data", {}).get("optional"))

    @property
    def opening(self) -> LineOpening:
        """What the row says of the group that it may open, as far as it can be read."""
        found = getattr(self, "cleaned_data", {})
        proposed = bool(found.get("proposed"))
        return LineOpening(found.get("group_title", ""), found.get("choice", ""), not proposed)

    def priced(self) -> PricedLine | None:
        """What the line is worth so far, or None while a number is missing or wrong."""
        found = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        if any(found.get(name) is None for name in ("quantity", "unit_price", "vat_rate")):
            return None
        rate: VatRate = found["vat_rate"]
        return PricedLine(
            found["quantity"],
            found["unit_price"],
            rate.category,
            rate.rate,
            **self.discounts(),
            optional=self.is_optional,
        )


class LinesBase(BaseFormSet):
    """The rows of the editor."""

    def clean(self) -> None:
        self._settle_variants()
        count = len(self.written)
        if count > MAX_LINES:
            raise forms.ValidationError(
                _("Un document compte au plus %(most)s lignes ; celui-ci en a %(count)s.")
                % {"most": MAX_LINES, "count": count}
            )

    def _settle_variants(self) -> None:
        """Says to each row of a variant whether it counts; without a proposal, the first variant does."""
        forms_here = [form for _place, form in self.written]
        variants = self.variants
        proposed = proposed_of(variants)
        for variant in variants:
            for place in variant.places:
                form = forms_here[place]
                form.in_total = variant in proposed or variant.proposed
                if form.cleaned_data.get("optional"):
                    form.add_error("optional", _("Une variante se prend en entier : elle n’a pas d’option."))

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The variants among the rows that hold a line, which their places count."""
        return variants_of([form.opening for _place, form in self.written])

    @property
    def rates_by_key(self) -> str:
        """Category and rate of each choice of « TVA », for the totals that the browser counts meanwhile."""
        return json.dumps(
            {str(rate.pk): f"{rate.category} {rate.rate}" for rate in self.form_kwargs["rates"]}
        )

    @property
    def written(self) -> list[tuple[int, LineForm]]:
        """The rows that hold a line, with their place on the page."""
        return [(place, form) for place, form in enumerate(self.forms) if form.has_changed()]

    def contents(self) -> tuple[LineContent, ...]:
        return tuple(form.content() for _place, form in self.written)

    def refuse(self, refusal: Refused) -> bool:
        """Does: writes a refusal named « lines-<n>-<field> » at the row that became line n.
        Tells whether it could."""
        parts = (refusal.field or "").split("-", 2)
        if len(parts) != 3 or parts[0] != PREFIX or not parts[1].isdecimal():
            return False
        written = self.written
        if int(parts[1]) >= len(written):
            return False
        form = written[int(parts[1])][1]
        form.add_error(parts[2] if parts[2] in form.fields else None, str(refusal))
        return True


LineFormSet = formset_factory(LineForm, formset=LinesBase, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def lines_typed(lines: Sequence[SaleLine]) -> list[dict[str, Any]]:
    """The initial values that show the stored lines of a document."""
    openings = [LineOpening(one.group_title, one.variant_of, one.priced.optional) for one in lines]
    inside = {place for variant in variants_of(openings) for place in variant.places}
    return [_line_typed(line, place in inside) for place, line in enumerate(lines)]


def _line_typed(line: SaleLine, in_variant: bool) -> dict[str, Any]:
    percent = line.discount_rate * 100 if line.discount_rate is not None else None
    return {
        "group_title": line.group_title,
        "label": line.label,
        "description": line.description,
        "optional": line.priced.optional and not in_variant,
        "choice": line.variant_of,
        "proposed": bool(line.variant_of) and not line.priced.optional,
        "item": str(line.item_id or ""),
        "borne_by": str(line.borne_by_id or ""),
        "quantity": typed(line.quantity),
        "unit": line.unit,
        "unit_price": typed(line.unit_price, least=2),
        "nature": line.nature,
        "vat_rate": str(line.vat_rate_id),
        "discount_rate": typed(percent),
        "discount_amount": typed(line.discount_amount, least=2),
    }
