"""The welcome board: cards in columns, the same as a table, the pool, moves one by one or many at once."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core import permissions
from cae.core.acting import act_now
from cae.core.errors import Refused
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.keys import key_in
from cae.core.options import choices_of, options_on
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    StatusColumn,
    Table,
    list_page,
    selected,
)
from entrepreneurs.calculations.placing import column_of
from entrepreneurs.forms.welcome import OutcomeForm, PostponeForm, TransferForm
from entrepreneurs.models import Application, WelcomeStage
from entrepreneurs.selectors.stages import (
    UNREAD,
    Columns,
    applications_placed,
    board_of,
)
from entrepreneurs.services.stages import (
    lay_first_stages,
    move_application,
    transfer_application,
    undo_move,
)
from entrepreneurs.services.welcome import Grounds, decide
from entrepreneurs.states.applications import REFERRAL, ApplicationState, Door
from entrepreneurs.states.committees import Verdict
from entrepreneurs.views.bars import WELCOME
from entrepreneurs.views.welcome_parts import find_application
from people.models import Territory

SHAPES: dict[str, tuple[str, str]] = {
    ApplicationState.SUBMITTED: ("info", "●"),
    ApplicationState.ACCEPTED: ("success", "✔"),
    ApplicationState.REFUSED: ("danger", "✕"),
    ApplicationState.REDIRECTED: ("neutral", "▲"),
    ApplicationState.POOLED: ("warning", "◇"),
    ApplicationState.WITHDRAWN: ("neutral", "■"),
}


@requires("entrepreneurs.view_board")
def board(request: HttpRequest) -> HttpResponse:
    """The columns of the cooperative, or those of a territory that has its own (`territoire`)."""
    today = timezone.localdate()
    columns = Columns(today)
    chosen = request.GET.get("territoire", "")
    territory = next((one for one in columns.own if str(one.pk) == chosen), None)
    shown = board_of(request.user, territory=territory, today=today)
    context = {
        "board": shown,
        "board_key": territory.pk if territory else "",
        "boards": columns.own,
        "tabs": tabs_open_to(request.user, WELCOME, "entrepreneurs:board"),
        "may_move": permissions.can(request.user, "entrepreneurs.move_application"),
        "may_lay": permissions.can(request.user, "entrepreneurs.change_welcome"),
        "undo": request.session.pop("welcome_undo", None),
    }
    return render(request, "entrepreneurs/welcome/board.html", context)


@require_POST
@requires("entrepreneurs.change_welcome")
def board_lay(request: HttpRequest) -> HttpResponse:
    """Gives the board its usual columns."""
    return act_now(
        request,
        lambda: lay_first_stages(on=timezone.localdate(), actor=request.user),
        done=_("Les colonnes habituelles sont là : changez-les dans « Colonnes »."),
        back_url=reverse("entrepreneurs:board"),
    )


@require_POST
@requires("entrepreneurs.move_application")
def application_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Passes a card to another column, by its button or by dragging: the same form."""
    application = find_application(request, pk, "entrepreneurs.move_application")
    stage = get_object_or_404(WelcomeStage, pk=key_in(request.POST.get("stage", "")))
    back = _back(request)
    with refused_above(request):
        move_application(
            application,
            stage=stage,
            actor=request.user,
            on=timezone.localdate(),
            seen_in=key_in(request.POST.get("seen_in", "")),
        )
        request.session["welcome_undo"] = {
            "pk": pk,
            "words": _("%(name)s passe dans « %(stage)s ».")
            % {"name": application.full_name, "stage": stage},
        }
    return redirect(back)


@require_POST
@requires("entrepreneurs.move_application")
def application_undo(request: HttpRequest, pk: int) -> HttpResponse:
    application = find_application(request, pk, "entrepreneurs.move_application")
    return act_now(
        request,
        lambda: undo_move(application, actor=request.user, now=timezone.now()),
        done=_("La candidature est revenue où elle était."),
        back_url=_back(request),
    )


def _back(request: HttpRequest) -> str:
    """The page the button was on: the board, or the file."""
    if request.POST.get("retour") == "dossier":
        return reverse("entrepreneurs:candidate_file", args=[request.resolver_match.kwargs["pk"]])  # type: ignore[union-attr]
    chosen = key_in(request.POST.get("territoire", ""))
    return reverse("entrepreneurs:board") + (f"?territoire={chosen}" if chosen else "")


