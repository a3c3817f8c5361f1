"""The journal of acts, for those who watch over the house."""

import django_filters
import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cae.core.models import AuditEntry
from cae.core.permissions import requires
from cae.core.tables import EmptyState, Filters, Table, list_page

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

    def render_detail(self, value: dict[str, object]) -> str:
        return ", ".join(f"{key} : {word}" for key, word in value.items())

    def value_seal(self, value: str) -> str:
        return value


class JournalFilters(Filters):
    search = ("about_label", "verb", "actor__email")
    at = django_filters.DateFromToRangeFilter(
        label=_("Entre"), widget=django_filters.widgets.RangeWidget(attrs={"type": "date"})
    )

    class Meta:
        model = AuditEntry
        fields = ("at", "about_type")


@requires("core.view_journal")
def journal(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=AuditEntry.objects.select_related("actor").order_by("-pk"),
        table=JournalTable,
        filters=JournalFilters,
        page="core.journal",
        title=_("Journal"),
        intro=_(
            "Qui a fait quoi, et quand. Rien ne s’efface ; chaque minute, les lignes sont scellées en chaîne."
        ),
        empty=EmptyState(_("Aucun acte pour l’instant.")),
    )
