"""The certificate of opening: what is read aloud before the scrutin opens, and signed (GOV-26)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cae.core.permissions import requires
from governance.selectors.secret_facts import boxes_of
from governance.selectors.secret_steps import keepers_of
from governance.selectors.secret_totals import votes_asked
from governance.selectors.secret_warnings import small_boxes
from governance.views.secret_parts import SEALED, VIEW, crumbs_to, secret_seen
from people.requests import SignedIn


@requires(VIEW)
@require_safe
def secret_certificate(request: SignedIn, pk: int) -> HttpResponse:
    """Fingerprints, keys, size of the rolls, programs: a page to print, known once the boxes are sealed."""
    vote = secret_seen(request, pk)
    if vote.state not in SEALED:
        raise Http404
    context = {
        "vote": vote,
        "assembly": vote.assembly,
        "bureau": vote.assembly.bureau.select_related("person"),
        "boxes": boxes_of(vote),
        "keepers": keepers_of(vote),
        "questions": votes_asked(vote),
        "warnings": small_boxes(vote),
        "crumbs": crumbs_to(request.user, vote, _("Certificat d’ouverture")),
    }
    return render(request, "governance/secret/certificate.html", context)
