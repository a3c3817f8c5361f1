"""The sheet that gives a document its colour on screens, whose pages may hold no style (strict CSP)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from cae.core.permissions import public
from invoicing.calculations.colours import is_colour
from invoicing.documents import colour_rules


@public
@cache_control(public=True, immutable=True, max_age=31536000)
def document_colour(request: HttpRequest, colour: str) -> HttpResponse:
    """The same colour always gives the same rules: browsers keep it for ever."""
    if not is_colour(f"#{colour}"):
        raise Http404
    return HttpResponse(colour_rules(f"#{colour}"), content_type="text/css; charset=utf-8")
