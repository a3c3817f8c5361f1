"""What is missing before something is posted or sent, each with its repair (ACC-05)."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.selectors.lacks import lacks_on
from accounting.services.accounts import open_section, restore_journals
from accounting.views.tabs import books_tabs
from cae.core.acting import act_now
from cae.core.permissions import can, requires
from entrepreneurs.models import Activity


@requires("accounting.view_ledger")
def lack_list(request: HttpRequest) -> HttpResponse:
    """Heading by heading; whoever may not repair is not led to a page that refuses."""
    lacks = lacks_on(timezone.localdate())
    rights = {right: can(request.user, right) for right in {lack.right for lack in lacks}}
    headings = [
        (heading, [(lack, rights[lack.right]) for lack in found])
        for heading, found in groupby(lacks, key=lambda lack: lack.heading)
    ]
    context = {"books_tabs": books_tabs("lack_list"), "headings": headings, "count": len(lacks)}
    return render(request, "accounting/lettering/lacks.html", context)


@require_POST
@requires("accounting.change_accounts")
def section_open(request: HttpRequest, activity_id: int) -> HttpResponse:
    activity = get_object_or_404(Activity, pk=activity_id)
    return act_now(
        request,
        lambda: open_section(activity, actor=request.user),
        done=_("La section de « %(activity)s » est ouverte.") % {"activity": activity.name},
        back_url=reverse("accounting:lack_list"),
    )


@require_POST
@requires("accounting.change_accounts")
def journals_restore(request: HttpRequest) -> HttpResponse:
    return act_now(
        request,
        lambda: restore_journals(actor=request.user),
        done=_("Les journaux sont rétablis."),
        back_url=reverse("accounting:lack_list"),
    )
