"""The journal of acts, for those who watch over the house."""

import re
from typing import Any

import django_filters
import django_tables2 as tables
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from cae.core import facts
from cae.core.acts import ACTS
from cae.core.journal_words import told
from cae.core.models import AuditEntry
from cae.core.permissions import requires
from cae.core.tables import EmptyState, Filters, Table, list_page

ROOMS = ("core", "people", "entrepreneurs", "accounting", "invoicing", "governance", "coworking")
# The page of an act says the rest.
SHORT = 90
HASH = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{56}\b")
ONE_LINE = {"td": {"class": "one-line"}}


class JournalTable(Table):
    at = tables.DateTimeColumn(verbose_name=_("Le"), format="d/m/Y H:i", attrs=ONE_LINE)
    actor = tables.Column(verbose_name=_("Par"), default=_("Alvéole"))
    verb = tables.Column(verbose_name=_("Acte"), attrs={"td": {"class": "whole"}})
    about_label = tables.Column(verbose_name=_("Objet"))
    detail = tables.Column(verbose_name=_("Détail"), orderable=False, attrs={"td": {"class": "loose"}})
    ip = tables.Column(verbose_name=_("Depuis"), default="", attrs=ONE_LINE)
    seal = tables.TemplateColumn(
        "{% if value %}<code title='{{ value }}'>{{ value|slice:':8' }}</code>"
        "{% else %}{{ waiting }}{% endif %}",
        verbose_name=_("Sceau"),
        extra_context={"waiting": _("à sceller")},
        attrs=ONE_LINE,
    )

    def render_actor(self, record: AuditEntry) -> str:
        return record.author

    def render_verb(self, record: AuditEntry) -> Any:
        return format_html('<a class="row-link" href="{}">{}</a>', record.link, record.act)

    def value_verb(self, record: AuditEntry) -> str:
        return record.act

    def render_detail(self, record: AuditEntry) -> str:
        return Truncator(HASH.sub(r"\1…", self.value_detail(record))).chars(SHORT)

    def value_detail(self, record: AuditEntry) -> str:
        return " ; ".join(str(one) for one in told(record))

    def value_seal(self, value: str) -> str:
        return value


def _kinds() -> list[tuple[str, Any]]:
    """The kinds of rows that acts are about, by their French name."""
    ours = (model for room in apps.get_app_configs() if room.label in ROOMS for model in room.get_models())
    return sorted(((m._meta.label_lower, capfirst(m._meta.verbose_name)) for m in ours), key=lambda k: k[1])


class JournalFilters(Filters):
    search = ("about_label", "verb", "actor__email", "real_actor__email", "actor__person__last_name")
    at = django_filters.DateFromToRangeFilter(
        label=_("Entre"), widget=django_filters.widgets.RangeWidget(attrs={"type": "date"})
    )

    about_type = django_filters.ChoiceFilter(label=_("Objet"), choices=_kinds)
    verb = django_filters.ChoiceFilter(
        label=_("Acte"), choices=lambda: sorted(ACTS.items(), key=lambda act: str(act[1]))
    )

    class Meta:
        model = AuditEntry
        fields = ("at", "verb", "about_type")


@requires("core.view_journal")
def journal(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=AuditEntry.objects.select_related("actor__person", "real_actor__person").order_by("-pk"),
        table=JournalTable,
        filters=JournalFilters,
        page="core.journal",
        title=_("Journal"),
        intro=_(
            "Qui a fait quoi, et quand. Rien ne s’efface ; chaque minute, les lignes sont scellées en chaîne."
        ),
        empty=EmptyState(_("Aucun acte pour l’instant.")),
    )


@requires("core.view_journal")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: who, when, from where, each value before and after, its place in the chain."""
    row = get_object_or_404(AuditEntry.objects.select_related("actor__person", "real_actor__person"), pk=pk)
    kinds = dict(_kinds())
    context = {
        "entry": row,
        "kind": kinds.get(row.about_type, row.about_type),
        "told": told(row),
        "source": facts.sources_of(request.user, [(row.about_type, row.about_id)]).get(
            (row.about_type, row.about_id)
        ),
        "around": AuditEntry.objects.filter(about_type=row.about_type, about_id=row.about_id)
        .exclude(pk=row.pk)
        .select_related("actor__person", "real_actor__person")
        .order_by("-pk")[:20],
    }
    return render(request, "core/journal_entry.html", context)
