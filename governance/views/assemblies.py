"""Assemblies: their list, the page of their preparation, what is decided of each (GOV-19)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.forms import form_page, refused_at
from cae.core.kept_typing import keeps_typing, typed_in
from cae.core.permissions import can, requires, signed_in
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from cae.core.templatetags.formats import moment
from governance.forms.assemblies import (
    AssemblyForm,
    BureauForm,
    PlaceForm,
    ReasonForm,
    SecondCallForm,
    assembly_initial,
)
from governance.models import Assembly
from governance.selectors.assemblies import resolutions_of
from governance.selectors.assembly_people import (
    assemblies_listed,
    people_of,
    rule_sets_usable,
    undecided,
)
from governance.services import assemblies
from governance.states.assemblies import BureauRole
from governance.views.assembly_facts import facts_of
from governance.views.assembly_parts import (
    ORGANISE,
    crumbs_of,
    find_assembly,
    mailed,
)
from people.requests import SignedIn

FIGURES = {"td": {"class": "num"}, "th": {"class": "num"}}


class AssemblyTable(Table):
    title = LinkColumn()
    starts_at = tables.Column(attrs={"td": {"class": "one-line"}})
    kind = tables.Column()
    call_number = tables.Column(verbose_name=gettext_lazy("Convocation"))
    called = tables.Column(verbose_name=gettext_lazy("Convoqué·es"), attrs=FIGURES)
    status = StatusColumn()

    class Meta(Table.Meta):
        model = Assembly
        fields = ("title", "starts_at", "kind", "call_number", "called", "status")

    def render_starts_at(self, value: Any) -> str:
        return moment(value)

    def render_call_number(self, value: int) -> str:
        return _("première") if value == 1 else _("seconde")


class AssemblyFilters(Filters):
    search = ("title", "place")

    class Meta:
        model = Assembly
        fields = ("state", "kind")


@requires("governance.view_assemblies")
def assembly_list(request: SignedIn) -> HttpResponse:
    new = Action(
        _("Préparer une assemblée"), reverse("governance:assembly_new"), right=ORGANISE, icon="plus-lg"
    )
    return list_page(
        request,
        queryset=assemblies_listed(request.user),
        table=AssemblyTable,
        filters=AssemblyFilters,
        page="governance.assemblies",
        title=_("Assemblées"),
        empty=EmptyState(
            _("Aucune assemblée."),
            _("Une assemblée se prépare, se convoque, se tient, puis son procès-verbal se signe."),
            new,
        ),
        main_action=new,
    )


@signed_in
def assembly_detail(request: SignedIn, pk: int) -> HttpResponse:
    """The preparation, for those who organise or check it; others go to the page of associates."""
    assembly = find_assembly(request, pk)
    if not can(request.user, "governance.view_preparation", assembly):
        return redirect("governance:member_assembly", pk=assembly.pk)
    return render(
        request, "governance/assemblies/detail.html", facts_of(request.user, assembly, timezone.now())
    )


@keeps_typing
@requires(ORGANISE)
def assembly_new(request: SignedIn) -> HttpResponse:
    form = AssemblyForm(
        typed_in(request), initial={"kind": "ordinary", "mode": "both"}, rule_sets=rule_sets_usable()
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            made = assemblies.create_assembly(data=form.data_of(), actor=request.user, at=timezone.now())
            messages.success(request, _("L’assemblée est ouverte : écrivez son ordre du jour."))
            return redirect(made)
    return form_page(
        request,
        form,
        title=_("Préparer une assemblée"),
        submit=_("Préparer"),
        back_url=reverse("governance:assembly_list"),
        crumbs=crumbs_of(None, (_("Préparer"), "")),
    )


@keeps_typing
@requires(ORGANISE)
def assembly_change(request: SignedIn, pk: int) -> HttpResponse:
    assembly = find_assembly(request, pk, ORGANISE)
    form = AssemblyForm(typed_in(request), initial=assembly_initial(assembly), rule_sets=rule_sets_usable())
    return act_page(
        request,
        form,
        lambda content: assemblies.change_assembly(
            assembly,
            data=form.data_of(),
            version=content["version"],
            actor=request.user,
            at=timezone.now(),
        ),
        title=_("Modifier l’assemblée"),
        submit=_("Enregistrer"),
        done=_("L’assemblée est enregistrée."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Modifier"), "")),
    )


@requires(ORGANISE)
def assembly_move(request: SignedIn, pk: int) -> HttpResponse:
    """The room or the link changes after the convocation: everybody called is told."""
    assembly = find_assembly(request, pk, ORGANISE)
    initial = {"place": assembly.place, "remote_link": assembly.remote_link}
    return act_page(
        request,
        PlaceForm(request.POST or None, initial=initial),
        lambda content: assemblies.move_assembly(assembly, **content, actor=request.user),
        title=_("Changer le lieu ou le lien"),
        submit=_("Enregistrer et prévenir"),
        done=_("Le changement est enregistré, les associé·es sont prévenu·es."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Lieu"), "")),
        lead=mailed(_("Un e-mail part à chaque associé·e convoqué·e."), assembly),
    )


@requires(ORGANISE)
def assembly_bureau(request: SignedIn, pk: int) -> HttpResponse:
    assembly = find_assembly(request, pk, ORGANISE)
    seats = list(assembly.bureau.all())
    initial = {
        "chair": next((one.person_id for one in seats if one.role == BureauRole.CHAIR), None),
        "secretary": next((one.person_id for one in seats if one.role == BureauRole.SECRETARY), None),
        "scrutineers": [one.person_id for one in seats if one.role == BureauRole.SCRUTINEER],
    }
    return act_page(
        request,
        BureauForm(request.POST or None, initial=initial, people=people_of(assembly)),
        lambda content: assemblies.seat_bureau(assembly, **content, actor=request.user),
        title=_("Bureau de séance"),
        submit=_("Enregistrer"),
        done=_("Le bureau est enregistré."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Bureau"), "")),
    )


@requires(ORGANISE)
def assembly_cancel(request: SignedIn, pk: int) -> HttpResponse:
    assembly = find_assembly(request, pk, ORGANISE)
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda content: assemblies.cancel_assembly(assembly, **content, actor=request.user),
        title=_("Annuler l’assemblée"),
        submit=_("Annuler l’assemblée"),
        done=_("L’assemblée est annulée."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Annuler"), "")),
        lead=mailed(
            _("Si elle est convoquée, un e-mail le dit à chaque associé·e, avec le motif."), assembly
        ),
        tone="danger",
    )


@requires(ORGANISE)
def assembly_call_again(request: SignedIn, pk: int) -> HttpResponse:
    """The second call, for what the first could not decide."""
    assembly = find_assembly(request, pk, ORGANISE)
    left = undecided(assembly)
    offered = resolutions_of(assembly).filter(pk__in=left)
    form = SecondCallForm(request.POST or None, initial={"resolutions": left}, resolutions=offered)
    return act_page(
        request,
        form,
        lambda content: assemblies.call_again(
            assembly,
            starts_at=content["starts_at"],
            keys=[one.pk for one in content["resolutions"]],
            actor=request.user,
            at=timezone.now(),
        ),
        title=_("Préparer la seconde convocation"),
        submit=_("Préparer"),
        done=_("La seconde convocation est en préparation, dans la liste des assemblées."),
        back_url=reverse("governance:assembly_list"),
        crumbs=crumbs_of(assembly, (_("Seconde convocation"), "")),
        lead=_("Mêmes règles, même bureau ; quorum et majorité sont ceux de la seconde convocation."),
    )


@require_POST
@requires(ORGANISE)
def assembly_publish(request: SignedIn, pk: int) -> HttpResponse:
    assembly = find_assembly(request, pk, ORGANISE)
    return act_now(
        request,
        lambda: assemblies.publish_assembly(assembly, actor=request.user),
        done=_("Le procès-verbal et les résultats sont ouverts aux associé·es."),
        back_url=assembly.get_absolute_url(),
    )
