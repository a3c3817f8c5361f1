"""The vote by correspondence: on one’s own screen, or entered from paper by the bureau (GOV-24)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_page
from cae.core.permissions import can, in_person, require, requires, signed_in
from cae.core.tables import Action, EmptyState, Filters, Table, list_page
from cae.core.templatetags.formats import moment
from governance.forms.correspondence import AnswersForm, PaperAnswersForm
from governance.models import Assembly, CorrespondenceForm
from governance.selectors.assemblies import texts_of
from governance.selectors.attendance_sheet import files_about
from governance.selectors.correspondence import answers_read, asked_of
from governance.selectors.register import voters_at
from governance.selectors.representation import (
    BY_NAME,
    correspondence_until,
    forms_listed,
    limit_words,
    resolutions_asked,
)
from governance.selectors.standing import forms_at
from governance.services import correspondence as verbs
from governance.services.representation_files import FORM_FILE, ask_form
from governance.states.assemblies import ProxyOrigin
from governance.views.assembly_parts import crumbs_of
from governance.views.representation_parts import own_associate, seen
from people.requests import SignedIn

KEEP, READ = "governance.keep_attendance", "governance.read_attendance"


class FormTable(Table):
    associate = tables.Column(order_by=("associate__person__sort_name", "associate__organisation__sort_name"))
    origin = tables.Column()
    received_at = tables.Column()
    replaced_at = tables.Column(default="")
    created_by = tables.Column(default="")

    class Meta(Table.Meta):
        model = CorrespondenceForm
        fields = ("associate", "origin", "received_at", "replaced_at", "created_by")

    def render_received_at(self, value: Any) -> str:
        return moment(value)

    def render_replaced_at(self, value: Any) -> str:
        return moment(value)


class FormFilters(Filters):
    search = ("associate__person__sort_name", "associate__organisation__sort_name")
    origin = django_filters.ChoiceFilter(label=gettext_lazy("Reçu"), choices=ProxyOrigin.choices)

    class Meta:
        model = CorrespondenceForm
        fields = ("origin",)


@in_person
@signed_in
def correspondence(request: SignedIn, pk: int, associate_pk: int) -> HttpResponse:
    """One’s own form: each resolution in the order of the agenda; what was sent may be sent anew."""
    assembly, now = seen(request, pk), timezone.now()
    associate = own_associate(request, assembly, associate_pk)
    require(request.user, "governance.send_form", associate)
    asked = [asked_of(one) for one in resolutions_asked(assembly)]
    # Nothing ticked is an answer to refuse, not a page that opens.
    form = AnswersForm(request.POST if request.method == "POST" else None, asked=asked)
    sent = forms_at(assembly, now).filter(associate=associate).select_related("assembly").first()
    until = correspondence_until(assembly)
    title = _("Voter par correspondance")
    return act_page(
        request,
        form,
        lambda _typed: verbs.send_form(
            assembly, associate=associate, answers=form.answers(), now=timezone.now(), actor=request.user
        ),
        done=_("Votre vote est reçu. Un nouvel envoi, dans les délais, le remplacerait."),
        back_url=reverse("governance:own_proxy", args=[pk]),
        title=title,
        lead=_("%(name)s, pour l’assemblée « %(title)s »") % {"name": associate, "title": assembly.title},
        submit=_("Envoyer mon vote"),
        crumbs=crumbs_of(assembly, (title, "")),
        template="governance/representation/correspondence.html",
        assembly=assembly,
        until=until,
        limit=limit_words(until) if until else "",
        is_late=until is not None and now >= until,
        sent=sent,
        answers=answers_read(sent) if sent else [],
        texts=[(one.resolution, text) for one, text in _texts(asked) if text],
        papers=list(files_about(assembly, FORM_FILE)[:1]),
    )


def _texts(asked: list[Any]) -> list[tuple[Any, str]]:
    found = texts_of([one.resolution for one in asked])
    return [(one, found.get(one.resolution.pk, "")) for one in asked]


@requires(READ)
def correspondence_list(request: SignedIn, pk: int) -> HttpResponse:
    """Who sent a form, when and how; what it says is read at the count only."""
    assembly = seen(request, pk, READ)
    return list_page(
        request,
        queryset=forms_listed(assembly),
        table=FormTable,
        filters=FormFilters,
        page="governance.correspondence",
        title=_("Votes par correspondance"),
        intro=_intro(assembly),
        empty=EmptyState(_("Aucun formulaire reçu.")),
        main_action=Action(
            _("Saisir un formulaire reçu"),
            reverse("governance:correspondence_enter", args=[pk]),
            icon="plus-lg",
        )
        if can(request.user, KEEP, assembly) and _is_open(assembly)
        else None,
        template="governance/representation/correspondence_list.html",
        context={
            "assembly": assembly,
            "crumbs": crumbs_of(assembly, (_("Votes par correspondance"), "")),
            "may_print": can(request.user, KEEP, assembly) and correspondence_until(assembly) is not None,
            "papers": list(files_about(assembly, FORM_FILE)[:1]),
        },
    )


def _is_open(assembly: Assembly) -> bool:
    until = correspondence_until(assembly)
    return until is not None and timezone.now() < until and assembly.state == "convened"


def _intro(assembly: Assembly) -> str:
    until = correspondence_until(assembly)
    if until is None:
        return _("Les règles de cette assemblée n’admettent pas ce vote.")
    return _("%(title)s · reçus jusqu’au %(when)s") % {"title": assembly, "when": limit_words(until)}


@requires(KEEP)
def correspondence_enter(request: SignedIn, pk: int) -> HttpResponse:
    """Enters a form received on paper."""
    assembly = seen(request, pk, KEEP)
    form = PaperAnswersForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        asked=[asked_of(one) for one in resolutions_asked(assembly)],
        associates=voters_at(timezone.now()).order_by(BY_NAME, "pk"),
    )
    back = reverse("governance:correspondence_list", args=[pk])
    title = _("Saisir un formulaire reçu")
    return act_page(
        request,
        form,
        lambda _typed: verbs.enter_paper_form(
            assembly,
            associate=form.cleaned_data["associate"],
            answers=form.answers(),
            scan=form.scan_typed(),
            now=timezone.now(),
            actor=request.user,
        ),
        done=_("Formulaire enregistré."),
        back_url=back,
        title=title,
        lead=_("Une case non cochée se saisit comme une abstention."),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(assembly, (_("Votes par correspondance"), back), (title, "")),
    )


@require_POST
@requires(KEEP)
def correspondence_print(request: SignedIn, pk: int) -> HttpResponse:
    """Asks for the blank form; the page of the job gives it."""
    assembly = seen(request, pk, KEEP)
    return redirect("core:job_detail", ask_form(assembly, actor=request.user).pk)
