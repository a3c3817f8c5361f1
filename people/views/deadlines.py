"""The legal dates: the list of human resources and advisors, one's own dates, a date written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import requires
from cae.core.tab_bars import OWN, tabs_of
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page, selected
from cae.core.templatetags import ui
from people.forms.deadlines import DateForm
from people.models import Deadline, Territory, User
from people.requests import SignedIn
from people.selectors.deadlines import SOON, deadlines_listed, own_deadlines
from people.selectors.persons import accounts_holding, persons_offered, reached_persons
from people.selectors.territories import territory_and_below
from people.services.deadlines import close_date, write_date
from people.states import RoleKind
from people.states.deadlines import CLOCKS, DeadlineKind

WHEN = [
    ("late", gettext_lazy("En retard")),
    ("soon", gettext_lazy("Dans les 60 jours")),
    ("later", gettext_lazy("Plus tard")),
]
# Days left under which a date is said to press, then to come.
PRESSING, COMING = 7, 30


def left_status(deadline: Deadline, on: date) -> tuple[str, str, str]:
    """Tone, shape and words of the days left."""
    left = deadline.days_left(on)
    if left < 0:
        word = ngettext("%(count)d jour de retard", "%(count)d jours de retard", -left)
        return "danger", "✕", word % {"count": -left}
    if left == 0:
        return "danger", "▲", _("Aujourd’hui")
    word = ngettext("%(count)d jour", "%(count)d jours", left) % {"count": left}
    if left <= COMING:
        return "danger" if left <= PRESSING else "warning", "▲", word
    return "neutral", "◇", word


class DeadlineTable(Table):
    due_on = DateColumn()
    left = tables.Column(
        accessor="due_on", verbose_name=gettext_lazy("Reste"), order_by=("due_on",), orderable=False
    )
    person = tables.Column(
        verbose_name=gettext_lazy("Pour qui"),
        accessor="whose",
        order_by=("person__sort_name", "scope__label"),
    )
    label = tables.Column(verbose_name=gettext_lazy("Intitulé"), order_by=("house_label",))
    territory = tables.Column(
        verbose_name=gettext_lazy("Territoire"),
        accessor="place",
        orderable=False,
        default="—",
    )
    owner = tables.Column(verbose_name=gettext_lazy("Qui s’en charge"), orderable=False)

    class Meta(Table.Meta):
        model = Deadline
        fields = ("due_on", "left", "person", "label", "territory", "owner")

    def render_left(self, record: Deadline) -> Any:
        return ui.status(*left_status(record, timezone.localdate()))

    def value_left(self, record: Deadline) -> int:
        return record.days_left(timezone.localdate())

    def render_person(self, value: Any, record: Deadline) -> Any:
        if record.person is None:
            return value
        return format_html('<a href="{}">{}</a>', record.person.get_absolute_url(), value)

    def value_person(self, value: Any) -> str:
        return str(value)

    def render_label(self, value: str, record: Deadline) -> Any:
        return (
            format_html('<a class="row-link" href="{}">{}</a>', record.page, value) if record.page else value
        )

    def value_label(self, value: str) -> str:
        return value


class DeadlineFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name", "house_label", "scope__label")
    kind = django_filters.ChoiceFilter(choices=DeadlineKind.choices, label=gettext_lazy("Nature"))
    when = django_filters.ChoiceFilter(method="filter_when", choices=WHEN, label=gettext_lazy("Quand"))
    advisor = django_filters.ModelChoiceFilter(
        method="filter_advisor",
        queryset=lambda request: accounts_holding(RoleKind.ADVISOR, on=timezone.localdate()),
        label=gettext_lazy("Accompagnement"),
    )
    territory = django_filters.ModelChoiceFilter(
        method="filter_territory", queryset=Territory.objects.all(), label=gettext_lazy("Territoire")
    )

    def filter_text(self, queryset: QuerySet[Deadline], name: str, value: str) -> QuerySet[Deadline]:
        """The kinds too, by their names in the language of the page."""
        for word in value.split():
            kinds = [kind for kind in DeadlineKind if word.casefold() in str(kind.label).casefold()]
            queryset = super().filter_text(queryset, name, word) | queryset.filter(kind__in=kinds)
        return queryset

    def filter_when(self, queryset: QuerySet[Deadline], _name: str, value: str) -> QuerySet[Deadline]:
        today = timezone.localdate()
        return {
            "late": queryset.filter(due_on__lt=today),
            "soon": queryset.filter(due_on__gte=today, due_on__lte=today + SOON),
            "later": queryset.filter(due_on__gt=today + SOON),
        }[value]

    def filter_advisor(self, queryset: QuerySet[Deadline], _name: str, value: User) -> QuerySet[Deadline]:
        reached = reached_persons(value, (RoleKind.ADVISOR,))
        return queryset.filter(person__in=reached.order_by().values("pk"))

    def filter_territory(
        self, queryset: QuerySet[Deadline], _name: str, value: Territory
    ) -> QuerySet[Deadline]:
        below = territory_and_below([value.pk])
        return queryset.filter(person__territory__in=below) | queryset.filter(scope__territory__in=below)


@requires("people.view_deadlines")
def deadline_list(request: SignedIn) -> HttpResponse:
    """Every date in sight that is still open."""
    return list_page(
        request,
        queryset=deadlines_listed(request.user, timezone.localdate()),
        table=DeadlineTable,
        filters=DeadlineFilters,
        page="people.deadlines",
        title=_("Échéances"),
        empty=EmptyState(
            _("Aucune échéance."),
            _("Les dates viennent d’elles-mêmes des contrats, des assurances, des pièces et des entretiens."),
        ),
        main_action=Action(
            _("Noter une date"),
            reverse("people:deadline_write"),
            right="people.write_deadline",
            icon="calendar-plus",
        ),
        actions=[
            Action(
                _("C’est fait"),
                reverse("people:deadline_close"),
                right="people.write_deadline",
                icon="check-lg",
            )
        ],
    )


@requires("people.write_deadline")
def deadline_write(request: SignedIn) -> HttpResponse:
    """A date of a person that no other page makes: residence permit, medical visit, end of rights."""
    form = DateForm(
        request.POST or None,
        persons=persons_offered(request.user),
        initial={"person": request.GET.get("personne")},
    )
    back_url = reverse("people:deadline_list")
    if form.is_valid():
        with refused_at(form):
            write_date(**form.cleaned_data, actor=request.user, on=timezone.localdate())
            messages.success(request, _("Date notée : elle sera rappelée à son heure."))
            return redirect(back_url)
    return form_page(
        request,
        form,
        title=_("Noter une date"),
        lead=_("Ces dates ne sont lues que par les ressources humaines et par la personne."),
        submit=_("Noter cette date"),
        back_url=back_url,
        crumbs=[(_("Échéances"), back_url), (_("Noter une date"), "")],
    )


@require_POST
@requires("people.write_deadline")
def deadline_close(request: SignedIn) -> HttpResponse:
    """Closes the ticked dates that were written by hand; the others close where their fact is decided."""
    rows = selected(request, deadlines_listed(request.user, timezone.localdate()), DeadlineFilters)
    closed = 0
    for deadline in rows:
        if not CLOCKS[deadline.kind].by_hand:
            continue
        with refused_above(request):
            close_date(deadline, actor=request.user)
            closed += 1
    others = len(rows) - closed
    if closed:
        word = ngettext("%(count)d échéance close.", "%(count)d échéances closes.", closed)
        messages.success(request, word % {"count": closed})
    if others:
        word = ngettext(
            "%(count)d échéance reste ouverte : elle se ferme là où le fait se décide.",
            "%(count)d échéances restent ouvertes : elles se ferment là où le fait se décide.",
            others,
        )
        messages.warning(request, word % {"count": others})
    return redirect("people:deadline_list")


@requires("people.view_own_deadlines")
def own_deadline_list(request: SignedIn) -> HttpResponse:
    """The dates of the person who asks, and of their activities."""
    today = timezone.localdate()
    rows = [(row, left_status(row, today)) for row in own_deadlines(request.user)]
    context = {"rows": rows, "tabs": tabs_of(request.user, OWN, "people:own_deadlines")}
    return render(request, "people/own_deadlines.html", context)
