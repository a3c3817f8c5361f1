"""Reminders: what leaves today, every late invoice, the words read before they leave (INV-42)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from cae.core.acting import act_page
from cae.core.errors import Forbidden, Refused
from cae.core.forms import refuse, refused_above
from cae.core.mail_policy import policy_of
from cae.core.middleware import status_of
from cae.core.permissions import can, require, requires
from cae.core.tables import EmptyState, Tab, list_page
from invoicing.emails import Letter
from invoicing.forms.chasing import ChoiceForm, ReminderForm, UndoForm, owed_of
from invoicing.models import Customer
from invoicing.selectors.chasing import (
    chased_of,
    chased_visible,
    departures_of,
    reminders_visible,
    stage_counts,
    steps_due,
)
from invoicing.selectors.sendings import recipients_of
from invoicing.services.chase_letters import letter_preview, reminder_letter
from invoicing.services.chasing import asked_fees, send_reminder, undo_reminder
from invoicing.services.chasing_jobs import start_reminders
from invoicing.states.chasing import STRENGTH, ChaseStage, ReminderChannel, ReminderTone
from invoicing.views.chase_tables import ChasedFilters, ChasedTable, departure_rows
from invoicing.views.finding import find_customer
from invoicing.views.tables import sees_several, staff_view

CHASE = "invoicing.chase_customer"


def chase_tabs(current: str) -> list[Tab]:
    """The two lists of what is late."""
    known = (
        ("reminder_list", _("À envoyer aujourd’hui")),
        ("chased_list", _("Factures en retard")),
    )
    return [Tab(label, reverse(f"invoicing:{name}"), current=name == current) for name, label in known]


@requires("invoicing.view_reminders")
def reminder_list(request: HttpRequest) -> HttpResponse:
    """What leaves today, a customer at a time, and where the other late invoices stand."""
    rows = list(chased_visible(request.user, on=timezone.localdate()))
    may_send = can(request.user, CHASE)
    found = departure_rows(departures_of([row for row in rows if row.stage == ChaseStage.DUE]))
    context = {
        "tabs": chase_tabs("reminder_list"),
        "departures": found,
        "mails": sum(one.by_mail for one in found),
        "counts": stage_counts(rows),
        "may_send": may_send,
        "several": sees_several(request),
        "steps_url": reverse("invoicing:reminder_steps"),
    }
    return render(request, "invoicing/reminders.html", context)


@requires("invoicing.view_reminders")
def chased_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=chased_visible(request.user, on=timezone.localdate()),
        table=staff_view(ChasedTable, request),
        filters=ChasedFilters,
        page="invoicing.chased",
        title=_("Factures en retard"),
        empty=EmptyState(_("Aucune facture en retard."), _("Vos clients sont à jour de leurs règlements.")),
        tabs=chase_tabs("chased_list"),
    )


@require_POST
@requires(CHASE)
def reminders_send(request: HttpRequest) -> HttpResponse:
    """Sends the mails of the day, all of them or those ticked, as a job that a page follows."""
    rows = chased_visible(request.user, on=timezone.localdate())
    mails = [one for one in departures_of(list(rows)) if one.channel == ReminderChannel.MAIL]
    keys = {one.customer.pk for one in mails if can(request.user, CHASE, one.customer)}
    ticked = set(request.POST.getlist("customers"))
    chosen = [key for key in sorted(keys) if str(key) in ticked]
    with refused_above(request):
        return redirect("core:job_detail", start_reminders(chosen, actor=request.user).pk)
    return redirect("invoicing:reminder_list")


@requires(CHASE)
def chase_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer: which invoices, how, in which words; what is read is what leaves."""
    customer = find_customer(request, pk, right=CHASE)
    rows = list(chased_of(customer, on=timezone.localdate()))
    if not rows:
        messages.info(request, _("Ce client n’a plus de facture en retard."))
        return redirect(customer)
    choice = ChoiceForm(request.GET if "channel" in request.GET else _first_choice(request, rows), rows=rows)
    if not choice.is_valid():
        raise Http404
    keys, channel, tone = choice.chosen()
    chosen = [row for row in rows if row.pk in keys]
    recipients = recipients_of(customer)
    first = _words(customer, tone, chosen)
    form = ReminderForm(
        request.POST or None,
        recipients=recipients,
        channel=channel,
        initial={
            "subject": first.subject,
            "body": "" if channel == ReminderChannel.CALL else first.body,
            "form_key": uuid4(),
            "owed": owed_of(chosen),
        },
    )
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        try:
            return _send(request, customer, form, tone)
        except Forbidden:
            raise
        except Refused as refusal:
            refuse(form, refusal)
            status = status_of(refusal)
    context = {
        "customer": customer,
        "rows": rows,
        "choice": choice,
        "form": form,
        "channel": channel,
        "no_address": channel == ReminderChannel.MAIL and not recipients,
        "letter_url": f"{reverse('invoicing:chase_letter', args=[pk])}?{request.GET.urlencode()}",
    }
    return render(request, "invoicing/chase.html", context, status=status)


