"""The governance page: who sits where until when, what was decided, what is to be looked at (GOV-16)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cae.core.permissions import can, requires
from cae.core.tab_bars import tabs_of
from governance.selectors.decisions import latest_decisions
from governance.selectors.mandates import alerts, bodies_with_mandates, handover_calendar
from governance.selectors.rule_sets import statutes_in_force
from governance.selectors.rules import rules_in_force
from governance.states.bodies import GOVERNANCE_BAR
from people.requests import SignedIn

SHOWN = 6


@requires("governance.read_governance")
def governance_page(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    keeps = can(request.user, "governance.write_mandates")
    context = {
        "tabs": tabs_of(request.user, GOVERNANCE_BAR, "governance:governance_page"),
        "bodies": list(bodies_with_mandates(today)),
        "decisions": latest_decisions(request.user, SHOWN),
        "calendar": handover_calendar(today)[:SHOWN],
        "alerts": alerts(today) if keeps else [],
        "rule_set": rules_in_force(today),
        "texts": statutes_in_force(today),
        "may_write": keeps,
        "reads_shared": can(request.user, "accounting.view_shared_services"),
    }
    return render(request, "governance/bodies/governance.html", context)
