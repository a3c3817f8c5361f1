"""What is typed of layouts, of files sent to payroll and of what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounting.models import ExportLayout, PayMonth
from accounting.services.pay_layouts import LONGEST_CODE, LONGEST_HEADING, LayoutData
from accounting.states.payroll import (
    DateShape,
    DecimalMark,
    Encoding,
    ImportKind,
    PayColumn,
    Separator,
)
from cae.core.forms import DayField

# As many as one may put in a file: each holds something else.
COLUMNS = len(PayColumn)
_CODE = "code_"


class LayoutForm(forms.Form):
    """A layout: its marks, its columns in order, the code of each element."""

    name = forms.CharField(label=_("Nom"), max_length=80)
    separator = forms.ChoiceField(label=_("Entre les colonnes"), choices=Separator.choices)
    decimal_mark = forms.ChoiceField(label=_("Marque décimale"), choices=DecimalMark.choices)
    date_shape = forms.ChoiceField(label=_("Dates"), choices=DateShape.choices)
    encoding = forms.ChoiceField(label=_("Encodage"), choices=Encoding.choices)
    has_header = forms.BooleanField(label=_("Une ligne de titres"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, elements: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("— rien —")), *PayColumn.choices]
        for rank in range(1, COLUMNS + 1):
            words = {"rank": rank}
            self.fields[f"column_{rank}"] = forms.ChoiceField(
                label=_("Colonne %(rank)d") % words, choices=choices, required=False
            )
            self.fields[f"heading_{rank}"] = forms.CharField(
                label=_("Titre de la colonne %(rank)d") % words, max_length=LONGEST_HEADING, required=False
            )
        for element, word in elements:
            self.fields[f"{_CODE}{element}"] = forms.CharField(
                label=word, max_length=LONGEST_CODE, required=False
            )

    @property
    def column_rows(self) -> list[tuple[Any, Any]]:
        """What each column holds, beside its heading."""
        return [(self[f"column_{rank}"], self[f"heading_{rank}"]) for rank in range(1, COLUMNS + 1)]

    @property
    def code_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(_CODE)]

    def typed(self) -> LayoutData:
        data = self.cleaned_data
        columns = [
            (data[f"column_{rank}"], data[f"heading_{rank}"])
            for rank in range(1, COLUMNS + 1)
            if data[f"column_{rank}"]
        ]
        codes = {
            name.removeprefix(_CODE): data[name]
            for name in self.fields
            if name.startswith(_CODE) and data[name]
        }
        return LayoutData(
            name=data["name"],
            columns=columns,
            codes=codes,
            separator=data["separator"],
            decimal_mark=data["decimal_mark"],
            date_shape=data["date_shape"],
            encoding=data["encoding"],
            has_header=data["has_header"],
        )


def layout_values(source: Any) -> dict[str, Any]:
    """What the form says first of a layout, or of a preset."""
    columns = [(one["column"], one["heading"]) if isinstance(one, dict) else one for one in source.columns]
    found: dict[str, Any] = {
        name: getattr(source, name)
        for name in ("name", "separator", "decimal_mark", "date_shape", "encoding", "has_header")
    }
    for rank, (column, heading) in enumerate(columns, start=1):
        found |= {f"column_{rank}": column, f"heading_{rank}": heading}
    return found | {f"{_CODE}{element}": code for element, code in source.codes.items()}


class ExportForm(forms.Form):
    """Which month leaves, under which layout."""

    month = forms.ModelChoiceField(label=_("Mois"), queryset=PayMonth.objects.none(), empty_label=None)
    layout = forms.ModelChoiceField(label=_("Format"), queryset=ExportLayout.objects.none(), empty_label=None)

    def __init__(
        self, *args: Any, months: QuerySet[PayMonth] | None, layouts: QuerySet[ExportLayout], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout"].queryset = layouts  # type: ignore[attr-defined]
        if months is None:
            del self.fields["month"]
        else:
            self.fields["month"].queryset = months  # type: ignore[attr-defined]


class JournalForm(forms.Form):
    """A file of the payroll software, its month, the day of its entries."""

    month = forms.ModelChoiceField(label=_("Mois"), queryset=PayMonth.objects.none(), empty_label=None)
    kind = forms.ChoiceField(
        label=_("Nature du fichier"),
        choices=ImportKind.choices,
        help_text=_(
            "Récapitulatif : une ligne par bulletin. Écritures : compte, matricule, section, débit, crédit."
        ),
    )
    posted_on = DayField(label=_("Date des écritures"))
    file = forms.FileField(label=_("Fichier (CSV ou XLSX)"))

    def __init__(self, *args: Any, months: QuerySet[PayMonth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].queryset = months  # type: ignore[attr-defined]


class SlipsForm(forms.Form):
    """The PDF of all the payslips of a month."""

    month = forms.ModelChoiceField(label=_("Mois"), queryset=PayMonth.objects.none(), empty_label=None)
    file = forms.FileField(
        label=_("PDF des bulletins"),
        help_text=_("Chaque page doit porter le matricule ou le nom entier de la personne."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def __init__(self, *args: Any, months: QuerySet[PayMonth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].queryset = months  # type: ignore[attr-defined]
