"""What lets a phone install the application: its manifest, its service worker, its page without network."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control

from cae.core.offline import OFFLINE_PAGES
from cae.core.permissions import public

# Files without which the page « hors ligne » would not look like the others.
KEPT = ("build/alveole.css", "img/mark.svg", "vendor/inter/inter-latin-wght-normal.woff2")


@public
@cache_control(max_age=3600)
def manifest(_request: HttpRequest) -> HttpResponse:
    """Name, colours and icons of the installed application."""
    icons = [
        {
            "src": static(f"icons/app-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any",
        }
        for size in (192, 512)
    ]
    facts = {
        "name": "Alvéole",
        "short_name": "Alvéole",
        "lang": "fr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f6f3",
        "theme_color": "#1f5f5b",
        "icons": icons,
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@public
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Keeps static files and the pages « hors ligne », which hold nobody's data, and nothing else."""
    shells = {reverse(page.url_name): reverse(page.instead) for page in OFFLINE_PAGES}
    names = dict.fromkeys([*KEPT, *(name for page in OFFLINE_PAGES for name in page.files)])
    context = {
        "files": [*map(static, names), reverse("core:offline"), *shells.values()],
        "static_url": settings.STATIC_URL,
        "offline_url": reverse("core:offline"),
        "shells": shells,
    }
    return render(request, "core/service_worker.js", context, content_type="text/javascript")


@public
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows when there is no network."""
    return render(request, "offline.html")
