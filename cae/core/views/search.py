"""The search everywhere: a page with its address, and the list that the palette asks for (CAE-11)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cae.core.keys import text_in
from cae.core.permissions import signed_in
from cae.core.search import MAX_TERMS, search, suggestions


@signed_in
def search_page(request: HttpRequest) -> HttpResponse:
    """Gives the page, or the options of the palette; with no word the palette offers acts and pages."""
    terms = text_in(request.GET.get("q", "")[:MAX_TERMS])
    htmx: Any = getattr(request, "htmx", False)
    in_palette = bool(htmx and not htmx.history_restore_request)
    groups = suggestions(request.user) if in_palette and not terms else search(request.user, terms)
    context = {"terms": terms, "groups": groups, "count": sum(len(group.hits) for group in groups)}
    response = render(request, "core/_search_options.html" if in_palette else "core/search.html", context)
    response["Vary"] = "HX-Request"
    return response
