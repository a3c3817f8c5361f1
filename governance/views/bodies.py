"""Bodies: their list, one with who sits there and who sat, what the statutes say of it."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, requires
from cae.core.tab_bars import tabs_of
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, Table, list_page
from governance.forms.bodies import BodyForm
from governance.models import Body
from governance.selectors.decisions import decisions_visible_to
from governance.selectors.mandates import (
    alerts_of,
    bodies_with_mandates,
    handover_calendar,
    left_among,
    mandates_listed,
)
from governance.services import bodies as verbs
from governance.states.bodies import GOVERNANCE_BAR
from people.requests import SignedIn


class BodyTable(Table):
    name = LinkColumn()
    kind = tables.Column()
    seats = tables.Column(
        verbose_name=gettext_lazy("Sièges pourvus"),
        accessor="pk",
        orderable=False,
        attrs={"td": {"class": "num"}},
    )
    term_months = tables.Column(default="—")
    terms_most = tables.Column(default="—")
    electorate = tables.Column()
    is_active = tables.BooleanColumn()

    class Meta(Table.Meta):
        model = Body
        fields = ("name", "kind", "seats", "term_months", "terms_most", "electorate", "is_active")

    def render_seats(self, record: Any) -> str:
        most = record.seats_most or record.seats_least
        return f"{len(record.seated)} / {most}"

    value_seats = render_seats

    def render_is_active(self, value: bool) -> str:
        return _("oui") if value else _("non")


class BodyFilters(Filters):
    search = ("name", "purpose")

    class Meta:
        model = Body
        fields = ("kind", "is_active")


@requires("governance.read_governance")
def body_list(request: SignedIn) -> HttpResponse:
    new = Action(
        _("Ajouter un organe"),
        reverse("governance:body_open"),
        right="governance.write_bodies",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=bodies_with_mandates(timezone.localdate(), active=False),
        table=BodyTable,
        filters=BodyFilters,
        page="governance.bodies",
        title=_("Organes"),
        tabs=tabs_of(request.user, GOVERNANCE_BAR, "governance:body_list"),
        empty=EmptyState(
            _("Aucun organe."), _("Gérance, conseils, comités : ce que les statuts prévoient."), new
        ),
        main_action=new,
    )


@requires("governance.read_governance")
def body_detail(request: SignedIn, pk: int) -> HttpResponse:
    body = get_object_or_404(Body, pk=pk)
    today = timezone.localdate()
    mandates = list(mandates_listed().filter(body=body))
    context = {
        "body": body,
        "lead": "" if body.name == body.get_kind_display() else body.get_kind_display(),
        "seated": [one for one in mandates if one.starts_on <= today <= one.last_day],
        "coming": [one for one in mandates if one.starts_on > today],
        "past": [one for one in reversed(mandates) if one.last_day < today],
        "alerts": alerts_of(body, mandates, today, left_among(mandates, today)),
        "calendar": handover_calendar(today, body=body),
        "decisions": decisions_visible_to(request.user).filter(body=body)[:6],
        "may_write": can(request.user, "governance.write_bodies"),
        "may_mandate": can(request.user, "governance.write_mandates"),
    }
    return render(request, "governance/bodies/body.html", context)


@requires("governance.write_bodies")
def body_open(request: SignedIn) -> HttpResponse:
    form = BodyForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            row = verbs.open_body(data=form.typed(), actor=request.user)
            messages.success(request, _("Organe inscrit."))
            return redirect(row.get_absolute_url())
    return _form(request, form, _("Ajouter un organe"), reverse("governance:body_list"))


@requires("governance.write_bodies")
def body_change(request: SignedIn, pk: int) -> HttpResponse:
    body = get_object_or_404(Body, pk=pk)
    held = {name: getattr(body, name) for name in verbs.BodyData.__dataclass_fields__}
    form = BodyForm(request.POST or None, initial=held)
    if form.is_valid():
        with refused_at(form):
            version = key_in(request.POST.get("version", ""))
            verbs.change_body(body, data=form.typed(), version=version, actor=request.user)
            messages.success(request, _("Organe enregistré."))
            return redirect(body.get_absolute_url())
    return _form(request, form, _("Modifier « %(name)s »") % {"name": body}, body.get_absolute_url(), body)


def _form(
    request: SignedIn, form: BodyForm, title: str, back_url: str, body: Body | None = None
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=back_url,
        crumbs=[(_("Organes"), reverse("governance:body_list")), (title, "")],
        template="governance/bodies/versioned_form.html",
        version=request.POST.get("version", body.version if body else ""),
    )


@require_POST
@requires("governance.write_bodies")
def body_act(request: SignedIn, pk: int) -> HttpResponse:
    """Out of service, or back in."""
    body, do = get_object_or_404(Body, pk=pk), request.POST.get("do", "")
    with refused_above(request):
        if do == "close":
            verbs.close_body(body, today=timezone.localdate(), actor=request.user)
            messages.success(request, _("Organe hors service ; son passé reste lisible."))
        elif do == "reopen":
            verbs.reopen_body(body, actor=request.user)
            messages.success(request, _("Organe remis en service."))
    return redirect(body.get_absolute_url())
