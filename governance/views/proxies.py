"""One’s own proxies, phone first; those of the assembly for its organisers (GOV-23)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, in_person, require, requires, signed_in
from cae.core.signing import Hand
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from cae.core.templatetags.formats import moment
from governance.forms.representation import InstructionsForm, PaperProxyForm, ProxyForm
from governance.models import Assembly, Proxy
from governance.selectors.register import voters_at
from governance.selectors.representation import (
    BY_NAME,
    cap_on,
    correspondence_until,
    counts_remote,
    holders_offered,
    own_voices,
    proxies_listed,
    proxies_seen,
    resolutions_asked,
    takes_presence,
)
from governance.selectors.rules import rules_of, text_or
from governance.services import proxies as verbs
from governance.services.proxies import Signing
from governance.services.representation_files import instructions_read
from governance.states.assemblies import AssemblyState, ProxyOrigin, ProxyState
from governance.views.assembly_parts import crumbs_of
from governance.views.representation_parts import own_associate, seen
from people.devices import origin_of
from people.requests import SignedIn


class ProxyTable(Table):
    principal = LinkColumn(order_by=("principal__person__sort_name", "principal__organisation__sort_name"))
    holder = tables.Column(
        default=gettext_lazy("En blanc"),
        order_by=("holder__person__sort_name", "holder__organisation__sort_name"),
    )
    origin = tables.Column()
    given_at = tables.Column()
    state = StatusColumn()
    reason = tables.Column(default="")

    class Meta(Table.Meta):
        model = Proxy
        fields = ("principal", "holder", "origin", "given_at", "state", "reason")

    def render_given_at(self, value: Any) -> str:
        return moment(value)


class ProxyFilters(Filters):
    search = (
        "principal__person__sort_name",
        "principal__organisation__sort_name",
        "holder__person__sort_name",
        "holder__organisation__sort_name",
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=ProxyState.choices)
    origin = django_filters.ChoiceFilter(label=gettext_lazy("Donné"), choices=ProxyOrigin.choices)

    class Meta:
        model = Proxy
        fields = ("state", "origin")


@signed_in
def own_proxy(request: SignedIn, pk: int) -> HttpResponse:
    """Where my voice stands: mine, given, sent before; the voices that I hold."""
    assembly, now = seen(request, pk), timezone.now()
    until = correspondence_until(assembly)
    context = {
        "assembly": assembly,
        "voices": own_voices(assembly, request.user, now),
        "cap": cap_on(assembly),
        "is_before": assembly.state == AssemblyState.CONVENED,
        "until": until,
        "takes_forms": until is not None and now < until and assembly.state == AssemblyState.CONVENED,
        "may_connect": counts_remote(assembly) and takes_presence(assembly, now),
    }
    return render(request, "governance/representation/own.html", context)


@in_person
@signed_in
def proxy_give(request: SignedIn, pk: int, associate_pk: int) -> HttpResponse:
    """Gives one’s voice to somebody, or leaves it blank."""
    assembly, now = seen(request, pk), timezone.now()
    principal = own_associate(request, assembly, associate_pk)
    require(request.user, "governance.give_proxy", principal)
    form = ProxyForm(
        request.POST or None,
        resolutions=resolutions_asked(assembly),
        holders=holders_offered(assembly, principal, now),
        blank_allowed=text_or(rules_of(assembly), "blank_proxy") != "refused",
    )

    def run(_typed: dict[str, Any]) -> Proxy:
        name = str(request.user.person or request.user)
        signing = Signing(Hand(name, typed=form.cleaned_data["typed"]), origin_of(request))
        return verbs.give_proxy(
            assembly,
            principal=principal,
            data=form.data_typed(),
            signing=signing,
            now=timezone.now(),
            actor=request.user,
        )

    title = _("Donner mon pouvoir")
    return act_page(
        request,
        form,
        run,
        done=_("Votre pouvoir est donné. Vous pouvez le retirer jusqu’à l’ouverture."),
        back_url=reverse("governance:own_proxy", args=[pk]),
        title=title,
        lead=_("%(name)s, pour l’assemblée « %(title)s »") % {"name": principal, "title": assembly.title},
        submit=_("Signer et donner"),
        crumbs=crumbs_of(assembly, (title, "")),
    )


@requires("governance.view_proxy")
def proxy_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One proxy: who, to whom, what is asked, what became of it."""
    proxy = _seen_proxy(request, pk)
    now = timezone.now()
    given = proxy.state == ProxyState.GIVEN
    mine = can(request.user, "governance.give_proxy", proxy)
    keeps = can(request.user, "governance.keep_attendance", proxy.assembly)
    reads = can(request.user, "governance.read_instructions", proxy)
    context = {
        "proxy": proxy,
        "assembly": proxy.assembly,
        "reads_instructions": reads,
        "instructions": instructions_read(proxy) if reads else [],
        "former_papers": proxy.former_papers.select_related("document") if reads else [],
        "opens_file": proxy.pdf is not None and can(request.user, "governance.open_proxy_file", proxy.pdf),
        "is_asleep": given and proxy.assembly.is_live and verbs.is_asleep(proxy, now),
        "may_instruct": given and mine and proxy.assembly.state == AssemblyState.CONVENED,
        "may_revoke": given and (mine or (keeps and proxy.origin == ProxyOrigin.PAPER)),
        "keeps": keeps,
    }
    return render(request, "governance/representation/proxy.html", context)


