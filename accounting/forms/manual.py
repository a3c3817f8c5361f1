"""What is typed of an entry by hand, of a model and of a subscription; the rules stand in the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.entry_pasting import pasted_rows
from accounting.models import AnalyticAccount, EntryModel, Journal, ManualEntry
from accounting.selectors.manual import accounts_offered, entry_models, lines_of_manual, sections_offered
from accounting.services.entry_models import ModelContent, ModelLineContent, RecurringContent
from accounting.services.manual import (
    MOST_LABEL,
    MOST_PARTY,
    MOST_PIECE,
    NOT_BY_HAND,
    ManualContent,
    ManualLineContent,
)
from accounting.states.manual import MOST_LINES, Every, LineSide
from cae.core.errors import Refused
from cae.core.forms import AmountField, DayField
from cae.core.keys import key_in
from cae.core.money import parse_amount

PREFIX = "lines"
# Rows shown beyond those written, and those that « Ajouter des lignes » adds.
SPARE, MORE = 2, 4
_ROWS = MOST_LINES + SPARE
# What an amount holds at most.
_MOST = Decimal("9999999999.99")
_TYPED = ("account", "section", "label", "debit", "credit", "due_on", "party")


def _key(text: str) -> str:
    """What a name is compared by."""
    return " ".join(text.casefold().split())


class Known:
    """The accounts and sections that rows may name, read once for all of them."""

    def __init__(self) -> None:
        self.accounts = accounts_offered()
        self.sections = sections_offered()
        self.by_number = {account.number: account for account in self.accounts}
        self.by_code = {_key(section.code): section for section in self.sections}
        self.by_label: dict[str, list[AnalyticAccount]] = {}
        for section in self.sections:
            self.by_label.setdefault(_key(section.label), []).append(section)

    def named(self, section: AnalyticAccount) -> str:
        """What a row says of a section, to find it again: its label, or its code when others bear the
        same."""
        return section.label if len(self.by_label.get(_key(section.label), ())) == 1 else section.code


class AccountNamed(forms.CharField):
    """An account by its number, alone or followed by its words."""

    known: Known

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"list": "accounts", "autocomplete": "off", "inputmode": "numeric"}
        told: dict[str, Any] = {"label": gettext_lazy("Compte"), "widget": forms.TextInput(attrs)}
        super().__init__(**(told | kwargs))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = self.known.by_number.get(text.split()[0])
        if found is None:
            raise forms.ValidationError(_("Ce compte n’est pas au plan : ajoutez-le, ou corrigez le numéro."))
        return found


class SectionNamed(forms.CharField):
    """A section by its words, or its code."""

    known: Known

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"list": "sections", "autocomplete": "off"}
        told: dict[str, Any] = {"label": gettext_lazy("Section"), "widget": forms.TextInput(attrs)}
        super().__init__(**(told | kwargs))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        labelled = self.known.by_label.get(_key(text), [])
        found = labelled[0] if len(labelled) == 1 else self.known.by_code.get(_key(text))
        if found is None and labelled:
            raise forms.ValidationError(_("Plusieurs sections portent ce nom : donnez le code de la vôtre."))
        if found is None:
            raise forms.ValidationError(_("Aucune section ne porte ce nom ni ce code."))
        return found


class RowForm(forms.Form):
    """What rows of entries and of models have in common."""

    use_required_attribute = False
    account = AccountNamed()
    section = SectionNamed()
    label = forms.CharField(label=gettext_lazy("Libellé"), max_length=MOST_LABEL, required=False)

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["account"].known = fields["section"].known = known
        stored = self.initial.get("section")
        if isinstance(stored, AnalyticAccount):
            self.initial["section"] = known.named(stored)

    def has_changed(self) -> bool:
        """A row in which nobody typed an account or an amount is no line."""
        if not self.is_bound:
            return bool(super().has_changed())
        names = ("account", "debit", "credit")
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)


class LineForm(RowForm):
    debit = AmountField(label=gettext_lazy("Débit"), required=False)
    credit = AmountField(label=gettext_lazy("Crédit"), required=False)
    due_on = DayField(label=gettext_lazy("Échéance"), required=False)
    party = forms.CharField(label=gettext_lazy("Tiers"), max_length=MOST_PARTY, required=False)

    def content(self) -> ManualLineContent:
        found = self.cleaned_data
        return ManualLineContent(
            account=found["account"],
            analytic=found["section"],
            debit=found["debit"] or Decimal(0),
            credit=found["credit"] or Decimal(0),
            label=found["label"],
            due_on=found["due_on"],
            party=found["party"],
        )


class PartField(forms.CharField):
    """An amount, « 120,00 », or a share of the total, « 50 % »: gives (amount, share)."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        told: dict[str, Any] = {"required": False, "widget": forms.TextInput(attrs)}
        super().__init__(**(told | kwargs))

    def clean(self, value: Any) -> Any:
        text = (super().clean(value) or "").strip()
        if not text:
            return None
        try:
            number = parse_amount(text.removesuffix("%"))
        except ValueError:
            raise forms.ValidationError(_("Un montant (120,00) ou une part (50 %).")) from None
        is_part = text.endswith("%")
        if not 0 < number <= (100 if is_part else _MOST) or number != round(number, 2):
            raise forms.ValidationError(_("Un montant positif au centime, ou une part jusqu’à 100 %."))
        return (None, number / 100) if is_part else (number, None)


