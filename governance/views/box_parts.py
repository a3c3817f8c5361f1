"""The door of the pages and files of a box: open to everybody once its archive is published, before that to
whoever sees its scrutin (GOV-26)."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase

from cae.core.permissions import can, public, signed_in
from cae.core.quiet import quiet
from governance.engines.ballots.credentials import is_uuid
from governance.models import BallotBox
from governance.states.secret import PUBLISHED
from governance.views.secret_parts import VIEW
from people.requests import SignedIn

View = Callable[[HttpRequest, BallotBox], HttpResponseBase]


def of_box(view: View) -> Callable[..., HttpResponseBase]:
    """Marks a view of a sealed box, which it is given. Quiet: who looks for a tracker, and when, is not
    noted either."""

    @signed_in
    def to_members(request: SignedIn, box: BallotBox | None) -> HttpResponseBase:
        if box is None or not can(request.user, VIEW, box.secret_vote):
            raise Http404
        return view(request, box)

    @functools.wraps(view)
    def door(request: HttpRequest, uuid: str) -> HttpResponseBase:
        rows = BallotBox.objects.select_related("college", "secret_vote__assembly")
        # Whatever an address holds: no database is asked for a name that is none.
        box = rows.filter(uuid=uuid).exclude(election="").first() if is_uuid(uuid) else None
        if box is not None and box.secret_vote.state in PUBLISHED:
            return view(request, box)
        return to_members(request, box)

    return quiet(public(door))
