"""The neighbouring pages of the register, and what its pages share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.permissions import can
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Tab
from governance.models import Associate
from governance.selectors.share_rules import limits_on
from governance.selectors.share_words import broken_words
from people.requests import SignedIn

PAGES = (
    (gettext_lazy("Registre"), "governance:associate_list", "governance.view_register"),
    (gettext_lazy("Demandes"), "governance:admission_list", "governance.view_admissions"),
    (gettext_lazy("Collèges"), "governance:college_list", "governance.view_register"),
)


def register_tabs(user: Any, current: str) -> list[Tab]:
    return tabs_open_to(user, PAGES, current)


def seen_associate(request: HttpRequest, pk: int) -> Associate:
    """The associate if the person sees it; otherwise 404, as if there were none."""
    rows = Associate.objects.visible_to(request.user).select_related("person", "organisation")
    return get_object_or_404(rows, pk=pk)


def is_of_others(request: SignedIn, form: forms.Form, *fields: str) -> bool:
    """Nobody gives themselves a voice: says so at the field where one chose oneself."""
    for name in fields:
        if form.cleaned_data[name] is not None and form.cleaned_data[name] == request.user.person:
            form.add_error(name, _("C’est vous : demandez à une autre personne de le noter."))
    return form.is_valid()


def crumbs_of(user: Any, *last: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way down from the register, for who reads it; else from one's own page."""
    if can(user, "governance.view_register"):
        return [(_("Associé·es"), reverse("governance:associate_list")), *last]
    return [(_("Ma situation"), reverse("governance:own_situation")), *last]


def warn_of_limits(request: HttpRequest) -> None:
    """Says, above the next page, the limits of the law that the register does not meet as it now stands: who
    is in it, and as what, counts for them as much as shares."""
    broken = broken_words(one for one in limits_on(timezone.localdate()) if not one.met)
    if broken:
        messages.warning(request, _("À régulariser : %(limits)s.") % {"limits": broken})
