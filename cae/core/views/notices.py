"""The bell, « Mes avis », and at which rhythm each person wants mails (CAE-08)."""

from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2 as tables
from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cae.core import notices
from cae.core.errors import Refused
from cae.core.keys import is_own_address
from cae.core.models import Notice, Rhythm
from cae.core.permissions import public, signed_in
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page, selected
from cae.core.templatetags.formats import dated

STOP_ASKING = 286  # tells htmx to ask no more
LATEST = 10


class NoticeTable(Table):
    subject = LinkColumn(verbose_name=gettext_lazy("Avis"), url="link", attrs={"td": {"class": "whole"}})
    created_at = tables.Column(verbose_name=gettext_lazy("Reçu le"))
    kind = tables.Column(verbose_name=gettext_lazy("Sorte"), orderable=False)
    status = StatusColumn()

    def render_created_at(self, value: Any) -> Any:
        return dated(value)

    def render_kind(self, value: str) -> str:
        return kind_label(value)


class NoticeFilters(Filters):
    search = ("subject", "text")
    read = django_filters.ChoiceFilter(
        label=gettext_lazy("État"),
        method="filter_read",
        choices=(("no", gettext_lazy("Non lu")), ("yes", gettext_lazy("Lu"))),
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Sorte"),
        choices=lambda: sorted(
            ((kind.code, kind.label) for kind in notices.KINDS.values()), key=lambda choice: str(choice[1])
        ),
    )

    class Meta:
        model = Notice
        fields = ("kind",)

    def filter_read(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(read_at__isnull=value == "no")


def kind_label(code: str) -> str:
    kind = notices.KINDS.get(code)
    return str(kind.label) if kind else code


@signed_in
def notice_list(request: HttpRequest) -> HttpResponse:
    """« Mes avis »: what the person was told, read or not."""
    return list_page(
        request,
        queryset=notices.notices_of(request.user),
        table=NoticeTable,
        filters=NoticeFilters,
        page="core.notices",
        title=_("Mes avis"),
        intro=_("Ce que la coopérative vous a signalé, ici et par e-mail."),
        main_action=Action(_("Choisir mes e-mails"), reverse("core:notice_preferences"), icon="sliders"),
        actions=[Action(_("Marquer comme lus"), reverse("core:notices_read"), icon="check-lg")],
        empty=EmptyState(
            _("Aucun avis pour l’instant."),
            _("Un devis accepté, un message, un travail terminé : tout arrive ici, et par e-mail au choix."),
        ),
    )


@signed_in
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a notice read and goes to its page."""
    row = get_object_or_404(notices.notices_of(request.user), pk=pk)
    if getattr(request, "assistance", None) is None:  # seen by who helps, it is not read by who is helped
        notices.read_notices(notices.notices_of(request.user).filter(pk=pk), at=timezone.now())
    return redirect(row.url)


@signed_in
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Marks read the notices that were ticked, or all of them (« tous »)."""
    rows = notices.notices_of(request.user)
    if not request.POST.get("tous"):
        rows = selected(request, rows, NoticeFilters)
    count = notices.read_notices(rows, at=timezone.now())
    if not count:
        messages.info(request, _("Tout était déjà lu."))
    else:
        said = ngettext("%(count)d avis marqué comme lu.", "%(count)d avis marqués comme lus.", count)
        messages.success(request, said % {"count": count})
    back = request.POST.get("retour", "")
    return redirect(back if is_own_address(back) else "core:notice_list")


@public
@never_cache
def bell(request: HttpRequest) -> HttpResponse:
    """How many notices wait, asked each minute by the bell; whoever signed out is told to ask no more."""
    if not request.user.is_authenticated:
        return HttpResponse(status=STOP_ASKING)
    return render(request, "components/bell_count.html", {"count": notices.unread_count(request.user)})


@signed_in
@never_cache
def latest(request: HttpRequest) -> HttpResponse:
    """The last ten, for the panel of the bell."""
    rows = list(notices.notices_of(request.user)[:LATEST])
    return render(
        request,
        "components/bell_latest.html",
        {"notices": rows, "unread": any(row.read_at is None for row in rows)},
    )


@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """« Mes avis et e-mails »: a rhythm for each kind of notice."""
    refusal = None
    chosen = notices.rhythms_of(request.user)
    if request.method == "POST":
        chosen |= {code: request.POST[code] for code in notices.KINDS if code in request.POST}
        try:
            notices.choose_rhythms(request.user, chosen)
        except Refused as error:
            refusal = error
        else:
            messages.success(request, _("Vos choix sont enregistrés."))
            return redirect("core:notice_preferences")
    context = {"rooms": _by_room(chosen), "rhythms": Rhythm.choices, "refusal": refusal}
    return render(request, "core/notice_preferences.html", context, status=422 if refusal else 200)


def _by_room(chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The kinds of notice with the rhythm of each, gathered by room in the order of the stairs."""
    rooms: dict[str, list[dict[str, Any]]] = {}
    for kind in notices.KINDS.values():
        rooms.setdefault(kind.room, []).append({"kind": kind, "chosen": chosen[kind.code]})
    return [{"label": _room_name(room), "kinds": _sorted(kinds)} for room, kinds in rooms.items()]


def _sorted(kinds: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(kinds, key=lambda row: str(row["kind"].label))


def _room_name(room: str) -> str:
    return _("Toute la maison") if room == "core" else str(apps.get_app_config(room).verbose_name)
