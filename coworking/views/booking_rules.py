"""The rules of a resource by plan, set by whoever runs the place (COW-18)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.forms import refused_at
from cae.core.permissions import require, requires
from coworking.forms.bookings import HourField
from coworking.models import BookingRule, Place, Plan, Resource
from coworking.selectors.booking_words import length_words
from coworking.services.booking_rules import RuleData, remove_rule, set_rule
from coworking.views.place_frame import place_form, place_page
from people.requests import SignedIn


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        **({"label": label, "min_value": 0, "max_value": 527040, "required": False} | more)
    )


class RuleForm(forms.Form):
    """A rule for the holders of a plan, or for anybody else."""

    plan = forms.ModelChoiceField(
        label=gettext_lazy("Pour"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=gettext_lazy("Toute autre personne"),
    )
    notice = _number(gettext_lazy("Au plus tard (minutes avant)"), initial=0)
    opens_days = _number(gettext_lazy("Au plus tôt (jours avant)"))
    longest = _number(gettext_lazy("Durée maximale (minutes)"))
    weekly = _number(gettext_lazy("Par semaine au plus (minutes)"))
    from_hour = HourField(label=gettext_lazy("À partir de"), required=False)
    until_hour = HourField(label=gettext_lazy("Jusqu’à"), required=False)
    needs_approval = forms.BooleanField(label=gettext_lazy("Demande une validation"), required=False)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = place.plans.filter(archived_at__isnull=True)  # type: ignore[attr-defined]

    def typed(self) -> RuleData:
        found = {name: self.cleaned_data[name] for name in RuleData.__dataclass_fields__}
        return RuleData(**found | {"notice": found["notice"] or 0})


def _resource(request: SignedIn, pk: int) -> Resource:
    row = get_object_or_404(Resource.objects.select_related("place__scope__territory"), pk=pk)
    require(request.user, "coworking.keep_rules", row.place)
    return row


@requires("coworking.keep_rules")
def rule_list(request: SignedIn, pk: int) -> HttpResponse:
    row = _resource(request, pk)
    rules = [(rule, _words(rule)) for rule in row.rules.select_related("plan").order_by("plan__name")]
    return place_page(
        request,
        row.place,
        "coworking/bookings/rules.html",
        "coworking:resources",
        resource=row,
        rules=rules,
    )


def _words(rule: BookingRule) -> list[str]:
    """What a rule says, a line each."""
    hours = _("de %(from)s à %(to)s") % {
        "from": f"{rule.from_hour:%H:%M}" if rule.from_hour else "0:00",
        "to": f"{rule.until_hour:%H:%M}" if rule.until_hour else "24:00",
    }
    lines = (
        (rule.notice, _("au plus tard %(n)s avant") % {"n": length_words(rule.notice)}),
        (rule.opens_days is not None, _("au plus tôt %(n)s jours avant") % {"n": rule.opens_days}),
        (rule.longest, _("%(n)s au plus") % {"n": length_words(rule.longest or 0)}),
        (rule.weekly, _("%(n)s par semaine au plus") % {"n": length_words(rule.weekly or 0)}),
        (rule.from_hour or rule.until_hour, hours),
        (rule.needs_approval, _("demande une validation")),
    )
    return [words for holds, words in lines if holds]


@requires("coworking.keep_rules")
def rule_set(request: SignedIn, pk: int) -> HttpResponse:
    row = _resource(request, pk)
    plan = request.GET.get("formule", "")
    held = row.rules.filter(plan=int(plan) if plan.isdigit() else None).first()
    initial = {name: getattr(held, name) for name in RuleData.__dataclass_fields__} if held else {}
    form = RuleForm(
        request.POST or None, initial=initial | {"plan": held.plan_id if held else plan}, place=row.place
    )
    if form.is_valid():
        with refused_at(form):
            set_rule(row, form.cleaned_data["plan"], data=form.typed(), actor=request.user)
            messages.success(request, _("Règle enregistrée."))
            return redirect("coworking:booking_rules", row.pk)
    back = reverse("coworking:booking_rules", args=[row.pk])
    return place_form(
        request, form, row.place, title=_("Règle de réservation"), back=(_("Règles"), back), row=None
    )


@require_POST
@requires("coworking.keep_rules")
def rule_remove(request: SignedIn, pk: int) -> HttpResponse:
    rule = get_object_or_404(BookingRule.objects.select_related("resource__place"), pk=pk)
    require(request.user, "coworking.keep_rules", rule.resource.place)
    remove_rule(rule, actor=request.user)
    messages.success(request, _("Règle retirée."))
    return redirect("coworking:booking_rules", rule.resource_id)