class ApplicationTable(Table):
    full_name = tables.Column(
        linkify=("entrepreneurs:candidate_file", [tables.A("pk")]),
        verbose_name=gettext_lazy("Nom"),
        order_by="sort_name",
    )
    trade_label = tables.Column(verbose_name=gettext_lazy("Métier"), orderable=False)
    territory = tables.Column(order_by="territory__name")
    status = StatusColumn(accessor="state")
    stage = tables.Column(
        verbose_name=gettext_lazy("Colonne"), accessor="reached_id", orderable=False, empty_values=()
    )
    days = tables.Column(
        verbose_name=gettext_lazy("Jours ici"),
        accessor="since",
        order_by="-since",
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )
    advisor = tables.Column(order_by="advisor__sort_name", default="—")
    referral = tables.Column(verbose_name=gettext_lazy("Source"), attrs={"td": {"class": "loose"}})
    sent_at = DateColumn()

    class Meta(Table.Meta):
        model = Application
        fields = (
            "full_name",
            "trade_label",
            "territory",
            "status",
            "stage",
            "days",
            "advisor",
            "referral",
            "sent_at",
        )

    @property
    def today(self) -> Any:
        return timezone.localdate()

    def render_status(self, record: Any) -> Any:
        return StatusColumn().render((*SHAPES[record.state], record.get_state_display()))

    def value_status(self, record: Any) -> str:
        return str(record.get_state_display())

    def render_stage(self, record: Any) -> str:
        return self._stage_words(record)

    def render_days(self, record: Any, value: Any) -> int | str:
        """What is decided waits no more."""
        return int((self.today - value).days) if record.state == ApplicationState.SUBMITTED else "—"

    def render_referral(self, value: str) -> str:
        if not hasattr(self, "_sources"):
            self._sources = options_on(REFERRAL, on=self.today)
        return self._sources.label_of(value)

    def _stage_words(self, record: Any) -> str:
        if not hasattr(self, "_columns"):
            self._columns = Columns(self.today)
            self._labels: dict[int | None, str] = dict(WelcomeStage.objects.values_list("pk", "label"))
        keys = [stage.pk for stage in self._columns.of(record.territory_id)]
        first = keys[0] if keys else None
        if record.state != ApplicationState.SUBMITTED:
            return self._labels.get(record.reached_id or first, "—")
        return self._labels.get(column_of(record.reached_id, keys, first=first), "—")


class ApplicationFilters(Filters):
    search = ("first_name", "last_name", "email", "reference", "trade_text", "trade__name", "summary")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("État"),
        choices=[(one.value, one.label) for one in ApplicationState if one != ApplicationState.DRAFT],
    )
    stage = django_filters.ModelChoiceFilter(
        field_name="reached_id",
        queryset=lambda request: WelcomeStage.objects.all(),
        label=gettext_lazy("Colonne"),
        method="filter_stage",
    )
    territory = django_filters.ModelChoiceFilter(
        queryset=lambda request: Territory.objects.all(), label=gettext_lazy("Territoire")
    )
    door = django_filters.ChoiceFilter(choices=Door.choices, label=gettext_lazy("Porte d’entrée"))
    referral = django_filters.ChoiceFilter(
        label=gettext_lazy("Source"), choices=lambda: choices_of(REFERRAL, on=timezone.localdate())
    )

    class Meta:
        model = Application
        fields = ()

    def filter_stage(self, queryset: QuerySet[Any], name: str, value: WelcomeStage) -> QuerySet[Any]:
        return queryset.filter(Columns(timezone.localdate()).standing_in(value))


def _listed(request: HttpRequest) -> QuerySet[Application]:
    return applications_placed(Application.objects.visible_to(request.user)).defer(*UNREAD)


def _bulk_actions() -> list[Action]:
    return [
        Action(
            label,
            reverse("entrepreneurs:application_bulk", args=[code]),
            right="entrepreneurs.move_application",
        )
        for code, (label, _form, _verdict) in BULK.items()
    ]


