"""The costs of an event: who bears what; shared in one act, taken back (COW-33)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.keys import key_in
from cae.core.permissions import requires
from coworking.forms.event_costs import EventCostForm
from coworking.models import EventCost
from coworking.selectors.event_costs import costs_of
from coworking.services import event_costs as verbs
from coworking.views.event_tabs import KEEP, crumbs_of_event, kept, tabs_of_event
from people.requests import SignedIn


@requires(KEEP)
def event_costs(request: SignedIn, pk: int) -> HttpResponse:
    event = kept(request, pk)
    costs = costs_of(event)
    context = {
        "event": event,
        "costs": costs,
        "to_share": [one for one in costs if one.cost.shared_at is None],
        "may_take_back": any(one.cost.shared_at for one in costs) and not any(one.is_billed for one in costs),
        "tabs": tabs_of_event(request, event, "event_costs"),
    }
    return render(request, "coworking/events/costs.html", context)


@requires(KEEP)
def event_cost_add(request: SignedIn, pk: int) -> HttpResponse:
    event = kept(request, pk)
    back = reverse("coworking:event_costs", args=[pk])
    form = EventCostForm(request.POST or None, event=event)
    return act_page(
        request,
        form,
        lambda _found: verbs.add_cost(event, data=form.typed(), actor=request.user),
        done=_("Dépense notée."),
        back_url=back,
        title=_("Ajouter une dépense"),
        lead=event.title,
        submit=_("Ajouter"),
        crumbs=crumbs_of_event(event, (_("Frais partagés"), back), (_("Ajouter une dépense"), "")),
    )


@require_POST
@requires(KEEP)
def event_cost_act(request: SignedIn, pk: int) -> HttpResponse:
    """A cost taken away, all of them shared, or taken back."""
    event, actor = kept(request, pk), request.user
    acts: dict[str, tuple[Any, Any]] = {
        "share": (
            lambda: verbs.share_costs(event, actor=actor),
            _("Frais répartis : chaque part sera facturée avec le mois du lieu."),
        ),
        "take_back": (lambda: verbs.take_costs_back(event, actor=actor), _("Répartition reprise.")),
    }
    do = request.POST.get("do", "")
    if do not in acts:
        cost = get_object_or_404(EventCost, pk=key_in(do) or 0, event=event)
        acts[do] = (lambda: verbs.remove_cost(cost, actor=actor), _("Dépense retirée."))
    run, done = acts[do]
    return act_now(request, run, done=done, back_url=reverse("coworking:event_costs", args=[pk]))
