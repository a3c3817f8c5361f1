"""Pages of models of entries, of subscriptions, and of reversals: planned, or done now."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.calculations.entry_models import takes_total
from accounting.forms.manual import (
    ModelForm,
    ModelRowSet,
    RecurringForm,
    ReverseForm,
    SkipForm,
    model_rows,
)
from accounting.models import Entry, EntryModel, PlannedReversal
from accounting.selectors.ledger import entries_visible_to
from accounting.selectors.manual import (
    entry_models,
    lines_of_model,
    manual_entries,
    parts_of,
    planned_reversals,
    recurring_entries,
)
from accounting.services.entry_models import (
    create_model,
    create_recurring,
    end_recurring,
    pause_recurring,
    resume_recurring,
    save_model,
    skip_date,
    withdraw_model,
)
from accounting.services.reversals import drop_reversal, reverse_by_hand
from accounting.states.manual import RecurringState
from accounting.views.line_forms import lined_page
from accounting.views.manual_tables import (
    ModelFilters,
    ModelTable,
    PlannedFilters,
    PlannedTable,
    RecurringFilters,
    RecurringTable,
    entry_tabs,
)
from cae.core.acting import act_now, act_page
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page

WRITE = "accounting.write_entries"
_VERBS = {"pause": pause_recurring, "reprendre": resume_recurring, "terminer": end_recurring}


@requires("accounting.view_manual_entries")
def model_list(request: HttpRequest) -> HttpResponse:
    new = Action(_("Nouveau modèle"), reverse("accounting:model_new"), right=WRITE, icon="plus-lg")
    return list_page(
        request,
        queryset=entry_models(),
        table=ModelTable,
        filters=ModelFilters,
        page="accounting.entry_models",
        title=_("Modèles d’écriture"),
        tabs=entry_tabs("model_list"),
        template="accounting/books_list.html",
        main_action=new,
        empty=EmptyState(
            _("Aucun modèle."), _("Un modèle garde les comptes d’une écriture qui revient."), new
        ),
    )


@requires("accounting.view_manual_entries")
def model_detail(request: HttpRequest, pk: int) -> HttpResponse:
    model = get_object_or_404(EntryModel.objects.select_related("journal"), pk=pk)
    lines = lines_of_model(model)
    context = {
        "model": model,
        "lines": lines,
        "takes_total": takes_total(parts_of(lines)),
        "recurring": recurring_entries().filter(model=model),
    }
    return render(request, "accounting/ledger/model.html", context)


@requires("accounting.write_entries")
def model_new(request: HttpRequest) -> HttpResponse:
    crumbs = _crumbs("model_list", _("Modèles d’écriture"), (_("Nouveau modèle"), ""))
    return _write(request, None, ({"form_key": uuid4()}, []), title=_("Nouveau modèle"), crumbs=crumbs)


@requires("accounting.write_entries")
def model_edit(request: HttpRequest, pk: int) -> HttpResponse:
    model = get_object_or_404(entry_models(), pk=pk)
    initial = {name: getattr(model, name) for name in ("name", "label", "form_key", "version")}
    initial["journal"] = model.journal_id
    stored = (initial, model_rows(lines_of_model(model)))
    more = ((model.name, model.get_absolute_url()), (_("Modifier"), ""))
    crumbs = _crumbs("model_list", _("Modèles d’écriture"), *more)
    return _write(request, model, stored, title=_("Modifier le modèle"), crumbs=crumbs)


def _write(
    request: HttpRequest,
    model: EntryModel | None,
    stored: tuple[dict[str, Any], list[dict[str, Any]]],
    **page: Any,
) -> HttpResponse:
    """Draws the form of a model, or writes it."""
    return lined_page(
        request,
        (ModelForm, ModelRowSet),
        stored,
        save=lambda form, rows: _saved(request, model, form, rows),
        done=_("Modèle enregistré."),
        template="accounting/ledger/model_form.html",
        **page,
    )


def _saved(request: HttpRequest, model: EntryModel | None, form: ModelForm, rows: Any) -> EntryModel:
    content = form.content(rows.contents())
    if model is None:
        return create_model(content, form_key=form.key, actor=request.user)
    version = form.cleaned_data["version"] or 0
    return save_model(model, content, version=version, actor=request.user)


@require_POST
@requires("accounting.write_entries")
def model_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    model = get_object_or_404(entry_models(), pk=pk)
    return act_now(
        request,
        lambda: withdraw_model(model, actor=request.user),
        done=_("Modèle retiré : il n’est plus proposé."),
        back_url=model.get_absolute_url(),
    )


@requires("accounting.view_manual_entries")
def recurring_list(request: HttpRequest) -> HttpResponse:
    new = Action(_("Nouvel abonnement"), reverse("accounting:recurring_new"), right=WRITE, icon="plus-lg")
    return list_page(
        request,
        queryset=recurring_entries(),
        table=RecurringTable,
        filters=RecurringFilters,
        page="accounting.recurring_entries",
        title=_("Écritures d’abonnement"),
        tabs=entry_tabs("recurring_list"),
        template="accounting/books_list.html",
        main_action=new,
        empty=EmptyState(
            _("Aucun abonnement."),
            _("Un abonnement passe une écriture à chaque date, d’après un modèle."),
            new,
        ),
    )


@requires("accounting.view_manual_entries")
def recurring_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(recurring_entries(), pk=pk)
    context = {
        "recurring": row,
        "made": manual_entries().filter(recurring=row)[:24],
        "is_active": row.state == RecurringState.ACTIVE,
        "is_paused": row.state == RecurringState.PAUSED,
        "skip": SkipForm(initial={"on": row.next_on}),
    }
    return render(request, "accounting/ledger/recurring.html", context)


@requires("accounting.write_entries")
def recurring_new(request: HttpRequest) -> HttpResponse:
    start = {"model": request.GET.get("modele"), "first_on": timezone.localdate(), "form_key": uuid4()}
    form = RecurringForm(request.POST or None, initial=start)
    return act_page(
        request,
        form,
        lambda typed: create_recurring(form.content(), form_key=typed["form_key"], actor=request.user),
        done=_("Abonnement enregistré : il passe ses écritures à chaque date."),
        back_url=reverse("accounting:recurring_list"),
        title=_("Nouvel abonnement"),
        submit=_("Enregistrer"),
        crumbs=_crumbs("recurring_list", _("Écritures d’abonnement"), (_("Nouvel abonnement"), "")),
    )


@require_POST
@requires("accounting.write_entries")
def recurring_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Pauses, resumes or ends a subscription."""
    row = get_object_or_404(recurring_entries(), pk=pk)
    act = _VERBS.get(verb)
    if act is None:
        raise Http404
    return act_now(
        request,
        lambda: act(row, actor=request.user),
        done=_("C’est noté."),
        back_url=row.get_absolute_url(),
    )


