"""Rules: the versions, one with its lines beside the version before, a line to confirm; the founding
texts."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import can, require, requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from governance.forms.rules import FROM_LAST, DraftForm, RuleSetForm, line_form
from governance.models import RuleLine, RuleSet
from governance.selectors.rule_sets import (
    before,
    doubts_of,
    last_confirmed,
    next_line,
    rule_sets_listed,
    rule_sets_visible_to,
    sections_of,
    unchanged_lines,
)
from governance.selectors.rules import labels, rules_in_force
from governance.services import rule_sets as verbs
from governance.states.rules import RULE_SET_FLOW, RuleSetState
from people.requests import SignedIn


class RuleSetTable(Table):
    number = LinkColumn(verbose_name=gettext_lazy("Version"))
    status = StatusColumn()
    valid_from = DateColumn()
    form = tables.Column()
    reason = tables.Column()
    confirmed_count = tables.Column(verbose_name=gettext_lazy("Règles confirmées"), orderable=False)

    class Meta(Table.Meta):
        model = RuleSet
        fields = ("number", "status", "valid_from", "form", "reason", "confirmed_count")

    def render_number(self, record: Any, column: LinkColumn) -> Any:
        return column.render(str(record), record)

    def render_confirmed_count(self, record: Any) -> str:
        return _("%(count)d sur %(all)d") % {"count": record.confirmed_count, "all": record.line_count}

    value_confirmed_count = render_confirmed_count


class RuleSetFilters(Filters):
    search = ("reason",)

    class Meta:
        model = RuleSet
        fields = ("state", "form")


@requires("governance.view_rules")
def rule_set_list(request: SignedIn) -> HttpResponse:
    new = Action(
        _("Préparer une version"),
        reverse("governance:rule_set_draft"),
        right="governance.write_rules",
        icon="plus-lg",
    )
    texts = Action(_("Statuts et règlement"), reverse("governance:founding_text_list"), icon="journal-text")
    return list_page(
        request,
        queryset=rule_sets_listed(request.user),
        table=RuleSetTable,
        filters=RuleSetFilters,
        page="governance.rule_sets",
        title=_("Règles de décision"),
        intro=_(
            "Quorums, majorités, pouvoirs, délais : ce qui vaut pour chaque assemblée, version par version."
        ),
        empty=EmptyState(
            _("Aucune règle écrite."),
            _("Une version part d’un modèle ; chaque règle y est confirmée avec son article."),
            new if can(request.user, "governance.write_rules") else texts,
        ),
        main_action=new,
        template="governance/rules/list.html",
    )


@requires("governance.write_rules")
def rule_set_draft(request: SignedIn) -> HttpResponse:
    form = DraftForm(
        request.POST or None,
        has_last=last_confirmed() is not None,
        initial={"valid_from": timezone.localdate()},
    )
    if form.is_valid():
        source = form.cleaned_data["source"]
        with refused_at(form):
            if source == FROM_LAST:
                row = verbs.draft_from_last(data=form.typed(), actor=request.user)
            else:
                row = verbs.draft_from_preset(form=source, data=form.typed(), actor=request.user)
            messages.success(request, _("Version préparée : confirmez maintenant chaque règle."))
            return redirect(row.get_absolute_url())
    return form_page(
        request,
        form,
        title=_("Préparer une version des règles"),
        lead=_("Rien ne change avant que chaque règle soit confirmée et la version mise en vigueur."),
        submit=_("Préparer"),
        back_url=reverse("governance:rule_set_list"),
        crumbs=[(_("Règles"), reverse("governance:rule_set_list")), (_("Préparer"), "")],
    )


def _seen(request: SignedIn, pk: int, right: str = "governance.view_rules") -> RuleSet:
    row = get_object_or_404(rule_sets_visible_to(request.user), pk=pk)
    require(request.user, right, row)
    return row


@requires("governance.view_rules")
def rule_set_detail(request: SignedIn, pk: int) -> HttpResponse:
    """A version: its lines by section, what changes, what does not hold together, what may be done now."""
    row = _seen(request, pk)
    former = before(row)
    sections = sections_of(row, former)
    lines = [line for section in sections for line in section.lines]
    is_draft = row.state == RuleSetState.DRAFT
    waiting = [line for line in lines if not line.is_confirmed]
    in_force = rules_in_force(timezone.localdate())
    context = {
        "row": row,
        "former": former,
        "sections": sections,
        "is_draft": is_draft,
        "is_in_force": in_force is not None and in_force.pk == row.pk,
        "counts": {"confirmed": len(lines) - len(waiting), "all": len(lines)},
        "changed_count": sum(line.former is not None for line in lines) if former else 0,
        "unchanged": sum(one.confirmed_at is None for one in unchanged_lines(row)) if is_draft else 0,
        "first": waiting[0].line if is_draft and waiting else None,
        "doubts": doubts_of(row) if is_draft else [],
        "moves": {move.name for move in RULE_SET_FLOW.moves_open_to(request.user, row)},
        "may_write": is_draft and can(request.user, "governance.write_rules", row),
        "may_confirm": is_draft and can(request.user, "governance.confirm_rules", row),
    }
    return render(request, "governance/rules/detail.html", context)


@requires("governance.write_rules")
def rule_set_change(request: SignedIn, pk: int) -> HttpResponse:
    row = _seen(request, pk, "governance.write_rules")
    held = {name: getattr(row, name) for name in verbs.RuleSetData.__dataclass_fields__}
    form = RuleSetForm(request.POST or None, initial=held)
    if form.is_valid():
        with refused_at(form):
            verbs.change_rule_set(row, data=form.typed(), actor=request.user)
            messages.success(request, _("Version enregistrée."))
            return redirect(row.get_absolute_url())
    return form_page(
        request,
        form,
        title=_("Modifier la version"),
        submit=_("Enregistrer"),
        back_url=row.get_absolute_url(),
        crumbs=[*_crumbs(row), (_("Modifier"), "")],
    )


def _crumbs(row: RuleSet) -> list[tuple[Any, str]]:
    return [(_("Règles"), reverse("governance:rule_set_list")), (str(row), row.get_absolute_url())]


@require_POST
@requires("governance.write_rules")
def rule_set_act(request: SignedIn, pk: int) -> HttpResponse:
    """One act on a version: in force, given up, its unchanged lines confirmed."""
    row, do = _seen(request, pk), request.POST.get("do", "")
    with refused_above(request):
        if do == "confirm":
            require(request.user, "governance.confirm_rules", row)
            verbs.confirm_rule_set(row, actor=request.user)
            messages.success(request, _("Ces règles valent à partir de leur date."))
        elif do == "discard":
            verbs.discard_rule_set(row, actor=request.user)
            messages.success(request, _("Version abandonnée."))
        elif do == "unchanged":
            require(request.user, "governance.confirm_rules", row)
            count = verbs.confirm_unchanged(row, actor=request.user, at=timezone.now())
            said = ngettext("%(count)d règle confirmée.", "%(count)d règles confirmées.", count)
            messages.success(request, said % {"count": count})
    return redirect(row.get_absolute_url())


@requires("governance.write_rules")
def rule_line(request: SignedIn, pk: int) -> HttpResponse:
    """One line of a draft: its value, its article; confirmed, or only written."""
    line = get_object_or_404(RuleLine.objects.select_related("rule_set", "confirmed_by__person"), pk=pk)
    row = _seen(request, line.rule_set_id, "governance.write_rules")
    if row.state != RuleSetState.DRAFT:
        messages.error(
            request, _("Cette version est décidée : préparez-en une nouvelle pour changer une règle.")
        )
        return redirect(row.get_absolute_url())
    form = line_form(request.POST or None, line)
    may_confirm = can(request.user, "governance.confirm_rules", row)
    if form.is_valid():
        typed = {"value": form.value_typed(), "article": form.cleaned_data["article"], "actor": request.user}
        with refused_at(form):
            if request.POST.get("do") == "confirm":
                require(request.user, "governance.confirm_rules", row)
                verbs.confirm_line(line, at=timezone.now(), **typed)
                return _onward(request, row, line)
            verbs.change_line(line, **typed)
            messages.success(request, _("Règle enregistrée, à confirmer."))
            return redirect(row.get_absolute_url())
    return form_page(
        request,
        form,
        title=labels(line.key),
        submit=_("Confirmer cette règle") if may_confirm else _("Enregistrer"),
        back_url=row.get_absolute_url(),
        crumbs=[*_crumbs(row), (labels(line.key), "")],
        template="governance/rules/line.html",
        line=line,
        may_confirm=may_confirm,
    )


def _onward(request: SignedIn, row: RuleSet, line: RuleLine) -> HttpResponse:
    """To the next line that waits, or back to the version."""
    following = next_line(row, line)
    if following is None:
        messages.success(request, _("Toutes les règles sont confirmées."))
        return redirect(row.get_absolute_url())
    messages.success(request, _("Règle confirmée. Voici la suivante."))
    return redirect("governance:rule_line", following.pk)
