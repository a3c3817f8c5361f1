"""The neighbouring pages of shares, and the form of a movement with what it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Tab
from governance.forms.shares import AcceptedForm
from governance.selectors.share_rules import effect_of
from governance.selectors.share_words import effect_shown
from people.requests import SignedIn

# What a list of the shares of somebody looks for.
ASSOCIATE_NAMES = (
    "associate__person__first_name",
    "associate__person__last_name",
    "associate__person__usual_name",
    "associate__organisation__name",
)
_VIEW = "governance.view_shares"
PAGES = (
    (gettext_lazy("Mouvements"), "governance:share_movements", _VIEW),
    (gettext_lazy("Détentions"), "governance:share_holders", _VIEW),
    (gettext_lazy("Souscriptions"), "governance:subscription_list", _VIEW),
    (gettext_lazy("Retards"), "governance:late_payments", _VIEW),
    (gettext_lazy("Remboursements"), "governance:refund_list", _VIEW),
    (gettext_lazy("Limites"), "governance:share_limits", _VIEW),
    (gettext_lazy("Catégories de parts"), "governance:share_class_list", _VIEW),
)


def share_tabs(user: Any, current: str) -> list[Tab]:
    return tabs_open_to(user, PAGES, f"governance:{current}")


def share_crumbs(*last: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [(_("Parts sociales"), reverse("governance:share_movements")), *last]


@dataclass(frozen=True)
class Movement:
    """The page of a movement: its words, what it changes of whose capital and when, its service, the fields
    where nobody names themselves."""

    title: str
    back_url: str
    crumbs: list[tuple[Any, str]]
    lead: str
    changes: Callable[[Mapping[str, Any]], tuple[dict[int, Decimal], date]]
    act: Callable[[Mapping[str, Any]], HttpResponse]
    of_others: tuple[str, ...] = ("associate",)


def are_of_others(request: SignedIn, form: forms.Form, *fields: str) -> bool:
    """Nobody keeps the books of their own shares: says so at the field where one chose oneself, or whom one
    represents."""
    for name in fields:
        if not can(request.user, "governance.write_shares", form.cleaned_data[name]):
            form.add_error(name, _("Ce sont vos parts : demandez à une autre personne de le noter."))
    return form.is_valid()


def movement_page(request: SignedIn, form: AcceptedForm, page: Movement) -> HttpResponse:
    """What the movement would do is shown first, or with its refusal; then it is written."""
    shown = None
    if form.is_valid() and are_of_others(request, form, *page.of_others):
        # A refusal takes its field out of what the form says.
        typed = dict(form.cleaned_data)
        if request.POST.get("do") == "save":
            with refused_at(form):
                return page.act(typed)
        changes, on = page.changes(typed)
        shown = effect_shown(effect_of(changes, on))
        if shown.is_broken:
            form.ask_to_accept()
    return form_page(
        request,
        form,
        title=page.title,
        submit=_("Enregistrer"),
        back_url=page.back_url,
        crumbs=page.crumbs,
        lead=page.lead,
        template="governance/shares/movement.html",
        effect=shown,
    )
