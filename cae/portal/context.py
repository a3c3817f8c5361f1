"""What the frame around each page shows: the menu, the activities, what can be created from anywhere."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core import menu, permissions
from cae.portal.middleware import own_activities

# « Nouveau ▾ »: label, address, right, icon.
NEW = (
    (_("Facture"), "invoicing:invoice_new", "invoicing.create_invoice", "receipt"),
    (_("Client"), "invoicing:customer_new", "invoicing.edit_customer", "person-plus"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Gives the frame of a signed-in person's pages; nothing for a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": [], "activities": [], "new_entries": []}
    new = [
        {"label": label, "url": reverse(name), "icon": icon}
        for label, name, right, icon in NEW
        if permissions.can(user, right)
    ]
    return {"menu": menu.menu_of(request), "activities": own_activities(request), "new_entries": new}
