"""Reads minutes: the register, the places to sign, what an extract draws from them (GOV-34)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from governance.models import Assembly, Extract, Minutes, MinutesSignature
from governance.states.assemblies import AssemblyState, MinutesState


def minutes_listed(user: Any) -> QuerySet[Minutes]:
    """Gives the minutes that a person sees, those without number first, then the latest number."""
    rows = Minutes.objects.visible_to(user).select_related("assembly", "signed_pdf")
    return rows.order_by("-number", "-assembly__starts_at", "-pk")


def minutes_of(assembly: Assembly) -> Minutes | None:
    """Gives the minutes of an assembly once somebody began them."""
    rows = Minutes.objects.filter(assembly=assembly).select_related("assembly", "pdf", "signed_pdf")
    return rows.first()


def assemblies_to_minute(user: Any) -> QuerySet[Assembly]:
    """Gives the assemblies that a person sees, over, whose minutes nobody began."""
    return Assembly.objects.visible_to(user).filter(state=AssemblyState.CLOSED, minutes=None)


def assemblies_to_write() -> QuerySet[Assembly]:
    """Gives the assemblies that are over and whose minutes are not handed to be signed."""
    rows = Assembly.objects.filter(state=AssemblyState.CLOSED)
    return rows.filter(Q(minutes=None) | Q(minutes__state=MinutesState.DRAFT))


def signatures_of(minutes: Minutes) -> list[MinutesSignature]:
    """Gives the places to sign, in the order of the bureau."""
    rows = minutes.signatures.select_related("person", "signature", "unsigned_by__person")
    return list(rows.order_by("pk"))


def places_awaited(minutes: Minutes) -> QuerySet[MinutesSignature]:
    """Gives the places where somebody is still to sign: those noted as not signed wait for nobody."""
    return minutes.signatures.filter(signature=None, unsigned_reason="")


def may_be_unsigned(minutes: Minutes, place: int) -> MinutesSignature | None:
    """Gives a place that may be noted as not signed: awaited, in minutes handed to be signed."""
    if minutes.state != MinutesState.TO_SIGN:
        return None
    return places_awaited(minutes).filter(pk=place).select_related("person").first()


def extracts_of(minutes: Minutes) -> QuerySet[Extract]:
    """Gives what was drawn from the minutes, the latest first."""
    rows = minutes.extracts.select_related("document", "signature", "created_by__person")
    return rows.prefetch_related("resolutions")


def minutes_to_sign(person_id: Any) -> QuerySet[Minutes]:
    """Gives the minutes that wait for the signature of a person."""
    places = MinutesSignature.objects.filter(person=person_id, signature=None, unsigned_reason="")
    waiting = places.values("minutes")
    return Minutes.objects.filter(pk__in=waiting, state=MinutesState.TO_SIGN)


def frozen_resolutions(minutes: Minutes) -> list[dict[str, Any]]:
    """Gives the resolutions that the frozen facts tell, in their order."""
    told = [row for item in minutes.facts.get("items", []) for row in item["resolutions"]]
    return sorted([*told, *minutes.facts.get("apart", [])], key=lambda row: row["number"])


def drawn(minutes: Minutes, keys: Iterable[int]) -> list[dict[str, Any]]:
    """Gives those of the frozen resolutions that are asked for."""
    wanted = set(keys)
    return [row for row in frozen_resolutions(minutes) if row["id"] in wanted]


def resolutions_in(extract: Extract) -> list[dict[str, Any]]:
    """Gives the frozen resolutions of an extract."""
    return drawn(extract.minutes, extract.resolutions.values_list("pk", flat=True))


def own_place(minutes: Minutes, user: Any) -> MinutesSignature | None:
    """Gives the place where a person is to sign, while it waits."""
    if minutes.state != MinutesState.TO_SIGN or user.person_id is None:
        return None
    rows = minutes.signatures.filter(person=user.person_id, signature=None)
    return rows.select_related("person").first()
