"""What the frame around each page shows: the menu, the activities, what can be created from anywhere."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cae.core import menu, permissions
from cae.portal.middleware import own_activities


def shell(request: HttpRequest) -> dict[str, Any]:
    """Gives the frame of a signed-in person's pages; nothing for a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "site_menu": menu.site_menu(request.path),
            "menu": [],
            "account_menu": None,
            "activities": [],
            "new_entries": [],
        }
    new = [
        {"label": one.label, "action": one.action, "url": reverse(one.url_name), "icon": one.icon}
        for one in menu.new_entries()
        if permissions.can(user, one.right)
    ]
    seen = menu.menu_of(request)
    return {
        "site_menu": menu.site_menu(request.path),
        "menu": seen.groups,
        "account_menu": seen.own,
        "activities": own_activities(request),
        "new_entries": new,
    }
