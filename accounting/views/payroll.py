"""« Paie », for the team: the month, one pay and its acts, who comes and goes (ACC-23)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounting.forms.payroll import MonthForm, NumberForm, ReasonForm, ReviseForm
from accounting.models import PayItem, PayMonth, PayProposal
from accounting.selectors.payroll import (
    comings_and_goings,
    is_far,
    items_of,
    months_offered,
    pay_month,
    proposals_of,
    proposals_told,
    result_of,
)
from accounting.services.pay_engines import engine_of
from accounting.services.pay_making import ask_for_proposals
from accounting.services.pay_proposals import (
    change_number,
    check_pay,
    check_pays,
    revise_pay,
    withdraw_pay,
)
from accounting.services.pay_sheets import ask_for_print
from accounting.states.payroll import PAY_FLOW, PayItemKind
from accounting.views.pay_tables import PayFilters, PayTable, pay_tabs
from cae.core.acting import act_now, act_page
from cae.core.elision import elided
from cae.core.exports import sheet
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.notices import read_about
from cae.core.options import choices_of
from cae.core.periods import Month
from cae.core.permissions import can, require, requires
from cae.core.tables import Action, EmptyState, list_page, selected
from cae.core.templatetags.formats import money
from entrepreneurs.states.absences import KIND_LIST
from people.models import Person
from people.requests import SignedIn


@requires("accounting.view_pay")
def pay_list(request: SignedIn) -> HttpResponse:
    """The latest month, or the one asked for; a state is looked for in every month."""
    month = _month(request.GET)
    return list_page(
        request,
        queryset=_rows(request.GET),
        table=PayTable,
        filters=PayFilters,
        page="accounting.pay",
        title=elided(_("Paie de %(month)s"), {"month": month}) if month else _("Paie"),
        tabs=pay_tabs(request.user, "pay_list"),
        intro=_(
            "Les montants simulés cèdent la place au coût réel quand la paie revient du logiciel de paie."
        ),
        main_action=Action(
            _("Proposer la paie"),
            reverse("accounting:pay_propose"),
            right="accounting.prepare_pay",
            icon="plus-lg",
            tone="primary",
        ),
        actions=[
            Action(
                _("Contrôler"),
                reverse("accounting:pay_check_many"),
                right="accounting.prepare_pay",
                icon="check-lg",
            )
        ],
        template="accounting/payroll/month.html",
        context={"pay_month": month},
        empty=EmptyState(
            _("Aucune paie proposée ce mois-ci."),
            _("Proposez-la : chaque personne en CESA reçoit la sienne à accepter."),
        ),
    )


def _month(query: QueryDict) -> PayMonth | None:
    """The month that an address shows; none when it looks for a state in all of them."""
    asked = query.get("mois", "")
    return None if query.get("state") and not asked else pay_month(asked)


def _rows(query: QueryDict) -> QuerySet[PayProposal]:
    month = _month(query)
    return proposals_of(month) if month else proposals_told(PayProposal.objects.all())


@requires("accounting.prepare_pay")
def pay_propose(request: SignedIn) -> HttpResponse:
    """Starts the job that proposes a month, and shows its progress."""
    today = timezone.localdate()
    months = months_offered(today)
    form = MonthForm(request.POST or None, months=months, initial={"month": str(months[0])})
    back_url = reverse("accounting:pay_list")
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            job = ask_for_proposals(form.cleaned_data["month"], today=today, actor=request.user)
            return redirect("core:job_detail", job.pk)
    title = _("Proposer la paie d’un mois")
    return form_page(
        request,
        form,
        title=title,
        lead=_(
            "Chaque personne en CESA reçoit sa part fixe, et l’avance que permet la trésorerie de son"
            " activité. Ce qui existe déjà ne change pas."
        ),
        submit=_("Proposer"),
        back_url=back_url,
        crumbs=[(_("Paie"), back_url), (title, "")],
    )


@require_POST
@requires("accounting.prepare_pay")
def pay_check_many(request: SignedIn) -> HttpResponse:
    rows = selected(request, _rows(QueryDict(request.POST.get("requete", ""))), PayFilters)
    with refused_above(request):
        count = check_pays(list(rows), actor=request.user)
        said = ngettext("%(count)d paie contrôlée.", "%(count)d paies contrôlées.", count)
        messages.success(request, said % {"count": count})
    return redirect("accounting:pay_list")


@require_POST
@requires("accounting.view_pay")
def pay_print(request: SignedIn) -> HttpResponse:
    """The month on paper, as a job."""
    month = pay_month(request.POST.get("mois", ""))
    if month is None:
        raise Http404
    with refused_above(request):
        return redirect("core:job_detail", ask_for_print(month, actor=request.user).pk)
    return redirect("accounting:pay_list")


@requires("accounting.view_pay")
def pay_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One pay: what it was made from, its elements, its simulation, what payroll said."""
    row = _proposal(request, pk)
    read_about(request.user, row, at=timezone.now())
    tells_why = can(request.user, "entrepreneurs.view_absence_reasons")
    result = result_of(row)
    moves = {move.name for move in PAY_FLOW.moves_open_to(request.user, row)}
    context = {
        "row": row,
        "items": _told(list(items_of(row)), tells_why=tells_why),
        "result": result,
        # Human resources read the pay, not the books.
        "entry": result.entry if result and can(request.user, "accounting.view_ledger") else None,
        "is_far": is_far(row, timezone.localdate()),
        "number": getattr(row.person, "pay_number", None),
        "moves": moves,
        "may_prepare": can(request.user, "accounting.prepare_pay"),
        "list_url": row.month.get_absolute_url(),
    }
    return render(request, "accounting/payroll/proposal.html", context)