@requires("entrepreneurs.view_board")
def candidate_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=_listed(request),
        counted=Application.objects.visible_to(request.user),
        table=ApplicationTable,
        filters=ApplicationFilters,
        page="entrepreneurs.applications",
        title=_("Candidatures"),
        empty=EmptyState(
            _("Aucune candidature pour l’instant."),
            _("Chaque candidature envoyée arrive ici et dans la première colonne du tableau."),
        ),
        actions=_bulk_actions(),
        tabs=tabs_open_to(request.user, WELCOME, "entrepreneurs:candidate_list"),
    )


@requires("entrepreneurs.view_board")
def pool_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=_listed(request).filter(state=ApplicationState.POOLED),
        table=ApplicationTable,
        filters=ApplicationFilters,
        page="entrepreneurs.pool",
        title=_("Vivier"),
        empty=EmptyState(
            _("Le vivier est vide."),
            _("Une candidature que l’on ne peut pas accueillir maintenant s’y garde, et se rouvre."),
        ),
        tabs=tabs_open_to(request.user, WELCOME, "entrepreneurs:pool_list"),
        intro=_("Des candidatures gardées pour plus tard : cherchez par métier, puis rouvrez."),
    )


BULK: dict[str, tuple[Any, Any, str]] = {
    "confier": (gettext_lazy("Confier"), TransferForm, ""),
    "reporter": (gettext_lazy("Reporter"), PostponeForm, Verdict.POSTPONED),
    "vivier": (gettext_lazy("Mettre au vivier"), OutcomeForm, Verdict.POOLED),
    "refuser": (gettext_lazy("Refuser"), OutcomeForm, Verdict.REFUSED),
}


@require_POST
@requires("entrepreneurs.move_application")
def application_bulk(request: HttpRequest, act: str) -> HttpResponse:
    """First the chosen rows and a form that says why; then the act on each, those refused told by name."""
    if act not in BULK:
        raise Http404
    label, form_class, verdict = BULK[act]
    rows = list(selected(request, _listed(request), ApplicationFilters)[:500])
    back = reverse("entrepreneurs:candidate_list")
    if not rows:
        messages.error(request, _("Choisissez au moins une candidature."))
        return redirect(back)
    confirmed = "confirmer" in request.POST
    form = form_class(request.POST if confirmed else None)
    if confirmed and form.is_valid():
        with refused_at(form):
            done, refused = _do_all(request, rows, form.cleaned_data, verdict)
            _tell(request, done, refused)
            return redirect(back)
    names = ", ".join(row.full_name for row in rows[:5]) + ("…" if len(rows) > 5 else "")
    return form_page(
        request,
        form,
        title=label,
        submit=label,
        back_url=back,
        crumbs=[(_("Candidatures"), back), (label, "")],
        lead=ngettext("%(count)d candidature : %(names)s", "%(count)d candidatures : %(names)s", len(rows))
        % {"count": len(rows), "names": names},
        template="entrepreneurs/welcome/bulk.html",
        keys=[row.pk for row in rows],
        tone="danger" if verdict == Verdict.REFUSED else "primary",
    )


def _do_all(
    request: HttpRequest, rows: list[Any], content: dict[str, Any], verdict: str
) -> tuple[int, list[str]]:
    """Those on which the person may not act, or that changed since, are left as they are."""
    done, refused, first = 0, [], None
    for row in rows:
        try:
            if not permissions.can(request.user, "entrepreneurs.decide_application", row):
                refused.append(row.full_name)
                continue
            if verdict:
                decide(row, verdict, grounds=Grounds(**content), now=timezone.now(), actor=request.user)
            else:
                transfer_application(row, **content, actor=request.user)
            done += 1
        except Refused as refusal:
            first = first or refusal
            refused.append(row.full_name)
    if not done and first is not None and first.field:
        raise first
    return done, refused


def _tell(request: HttpRequest, done: int, refused: list[str]) -> None:
    if done:
        words = ngettext("%(count)d candidature traitée.", "%(count)d candidatures traitées.", done)
        messages.success(request, words % {"count": done})
    if refused:
        names = ", ".join(refused[:10])
        messages.error(request, format_html("{} {}", _("Laissées telles quelles :"), names))
