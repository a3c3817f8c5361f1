"""One expense: completed from its receipt, written without, changed, taken out; what is said while typing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.errors import Refused
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from invoicing.forms.expenses import ExpenseForm, favourite_typed, line_typed
from invoicing.models import ExpenseClaim, ExpenseLine, Voucher
from invoicing.selectors.expense_flags import flags_of_lines
from invoicing.selectors.expenses import (
    activities_of_person,
    favourites_of,
    kinds_offered,
    next_waiting,
    vouchers_waiting,
)
from invoicing.services.expense_inputs import ExpenseContent, fill_line, rule_of
from invoicing.services.expenses import add_expense, remove_expense, save_expense
from invoicing.services.vouchers import keep_voucher
from invoicing.states.expenses import VoucherSource
from invoicing.views.expense_shown import for_whom, person_named, status_of_voucher
from invoicing.views.vouchers import find_voucher
from people.models import Person


@requires("invoicing.enter_expense")
def expense_new(request: HttpRequest) -> HttpResponse:
    """An expense written before its receipt is chosen, or a flat allowance."""
    person = person_named(request)
    initial = _beginning(request, person)
    form = _form(request, person, initial)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            line = _add(request, form, person)
            messages.success(request, _said(line))
            return redirect(line.claim)
    return form_page(
        request,
        form,
        title=_("Nouvelle dépense"),
        submit=_("Ajouter la dépense"),
        lead=for_whom(request, person),
        back_url=reverse("invoicing:claim_list"),
        crumbs=_crumbs((_("Nouvelle dépense"), "")),
        template="invoicing/expenses/expense_form.html",
        favourites=favourites_of(person),
        person=person,
    )


@requires("invoicing.view_expenses")
def voucher_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt; while it waits, the expense that it proves is written beside it."""
    voucher = find_voucher(request, pk)
    if not (voucher.waits and can(request.user, "invoicing.enter_expense", voucher)):
        return _shown(request, voucher)
    form = _form(request, voucher.person, _beginning(request, voucher.person, voucher), proven=True)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            line = _add(request, form, voucher.person, voucher)
            messages.success(request, _said(line))
            return redirect(next_waiting(voucher) or line.claim)
    return form_page(
        request,
        form,
        title=_("Compléter le justificatif"),
        submit=_("Ajouter la dépense"),
        back_url=reverse("invoicing:voucher_list"),
        crumbs=_crumbs(
            (_("Justificatifs"), reverse("invoicing:voucher_list")), (_("Compléter le justificatif"), "")
        ),
        template="invoicing/expenses/voucher_complete.html",
        voucher=voucher,
        following=next_waiting(voucher),
        favourites=favourites_of(voucher.person),
        person=voucher.person,
    )


@requires("invoicing.enter_expense")
def expense_edit(request: HttpRequest, pk: int) -> HttpResponse:
    line = find_line(request, pk)
    claim = line.claim
    form = _form(request, claim.person, line_typed(line), line=line)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            saved = save_expense(
                line,
                content=form.content(_file_kept(request, form, claim.person)),
                version=form.cleaned_data["version"] or 0,
                today=timezone.localdate(),
                actor=request.user,
            )
            messages.success(request, _said(saved))
            return redirect(claim)
    return form_page(
        request,
        form,
        title=line.label,
        submit=_("Enregistrer"),
        back_url=claim.get_absolute_url(),
        crumbs=_crumbs((claim.month_said.capitalize(), claim.get_absolute_url()), (line.label, "")),
        template="invoicing/expenses/expense_form.html",
        voucher=line.voucher,
        person=claim.person,
        line=line,
    )


@require_POST
@requires("invoicing.enter_expense")
def expense_remove(request: HttpRequest, pk: int) -> HttpResponse:
    line = find_line(request, pk)
    return act_now(
        request,
        lambda: remove_expense(line, today=timezone.localdate(), actor=request.user),
        done=_("« %(label)s » est retirée de la note.") % {"label": line.label},
        back_url=line.claim.get_absolute_url(),
    )


@require_POST
@requires("invoicing.enter_expense")
def expense_fields(request: HttpRequest) -> HttpResponse:
    """The fields that the kind just chosen asks for, with what was typed; no fault is said yet."""
    person = person_named(request)
    typed: dict[str, Any] = {name: request.POST.get(name) for name in request.POST}
    kind = next((one for one in kinds_offered(timezone.localdate()) if one.code == typed.get("kind")), None)
    if kind is not None:
        typed["business_share"] = int(kind.usual_share * 100)
    form = ExpenseForm(initial=typed, proven="proven" in request.POST, **_offered(request, person))
    return render(request, "invoicing/expenses/_fields.html", {"form": form})