def _first_choice(request: HttpRequest, rows: Sequence[Any]) -> dict[str, Any]:
    """What the steps say of today: the invoices due, or the one that the address names."""
    named = request.GET.get("facture", "")
    free = [row for row in rows if row.stage not in (ChaseStage.PAUSED, ChaseStage.DISPUTED)]
    due = [row for row in free if str(row.pk) == named] or [
        row for row in free if row.stage == ChaseStage.DUE
    ]
    steps = [step for step in steps_due(due or free).values() if step is not None]
    strongest = max(steps, key=lambda step: STRENGTH[step.tone], default=None)
    return {
        "invoices": [str(row.pk) for row in due or free],
        "channel": strongest.channel if strongest else ReminderChannel.LETTER,
        "tone": strongest.tone if strongest else ReminderTone.FORMAL,
    }


def _words(customer: Customer, tone: str, chosen: Sequence[Any]) -> Letter:
    on = timezone.localdate()
    fees = asked_fees(chosen, tone=tone, on=on)
    return reminder_letter(customer, tone, invoices=chosen, fees=fees, on=on)


def _send(request: HttpRequest, customer: Customer, form: ReminderForm, tone: str) -> HttpResponse:
    reminder = send_reminder(
        customer,
        wanted=form.wanted(tone),
        actor=request.user,
        at=timezone.now(),
        form_key=form.cleaned_data["form_key"],
    )
    said = {
        ReminderChannel.MAIL: _("La relance est envoyée à %(to)s.") % {"to": reminder.to},
        ReminderChannel.LETTER: _("La lettre est prête à imprimer : la relance est notée."),
        ReminderChannel.CALL: _("L’appel est noté."),
    }
    messages.success(request, said[ReminderChannel(reminder.channel)])
    return redirect(reminder)


@xframe_options_sameorigin
@requires(CHASE)
def chase_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as its reader's program shows it, with what is typed so far: nothing is kept."""
    customer = find_customer(request, pk, right=CHASE)
    rows = list(chased_of(customer, on=timezone.localdate()))
    choice = ChoiceForm(request.GET if "channel" in request.GET else _first_choice(request, rows), rows=rows)
    if not choice.is_valid():
        raise Http404
    keys, _channel, tone = choice.chosen()
    first = _words(customer, tone, [row for row in rows if row.pk in keys])
    letter = Letter(request.POST.get("subject", first.subject), request.POST.get("body", first.body))
    html = letter_preview(customer, letter, on=timezone.localdate())
    response = HttpResponse(html)
    response["Content-Security-Policy"] = policy_of(html, links=False)
    return response


@requires(CHASE)
def reminder_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """A call or a letter that was noted and did not take place."""
    reminder = get_object_or_404(reminders_visible(request.user), pk=pk)
    require(request.user, CHASE, reminder.customer)
    return act_page(
        request,
        UndoForm(request.POST or None),
        lambda typed: undo_reminder(reminder, reason=typed["reason"], actor=request.user, at=timezone.now()),
        done=_("La relance est annulée : les factures sont de nouveau à relancer."),
        back_url=reminder.get_absolute_url(),
        title=_("Annuler la relance"),
        lead=reminder.customer.name,
        submit=_("Annuler la relance"),
        crumbs=[
            (_("Relances"), reverse("invoicing:reminder_list")),
            (reminder.get_tone_display(), reminder.get_absolute_url()),
            (_("Annuler"), ""),
        ],
    )


@requires("invoicing.view_reminders")
def reminder_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reminder = get_object_or_404(reminders_visible(request.user), pk=pk)
    lines = list(reminder.lines.select_related("invoice"))
    words = ngettext("%(count)d facture", "%(count)d factures", len(lines)) % {"count": len(lines)}
    context = {
        "reminder": reminder,
        "lines": lines,
        "counted": words,
        "may_undo": reminder.may_be_undone and can(request.user, CHASE, reminder.customer),
    }
    return render(request, "invoicing/reminder_detail.html", context)
