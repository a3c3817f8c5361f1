"""Customers that look like one: found, put side by side, merged, told apart again (INV-02)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import require, requires
from invoicing.forms.chasing import MergeForm
from invoicing.models import CustomerMerge
from invoicing.selectors.duplicates import likely_customers, merges_of
from invoicing.services.merging_customers import merge_customers, undo_customer_merge
from invoicing.views.chase_settings import crumbs_of_customer
from invoicing.views.finding import activities_to_sell_for, find_customer

MERGE = "invoicing.merge_customers"


@requires(MERGE)
def customer_duplicates(request: HttpRequest) -> HttpResponse:
    activities = activities_to_sell_for(request, MERGE)
    now = timezone.now()
    context = {
        "pairs": likely_customers(activities),
        "merges": [(one, one.can_be_undone(now)) for one in merges_of(activities)],
        "several": len(activities) > 1,
    }
    return render(request, "invoicing/customer_duplicates.html", context)


@requires(MERGE)
def customer_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """`pk` stays, `other` goes: the page says what each has, and may be turned round."""
    kept = find_customer(request, pk, right=MERGE)
    merged = find_customer(request, other, right=MERGE)
    if kept.pk == merged.pk:
        raise Http404
    return act_page(
        request,
        MergeForm(request.POST or None),
        lambda typed: merge_customers(
            kept, merged=merged, reason=typed["reason"], actor=request.user, at=timezone.now()
        ),
        done=_("Les deux fiches n’en font plus qu’une. Cela s’annule pendant trente jours."),
        back_url=reverse("invoicing:customer_duplicates"),
        goes_to=kept.get_absolute_url(),
        title=_("Fusionner deux fiches"),
        lead=_("« %(merged)s » rejoint « %(kept)s ».") % {"merged": merged.name, "kept": kept.name},
        submit=_("Fusionner"),
        crumbs=crumbs_of_customer(kept, _("Fusion")),
        template="invoicing/customer_merge.html",
        kept=kept,
        merged=merged,
        turned_url=reverse("invoicing:customer_merge", args=[merged.pk, kept.pk]),
    )


@require_POST
@requires(MERGE)
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CustomerMerge.objects.select_related("kept__activity", "merged"), pk=pk)
    find_customer(request, record.kept_id)
    require(request.user, MERGE, record)
    return act_now(
        request,
        lambda: undo_customer_merge(record, actor=request.user, at=timezone.now()),
        done=_("La fusion est annulée : les deux fiches sont revenues."),
        back_url=reverse("invoicing:customer_duplicates"),
    )
