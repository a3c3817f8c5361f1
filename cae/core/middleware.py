"""What surrounds every request: from where it comes, for the journal; a refusal that no view caught."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cae.core import audit
from cae.core.errors import Code, Forbidden, Refused
from cae.core.keys import key_in

_STATUS = {Code.NOT_ALLOWED: 403, Code.ILLEGAL_MOVE: 409, Code.ALREADY_DONE: 409, Code.STALE_FORM: 409}
_STATUS |= {Code.CHECKER_UNAVAILABLE: 503, Code.LINK_UNKNOWN: 404}
_STATUS |= dict.fromkeys((Code.LINK_EXPIRED, Code.LINK_WITHDRAWN), 410)


def status_of(refusal: Refused) -> int:
    """Gives the HTTP status that says the same thing as the code of a refusal."""
    return 403 if isinstance(refusal, Forbidden) else _STATUS.get(refusal.code, 422)


class BodyTooBig(RequestDataTooBig):
    """More than any page of the house takes, files included."""


class BodyMiddleware:
    """Refuses, before anything of it is kept, a body that no page would take: Django bounds texts only, and
    would write a file of any size on the disk of the server, whoever sends it."""

    # The scan of a signed contract (20 MB), the heaviest file that a page takes, and the form around it.
    MOST = 24 * 1024 * 1024
    # Read to the end and forgotten, so that a browser hears the answer instead of a broken line.
    MOST_HEARD, _PIECE = 64 * 1024 * 1024, 64 * 1024

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = key_in(request.META.get("CONTENT_LENGTH") or "0")
        if length is None or length > self.MOST:
            heard = 0
            while length is not None and heard < length <= self.MOST_HEARD:
                piece = request.read(self._PIECE)
                heard += len(piece)
                if not piece:
                    break
            raise BodyTooBig("the body of the request exceeds BodyMiddleware.MOST")
        return self.get_response(request)


class OriginMiddleware:
    """Lets the journal note from which address an act was asked, past the proxies that the settings trust."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            address = get_adapter().get_client_ip(request)
        except PermissionDenied:  # a local socket has none
            address = None
        with audit.coming_from(address):
            return self.get_response(request)


class RefusalMiddleware:
    """Says in a page of the house what would answer in no words: a refusal that no view caught, the address
    of a button opened as a link (back from the sign-in page, or typed)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "core/refused.html", {"refusal": exception}, status=status_of(exception))
