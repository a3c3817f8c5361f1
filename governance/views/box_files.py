"""What a box publishes, byte for byte: its archive, its strict proofs, its election, its list of public keys
(GOV-27, GOV-28)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from governance.models import BallotBox
from governance.selectors.box_archive import archive_parts, head_of, strict_proofs_of
from governance.views.box_parts import of_box

Answer = TypeVar("Answer", bound=HttpResponseBase)
JSON, ARCHIVE = "application/json", "application/x-tar"


def _marked(mark: str, answer: Callable[[], HttpResponseBase], request: HttpRequest) -> HttpResponseBase:
    """The file, or 304 to who has it already: pages ask for it again and again."""
    kept: HttpResponseBase = cache_control(private=True, no_cache=True)(
        condition(etag_func=lambda _request: f'"{mark}"')(lambda _request: answer())
    )(request)
    return kept


def _named(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def _text(content: str, name: str) -> HttpResponse:
    return _named(HttpResponse(content, content_type=JSON), name)


def _pieces(content: Iterable[bytes], name: str) -> StreamingHttpResponse:
    return _named(StreamingHttpResponse(content, content_type=ARCHIVE), name)


@of_box
@require_safe
def box_archive(request: HttpRequest, box: BallotBox) -> HttpResponseBase:
    """The archive as far as the scrutin has come, piece by piece: it may be long."""
    return _marked(head_of(box), lambda: _pieces(archive_parts(box), f"{box.uuid}.bel"), request)


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
