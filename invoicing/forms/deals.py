"""What is typed of deals: the deal itself, what joins it, its files, why a paper may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from invoicing.forms.fields import CustomerField, customer_word
from invoicing.models import Customer, Deal, DealKind, DealRequirement
from invoicing.services.deal_papers import MOST_MB
from invoicing.services.deals import DealContent
from invoicing.states.deals import MAX_FOLDER


class DealForm(forms.Form):
    """A deal, new or changed."""

    title = forms.CharField(label=_("Intitulé"), max_length=160)
    kind = forms.ModelChoiceField(
        DealKind.objects.none(),
        label=_("Genre d’affaire"),
        empty_label=None,
        help_text=_("Le genre dit quelles pièces sont exigées."),
    )
    customer = CustomerField(
        label=_("Client"), max_length=300, required=False, help_text=_("Nom, SIREN ou SIRET.")
    )
    note = forms.CharField(
        label=_("Note interne"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jamais imprimée."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, customers: list[Customer], kept: DealKind | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["customer"].customers = customers
        offered = DealKind.objects.filter(archived_at__isnull=True)
        self.fields["kind"].queryset = offered | DealKind.objects.filter(pk=kept.pk) if kept else offered

    @property
    def suggestions(self) -> list[str]:
        """What the box « Client » offers while one types."""
        return [customer_word(one) for one in self.fields["customer"].customers]

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key

    def content(self) -> DealContent:
        found = self.cleaned_data
        return DealContent(found["title"], found["kind"], found["customer"], found["note"])


def deal_typed(deal: Deal) -> dict[str, Any]:
    """The initial values that show a stored deal."""
    stored = {name: getattr(deal, name) for name in ("title", "note", "form_key", "version")}
    return stored | {"kind": deal.kind_id, "customer": customer_word(deal.customer) if deal.customer else ""}


class PieceForm(forms.Form):
    """What joins a deal: one thing among those of its activity that stand in none."""

    piece = forms.ChoiceField(label=_("Pièce"))

    def __init__(self, *args: Any, offered: Sequence[tuple[Any, list[tuple[str, str]]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["piece"].choices = [
            ("", _("Choisir…")),
            *((name, rows) for name, rows in offered if rows),
        ]


class DealFileForm(forms.Form):
    """One file of a deal."""

    file = forms.FileField(
        label=_("Fichier"),
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png"}),
    )
    requirement = forms.ModelChoiceField(
        DealRequirement.objects.none(),
        label=_("Pièce exigée"),
        required=False,
        empty_label=_("Aucune en particulier"),
    )
    label = forms.CharField(
        label=_("Intitulé"), max_length=120, required=False, help_text=_("Vide : le nom du fichier.")
    )
    folder = forms.CharField(
        label=_("Dossier"),
        max_length=MAX_FOLDER,
        required=False,
        widget=forms.TextInput(attrs={"list": "folders"}),
    )

    def __init__(self, *args: Any, deal: Deal, folders: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.suggestions = folders
        self.fields["requirement"].queryset = DealRequirement.objects.filter(
            kind=deal.kind_id, archived_at__isnull=True
        )
        self.fields["file"].help_text = _("PDF, PNG ou JPEG, %(most)d Mo au plus.") % {"most": MOST_MB}

    def content(self) -> bytes:
        return bytes(self.cleaned_data["file"].read())


class WaiverForm(forms.Form):
    """Why a paper may be missing."""

    reason = forms.CharField(label=_("Pourquoi peut-elle manquer ?"), max_length=500)


class ClosingForm(forms.Form):
    """Why a deal is closed while something is left."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=250,
        required=False,
        help_text=_("Demandé s’il reste à facturer ou à encaisser."),
    )


class JoinForm(forms.Form):
    """The deal that a document joins."""

    deal = forms.ModelChoiceField(Deal.objects.none(), label=_("Affaire"), empty_label=_("Choisir…"))

    def __init__(self, *args: Any, deals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deal"].queryset = deals