@require_POST
@requires("invoicing.enter_expense")
def expense_live(request: HttpRequest) -> HttpResponse:
    """What the rules say of the expense as it is typed: what is kept of it, what is wrong."""
    person = person_named(request)
    form = ExpenseForm(request.POST, proven="proven" in request.POST, **_offered(request, person))
    context: dict[str, Any] = {"kind": form.chosen_kind}
    if form.is_valid():
        voucher = Voucher.objects.filter(pk=key_in(request.POST.get("proven", "")), person=person).first()
        context |= _judged(request, form.content(voucher), person)
    elif form.chosen_kind is not None:
        context["rule"] = form.chosen_kind.rules.in_force(timezone.localdate()).first()
    return render(request, "invoicing/expenses/_live.html", context)


def find_line(request: HttpRequest, pk: int) -> ExpenseLine:
    """A line of a claim in sight that this person writes. Raises Http404 out of sight, Forbidden without the
    right."""
    rows = ExpenseLine.objects.filter(claim__in=ExpenseClaim.objects.visible_to(request.user))
    found: ExpenseLine = get_object_or_404(
        rows.select_related("claim__person", "claim__activity", "kind", "voucher__document"), pk=pk
    )
    require(request.user, "invoicing.enter_expense", found)
    return found


def _offered(request: HttpRequest, person: Person) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "activities": activities_of_person(person, request.user, today),
        "kinds": kinds_offered(today),
        "vouchers": vouchers_waiting(person),
    }


def _form(
    request: HttpRequest,
    person: Person,
    initial: dict[str, Any],
    *,
    proven: bool = False,
    line: ExpenseLine | None = None,
) -> ExpenseForm:
    offered = _offered(request, person)
    if line is not None:
        # Where it stands does not change; the receipt it has may still be chosen.
        offered["activities"] = [line.claim.activity]
        offered["vouchers"] = vouchers_waiting(person) | Voucher.objects.filter(pk=line.voucher_id)
    return ExpenseForm(request.POST or None, request.FILES or None, proven=proven, initial=initial, **offered)


def _beginning(request: HttpRequest, person: Person, voucher: Voucher | None = None) -> dict[str, Any]:
    """What a new expense starts with: the day of its receipt, a favourite if one was pressed."""
    taken = timezone.localdate(voucher.taken_at) if voucher else timezone.localdate()
    in_use: Any = getattr(request, "activity", None)
    said: dict[str, Any] = {"on": taken, "form_key": uuid4(), "business_share": 100}
    if in_use:
        said["activity"] = str(in_use.pk)
    favourite = favourites_of(person).filter(pk=key_in(request.GET.get("favori", ""))).first()
    if favourite is not None:
        said |= favourite_typed(favourite)
    return said | {"kind": request.GET.get("nature") or said.get("kind")}


def _add(
    request: HttpRequest, form: ExpenseForm, person: Person, voucher: Voucher | None = None
) -> ExpenseLine:
    return add_expense(
        person,
        form.chosen_activity,
        content=form.content(voucher or _file_kept(request, form, person)),
        form_key=form.cleaned_data["form_key"] or uuid4(),
        today=timezone.localdate(),
        actor=request.user,
    )


def _file_kept(request: HttpRequest, form: ExpenseForm, person: Person) -> Voucher | None:
    """The receipt sent with the expense, kept even if the expense is refused then."""
    content = form.file_sent
    if content is None:
        return None
    return keep_voucher(
        content,
        name=form.cleaned_data["file"].name,
        person=person,
        source=VoucherSource.UPLOAD,
        taken_at=timezone.now(),
        form_key=uuid4(),
        actor=request.user,
    )


def _judged(request: HttpRequest, content: ExpenseContent, person: Person) -> dict[str, Any]:
    """The line as it would be, and its warnings; nothing when the services would refuse it."""
    today = timezone.localdate()
    claim = ExpenseClaim(person=person, month=today.replace(day=1))
    line = ExpenseLine(claim=claim, pk=key_in(request.POST.get("line", "")), voucher=content.voucher)
    try:
        fill_line(line, content, today=today)
        rule = rule_of(content.kind, content.on)
    except Refused:
        return {}
    claim.month = line.on.replace(day=1)
    return {"line": line, "rule": rule, "flags": flags_of_lines([line])[line.pk]}


def _shown(request: HttpRequest, voucher: Voucher) -> HttpResponse:
    lines = voucher.lines.select_related("claim__activity", "kind").order_by("pk")
    context = {
        "voucher": voucher,
        "lines": lines,
        "badge": status_of_voucher(voucher),
        "may_write": can(request.user, "invoicing.enter_expense", voucher),
    }
    return render(request, "invoicing/expenses/voucher.html", context)


def _said(line: ExpenseLine) -> str:
    return _("« %(label)s » est dans la note de %(month)s.") % {
        "label": line.label,
        "month": line.claim.month_said,
    }


def _crumbs(*last: tuple[str, str]) -> list[tuple[Any, str]]:
    return [(_("Mes dépenses"), reverse("invoicing:claim_list")), *last]
