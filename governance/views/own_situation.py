"""« Ma situation »: what one is for the cooperative, one’s right to vote, one’s request to join."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, requires
from cae.core.tab_bars import OWN, tabs_of
from governance.forms.admissions import AskForm
from governance.selectors.admissions import admission_route, admissions_of, asking_facts
from governance.selectors.associates import categories_of, own_associates, rights_of
from governance.services.admissions import open_admission
from people.requests import SignedIn


@requires("governance.view_own_situation")
def own_situation(request: SignedIn) -> HttpResponse:
    """Oneself and the legal persons one represents; else when and how one may ask."""
    user, now = request.user, timezone.now()
    today = timezone.localdate(now)
    lines = [
        {
            "associate": one,
            "category": next(iter(categories_of(one)), None),
            "rights": rights_of(one, now),
            "is_present": one.is_associate_on(today),
        }
        for one in own_associates(user, today)
    ]
    requests = list(admissions_of(user.person)) if user.person else []
    context = {
        "tabs": tabs_of(user, OWN, "governance:own_situation"),
        "lines": lines,
        "requests": requests,
        "may_ask": can(user, "governance.open_own_admission") and not any(one.is_open for one in requests),
        "facts": asking_facts(user.person, today) if user.person else None,
        "route": admission_route(today),
        "today": today,
    }
    return render(request, "governance/register/own_situation.html", context)


@requires("governance.open_own_admission")
def own_request(request: SignedIn) -> HttpResponse:
    """One asks to become an associate: the draft is read again, then sent."""
    user, today = request.user, timezone.localdate()
    form = AskForm(request.POST or None, on=today, but=user.person)
    if form.is_valid() and user.person is not None:
        with refused_at(form):
            admission = open_admission(user.person, asked=form.typed(), actor=user, on=today)
            messages.success(request, _("Votre demande est prête : relisez-la, puis envoyez-la."))
            return redirect(admission)
    own, title = reverse("governance:own_situation"), _("Devenir associé·e")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Une personne, une voix : vous décidez avec les autres, et vous souscrivez des parts."),
        submit=_("Préparer ma demande"),
        back_url=own,
        crumbs=[(_("Ma situation"), own), (title, "")],
    )
