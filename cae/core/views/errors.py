"""What a page says when it cannot be shown."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from cae.core.kept_typing import hold, is_marked
from cae.core.middleware import BodyTooBig
from cae.core.permissions import public


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The secret of the form is missing or old: the page was left open too long, or comes from elsewhere.
    Somebody who signed in again in another tab finds what they had typed, to be sent once more."""
    if is_marked(request):
        return hold(request)
    context = {
        "sentence": _("Cette page était ouverte depuis trop longtemps : revenez en arrière et recommencez.")
    }
    return render(request, "403.html", context, status=403)


@public
def permission_denied(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return render(request, "403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A body over DATA_UPLOAD_MAX_MEMORY_SIZE or with too many fields is said; anything else is not ours."""
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return defaults.bad_request(request, exception)
    sentence = _("Ce que vous envoyez est trop long pour être enregistré : raccourcissez le texte.")
    if isinstance(exception, BodyTooBig):
        sentence = _("Ce que vous envoyez est trop gros : aucun fichier ne dépasse 20 Mo ici.")
    context = {"sentence": sentence}
    return render(request, "413.html", context, status=413)