class ModelRowForm(RowForm):
    debit = PartField(label=gettext_lazy("Débit"))
    credit = PartField(label=gettext_lazy("Crédit"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("debit")) == bool(found.get("credit")) and not self.errors:
            raise forms.ValidationError(_("Un montant ou une part, au débit ou au crédit, et pas les deux."))
        return found

    def content(self) -> ModelLineContent:
        found = self.cleaned_data
        side = LineSide.DEBIT if found["debit"] else LineSide.CREDIT
        amount, share = found["debit"] or found["credit"]
        return ModelLineContent(found["account"], found["section"], side.value, amount, share, found["label"])


class RowsBase(BaseFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    @property
    def written(self) -> list[Any]:
        """The rows that hold a line."""
        return [form for form in self.forms if form.has_changed()]

    def contents(self) -> tuple[Any, ...]:
        return tuple(form.content() for form in self.written)

    def refuse(self, refusal: Refused) -> bool:
        """Does: writes a refusal named « lines-<n>-<field> » at the row of that line. Tells whether it
        could."""
        parts = (refusal.field or "").split("-", 2)
        if len(parts) != 3 or parts[0] != PREFIX or int(parts[1]) >= len(self.written):
            return False
        form = self.written[int(parts[1])]
        form.add_error(parts[2] if parts[2] in form.fields else None, str(refusal))
        return True


LineSet = formset_factory(LineForm, formset=RowsBase, extra=0, max_num=_ROWS, absolute_max=_ROWS)
ModelRowSet = formset_factory(ModelRowForm, formset=RowsBase, extra=0, max_num=_ROWS, absolute_max=_ROWS)


class HeadForm(forms.Form):
    """What entries and models have in common: a journal, words, the marks of a form sent once."""

    journal = forms.ModelChoiceField(
        label=gettext_lazy("Journal"), queryset=Journal.objects.none(), empty_label=None
    )
    label = forms.CharField(label=gettext_lazy("Libellé"), max_length=MOST_LABEL)
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["journal"].queryset = Journal.objects.exclude(code__in=NOT_BY_HAND)

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key


class ManualForm(HeadForm):
    on = DayField(label=gettext_lazy("Date"))
    piece = forms.CharField(label=gettext_lazy("Pièce"), max_length=MOST_PIECE, required=False)
    reverse_on = DayField(
        label=gettext_lazy("À contre-passer le"),
        required=False,
        help_text=gettext_lazy("Vide : jamais. Ce jour-là, l’écriture inverse est passée d’elle-même."),
    )

    def content(self, lines: tuple[ManualLineContent, ...]) -> ManualContent:
        names = ("journal", "on", "label", "piece", "reverse_on")
        return ManualContent(**{name: self.cleaned_data[name] for name in names}, lines=lines)


class ModelForm(HeadForm):
    name = forms.CharField(label=gettext_lazy("Nom du modèle"), max_length=120)
    field_order = ("name", "journal", "label")

    def content(self, lines: tuple[ModelLineContent, ...]) -> ModelContent:
        names = ("name", "journal", "label")
        return ModelContent(**{name: self.cleaned_data[name] for name in names}, lines=lines)


class UseForm(forms.Form):
    """A model to copy into an entry, with the total that its shares cut."""

    modele = forms.ModelChoiceField(label=gettext_lazy("Modèle"), queryset=EntryModel.objects.none())
    total = AmountField(label=gettext_lazy("Total à répartir"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["modele"].queryset = entry_models()


class RecurringForm(forms.Form):
    model = forms.ModelChoiceField(label=gettext_lazy("Modèle"), queryset=EntryModel.objects.none())
    label = forms.CharField(label=gettext_lazy("Libellé"), max_length=MOST_LABEL)
    total = AmountField(
        label=gettext_lazy("Total à répartir"),
        required=False,
        help_text=gettext_lazy("Seulement pour un modèle qui a des parts."),
    )
    every = forms.ChoiceField(label=gettext_lazy("Rythme"), choices=Every.choices)
    first_on = DayField(label=gettext_lazy("Première date"))
    until = DayField(label=gettext_lazy("Jusqu’au"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["model"].queryset = entry_models()

    def content(self) -> RecurringContent:
        names = ("model", "label", "every", "first_on", "total", "until")
        return RecurringContent(**{name: self.cleaned_data[name] for name in names})


class ReverseForm(forms.Form):
    """When and why an entry is reversed."""

    on = DayField(
        label=gettext_lazy("Date de la contre-passation"),
        help_text=gettext_lazy("Un jour à venir : elle est prévue, et passée d’elle-même ce jour-là."),
    )
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=150)


class PieceForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fichier"), help_text=gettext_lazy("Un PDF ou une photo, 10 Mo au plus.")
    )


class VersionForm(forms.Form):
    """Which reading of a draft a button acts on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SkipForm(forms.Form):
    """Which date of a subscription a button leaves out."""

    on = DayField(widget=forms.HiddenInput)


def typed_amount(value: Decimal | None) -> str:
    return f"{value:.2f}".replace(".", ",") if value else ""


def rows_of(lines: Sequence[Any]) -> list[dict[str, Any]]:
    """The initial values of lines: stored ones, or those that a model gives."""
    return [
        {
            "account": line.account.number,
            "section": line.analytic,
            "label": line.label,
            "debit": typed_amount(line.debit),
            "credit": typed_amount(line.credit),
            "due_on": line.due_on,
            "party": line.party,
        }
        for line in lines
    ]


def rows_of_draft(manual: ManualEntry) -> list[dict[str, Any]]:
    return rows_of(lines_of_manual(manual))


def model_rows(lines: Sequence[Any]) -> list[dict[str, Any]]:
    """The initial values of the lines of a model."""
    return [
        {
            "account": line.account.number,
            "section": line.analytic,
            "label": line.label,
            line.side: typed_amount(line.amount) or f"{typed_amount(line.share * 100)} %",
        }
        for line in lines
    ]


def rows_sent(data: Mapping[str, Any], act: str) -> list[dict[str, Any]]:
    """What was sent, with a few more rows, or those pasted from a spreadsheet after those written."""
    count = min(key_in(data.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0, _ROWS)
    sent = [{name: data.get(f"{PREFIX}-{place}-{name}", "") for name in _TYPED} for place in range(count)]
    if act == "paste":
        written: list[dict[str, Any]] = [row for row in sent if any(row.values())]
        return [*written, *pasted_rows(data.get("pasted", ""))][:_ROWS]
    return [*sent, *[{} for _place in range(min(MORE, _ROWS - count))]]


def blank_rows(count: int = SPARE) -> list[dict[str, Any]]:
    return [{} for _place in range(count)]
