"""What the pages of an import are drawn with: its forms, the table of runs and that of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.importing.registry import Import, codes, import_named
from cae.core.models import FateKind, ImportLine, ImportRun, ImportState, Outcome
from cae.core.tables import Filters, LinkColumn, StatusColumn, Table
from cae.core.templatetags import formats, ui

_FATE_LOOKS = {
    FateKind.NEW: ("success", "●"),
    FateKind.UPDATE: ("info", "■"),
    FateKind.UNCHANGED: ("neutral", "◇"),
    FateKind.REFUSED: ("danger", "✕"),
    FateKind.DUPLICATE: ("warning", "▲"),
}
_OUTCOME_LOOKS = {
    Outcome.DONE: ("success", "✔"),
    Outcome.LEFT: ("danger", "✕"),
    Outcome.REMOVED: ("neutral", "■"),
    Outcome.ARCHIVED: ("neutral", "◇"),
    Outcome.PUT_BACK: ("info", "●"),
    Outcome.CHANGED_SINCE: ("warning", "▲"),
}
_RUN_LOOKS = {
    ImportState.MAPPING: ("warning", "▲"),
    ImportState.TRYING: ("info", "●"),
    ImportState.TRIED: ("warning", "▲"),
    ImportState.APPLYING: ("info", "●"),
    ImportState.APPLIED: ("success", "✔"),
    ImportState.UNDOING: ("info", "●"),
    ImportState.UNDONE: ("neutral", "■"),
    ImportState.DISCARDED: ("neutral", "◇"),
}


def look_of_run(run: ImportRun) -> tuple[str, str, str]:
    """The state of an import as a tone, a shape and a word; an interrupted one says so."""
    if run.is_interrupted:
        return "warning", "▲", _("Interrompu")
    tone, shape = _RUN_LOOKS[ImportState(run.state)]
    return tone, shape, str(run.get_state_display())


class FileForm(forms.Form):
    """The file, and what its lines will belong to when there is a choice."""

    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy(
            "CSV ou XLSX, 5 Mo et 20 000 lignes au plus ; la première ligne nomme les colonnes."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def __init__(self, *args: Any, spec: Import, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        targets = list(spec.targets(user)) if spec.targets else []
        self.only_target = targets[0].key if len(targets) == 1 else ""
        if spec.targets and len(targets) != 1:
            choices = [("", _("Choisissez")), *((target.key, target.label) for target in targets)]
            self.fields["target"] = forms.ChoiceField(label=spec.target_label, choices=choices)
            self.order_fields(["target", "file"])


class ColumnsForm(forms.Form):
    """For each of the room's columns, the column of the file that gives it."""

    def __init__(
        self, *args: Any, spec: Import, header: Sequence[str], read: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(place), name) for place, name in enumerate(header)]
        for column in spec.columns:
            self.fields[column.code] = forms.ChoiceField(
                label=column.label,
                help_text=column.help,
                required=column.required,
                choices=[("", _("Choisissez") if column.required else _("Ne pas importer")), *places],
                initial=str(read.get(column.code, "")),
            )
        needed = tuple(column.code for column in spec.columns if column.required)
        others = tuple(column.code for column in spec.columns if not column.required)
        pairs = tuple(others[place : place + 2] for place in range(0, len(others), 2))
        self.sections = ((_("Nécessaires"), needed), (_("Facultatives"), pairs))

    def mapping(self) -> dict[str, int]:
        return {code: int(place) for code, place in self.cleaned_data.items() if place != ""}


class RunStatusColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: ImportRun) -> Any:
        return ui.status(*look_of_run(record))

    def value(self, record: Any, value: Any) -> str:
        return look_of_run(record)[2]


class RunTable(Table):
    file_name = LinkColumn(verbose_name=gettext_lazy("Fichier"))
    code = tables.Column(verbose_name=gettext_lazy("Import"))
    target_label = tables.Column(verbose_name=gettext_lazy("Pour"))
    created_at = tables.Column(verbose_name=gettext_lazy("Déposé le"))
    status = RunStatusColumn()

    def render_code(self, value: str) -> Any:
        return import_named(value).label if value in codes() else value

    def render_created_at(self, value: Any) -> str:
        return formats.moment(value)


class RunFilters(Filters):
    search = ("file_name", "target_label")
    state = django_filters.ChoiceFilter(choices=ImportState.choices, label=gettext_lazy("État"))

    class Meta:
        model = ImportRun
        fields: tuple[str, ...] = ()


class FateColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk", verbose_name=gettext_lazy("Effet"))

    def render(self, record: ImportLine) -> Any:
        if not record.fate:
            return formats.NOTHING
        return ui.status(*_FATE_LOOKS[FateKind(record.fate)], str(record.get_fate_display()))

    def value(self, record: Any, value: Any) -> str:
        return str(record.get_fate_display())


class OutcomeColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk", verbose_name=gettext_lazy("Résultat"))

    def render(self, record: ImportLine) -> Any:
        if not record.outcome:
            return formats.NOTHING
        return ui.status(*_OUTCOME_LOOKS[Outcome(record.outcome)], str(record.get_outcome_display()))

    def value(self, record: Any, value: Any) -> str:
        return str(record.get_outcome_display())


class LineTable(Table):
    """Each line with its effect, then its result; `labels` names the fields of an update."""

    labels: Mapping[str, Any] = {}

    number = tables.Column(verbose_name=gettext_lazy("Ligne"))
    label = tables.Column(verbose_name=gettext_lazy("Objet"))
    fate = FateColumn()
    outcome = OutcomeColumn()
    detail = tables.Column(accessor="pk", verbose_name=gettext_lazy("Détail"), orderable=False)

    @classmethod
    def of(cls, spec: Import, run: ImportRun) -> type[LineTable]:
        """The table of this import; nothing was done before the import began, so no result to show."""
        started = run.state in (*_STARTED,)
        facts: dict[str, Any] = {"labels": {column.code: column.label for column in spec.columns}}
        # One status a line: what is to come, then what came.
        facts |= {"fate": tables.Column(verbose_name=gettext_lazy("Effet"))} if started else {"outcome": None}
        return type("LineTable", (cls,), facts)

    def render_detail(self, record: ImportLine) -> SafeString:
        if record.message or record.fate != FateKind.UPDATE:
            return format_html("{}", record.message)
        changes = [
            (self.labels.get(code, code), _shown(record.before.get(code)), _shown(value))
            for code, value in record.after.items()
        ]
        return format_html(
            '<ul class="changes">{}</ul>',
            format_html_join("", "<li>{} : <del>{}</del> → <ins>{}</ins></li>", changes),
        )

    def value_detail(self, record: ImportLine) -> str:
        changes = (
            f"{self.labels.get(code, code)} : {_shown(record.before.get(code))} → {_shown(value)}"
            for code, value in record.after.items()
        )
        return record.message or " ; ".join(changes)


_STARTED = (ImportState.APPLYING, ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE)


def _shown(value: Any) -> str:
    """A stored value as the page says it."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return formats.NOTHING if value in (None, "") else str(value)


class LineFilters(Filters):
    search = ("label", "message")
    fate = django_filters.ChoiceFilter(choices=FateKind.choices, label=gettext_lazy("Effet"))
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices, label=gettext_lazy("Résultat"))

    class Meta:
        model = ImportLine
        fields: tuple[str, ...] = ()
