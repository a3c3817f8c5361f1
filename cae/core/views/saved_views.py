"""Keeps the address of a list under a name, and forgets it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.keys import is_own_address, text_in
from cae.core.list_views import COLUMNS, SHARE, keep_columns
from cae.core.models import SavedView
from cae.core.permissions import can, signed_in


def _back(request: HttpRequest, query: str = "") -> HttpResponse:
    path = request.POST.get("path", "/")
    return redirect((path if is_own_address(path) else "/") + (f"?{query}" if query else ""))


@signed_in
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keeps what the list shows (posted: page, path, query, name, shared); the same name is replaced."""
    name, query = text_in(request.POST.get("name", ""))[:60], text_in(request.POST.get("query", ""))[:2000]
    if not name:
        messages.error(request, _("Donnez un nom à cette vue."))
        return _back(request, query)
    page = text_in(request.POST.get("page", ""))[:80]
    shared = bool(request.POST.get("shared")) and can(request.user, SHARE)
    SavedView.objects.update_or_create(
        owner_id=request.user.pk, page=page, name=name, defaults={"query": query, "is_shared": shared}
    )
    messages.success(request, _("Vue « %(name)s » enregistrée.") % {"name": name})
    return _back(request, query)


@signed_in
@require_POST
def choose_columns(request: HttpRequest) -> HttpResponse:
    """Keeps the columns ticked (posted: page, path, query, colonnes, all): the list opens so from now on."""
    page, columns = text_in(request.POST.get("page", ""))[:80], request.POST.getlist(COLUMNS)
    every = set(request.POST.get("all", "").split())
    chosen = [name for name in columns if name in every]
    if set(chosen) == every:
        chosen = []
    keep_columns(request.user, page, chosen)
    query = QueryDict(request.POST.get("query", "")[:2000], mutable=True)
    query.setlist(COLUMNS, chosen)
    return _back(request, query.urlencode())


@signed_in
@require_POST
def forget_view(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedView, pk=pk, owner=request.user).delete()
    messages.success(request, _("Vue oubliée."))
    return _back(request)
