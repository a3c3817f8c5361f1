"""Trainers: their list, the file of one, what is checked of it (COW-47)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_of
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, Table, list_page
from coworking.forms.training import QualificationForm, TrainerForm
from coworking.forms.training_sheets import ContractFileForm
from coworking.models import Trainer
from coworking.selectors.training_sight import organisations_offered
from coworking.services import trainers as verbs
from coworking.services.trainers import TrainerData
from coworking.states.training import TRAINING_BAR
from coworking.views.training_parts import file_of, key_of
from people.requests import SignedIn
from people.selectors.persons import persons_offered

_VIEW, _WRITE = "coworking.view_trainers", "coworking.write_trainers"


class TrainerTable(Table):
    name = LinkColumn()
    kind = tables.Column()
    organisation = tables.Column(default="—")
    checked = tables.Column(
        verbose_name=gettext_lazy("Sous-traitance"), accessor="is_checked", orderable=False
    )
    is_active = tables.BooleanColumn()

    class Meta(Table.Meta):
        model = Trainer
        fields = ("name", "kind", "organisation", "checked", "is_active")

    def render_checked(self, value: bool) -> str:
        return _("rien à vérifier") if value else _("à vérifier")

    def render_is_active(self, value: bool) -> str:
        return _("oui") if value else _("non")


class TrainerFilters(Filters):
    search = ("name", "specialities", "organisation__name")

    class Meta:
        model = Trainer
        fields = ("kind", "is_active")


@requires(_VIEW)
def trainer_list(request: SignedIn) -> HttpResponse:
    new = Action(
        _("Ajouter un·e formateur·rice"), reverse("coworking:trainer_enter"), right=_WRITE, icon="plus-lg"
    )
    return list_page(
        request,
        queryset=Trainer.objects.select_related("organisation"),
        table=TrainerTable,
        filters=TrainerFilters,
        page="coworking.trainers",
        title=_("Formateur·rices"),
        tabs=tabs_of(request.user, TRAINING_BAR, "coworking:trainer_list"),
        empty=EmptyState(_("Personne encore."), _("Qui forme, avec quelles preuves."), new),
        main_action=new,
    )


@requires(_VIEW)
def trainer(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(
        Trainer.objects.select_related("person", "organisation", "contract", "checked_by__person"), pk=pk
    )
    today = timezone.localdate()
    context = {
        "trainer": row,
        "qualifications": [(one, one.is_over(today)) for one in row.qualifications.all()],
        "days": row.half_days.select_related("session__course").order_by("-starts_at")[:12],
    }
    return render(request, "coworking/training/trainer.html", context)


@requires(_WRITE)
def trainer_enter(request: SignedIn) -> HttpResponse:
    form = _form(request, {})
    back = reverse("coworking:trainer_list")
    return act_page(
        request,
        form,
        lambda _found: verbs.enter_trainer(data=form.typed(), actor=request.user),
        done=_("Fiche enregistrée."),
        back_url=back,
        goes_to=lambda made: made.get_absolute_url(),
        title=_("Ajouter un·e formateur·rice"),
        submit=_("Enregistrer"),
        crumbs=[(_("Formateur·rices"), back), (_("Ajouter"), "")],
    )


@requires(_WRITE)
def trainer_change(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(Trainer, pk=pk)
    form = _form(request, {name: getattr(row, name) for name in TrainerData.__dataclass_fields__})
    return act_page(
        request,
        form,
        lambda _found: verbs.change_trainer(
            row, data=form.typed(), seen=key_of(request, "version"), actor=request.user
        ),
        done=_("Fiche enregistrée."),
        back_url=row.get_absolute_url(),
        title=_("Modifier « %(name)s »") % {"name": row},
        submit=_("Enregistrer"),
        crumbs=_crumbs(row, _("Modifier")),
        template="coworking/training/versioned_form.html",
        version=request.POST.get("version", row.version),
    )


@requires(_WRITE)
def trainer_contract(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(Trainer, pk=pk)
    form = ContractFileForm(request.POST or None, request.FILES or None)
    return act_page(
        request,
        form,
        lambda found: verbs.file_contract(row, **file_of(found), on=timezone.localdate(), actor=request.user),
        done=_("Contrat déposé : il reste à vérifier."),
        back_url=row.get_absolute_url(),
        title=_("Déposer le contrat de %(name)s") % {"name": row},
        submit=_("Déposer"),
        crumbs=_crumbs(row, _("Contrat")),
    )


@requires(_WRITE)
def trainer_qualify(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(Trainer, pk=pk)
    form = QualificationForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda found: verbs.add_qualification(row, **found, actor=request.user),
        done=_("Qualification ajoutée."),
        back_url=row.get_absolute_url(),
        title=_("Ajouter une qualification à %(name)s") % {"name": row},
        submit=_("Ajouter"),
        crumbs=_crumbs(row, _("Qualification")),
    )


@require_POST
@requires(_WRITE)
def trainer_act(request: SignedIn, pk: int) -> HttpResponse:
    """The subcontract looked at; out of those offered, or back."""
    row = get_object_or_404(Trainer, pk=pk)
    actor, do = request.user, request.POST.get("do", "")
    acts: dict[str, tuple[Any, Any]] = {
        "check": (
            lambda: verbs.check_subcontract(row, on=timezone.localdate(), actor=actor),
            _("Sous-traitance vérifiée."),
        ),
        "close": (
            lambda: verbs.switch_trainer(row, is_active=False, actor=actor),
            _("N’est plus proposé·e ; son passé reste lisible."),
        ),
        "reopen": (
            lambda: verbs.switch_trainer(row, is_active=True, actor=actor),
            _("De nouveau proposé·e."),
        ),
    }
    run, done = acts.get(do, (lambda: None, _("Rien à faire.")))
    return act_now(request, run, done=done, back_url=row.get_absolute_url())


def _form(request: SignedIn, held: dict[str, Any]) -> TrainerForm:
    return TrainerForm(
        request.POST or None,
        initial=held,
        persons=persons_offered(request.user),
        organisations=organisations_offered(request.user, None),
    )


def _crumbs(row: Trainer, last: str) -> list[tuple[Any, str]]:
    return [
        (_("Formateur·rices"), reverse("coworking:trainer_list")),
        (row, row.get_absolute_url()),
        (last, ""),
    ]
