"""What is told of an event and what it gave: announced, where people come from, what they said (COW-40)."""

from __future__ import annotations

from django.db.models import Avg, Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.acting import act_page
from cae.core.permissions import requires
from coworking.forms.events import AnnounceForm
from coworking.models import Satisfaction
from coworking.selectors.event_registrations import sources_of
from coworking.services.event_promotion import announce
from coworking.states.events import MailingTo
from coworking.views.event_frame import drawn_code
from coworking.views.event_tabs import KEEP, crumbs_of_event, kept, tabs_of_event
from people.requests import SignedIn


@requires(KEEP)
def event_promotion(request: SignedIn, pk: int) -> HttpResponse:
    event, now = kept(request, pk), timezone.now()
    said = Satisfaction.objects.filter(registration__event=event)
    address = request.build_absolute_uri(event.public_url)
    context = {
        "event": event,
        "sources": sources_of(event),
        "mailings": [
            (mailing, dict(MailingTo.choices).get(mailing.audience, mailing.audience))
            for mailing in event.mailings.select_related("sent_by")
        ],
        "opinions": list(said.filter(~Q(text=""))[:50]),
        "sums": said.aggregate(
            mark=Avg("mark"), count=Count("pk"), again=Count("pk", filter=Q(comes_again=True))
        ),
        "address": address,
        "poster_address": f"{address}?de=affiche",
        "drawing": drawn_code(f"{address}?de=affiche"),
        "may_announce": event.state == "published" and event.ends_at > now,
        "may_thank": event.state in ("published", "held") and event.ends_at <= now and not event.thanked_at,
        "tabs": tabs_of_event(request, event, "event_promotion"),
    }
    return render(request, "coworking/events/promotion.html", context)


@requires(KEEP)
def event_announce(request: SignedIn, pk: int) -> HttpResponse:
    """A mail to a public, with the address of the page."""
    event = kept(request, pk)
    back = reverse("coworking:event_promotion", args=[pk])
    first = {"subject": event.title, "text": event.summary, "audience": MailingTo.ENTREPRENEURS}
    return act_page(
        request,
        AnnounceForm(request.POST or None, initial=first),
        lambda typed: announce(event, **typed, now=timezone.now(), actor=request.user),
        done=_("Le message part, aux heures où l’on peut écrire."),
        back_url=back,
        title=_("Annoncer l’événement"),
        lead=event.title,
        submit=_("Envoyer"),
        crumbs=crumbs_of_event(event, (_("Promotion et bilan"), back), (_("Annoncer"), "")),
    )
