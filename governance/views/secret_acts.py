"""What moves a secret ballot by a button: sealing, rehearsing, adding up, verifying (GOV-26)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above
from cae.core.keys import text_in
from cae.core.models import Job
from cae.core.permissions import require, requires
from governance.services.secret_jobs import ask_tally, ask_verify
from governance.services.secret_keys import ready_keys
from governance.services.secret_rehearsal import rehearse
from governance.states.secret import SECRET_FLOW
from governance.views.secret_parts import VIEW, now_by, secret_seen
from people.requests import SignedIn

# Each act with the sentence said once it is done.
ACTS: dict[str, tuple[Any, Any]] = {
    "ready_keys": (ready_keys, _("Les urnes sont scellées : leurs empreintes ne changent plus.")),
    "rehearse": (rehearse, _("L’essai est juste : les bulletins d’essai sont détruits.")),
    "tally": (ask_tally, _("Les sommes chiffrées sont publiées : les gardien·nes donnent leur part.")),
    "verify": (ask_verify, _("Le scrutin est vérifié, preuve par preuve.")),
}


@require_POST
@requires(VIEW)
def secret_act(request: SignedIn, pk: int) -> HttpResponse:
    """Does the act of a button, at once or in a job that a page follows; what is refused is said on the page
    of the scrutin."""
    vote = secret_seen(request, pk)
    do = text_in(request.POST.get("do", ""))
    if do not in ACTS:
        raise Http404
    require(request.user, SECRET_FLOW.move(do).right, vote)
    act, done = ACTS[do]
    with refused_above(request):
        made = act(vote, **now_by(request))
        if isinstance(made, Job):
            return redirect("core:job_detail", made.pk)
        messages.success(request, done)
    return redirect(vote)
