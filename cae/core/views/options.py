"""The option lists in the settings: what each holds, what is decided for later, the form that decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import options
from cae.core.forms import DayField, form_page, refused_at
from cae.core.options import (
    STEP,
    Option,
    OptionData,
    OptionList,
    decide_option,
    decide_rule,
    history_of,
    lists_on,
    options_on,
)
from cae.core.permissions import requires


class DecisionForm(forms.Form):
    valid_from = DayField(label=gettext_lazy("À partir du"), initial=timezone.localdate)
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=300)


class OptionForm(DecisionForm):
    label = forms.CharField(label=gettext_lazy("Libellé"), max_length=120)
    help = forms.CharField(
        label=gettext_lazy("Définition ou précision"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rank = forms.IntegerField(
        label=gettext_lazy("Ordre"),
        min_value=0,
        max_value=9999,
        help_text=gettext_lazy("Du plus petit au plus grand."),
    )
    is_offered = forms.BooleanField(
        label=gettext_lazy("Proposée à la saisie"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Décochée, elle reste lisible sur les fiches qui la portent."),
    )
    field_order = ("label", "help", "rank", "is_offered", "valid_from", "reason")

    def data_typed(self) -> OptionData:
        return OptionData(
            **{name: self.cleaned_data[name] for name in ("label", "help", "rank", "is_offered")}
        )


class RuleForm(DecisionForm):
    rule = forms.CharField(
        label=gettext_lazy("Règle de saisie"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Une phrase, montrée à côté du champ partout où la liste sert."),
    )
    field_order = ("rule", "valid_from", "reason")


@requires("core.view_settings")
def option_lists(request: HttpRequest) -> HttpResponse:
    held = lists_on(options.LISTS, on=timezone.localdate())
    rows = sorted(
        ((options.LISTS[code], words) for code, words in held.items()), key=lambda row: str(row[0].label)
    )
    return render(request, "core/option_lists.html", {"lists": rows})


@requires("core.view_settings")
def option_list(request: HttpRequest, code: str) -> HttpResponse:
    known, today = _known(code), timezone.localdate()
    decisions = list(history_of(code))
    context = {
        "known": known,
        "options": options_on(code, on=today),
        "coming": [row for row in decisions if row.valid_from > today],
        "decisions": decisions,
    }
    return render(request, "core/option_list.html", context)


@requires("core.change_settings")
def option_add(request: HttpRequest, code: str) -> HttpResponse:
    known = _known(code)
    if known.is_closed:
        raise Http404(code)
    every = options_on(code, on=timezone.localdate()).every
    last = max((option.rank for option in every), default=0)
    return _option_page(request, known, None, initial={"rank": last + STEP})


@requires("core.change_settings")
def option_edit(request: HttpRequest, code: str, option: str) -> HttpResponse:
    known = _known(code)
    held = {one.code: one for one in options_on(code, on=timezone.localdate()).every}
    if option not in held:
        # It may have been decided for later only.
        held |= {row.code: _decided(row) for row in history_of(code) if row.code == option}
    if option not in held:
        raise Http404(option)
    names = ("label", "help", "rank", "is_offered")
    return _option_page(
        request, known, held[option], initial={name: getattr(held[option], name) for name in names}
    )


def _decided(row: Any) -> Option:
    return Option(row.code, row.label, row.help, row.rank, row.is_offered)


def _option_page(
    request: HttpRequest, known: OptionList, option: Option | None, *, initial: dict[str, Any]
) -> HttpResponse:
    form = OptionForm(request.POST or None, initial=initial)
    if known.is_closed:
        form.fields["is_offered"].widget = forms.HiddenInput(attrs={"value": "on"})
    if form.is_valid():
        typed = form.cleaned_data
        with refused_at(form):
            decide_option(
                known.code,
                option.code if option else None,
                data=form.data_typed(),
                valid_from=typed["valid_from"],
                reason=typed["reason"],
                actor=request.user,
            )
            messages.success(request, _("Liste enregistrée."))
            return redirect("core:option_list", known.code)
    title = str(option.label) if option else _("Ajouter une option")
    return _form(request, form, known, title)


@requires("core.change_settings")
def option_rule(request: HttpRequest, code: str) -> HttpResponse:
    known = _known(code)
    form = RuleForm(request.POST or None, initial={"rule": options_on(code, on=timezone.localdate()).rule})
    if form.is_valid():
        with refused_at(form):
            decide_rule(code, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Liste enregistrée."))
            return redirect("core:option_list", code)
    return _form(request, form, known, _("Règle de saisie"))


def _form(request: HttpRequest, form: forms.Form, known: OptionList, title: Any) -> HttpResponse:
    back = reverse("core:option_list", args=[known.code])
    return form_page(
        request,
        form,
        title=title,
        lead=known.label,
        submit=_("Enregistrer"),
        back_url=back,
        crumbs=[(_("Listes d’options"), reverse("core:option_lists")), (known.label, back), (title, "")],
    )


def _known(code: str) -> OptionList:
    try:
        return options.LISTS[code]
    except KeyError:
        raise Http404(code) from None