@in_person
@require_POST
@requires("governance.view_proxy")
def proxy_revoke(request: SignedIn, pk: int) -> HttpResponse:
    """Takes a proxy back: its giver, or the bureau for one that came on paper."""
    proxy = _seen_proxy(request, pk)
    if proxy.origin == ProxyOrigin.PAPER and can(request.user, "governance.keep_attendance", proxy.assembly):
        back = reverse("governance:proxy_list", args=[proxy.assembly_id])
    else:
        require(request.user, "governance.give_proxy", proxy)
        back = reverse("governance:own_proxy", args=[proxy.assembly_id])
    return act_now(
        request,
        lambda: verbs.revoke_proxy(proxy, now=timezone.now(), actor=request.user),
        done=_("Le pouvoir est retiré."),
        back_url=back,
    )


@in_person
@requires("governance.view_proxy")
def proxy_instruct(request: SignedIn, pk: int) -> HttpResponse:
    """Changes what the holder is asked to say."""
    proxy = _seen_proxy(request, pk)
    require(request.user, "governance.give_proxy", proxy)
    held = {f"r{key}": answer for key, answer in proxy.instructions.items()}
    form = InstructionsForm(
        request.POST or None,
        resolutions=resolutions_asked(proxy.assembly),
        initial={**held, "message": proxy.message},
    )
    return act_page(
        request,
        form,
        lambda _typed: verbs.change_instructions(
            proxy,
            instructions=form.instructions(),
            message=form.cleaned_data["message"],
            now=timezone.now(),
            actor=request.user,
        ),
        done=_("Consignes enregistrées."),
        back_url=proxy.get_absolute_url(),
        title=_("Consignes"),
        lead=_("Ce que votre mandataire lira avant de voter pour vous."),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(proxy.assembly, (_("Pouvoir"), proxy.get_absolute_url()), (_("Consignes"), "")),
    )


@requires("governance.read_attendance")
def proxy_list(request: SignedIn, pk: int) -> HttpResponse:
    assembly = seen(request, pk, "governance.read_attendance")
    may_enter = (
        can(request.user, "governance.keep_attendance", assembly) and assembly.state == AssemblyState.CONVENED
    )
    return list_page(
        request,
        queryset=proxies_listed(assembly),
        table=ProxyTable,
        filters=ProxyFilters,
        page="governance.proxies",
        title=_("Pouvoirs"),
        template="governance/assemblies/convocations.html",
        context={"crumbs": crumbs_of(assembly, (_("Pouvoirs"), ""))},
        intro=_("%(title)s · %(cap)d au plus par mandataire") % {"title": assembly, "cap": cap_on(assembly)},
        empty=EmptyState(
            _("Aucun pouvoir pour cette assemblée."),
            _("Les associé·es donnent le leur sur leur page ; ceux reçus sur papier se saisissent ici."),
        ),
        main_action=Action(
            _("Saisir un pouvoir reçu"), reverse("governance:proxy_enter", args=[pk]), icon="plus-lg"
        )
        if may_enter
        else None,
    )


@requires("governance.keep_attendance")
def proxy_enter(request: SignedIn, pk: int) -> HttpResponse:
    """Enters a proxy received on paper; what the rules refuse is kept as refused, and said."""
    assembly = seen(request, pk, "governance.keep_attendance")
    voters = voters_at(timezone.now()).order_by(BY_NAME, "pk")
    form = PaperProxyForm(
        request.POST or None,
        resolutions=resolutions_asked(assembly),
        principals=voters,
        holders=voters,
        # A blank one that the rules refuse is entered too, and kept as refused.
        blank_allowed=True,
    )
    back = reverse("governance:proxy_list", args=[pk])
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            proxy = verbs.enter_paper_proxy(
                assembly,
                principal=form.cleaned_data["principal"],
                data=form.data_typed(),
                now=timezone.now(),
                actor=request.user,
            )
            return _entered(request, assembly, proxy)
    return form_page(
        request,
        form,
        back_url=back,
        title=_("Saisir un pouvoir reçu"),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(assembly, (_("Pouvoirs"), back), (_("Saisir"), "")),
    )


def _entered(request: SignedIn, assembly: Assembly, proxy: Proxy) -> HttpResponse:
    if proxy.state == ProxyState.REFUSED:
        messages.warning(request, _("Pouvoir gardé comme refusé : %(why)s") % {"why": proxy.reason})
    else:
        messages.success(request, _("Pouvoir enregistré."))
    return redirect("governance:proxy_list", assembly.pk)


def _seen_proxy(request: SignedIn, pk: int) -> Proxy:
    proxy = get_object_or_404(proxies_seen(request.user), pk=pk)
    require(request.user, "governance.view_proxy", proxy)
    return proxy
