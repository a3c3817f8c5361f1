"""What a box publishes, byte for byte: its archive, its strict proofs, its election, its list of public keys
(GOV-27, GOV-28)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryFile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from cae.core.errors import Code, Refused
from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots.faults import BallotFault
from governance.models import BallotBox
from governance.selectors.box_archive import archive_parts, head_of, strict_proofs_of
from governance.views.box_parts import of_box

JSON, ARCHIVE = "application/json", "application/x-tar"


def _marked(mark: str, answer: Callable[[], HttpResponseBase], request: HttpRequest) -> HttpResponseBase:
    """The file, or 304 to who has it already: pages ask for it again and again. Rows of which no file can be
    made are said in one sentence (409), which nobody keeps."""
    try:
        kept: HttpResponseBase = cache_control(private=True, no_cache=True)(
            condition(etag_func=lambda _request: f'"{mark}"')(lambda _request: answer())
        )(request)
    except BallotFault as fault:
        words = _("Cette urne est altérée : %(why)s") % {"why": fault_sentence(fault.code)}
        raise Refused(Code.ILLEGAL_MOVE, words) from None
    return kept


def _text(content: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or ""
    return HttpResponse(content, content_type=JSON, headers={"Content-Disposition": disposition})


def _archive(box: BallotBox) -> FileResponse:
    """Whole before its first byte leaves: an altered box may show at the last one."""
    with ExitStack() as kept:
        handle = kept.enter_context(TemporaryFile())
        for part in archive_parts(box):
            handle.write(part)
        handle.seek(0)
        # Left open from here on: the answer closes it once it is read.
        kept.pop_all()
    return FileResponse(handle, as_attachment=True, filename=f"{box.uuid}.bel", content_type=ARCHIVE)


@of_box
@require_safe
def box_archive(request: HttpRequest, box: BallotBox) -> HttpResponseBase:
    """The archive as far as the scrutin has come."""
    return _marked(head_of(box), lambda: _archive(box), request)


@of_box
@require_safe
def box_proofs(request: HttpRequest, box: BallotBox) -> HttpResponseBase:
    """The strict proofs of the shares, beside the archive, once there is one."""
    if not box.shares.exists():
        raise Http404
    return _marked(
        f"{head_of(box)}-strict", lambda: _text(strict_proofs_of(box), f"{box.uuid}.strict.json"), request
    )


@of_box
@require_safe
def box_election(request: HttpRequest, box: BallotBox) -> HttpResponseBase:
    """The election, the very text that was hashed."""
    return _marked(box.fingerprint, lambda: _text(box.election, f"{box.uuid}.election.json"), request)


@of_box
@require_safe
def box_roll(request: HttpRequest, box: BallotBox) -> HttpResponseBase:
    """The public keys of the codes, which name nobody."""
    return _marked(box.roll_fingerprint, lambda: _text(box.roll, f"{box.uuid}.liste.json"), request)
