"""The workshops of a congress: what each came to, written by who leads it; all on one page (COW-38)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.acting import act_page
from cae.core.answers import file_shown
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from coworking.documents.events import results_pdf
from coworking.forms.events import ResultsForm
from coworking.models import Event, EventPart
from coworking.selectors.event_papers import papers_of_workshop
from coworking.selectors.event_workshops import people_of, workshops_led_by, workshops_of
from coworking.services.event_workshops import write_results
from coworking.views.event_tabs import KEEP, tabs_of_event
from people.requests import SignedIn

_READ, _WRITE = "coworking.read_results", "coworking.write_results"


@requires(_READ)
def event_results(request: SignedIn, pk: int) -> HttpResponse:
    """Every workshop by territory, with its results."""
    event = _read(request, pk)
    may_keep = can(request.user, KEEP, event)
    led = set(workshops_led_by(request.user).filter(event=event).values_list("pk", flat=True))
    context = {
        "event": event,
        "groups": workshops_of(event),
        "may_keep": may_keep,
        "led": led,
        "tabs": tabs_of_event(request, event, "event_results") if may_keep else [],
    }
    return render(request, "coworking/events/results.html", context)


@requires(_READ)
def event_results_file(request: SignedIn, pk: int) -> HttpResponse:
    """The same, on paper."""
    event = _read(request, pk)
    content = results_pdf(event, workshops_of(event), on=timezone.localdate())
    return file_shown(content, name=f"ateliers-{event.slug}.pdf")


@requires(_WRITE)
def workshop_results(request: SignedIn, pk: int) -> HttpResponse:
    """The form of who leads a workshop, with those who come to it."""
    part = get_object_or_404(EventPart.objects.select_related("event__kind", "event__place__scope"), pk=pk)
    require(request.user, _WRITE, part)
    back = reverse("coworking:event_results", args=[part.event_id])
    form = ResultsForm(request.POST or None, initial={"text": part.results})
    return act_page(
        request,
        form,
        lambda found: write_results(
            part,
            text=found["text"],
            seen=key_in(request.POST.get("version", "")),
            now=timezone.now(),
            actor=request.user,
        ),
        done=_("Résultats enregistrés."),
        back_url=back,
        title=part.title,
        lead=part.event.title,
        submit=_("Enregistrer"),
        crumbs=[(_("Ateliers"), back), (part.title, "")],
        template="coworking/events/workshop.html",
        part=part,
        people=list(people_of(part)),
        papers=papers_of_workshop(request.user, part),
        version=request.POST.get("version", part.version),
    )


def _read(request: SignedIn, pk: int) -> Event:
    event = get_object_or_404(
        Event.objects.select_related("kind", "place__scope", "series", "territory"), pk=pk
    )
    require(request.user, _READ, event)
    return event
