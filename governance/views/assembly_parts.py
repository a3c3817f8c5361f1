"""What the pages of an assembly share: finding it, the way back, who is out of mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.permissions import require
from governance.models import Assembly, Resolution
from governance.selectors.preparing import named, out_of_mail

ORGANISE = "governance.organise_assembly"
Crumbs = list[tuple[Any, str]]


def find_assembly(request: HttpRequest, pk: int, right: str = "governance.view_assembly") -> Assembly:
    """Gives an assembly within sight (404), after asking the right on it (403)."""
    rows = Assembly.objects.visible_to(request.user).select_related(
        "rule_set", "earlier_call", "convened_by__person"
    )
    assembly = get_object_or_404(rows, pk=pk)
    require(request.user, right, assembly)
    return assembly


def find_resolution(request: HttpRequest, pk: int, right: str = "governance.view_assembly") -> Resolution:
    """Gives a resolution of an assembly within sight (404), after asking the right on it (403)."""
    rows = Resolution.objects.visible_to(request.user).select_related("assembly", "item", "body")
    resolution = get_object_or_404(rows, pk=pk)
    require(request.user, right, resolution)
    return resolution


def crumbs_of(assembly: Assembly | None, *more: tuple[Any, str]) -> Crumbs:
    """The way back from a page about an assembly; the last step has no address."""
    trail: Crumbs = [(_("Assemblées"), reverse("governance:assembly_list"))]
    if assembly is not None:
        trail.append((assembly.title, assembly.get_absolute_url()))
    trail += more
    return [*trail[:-1], (trail[-1][0], "")]


def mailed(sentence: str, assembly: Assembly) -> str:
    """Gives the sentence that says who is told by mail, and whom to tell otherwise."""
    silent = out_of_mail(assembly)
    if not silent:
        return sentence
    return _("%(sentence)s Sans adresse e-mail, à prévenir par courrier : %(names)s.") % {
        "sentence": sentence,
        "names": named(silent),
    }