def _told(items: list[PayItem], *, tells_why: bool) -> list[tuple[PayItem, str]]:
    """Elements with their word; why somebody is away, for who may read it."""
    reasons = dict(choices_of(KIND_LIST, on=timezone.localdate())) if tells_why else {}
    return [
        (item, reasons.get(item.detail, "") if item.kind == PayItemKind.ABSENCE else "") for item in items
    ]


@requires("accounting.prepare_pay")
def pay_revise(request: SignedIn, pk: int) -> HttpResponse:
    row = _proposal(request, pk)
    items = list(items_of(row))
    absences = [
        (item, word or str(_("Absence")))
        for item, word in _told(items, tells_why=True)
        if item.kind == PayItemKind.ABSENCE
    ]
    form = ReviseForm(request.POST or None, absences=absences, initial=_initial(row, items))
    lead = _("%(available)s peuvent être payés, coût compris. La personne devra accepter de nouveau.")
    if row.wanted is not None:
        lead = (
            _("Brut demandé : %(wanted)s (« %(reason)s »). ")
            % {
                "wanted": money(row.wanted),
                "reason": row.wanted_reason,
            }
            + lead
        )
    return _act(
        request,
        row,
        form,
        lambda _typed: revise_pay(
            row, **form.typed(), engines=engine_of, today=timezone.localdate(), actor=request.user
        ),
        title=_("Revoir les montants"),
        lead=lead % {"available": money(max(row.available, 0))},
        submit=_("Proposer ces montants"),
        done=_("Paie revue : elle est à accepter de nouveau."),
    )


def _initial(row: Any, items: list[PayItem]) -> dict[str, Any]:
    """What the form says first: as it is, or what the person asked for."""
    names: dict[str, str] = {
        PayItemKind.EXIT: "leaving",
        PayItemKind.DAILY: "daily",
        PayItemKind.EXPENSES: "expenses",
        PayItemKind.SHARES: "shares",
    }
    found: dict[str, Any] = {names[item.kind]: item.amount for item in items if item.kind in names}
    found["is_covered_elsewhere"] = any(item.kind == PayItemKind.COVER for item in items)
    found["advance"] = row.advance if row.wanted is None else max(row.wanted - row.fixed, 0)
    return found