@require_POST
@requires("accounting.write_entries")
def recurring_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves out the date that the button names."""
    row = get_object_or_404(recurring_entries(), pk=pk)
    form = SkipForm(request.POST)
    on = form.cleaned_data["on"] if form.is_valid() else None
    return act_now(
        request,
        lambda: skip_date(row, on=on, actor=request.user),
        done=_("Cette date est passée sans écriture."),
        back_url=row.get_absolute_url(),
    )


@requires("accounting.view_manual_entries")
def planned_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=planned_reversals(),
        table=PlannedTable,
        filters=PlannedFilters,
        page="accounting.planned_reversals",
        title=_("Contre-passations prévues"),
        tabs=entry_tabs("planned_list"),
        template="accounting/books_list.html",
        empty=EmptyState(
            _("Aucune contre-passation prévue."),
            _("On la prévoit à la saisie d’une écriture, ou depuis une écriture validée."),
        ),
    )


@requires("accounting.write_entries")
def entry_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverses a posted entry, now or on a day to come."""
    entry: Entry = get_object_or_404(entries_visible_to(request.user), pk=pk)
    today, back_url = timezone.localdate(), entry.get_absolute_url()
    return act_page(
        request,
        ReverseForm(request.POST or None, initial={"on": max(today, entry.on)}),
        lambda typed: reverse_by_hand(entry, actor=request.user, today=today, **typed),
        done=_("C’est noté : l’écriture inverse est passée, ou prévue pour son jour."),
        back_url=back_url,
        title=_("Contre-passer %(entry)s") % {"entry": entry},
        lead=entry.label,
        submit=_("Contre-passer"),
        tone="danger",
        crumbs=_crumbs("entry_list", _("Journaux"), (str(entry), back_url), (_("Contre-passer"), "")),
    )


@require_POST
@requires("accounting.write_entries")
def planned_drop(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(PlannedReversal.objects.select_related("entry__journal"), pk=pk)
    return act_now(
        request,
        lambda: drop_reversal(row, actor=request.user),
        done=_("Cette contre-passation n’est plus prévue."),
        back_url=row.entry.get_absolute_url(),
    )


def _crumbs(name: str, label: Any, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [
        (_("Comptabilité"), reverse("accounting:home")),
        (label, reverse(f"accounting:{name}")),
        *more,
    ]
