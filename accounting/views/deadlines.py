"""Pages of the tax calendar: what comes, one deadline, what was declared and paid."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounting.forms.deadlines import DeadlineForm, DeclaredForm, DropForm, FollowForm, ProofForm
from accounting.models import TaxDeadline
from accounting.selectors.tax_deadlines import (
    deadlines,
    deadlines_open,
    services_sold_abroad,
    told_by_books,
)
from accounting.services.tax_deadlines import (
    add_deadline,
    drop_deadline,
    file_deadline,
    follow_deadline,
    make_deadlines,
    pay_deadline,
    reopen_deadline,
)
from accounting.states.vat import DEADLINE_FLOW, DeadlineState
from accounting.views.vat_tables import DeadlineFilters, DeadlineTable, tax_tabs
from cae.core.acting import act_now, act_page
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from people.requests import SignedIn


@requires("accounting.view_deadlines")
def deadline_list(request: HttpRequest) -> HttpResponse:
    """What is still to be declared or paid, the nearest first."""
    every = Action(_("Toutes les échéances"), reverse("accounting:deadline_all"))
    return _list(request, deadlines_open(), every, title=_("Échéances fiscales et sociales"))


@requires("accounting.view_deadlines")
def deadline_all(request: HttpRequest) -> HttpResponse:
    """Those that are over too."""
    return _list(request, deadlines(), None, title=_("Toutes les échéances"))


def _list(request: HttpRequest, rows: Any, other: Action | None, *, title: str) -> HttpResponse:
    add = Action(
        _("Ajouter une échéance"),
        reverse("accounting:deadline_add"),
        right="accounting.keep_deadlines",
        icon="plus-lg",
        tone="primary",
    )
    return list_page(
        request,
        queryset=rows,
        table=DeadlineTable,
        filters=DeadlineFilters,
        page="accounting.deadlines",
        title=title,
        tabs=tax_tabs("deadline_list"),
        main_action=add,
        template="accounting/vat/deadlines.html",
        context={
            "other": other,
            "year": timezone.localdate().year,
            "may_make": can(request.user, "accounting.keep_deadlines"),
        },
        empty=EmptyState(
            _("Aucune échéance."),
            _("Celles de l’année se créent d’elles-mêmes chaque nuit, d’après leurs règles."),
        ),
    )


@require_POST
@requires("accounting.keep_deadlines")
def deadline_make(request: SignedIn) -> HttpResponse:
    """Does now what the night does: the deadlines of this year."""
    count = make_deadlines(timezone.localdate().year, actor=request.user)
    sentence = ngettext("%(count)d échéance créée.", "%(count)d échéances créées.", count)
    messages.success(request, sentence % {"count": count} if count else _("L’année est déjà complète."))
    return redirect("accounting:deadline_list")


@requires("accounting.keep_deadlines")
def deadline_add(request: SignedIn) -> HttpResponse:
    form = DeadlineForm(request.POST or None)
    back_url = reverse("accounting:deadline_list")
    return act_page(
        request,
        form,
        lambda typed: add_deadline(form.content(), form_key=typed["form_key"], actor=request.user),
        done=_("Échéance ajoutée."),
        back_url=back_url,
        title=_("Ajouter une échéance"),
        submit=_("Ajouter"),
        crumbs=[(_("Échéances"), back_url), (_("Ajouter"), "")],
    )


@requires("accounting.view_deadlines")
def deadline_detail(request: SignedIn, pk: int) -> HttpResponse:
    """What it is, who follows it, its proofs, what the books say of its amount."""
    row = _deadline(pk)
    may_act = can(request.user, "accounting.keep_deadlines")
    context = {
        "row": row,
        "told": told_by_books(row),
        "abroad": services_sold_abroad(row) if row.rule and row.rule.code == "des" else [],
        "moves": {move.name for move in DEADLINE_FLOW.moves_open_to(request.user, row)},
        "may_pay": may_act and row.is_paid and row.state == DeadlineState.FILED and row.vat_return is None,
        "may_follow": may_act and not row.is_over,
    }
    return render(request, "accounting/vat/deadline.html", context)


@requires("accounting.keep_deadlines")
def deadline_follow(request: SignedIn, pk: int) -> HttpResponse:
    row = _deadline(pk)
    known = {"owner": row.owner, "due_on": row.due_on, "amount": row.amount}
    return _act(
        request,
        row,
        FollowForm(request.POST or None, initial=known),
        lambda typed: follow_deadline(row, actor=request.user, **typed),
        title=_("Suivre l’échéance"),
        submit=_("Enregistrer"),
        done=_("Suivi enregistré."),
    )


@requires("accounting.keep_deadlines")
def deadline_file(request: SignedIn, pk: int) -> HttpResponse:
    row, today = _deadline(pk), timezone.localdate()
    known = {"on": today, "amount": row.amount if row.amount is not None else told_by_books(row)}
    form = DeclaredForm(request.POST or None, request.FILES or None, initial=known)
    return _act(
        request,
        row,
        form,
        lambda _typed: file_deadline(row, today=today, actor=request.user, **form.told()),
        title=_("Noter la déclaration"),
        submit=_("Noter déclarée"),
        done=_("Déclaration notée."),
    )


@requires("accounting.keep_deadlines")
def deadline_pay(request: SignedIn, pk: int) -> HttpResponse:
    row, today = _deadline(pk), timezone.localdate()
    form = ProofForm(request.POST or None, request.FILES or None, initial={"on": today, "amount": row.amount})
    return _act(
        request,
        row,
        form,
        lambda _typed: pay_deadline(row, today=today, actor=request.user, **form.told()),
        title=_("Noter le paiement"),
        submit=_("Noter payée"),
        done=_("Paiement noté."),
    )


@requires("accounting.keep_deadlines")
def deadline_drop(request: SignedIn, pk: int) -> HttpResponse:
    row = _deadline(pk)
    return _act(
        request,
        row,
        DropForm(request.POST or None),
        lambda typed: drop_deadline(row, actor=request.user, **typed),
        title=_("Sans objet cette fois"),
        submit=_("Noter sans objet"),
        done=_("Échéance sans objet."),
        tone="danger",
    )


@require_POST
@requires("accounting.keep_deadlines")
def deadline_reopen(request: SignedIn, pk: int) -> HttpResponse:
    row = _deadline(pk)
    return act_now(
        request,
        lambda: reopen_deadline(row, actor=request.user),
        done=_("Échéance remise à faire."),
        back_url=row.get_absolute_url(),
    )


def _act(request: SignedIn, row: TaxDeadline, form: Any, run: Any, **words: Any) -> HttpResponse:
    """A form alone on its page, about one deadline."""
    back_url = row.get_absolute_url()
    crumbs = [
        (_("Échéances"), reverse("accounting:deadline_list")),
        (str(row), back_url),
        (words["title"], ""),
    ]
    return act_page(request, form, run, back_url=back_url, crumbs=crumbs, lead=str(row), **words)


def _deadline(pk: int) -> TaxDeadline:
    known = ("vat_return", "filing_proof", "payment_proof")
    return get_object_or_404(deadlines().select_related(*known), pk=pk)