@require_POST
@requires("accounting.prepare_pay")
def pay_check(request: SignedIn, pk: int) -> HttpResponse:
    row = _proposal(request, pk)
    return act_now(
        request,
        lambda: check_pay(row, actor=request.user),
        done=_("Paie contrôlée : elle partira au prochain envoi."),
        back_url=row.get_absolute_url(),
    )


@requires("accounting.prepare_pay")
def pay_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    row = _proposal(request, pk)
    return _act(
        request,
        row,
        ReasonForm(request.POST or None),
        lambda typed: withdraw_pay(row, actor=request.user, **typed),
        title=_("Retirer cette paie"),
        lead=_("Elle ne sera pas envoyée. La proposer de nouveau la refait depuis la trésorerie du jour."),
        submit=_("Retirer"),
        done=_("Paie retirée."),
        tone="danger",
    )


@requires("accounting.view_pay")
def pay_moves(request: SignedIn) -> HttpResponse:
    """Whose CESA begins or ends in a month: what payroll has to know of them."""
    months = months_offered(timezone.localdate())
    form = MonthForm(
        {"month": request.GET["mois"]} if "mois" in request.GET else None,
        months=months,
        initial={"month": str(months[0])},
    )
    month = form.cleaned_data["month"] if form.is_valid() else months[0]
    context = {
        "rows": comings_and_goings(month),
        "months": form.fields["month"].choices,  # type: ignore[attr-defined]
        "month_text": str(month),
        "tabs": pay_tabs(request.user, "pay_moves"),
        "may_prepare": can(request.user, "accounting.prepare_pay"),
    }
    return render(request, "accounting/payroll/moves.html", context)


@requires("accounting.export_pay")
def pay_moves_file(request: SignedIn, month: str) -> HttpResponse:
    """The same as a sheet, for payroll."""
    try:
        asked = Month.parse(month)
    except ValueError as error:
        raise Http404 from error
    lines: list[list[Any]] = [
        [_("Matricule"), _("Nom"), _("Prénom"), _("Mouvement"), _("Jour"), _("Contrat"), _("Activité")]
    ]
    for one in comings_and_goings(asked):
        person, activity = one.contract.person, one.contract.activity
        lines.append(
            [
                str(getattr(person, "pay_number", "")),
                person.shown_last_name,
                person.first_name,
                _("Arrivée") if one.begins else _("Départ"),
                one.on,
                one.contract.get_kind_display(),
                activity.code if activity else "",
            ]
        )
    return sheet(lines, "csv", name=f"mouvements-{asked}")


@requires("accounting.prepare_pay")
def pay_number(request: SignedIn, pk: int) -> HttpResponse:
    """The number of somebody in the payroll software."""
    person = get_object_or_404(Person, pk=pk)
    require(request.user, "people.view_person", person)
    known = getattr(person, "pay_number", None)
    back_url = reverse("accounting:pay_moves")
    title = elided(_("Matricule de %(name)s"), {"name": person})
    return act_page(
        request,
        NumberForm(request.POST or None, initial={"number": known.number if known else ""}),
        lambda typed: change_number(person, actor=request.user, **typed),
        done=_("Matricule enregistré."),
        back_url=back_url,
        title=title,
        submit=_("Enregistrer"),
        crumbs=[(_("Paie"), reverse("accounting:pay_list")), (title, "")],
    )


def _act(request: SignedIn, row: Any, form: Any, run: Any, **words: Any) -> HttpResponse:
    """A form alone on its page, about one pay."""
    back_url = row.get_absolute_url()
    crumbs = [(_("Paie"), row.month.get_absolute_url()), (str(row.person), back_url), (words["title"], "")]
    return act_page(request, form, run, back_url=back_url, crumbs=crumbs, **words)


def _proposal(request: HttpRequest, pk: int) -> Any:
    rows = proposals_told(PayProposal.objects.visible_to(request.user))
    people = ("person__pay_number", "answered_by__person", "checked_by__person", "contract")
    return get_object_or_404(rows.select_related("person", "month", *people), pk=pk)
