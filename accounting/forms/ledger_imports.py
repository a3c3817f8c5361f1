"""What is typed of a ledger kept elsewhere: its source, its file and period, its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.models import AnalyticAccount, Journal, LedgerSource
from accounting.selectors.ledger_imports import COLUMNS, journals_of_sources, ledger_sources
from accounting.selectors.manual import sections_offered
from accounting.services.ledger_applying import MOST_REASON
from accounting.services.ledger_imports import MAX_BYTES, LedgerFile
from accounting.services.ledger_sources import MOST_LABEL
from cae.core.forms import DayField
from cae.core.periods import Span


class SourceForm(forms.Form):
    """Who keeps it, and where goes what its files do not say."""

    label = forms.CharField(
        label=gettext_lazy("Nom"),
        max_length=MOST_LABEL,
        help_text=gettext_lazy("Le logiciel ou le cabinet : « Paie du cabinet Durand »."),
    )
    journal = forms.ModelChoiceField(
        label=gettext_lazy("Journal par défaut"),
        queryset=Journal.objects.none(),
        help_text=gettext_lazy("Celui des écritures dont le journal n’est pas un des nôtres."),
    )
    section = forms.ModelChoiceField(
        label=gettext_lazy("Section par défaut"),
        queryset=AnalyticAccount.objects.none(),
        help_text=gettext_lazy("Celle des lignes qui n’en disent pas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["journal"].queryset = journals_of_sources()
        fields["section"].queryset = AnalyticAccount.objects.order_by("sort_label")
        fields["section"].choices = [
            ("", _("Choisir…")),
            *((section.pk, section.label) for section in sections_offered()),
        ]


class LedgerFileForm(forms.Form):
    """A file, of whom and for which days."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Comptabilité tenue ailleurs"), queryset=LedgerSource.objects.none()
    )
    starts_on = DayField(label=gettext_lazy("Du"))
    ends_on = DayField(
        label=gettext_lazy("Au"),
        help_text=gettext_lazy("Seules les écritures de cette comptabilité dans ces jours sont remplacées."),
    )
    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy(
            "FEC (20 Mo au plus), ou CSV et XLSX (5 Mo, 20 000 lignes). Sans colonne de date, le fichier est "
            "lu comme une balance des mouvements de la période."
        ),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["source"].queryset = ledger_sources()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("starts_on") and found.get("ends_on") and found["ends_on"] < found["starts_on"]:
            self.add_error("ends_on", _("La période finit avant de commencer."))
        return found

    def given(self) -> LedgerFile:
        found = self.cleaned_data
        return LedgerFile(
            source=found["source"],
            span=Span(found["starts_on"], found["ends_on"]),
            # One byte more says that it is too long: the rest is not read.
            content=found["file"].read(MAX_BYTES + 1),
            name=found["file"].name or "",
        )


class LedgerColumnsForm(forms.Form):
    """Which column of the file gives what."""

    def __init__(
        self, *args: Any, header: Sequence[str], first: Sequence[str], read: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [("", _("Aucune"))]
        for place, name in enumerate(header):
            example = first[place] if place < len(first) else ""
            names.append((str(place), f"{name} ({example[:30]})" if example else name))
        for code, words, _aliases in COLUMNS:
            self.fields[code] = forms.ChoiceField(
                label=words, choices=names, required=False, initial=str(read.get(code, ""))
            )

    def mapping(self) -> dict[str, int]:
        return {code: int(place) for code, place in self.cleaned_data.items() if place}


class LedgerUndoForm(forms.Form):
    """Why an import is undone."""

    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=MOST_REASON)
