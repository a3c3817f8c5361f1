"""The tabs that the pages around the portfolio share."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.permissions import can
from cae.core.tables import Tab

PAGES = (
    ("portfolio", _("Personnes"), "entrepreneurs.follow_people"),
    ("team_load", _("Charge de l’équipe"), "entrepreneurs.reassign"),
    ("support_catalogue", _("Catalogue"), "entrepreneurs.follow_people"),
    ("funded_list", _("Actions financées"), "entrepreneurs.view_funded"),
)


def portfolio_tabs(request: HttpRequest, current: str) -> list[Tab]:
    """Gives the tabs open to who asks; none when there is but one page."""
    shown = [
        Tab(label, reverse(f"entrepreneurs:{name}"), name == current)
        for name, label, right in PAGES
        if can(request.user, right)
    ]
    return shown if len(shown) > 1 else []
