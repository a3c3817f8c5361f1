"""The public board of a box: all its trackers, what identifies it, what it counts (GOV-27, GOV-31)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from cae.core.permissions import can
from governance.models import BallotBox
from governance.selectors.box_archive import board_of
from governance.selectors.secret_boxes import figures_of
from governance.states.secret import COUNTED, IN_COURSE, PUBLISHED
from governance.views.box_parts import of_box
from governance.views.secret_parts import VIEW, crumbs_to


@of_box
@require_safe
@cache_control(private=True, no_cache=True)
@vary_on_headers("HX-Request", "Accept-Language")
def box_board(request: HttpRequest, box: BallotBox) -> HttpResponse:
    """The whole page, or what changed in it: asked every 10 seconds of the scrutin, 304 when nothing did."""
    answer: HttpResponse = condition(etag_func=_mark)(_board)(request, box)
    return answer


def _mark(request: HttpRequest, box: BallotBox) -> str | None:
    """Each ballot and each act of the scrutin beats the pulse of its assembly."""
    htmx: Any = getattr(request, "htmx", False)
    return f'"{box.uuid}-{box.secret_vote.assembly.pulse}-{get_language()}"' if htmx else None


def _board(request: HttpRequest, box: BallotBox) -> HttpResponse:
    vote, box = box.secret_vote, figures_of(BallotBox.objects.filter(pk=box.pk)).get()
    trackers = board_of(box)
    context: dict[str, Any] = {
        "box": box,
        "vote": vote,
        "lead": f"{vote.title} · {box}",
        "trackers": trackers,
        # Of those who voted again, earlier ballots stay on the board.
        "replaced": sum(one.is_replaced for one in trackers),
        "is_live": vote.state in IN_COURSE,
        "is_counted": vote.state in COUNTED,
        "has_proofs": box.shares.exists(),
    }
    htmx: Any = getattr(request, "htmx", False)
    if htmx:
        return render(request, "governance/secret/board.html#live", context)
    knows = request.user.is_authenticated and can(request.user, VIEW, vote)
    context |= {
        "layout": "layouts/app.html" if request.user.is_authenticated else "layouts/site.html",
        "is_published": vote.state in PUBLISHED,
        "crumbs": crumbs_to(request.user, vote, _("Tableau public")) if knows else [],
    }
    return render(request, "governance/secret/board.html", context)
