"""The check-in: the desk, the lines written, the code of the room, the sheet (GOV-22)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
import qrcode
import qrcode.image.svg
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.keys import key_in, text_in
from cae.core.permissions import can, requires
from cae.core.search import plain
from cae.core.tables import Action, EmptyState, Filters, Tab, Table, list_page
from cae.core.templatetags.formats import moment
from governance.models import Assembly, Associate, AttendanceEvent
from governance.selectors.attendance_sheet import files_about, sheet_totals
from governance.selectors.representation import (
    DeskRow,
    attendance_listed,
    counts_remote,
    desk_rows,
    lost_voices,
    places_of,
    takes_presence,
)
from governance.selectors.standing import standing_at
from governance.services import attendance as verbs
from governance.services.representation_files import SHEET_FILE, ask_sheet
from governance.states.assemblies import CALLED, Presence
from governance.views.assembly_parts import crumbs_of
from governance.views.representation_parts import seen
from people.requests import SignedIn

KEEP, READ = "governance.keep_attendance", "governance.read_attendance"
# What the desk may show: everybody, who is still to come, who is there, who came and left.
EVERYBODY, TO_COME, THERE, GONE = "", "a-venir", "la", "partis"
# Where one came from to take a line back: one goes back there.
DESK = "emargement"


class EventTable(Table):
    at = tables.Column()
    associate = tables.Column(order_by=("associate__person__sort_name", "associate__organisation__sort_name"))
    kind = tables.Column()
    way = tables.Column()
    created_by = tables.Column(default="")
    cancelled_by = tables.Column(verbose_name=gettext_lazy("Annulée"), default="", orderable=False)

    class Meta(Table.Meta):
        model = AttendanceEvent
        fields: tuple[str, ...] = ("at", "associate", "kind", "way", "created_by", "cancelled_by")

    def render_at(self, value: Any) -> str:
        return f"{timezone.localtime(value):%H:%M}"

    def value_at(self, value: Any) -> str:
        return moment(value)

    def render_cancelled_by(self, value: AttendanceEvent) -> str:
        return f"{timezone.localtime(value.at):%H:%M}"

    value_cancelled_by = render_cancelled_by


class _KeptEventTable(EventTable):
    """For who may take a line back: a link to the page that asks."""

    undo = tables.Column(
        verbose_name=gettext_lazy("Corriger"), empty_values=(), orderable=False, exclude_from_export=True
    )

    class Meta(EventTable.Meta):
        fields = (*EventTable.Meta.fields, "undo")

    def render_undo(self, record: AttendanceEvent) -> str | SafeString:
        if hasattr(record, "cancelled_by"):
            return ""
        url = reverse("governance:attendance_cancel", args=[record.assembly_id, record.pk])
        return format_html('<a href="{}">{}</a>', url, _("Annuler cette ligne"))


class EventFilters(Filters):
    search = ("associate__person__sort_name", "associate__organisation__sort_name")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Fait"), choices=Presence.choices)

    class Meta:
        model = AttendanceEvent
        fields = ("kind", "way")


@requires(READ)
def attendance(request: SignedIn, pk: int) -> HttpResponse:
    """The desk: who is expected, who is there, whose voices they bring, the quorum of this minute."""
    assembly, now = seen(request, pk, READ), timezone.now()
    at = assembly.closed_at or now
    standing, places = standing_at(assembly, at), places_of(assembly, at)
    rows = desk_rows(assembly, standing, places)
    wanted, shown = text_in(request.GET.get("q", "")), request.GET.get("voir", EVERYBODY)
    totals = sheet_totals(assembly, standing)
    context = {
        "assembly": assembly,
        "rows": [row for row in rows if _matches(row, wanted, shown)],
        "wanted": wanted,
        "shown": shown,
        "tabs": _tabs(assembly, rows, shown),
        "totals": totals,
        "alerts": {"losses": lost_voices(assembly, at, standing) if assembly.is_live else []},
        "may_keep": can(request.user, KEEP, assembly) and takes_presence(assembly, now),
        "may_print": can(request.user, KEEP, assembly),
        "remote": counts_remote(assembly),
        "sheets": list(files_about(assembly, SHEET_FILE)[:5]),
    }
    return render(request, "governance/representation/desk.html", context)


def _tabs(assembly: Assembly, rows: list[DeskRow], shown: str) -> list[Tab]:
    """Everybody, those still to come, those who are there, those who left: with how many each."""
    page = reverse("governance:attendance", args=[assembly.pk])
    to_come = _("Jamais venu·es") if assembly.closed_at else _("À venir")
    named = [(TO_COME, to_come), (THERE, _("Présent·es")), (GONE, _("Parti·es"))]
    return [
        Tab(_("Tout le monde"), page, shown == EVERYBODY, len(rows)),
        *(
            Tab(label, f"{page}?voir={which}", shown == which, sum(_group(row) == which for row in rows))
            for which, label in named
        ),
    ]


def _group(row: DeskRow) -> str:
    if row.place:
        return THERE
    return GONE if row.has_left else TO_COME


def _matches(row: DeskRow, wanted: str, shown: str) -> bool:
    if shown not in (EVERYBODY, _group(row)):
        return False
    name = plain(f"{row.associate.name} {row.acting or ''}")
    return all(word in name for word in plain(wanted).split())


_ACTS = {"arrive": verbs.arrive, "leave": verbs.leave, "disconnect": verbs.disconnect}


@require_POST
@requires(KEEP)
def attendance_act(request: SignedIn, pk: int) -> HttpResponse:
    """An arrival or a departure noted at the desk."""
    assembly = seen(request, pk, KEEP)
    associate = get_object_or_404(
        Associate.objects.select_related("person", "organisation"),
        pk=key_in(request.POST.get("associate", "")) or 0,
    )
    asked = request.POST.get("do", "")
    if asked not in _ACTS:
        raise Http404
    do = _ACTS[asked]
    done = _("%(name)s : arrivée notée.") if asked == "arrive" else _("%(name)s : départ noté.")
    page = reverse("governance:attendance", args=[pk])
    query = request.POST.get("query", "")
    return act_now(
        request,
        lambda: do(assembly, associate=associate, now=timezone.now(), actor=request.user),
        done=done % {"name": associate},
        back_url=f"{page}?{query}" if query else page,
    )


@requires(READ)
def attendance_events(request: SignedIn, pk: int) -> HttpResponse:
    """Every line, those taken back too."""
    assembly = seen(request, pk, READ)
    keeps = can(request.user, KEEP, assembly) and _is_current(assembly)
    return list_page(
        request,
        queryset=attendance_listed(assembly),
        table=_KeptEventTable if keeps else EventTable,
        filters=EventFilters,
        page="governance.attendance",
        title=_("Arrivées et départs"),
        template="governance/assemblies/convocations.html",
        context={
            "crumbs": crumbs_of(
                assembly,
                (_("Émargement"), reverse("governance:attendance", args=[pk])),
                (_("Arrivées et départs"), ""),
            )
        },
        intro=assembly.title,
        empty=EmptyState(_("Personne n’a encore été noté.")),
        main_action=Action(_("Émargement"), reverse("governance:attendance", args=[pk]), icon="person-check"),
    )


@requires(KEEP)
def attendance_cancel(request: SignedIn, pk: int, event_pk: int) -> HttpResponse:
    """Asks before a line is taken back."""
    assembly = seen(request, pk, KEEP)
    event = get_object_or_404(attendance_listed(assembly), pk=event_pk)
    from_desk = request.GET.get("de") == DESK
    back = reverse("governance:attendance" if from_desk else "governance:attendance_events", args=[pk])
    if request.method == "POST":
        return act_now(
            request,
            lambda: verbs.cancel_event(event, now=timezone.now(), actor=request.user),
            done=_("%(name)s : « %(fact)s » annulé, comme si rien n’avait été noté.")
            % {"name": event.associate, "fact": event.get_kind_display()},
            back_url=back,
        )
    context = {"assembly": assembly, "event": event, "back_url": back, "from_desk": from_desk}
    return render(request, "governance/representation/cancel_event.html", context)


def _is_current(assembly: Assembly) -> bool:
    return assembly.state in CALLED


@requires(KEEP)
def attendance_code(request: SignedIn, pk: int) -> HttpResponse:
    """The code to show at the door: who reads it with a phone writes oneself down."""
    assembly = seen(request, pk, KEEP)
    address = request.build_absolute_uri(reverse("governance:check_in", args=[assembly.room_key]))
    context = {"assembly": assembly, "address": address, "drawing": _drawn(address)}
    return render(request, "governance/representation/code.html", context)


def _drawn(address: str) -> SafeString:
    """The code as a picture in the page: made here of an address of ours, nothing that was typed."""
    image = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathFillImage, box_size=16, border=2)
    return SafeString(image.to_string(encoding="unicode"))


@require_POST
@requires(KEEP)
def attendance_print(request: SignedIn, pk: int) -> HttpResponse:
    """Asks for the sheet as it stands; the page of the job gives it."""
    assembly = seen(request, pk, KEEP)
    return redirect("core:job_detail", ask_sheet(assembly, actor=request.user).pk)
