"""Files that look alike, the merge of two with its preview, and its undoing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Refused
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in, text_in
from cae.core.permissions import require, requires
from cae.core.tab_bars import tabs_open_to
from people.forms.own_data import MergeForm
from people.models import MergeRecord, Person
from people.requests import SignedIn
from people.selectors.merging import likely_duplicates, lookalikes
from people.selectors.persons import persons_visible_to
from people.services.merging import Movement, merge_persons, rehearse_merge, undo_merge
from people.views.bars import PERSONS


@requires("people.view_duplicates")
def duplicate_list(request: SignedIn) -> HttpResponse:
    merges = MergeRecord.objects.select_related("kept", "merged", "by__person").filter(undone_at__isnull=True)
    now = timezone.now()
    context = {
        "tabs": tabs_open_to(request.user, PERSONS, "people:duplicate_list"),
        "pairs": likely_duplicates(),
        "merges": [(merge, merge.can_be_undone(now)) for merge in merges[:50]],
    }
    return render(request, "people/duplicates.html", context)


@requires("people.view_lookalikes")
def lookalike_list(request: SignedIn) -> HttpResponse:
    """The part of a form that says, while one types, which files look like it; those out of sight are
    counted, not named."""
    email, phone = (text_in(request.GET.get(name, ""))[:254] for name in ("email", "phone"))
    names = (text_in(request.GET.get(name, ""))[:80] for name in ("usual_name", "last_name", "first_name"))
    usual, last, first = names
    but = Person.objects.filter(pk=key_in(request.GET.get("sauf", "")) or 0).first()
    found = lookalikes(name=f"{usual or last} {first}".strip(), email=email, phone=phone, but=but)
    keys = [one.pk for one, _why in found]
    seen = set(persons_visible_to(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    shown = [(one, why.label) for one, why in found if one.pk in seen]
    return render(request, "people/lookalikes.html", {"shown": shown, "hidden": len(found) - len(shown)})


@requires("people.merge_persons")
def person_merge(request: SignedIn, pk: int, other: int) -> HttpResponse:
    """Merges the second file into the first; the page says beforehand what would move."""
    kept, merged = (get_object_or_404(persons_visible_to(request.user), pk=key) for key in (pk, other))
    form = MergeForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            merge_persons(
                kept,
                merged=merged,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("Fiches fusionnées. Vous pouvez l’annuler pendant trente jours."))
            return redirect(kept)
    movements, hindrance = _rehearsed(request, kept, merged)
    return form_page(
        request,
        form,
        title=_("Fusionner deux fiches"),
        submit=_("Fusionner"),
        tone="primary",
        back_url=reverse("people:duplicate_list"),
        crumbs=[
            (_("Personnes"), reverse("people:person_list")),
            (_("Doublons"), reverse("people:duplicate_list")),
            (_("Fusionner"), ""),
        ],
        template="people/person_merge.html",
        kept=kept,
        merged=merged,
        movements=movements,
        hindrance=hindrance,
        swap_url=reverse("people:person_merge", args=[merged.pk, kept.pk]),
    )


@requires("people.merge_persons")
def merge_undo(request: SignedIn, pk: int) -> HttpResponse:
    record = get_object_or_404(MergeRecord.objects.select_related("kept", "merged"), pk=pk)
    require(request.user, "people.merge_persons", record.kept)
    back_url = reverse("people:duplicate_list")
    if request.method == "POST":
        try:
            undone = undo_merge(record, actor=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(back_url)
        messages.success(request, _("Fusion annulée : chaque fiche a retrouvé ce qui était à elle."))
        return redirect(undone.merged)
    return render(request, "people/merge_undo.html", {"record": record, "back_url": back_url})


def _rehearsed(request: SignedIn, kept: Person, merged: Person) -> tuple[list[Movement], str]:
    """What would move, or the sentence for which nothing may."""
    try:
        return rehearse_merge(kept, merged=merged, actor=request.user, now=timezone.now()), ""
    except Refused as refusal:
        return [], str(refusal)
