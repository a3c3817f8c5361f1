"""The journal of acts, for those who watch over the house."""

import re
from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.acts import ACTS, DETAILS
from cae.core.models import AuditEntry
from cae.core.permissions import requires
from cae.core.tables import EmptyState, Filters, Table, list_page
from cae.core.templatetags.formats import day

ROOMS = ("core", "people", "entrepreneurs", "accounting", "invoicing", "governance", "coworking")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ONE_LINE = {"td": {"class": "one-line"}}


class JournalTable(Table):
    at = tables.DateTimeColumn(verbose_name=_("Le"), format="d/m/Y H:i:s", attrs=ONE_LINE)
    actor = tables.Column(verbose_name=_("Par"), default=_("Alvéole"))
    verb = tables.Column(verbose_name=_("Acte"))
    about_label = tables.Column(verbose_name=_("Objet"))
    detail = tables.Column(verbose_name=_("Détail"), orderable=False)
    seal = tables.TemplateColumn(
        "{% if value %}<code title='{{ value }}'>{{ value|slice:':12' }}</code>"
        "{% else %}{{ waiting }}{% endif %}",
        verbose_name=_("Sceau"),
        extra_context={"waiting": _("à sceller")},
        attrs=ONE_LINE,
    )

    def render_actor(self, record: AuditEntry) -> str:
        return record.author

    def render_verb(self, value: str) -> str:
        return str(ACTS.get(value, value))

    def render_detail(self, value: dict[str, object]) -> str:
        return ", ".join(f"{DETAILS.get(key, key)} : {_said(word)}" for key, word in value.items())

    def value_seal(self, value: str) -> str:
        return value


def _said(word: object) -> object:
    """A value of a detail as people read it."""
    if isinstance(word, bool):
        return gettext("oui") if word else gettext("non")
    if isinstance(word, dict):
        return " ; ".join(f"{key} {_said(value)}" for key, value in word.items())
    if isinstance(word, str) and _DAY.fullmatch(word):
        return day(date.fromisoformat(word))
    return word


def _kinds() -> list[tuple[str, Any]]:
    """The kinds of rows that acts are about, by their French name."""
    ours = (model for room in apps.get_app_configs() if room.label in ROOMS for model in room.get_models())
    return sorted(((m._meta.label_lower, capfirst(m._meta.verbose_name)) for m in ours), key=lambda k: k[1])


class JournalFilters(Filters):
    search = ("about_label", "verb", "actor__email", "real_actor__email")
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
