"""What is typed of FEC and of exports to accounting programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.calculations.exports.rows import ExportChoice
from accounting.services.exporting import MOST_REASON
from accounting.services.fec_checking import MOST_MEGABYTES
from accounting.states.books import JournalCode
from accounting.states.exports import ExportFormat
from cae.core.forms import DayField
from cae.core.periods import Month, Span

_CHARSETS = (("iso8859-15", "ISO 8859-15"), ("utf-8-sig", "UTF-8"), ("ascii", "ASCII"))


def _in_order(form: forms.Form, typed: dict[str, Any]) -> None:
    start, end = typed.get("starts_on"), typed.get("ends_on")
    if start and end and end < start:
        form.add_error("ends_on", _("Le dernier jour précède le premier."))


class FecCheckForm(forms.Form):
    """A FEC made by any program."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("Texte à plat, 18 colonnes, %(most)d Mo au plus.") % {"most": MOST_MEGABYTES},
        allow_empty_file=True,
    )
    charset = forms.ChoiceField(label=_("Jeu de caractères"), choices=_CHARSETS)
    starts_on = DayField(
        label=_("Premier jour de l’exercice"),
        required=False,
        help_text=_("Vide : les dates ne sont pas comparées à un exercice."),
    )
    ends_on = DayField(label=_("Dernier jour de l’exercice"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        _in_order(self, typed)
        return typed


class ExportForm(forms.Form):
    """Which entries leave, and in which layout."""

    starts_on = DayField(label=_("Premier jour"))
    ends_on = DayField(label=_("Dernier jour"))
    journals = forms.MultipleChoiceField(
        label=_("Journaux"),
        choices=JournalCode.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    format = forms.ChoiceField(label=_("Format"), choices=ExportFormat.choices)
    is_grouped = forms.BooleanField(
        label=_("Regrouper"),
        required=False,
        help_text=_("Une ligne par pièce, compte, tiers et taux de TVA, sans l’axe des activités."),
    )
    takes_again = forms.BooleanField(
        label=_("Compris à nouveau"),
        required=False,
        help_text=_("Avec les écritures déjà parties dans un autre lot."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        last = Month.of(today).previous()
        usual = {
            "starts_on": last.first,
            "ends_on": last.last,
            "journals": [code for code in JournalCode.values if code != JournalCode.OPENING],
        }
        super().__init__(*args, initial=usual, **kwargs)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        _in_order(self, typed)
        return typed

    def choice(self) -> ExportChoice:
        typed = self.cleaned_data
        return ExportChoice(
            days=Span(typed["starts_on"], typed["ends_on"]),
            journals=tuple(typed["journals"]),
            format=typed["format"],
            is_grouped=typed["is_grouped"],
            takes_again=typed["takes_again"],
        )

    @property
    def typed_pairs(self) -> list[tuple[str, str]]:
        """What was typed, as an address or hidden fields say it again."""
        data: Any = self.data
        return [(name, value) for name in self.fields for value in data.getlist(name)]


class ExportUndoForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)
