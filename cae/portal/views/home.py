"""The first page: what waits for me, then the figures (CAE-20)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cae.core.keys import is_own_address, key_in
from cae.core.permissions import public, requires, signed_in
from cae.portal.handbook import TOPICS
from cae.portal.homes import home_of, shared_figures_of
from cae.portal.middleware import SESSION_KEY, own_activities
from entrepreneurs.models import Activity
from people.selectors.guide import published_pages


@public
def welcome(request: HttpRequest) -> HttpResponse:
    """The cooperative to the world; a person signed in goes on to their home."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    return render(request, "portal/welcome.html")


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    own = own_activities(request)
    shown = home_of(request.user, own, request.activity if own else None, today)  # type: ignore[attr-defined]
    return render(request, "portal/home.html", {"today": today, "home": shown})


@requires("accounting.view_balances")
def home_figures(request: HttpRequest) -> HttpResponse:
    """The figures of many activities: added up after the page has come, or on a page of their own."""
    shared = shared_figures_of(request.user, timezone.localdate())
    htmx = getattr(request, "htmx", False)
    response = render(request, "portal/home_figures.html" + ("#figures" if htmx else ""), {"shared": shared})
    response["Vary"] = "HX-Request"
    return response


@signed_in
@require_POST
def switch_activity(request: HttpRequest) -> HttpResponse:
    """Chooses the activity in use, among one's own."""
    pk = request.POST.get("activity", "")
    chosen = get_object_or_404(Activity.objects.owned_by(request.user), pk=key_in(pk) or 0)
    request.session[SESSION_KEY] = chosen.pk
    target = request.POST.get("next", "")
    return redirect(target if is_own_address(target) else reverse("portal:home"))


@public
def help_page(request: HttpRequest) -> HttpResponse:
    context = {
        "topics": TOPICS,
        "pages": published_pages(),
        "came_from": request.GET.get("depuis", ""),
    }
    return render(request, "portal/help.html", context)


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html", {"site_url": settings.SITE_URL})
