"""The papers of an event: kept by the team, opened by who may read them (COW-28, COW-38)."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cae.core.acting import act_now, act_page
from cae.core.answers import file_shown
from cae.core.documents import read_document
from cae.core.permissions import public, require, requires
from coworking.forms.event_papers import PaperForm
from coworking.models import Event, EventPaper, Registration
from coworking.selectors.event_papers import papers_of_registration, papers_opened_by
from coworking.services import event_papers as verbs
from coworking.views.event_frame import registration_page
from coworking.views.event_tabs import KEEP, crumbs_of_event, kept
from people.requests import SignedIn


@requires(KEEP)
def event_paper_add(request: SignedIn, pk: int) -> HttpResponse:
    event = kept(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None, event=event, is_new=True)
    back, title = _back(event), _("Ajouter un document")
    return act_page(
        request,
        form,
        lambda _found: verbs.add_paper(event, data=form.typed(), paper=form.brought(), actor=request.user),
        done=_("Document ajouté."),
        back_url=back,
        title=title,
        lead=event.title,
        submit=_("Ajouter"),
        crumbs=crumbs_of_event(event, (_("Programme et formulaire"), back), (title, "")),
    )


@requires(KEEP)
def event_paper_change(request: SignedIn, pk: int) -> HttpResponse:
    """Its title, its part, for whom it is."""
    row = _kept(request, pk)
    held = {"title": row.title, "audience": row.audience, "part": row.part_id}
    form = PaperForm(request.POST or None, event=row.event, is_new=False, initial=held)
    back, title = _back(row.event), _("Modifier « %(name)s »") % {"name": row}
    return act_page(
        request,
        form,
        lambda _found: verbs.change_paper(row, data=form.typed(), actor=request.user),
        done=_("Document enregistré."),
        back_url=back,
        title=title,
        lead=row.event.title,
        submit=_("Enregistrer"),
        crumbs=crumbs_of_event(row.event, (_("Programme et formulaire"), back), (title, "")),
    )


@require_POST
@requires(KEEP)
def event_paper_act(request: SignedIn, pk: int) -> HttpResponse:
    """Before the others, or off the event."""
    row, actor = _kept(request, pk), request.user
    acts = {
        "first": (
            lambda: verbs.put_paper_first(row, actor=actor),
            _("Ce document est montré le premier."),
        ),
        "remove": (lambda: verbs.remove_paper(row, actor=actor), _("Document retiré.")),
    }
    do = request.POST.get("do", "")
    if do not in acts:
        raise Http404
    return act_now(request, acts[do][0], done=acts[do][1], back_url=_back(row.event))


@public
@require_safe
def agenda_paper(request: HttpRequest, slug: str, paper_pk: int) -> HttpResponse:
    """A paper that this account, or anybody, may open."""
    event = get_object_or_404(Event, slug=slug)
    return _shown(papers_opened_by(request.user, event), paper_pk)


@registration_page
def registration_paper(_request: HttpRequest, _key: str, row: Registration, paper_pk: int) -> HttpResponse:
    """A paper that this registration opens, by its link too."""
    return _shown(papers_of_registration(row), paper_pk)


def _shown(rows: Iterable[EventPaper], pk: int) -> HttpResponse:
    row = next((one for one in rows if one.pk == pk), None)
    if row is None:
        raise Http404
    return file_shown(read_document(row.document), name=row.document.name, mime=row.document.mime)


def _kept(request: SignedIn, pk: int) -> EventPaper:
    row = get_object_or_404(EventPaper.objects.select_related("event__place__scope", "part"), pk=pk)
    require(request.user, KEEP, row)
    return row


def _back(event: Event) -> str:
    return reverse("coworking:event_programme", args=[event.pk])
