"""Proxies: given, left blank, taken back; a paper one that the rules refuse is kept as refused (GOV-23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cae.core import audit
from cae.core.background import run_later
from cae.core.canonical import sha256_of
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.signing import Hand, Origin, sign
from governance.calculations import proxies as proxy_rules
from governance.models import Assembly, Associate, FormerProxyPaper, Proxy
from governance.selectors.representation import (
    cap_on,
    holders_offered,
    holdings_given,
    resolutions_asked,
)
from governance.selectors.rules import rules_of, text_or
from governance.selectors.standing import standing_at
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.representing import require_before_sitting, require_voter, tell
from governance.states.assemblies import HELD, AssemblyState, ProxyOrigin, ProxyState
from governance.states.votes import ON_SCREEN, Method
from people.services.changes import refuse_long

MAKE_PROXY_FILE = "governance.archive_proxy"
PURPOSE = "governance.proxy"
MESSAGE_LENGTH = 500
# A later one than the opening has no effect; these states of an assembly are over.
_OVER = (*HELD, AssemblyState.CANCELLED)


@dataclass(frozen=True)
class ProxyData:
    """To whom one gives one's voice (nobody: blank), with which instructions, in which words."""

    holder: Associate | None
    # {resolution id: answer}; what is not said is left to the holder.
    instructions: Mapping[str, str] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True)
class Signing:
    """The mark of who gives the proxy, and where it was made."""

    hand: Hand
    origin: Origin = field(default_factory=Origin)


@transaction.atomic
def give_proxy(
    assembly: Assembly,
    *,
    principal: Associate,
    data: ProxyData,
    signing: Signing,
    now: datetime,
    actor: Any,
) -> Proxy:
    """Does: gives the voice of an associate to another one, or leaves it blank, signed from their account; a
    later one replaces the earlier. Refuses: outside the time of proxies, no right to vote, oneself, a
    holder who may not, one above the cap, a blank one or a second one where the rules say no.
    Leaves behind: the proxy, its PDF to come, the holder told, audit."""
    locked = locked_assembly(assembly.pk)
    _check_words(locked, data)
    require_before_sitting(locked)
    require_voter(principal, now)
    if reason := _refusal(locked, principal, data.holder, now):
        raise Refused(*_sentence(reason, locked, data.holder), field="holder")
    signature = sign(
        locked,
        purpose=PURPOSE,
        hand=signing.hand,
        content_sha256=content_hash(locked, principal, data),
        at=now,
        origin=signing.origin,
        actor=actor,
    )
    proxy = _write(locked, principal, data, now=now, actor=actor, signature=signature)
    _tell_holder(proxy, now, actor)
    run_later(MAKE_PROXY_FILE, proxy_id=proxy.pk)
    beat(locked.pk)
    return proxy


@transaction.atomic
def enter_paper_proxy(
    assembly: Assembly, *, principal: Associate, data: ProxyData, now: datetime, actor: Any
) -> Proxy:
    """Does: enters a proxy received on paper; one that the rules refuse is kept as refused, with its reason,
    and its giver told, who may choose somebody else. Refuses: outside the time of proxies, a giver without
    right to vote, oneself. Leaves behind: the proxy, given or refused, those concerned told, audit."""
    locked = locked_assembly(assembly.pk)
    _check_words(locked, data)
    require_before_sitting(locked)
    require_voter(principal, now, field="principal")
    reason = _refusal(locked, principal, data.holder, now)
    if reason == proxy_rules.ONESELF:
        raise Refused(*_sentence(reason, locked, data.holder), field="holder")
    if reason:
        return _write_refused(locked, principal, data, reason, now=now, actor=actor)
    proxy = _write(locked, principal, data, now=now, actor=actor, origin=ProxyOrigin.PAPER)
    _tell_holder(proxy, now, actor)
    tell(
        [principal.pk],
        lambda: _("Votre pouvoir est enregistré"),
        lambda: _("Mandataire : %(name)s.") % {"name": _holder_words(proxy)},
        assembly=locked,
        now=now,
        actor=actor,
    )
    run_later(MAKE_PROXY_FILE, proxy_id=proxy.pk)
    beat(locked.pk)
    return proxy


@transaction.atomic
def revoke_proxy(proxy: Proxy, *, now: datetime, actor: Any) -> Proxy:
    """Does: takes a proxy back, until the opening; later, while it sleeps. Refuses: one already over, one
    whose holder speaks in the sitting now. Leaves behind: the proxy revoked, its holder told, audit."""
    locked = locked_assembly(proxy.assembly_id)
    row = _given(proxy)
    if locked.state in _OVER:
        raise IllegalMove(_("Cette assemblée est terminée : ses pouvoirs ne changent plus."))
    if locked.state == AssemblyState.OPEN and not is_asleep(row, now):
        raise IllegalMove(
            _("La séance est ouverte et ce pouvoir s’exerce : venez en séance, et vous voterez vous-même.")
        )
    _end(row, ProxyState.REVOKED, now)
    audit.record(actor, "governance.proxy.revoke", row)
    if row.holder_id is not None:
        name = row.principal.name
        tell(
            [row.holder_id],
            lambda: _("%(name)s retire son pouvoir") % {"name": name},
            lambda: _("Vous ne votez plus en son nom."),
            assembly=locked,
            now=now,
            actor=actor,
        )
    beat(locked.pk)
    return row


@transaction.atomic
def change_instructions(
    proxy: Proxy, *, instructions: Mapping[str, str], message: str, now: datetime, actor: Any
) -> Proxy:
    """Does: changes what the holder is asked to say, before the sitting. Refuses: a proxy that is over, once
    the sitting began, a resolution or an answer that does not exist, nothing changed. Leaves behind: the
    instructions, their PDF to come beside the former one, the holder told, audit with the seal of those
    before: whoever reads the journal reads no vote to come."""
    locked = locked_assembly(proxy.assembly_id)
    row = _given(proxy)
    require_before_sitting(locked)
    data = ProxyData(row.holder, instructions, message)
    _check_words(locked, data)
    said, words = _said(instructions), message.strip()
    if (said, words) == (row.instructions, row.message):
        raise Refused(Code.ALREADY_DONE, _("Ces consignes sont déjà celles de ce pouvoir."))
    before = sha256_of(row.instructions)
    if said != row.instructions:
        _replace_paper(row, now)
    row.instructions, row.message = said, words
    row.save(update_fields=["instructions", "message", "instructed_at", "pdf"])
    audit.record(actor, "governance.proxy.instruct", row, detail={"seal": before})
    _tell_holder(row, now, actor, anew=True)
    return row


def _replace_paper(row: Proxy, now: datetime) -> None:
    """The paper says other instructions: it stays as the former one, and another is made."""
    if row.pdf is not None:
        FormerProxyPaper.objects.create(proxy=row, document=row.pdf, replaced_at=now)
    row.pdf, row.instructed_at = None, now
    run_later(MAKE_PROXY_FILE, proxy_id=row.pk)


def is_asleep(proxy: Proxy, now: datetime) -> bool:
    """Tells whether a proxy does not speak now: its principal is there, its holder is not."""
    standing = standing_at(proxy.assembly, now)
    if proxy.holder_id is None:
        return proxy.principal_id not in standing.blank
    return standing.holder_of.get(proxy.principal_id) != proxy.holder_id


def content_hash(assembly: Assembly, principal: Associate, data: ProxyData) -> str:
    """Gives the hash of what one signs when one gives a proxy."""
    return sha256_of(
        {
            "assembly": assembly.pk,
            "starts_at": assembly.starts_at.isoformat(),
            "principal": principal.pk,
            "holder": data.holder.pk if data.holder else None,
            "instructions": _said(data.instructions),
        }
    )


def _given(proxy: Proxy) -> Proxy:
    row = Proxy.objects.select_for_update(of=("self",)).get(pk=proxy.pk)
    if row.state != ProxyState.GIVEN:
        raise IllegalMove(
            _("Ce pouvoir n’est plus en vigueur : %(state)s.") % {"state": row.get_state_display().lower()}
        )
    return row


def _check_words(assembly: Assembly, data: ProxyData) -> None:
    refuse_long(data.message, "message", MESSAGE_LENGTH)
    if data.holder is None and _said(data.instructions):
        raise Refused(
            Code.VALUE_INVALID,
            _("Un pouvoir en blanc ne porte pas de consigne : nommez quelqu’un pour la suivre."),
            field="blank",
        )
    asked = {str(one.pk) for one in resolutions_asked(assembly) if one.method == Method.RESOLUTION}
    for resolution, answer in _said(data.instructions).items():
        if resolution not in asked or answer not in ON_SCREEN:
            raise Refused(Code.VALUE_INVALID, _("Cette consigne ne correspond à aucune résolution."))


def _said(instructions: Mapping[str, str]) -> dict[str, str]:
    return {key: answer for key, answer in instructions.items() if answer}


def _refusal(assembly: Assembly, principal: Associate, holder: Associate | None, now: datetime) -> str:
    """Why the rules refuse it; "" when they do not."""
    rules = rules_of(assembly)
    reason = proxy_rules.refusal(
        holdings_given(assembly),
        principal.pk,
        holder.pk if holder else None,
        most=cap_on(assembly),
        later=rules.text("proxy_later"),
        blank_allowed=rules.text("blank_proxy") != "refused",
    )
    if holder is None or reason in (proxy_rules.ONESELF, proxy_rules.ALREADY_GIVEN):
        return reason
    if not holders_offered(assembly, principal, now).filter(pk=holder.pk).exists():
        same = text_or(rules, "proxy_holders") == "same_college"
        return proxy_rules.OTHER_COLLEGE if same else proxy_rules.NOT_HOLDER
    return reason


def _sentence(reason: str, assembly: Assembly, holder: Associate | None) -> tuple[Code, str]:
    """The refusal in one sentence."""
    name, most = holder.name if holder else "", cap_on(assembly)
    above = ngettext(
        "%(name)s porte déjà un pouvoir, le plus que l’on puisse : choisissez quelqu’un d’autre.",
        "%(name)s porte déjà %(most)d pouvoirs, le plus que l’on puisse : choisissez quelqu’un d’autre.",
        most,
    )
    sentences = {
        proxy_rules.ONESELF: _("On ne donne pas pouvoir à soi-même."),
        proxy_rules.ABOVE_CAP: above,
        proxy_rules.NOT_HOLDER: _("%(name)s ne peut pas porter de pouvoir : sans droit de vote ce jour."),
        proxy_rules.OTHER_COLLEGE: _(
            "%(name)s ne peut pas porter ce pouvoir : les règles demandent un·e associé·e du même collège."
        ),
        proxy_rules.ALREADY_GIVEN: _("Un pouvoir est déjà donné : retirez-le avant d’en donner un autre."),
        proxy_rules.BLANK_REFUSED: _("Les règles n’admettent pas de pouvoir en blanc : nommez quelqu’un."),
    }
    if most == 0 and reason == proxy_rules.ABOVE_CAP:
        return Code.NOT_ALLOWED, _("Les règles n’admettent aucun pouvoir nominatif.")
    return Code.NOT_ALLOWED, sentences[reason] % {"name": name, "most": most}


def _write(
    assembly: Assembly,
    principal: Associate,
    data: ProxyData,
    *,
    now: datetime,
    actor: Any,
    signature: Any = None,
    origin: str = ProxyOrigin.ACCOUNT,
) -> Proxy:
    earlier = Proxy.objects.filter(assembly=assembly, principal=principal, state=ProxyState.GIVEN)
    for row in earlier.select_for_update(of=("self",)).select_related("holder"):
        _end(row, ProxyState.REPLACED, now)
        _tell_replaced(row, data, now, actor)
    proxy = Proxy.objects.create(
        assembly=assembly,
        principal=principal,
        holder=data.holder,
        instructions=_said(data.instructions),
        message=data.message.strip(),
        origin=origin,
        given_at=now,
        signature=signature,
        created_by=actor,
    )
    audit.record(actor, "governance.proxy.give", proxy)
    return proxy


def _write_refused(
    assembly: Assembly, principal: Associate, data: ProxyData, reason: str, *, now: datetime, actor: Any
) -> Proxy:

    def sentence() -> str:
        return _sentence(reason, assembly, data.holder)[1]

    with override(settings.LANGUAGE_CODE):
        kept = sentence()[:300]
    proxy = Proxy.objects.create(
        assembly=assembly,
        principal=principal,
        holder=data.holder,
        instructions=_said(data.instructions),
        message=data.message.strip(),
        origin=ProxyOrigin.PAPER,
        state=ProxyState.REFUSED,
        reason=kept,
        given_at=now,
        ended_at=now,
        created_by=actor,
    )
    audit.record(actor, "governance.proxy.refuse", proxy, detail={"reason": reason})
    tell(
        [principal.pk],
        lambda: _("Votre pouvoir n’a pas pu être retenu"),
        sentence,
        assembly=assembly,
        now=now,
        actor=actor,
    )
    return proxy


def _end(row: Proxy, state: str, now: datetime) -> None:
    row.state, row.ended_at = state, now
    row.save(update_fields=["state", "ended_at"])


def _tell_holder(proxy: Proxy, now: datetime, actor: Any, *, anew: bool = False) -> None:
    """`anew`: the proxy stands, its instructions are others."""
    if proxy.holder_id is None:
        return
    name = proxy.principal.name
    tell(
        [proxy.holder_id],
        lambda: (
            (_("%(name)s a changé ses consignes") if anew else _("%(name)s vous donne son pouvoir"))
            % {"name": name}
        ),
        lambda: (
            _("Relisez-les avant l’assemblée : l’écran de vote vous les rappellera.")
            if anew
            else _("Lisez ses consignes avant l’assemblée : l’écran de vote vous les rappellera.")
        ),
        assembly=proxy.assembly,
        now=now,
        actor=actor,
    )


def _tell_replaced(row: Proxy, data: ProxyData, now: datetime, actor: Any) -> None:
    """The former holder, unless they hold the new one too."""
    if row.holder_id is None or (data.holder is not None and data.holder.pk == row.holder_id):
        return
    name = row.principal.name
    tell(
        [row.holder_id],
        lambda: _("%(name)s a donné son pouvoir à quelqu’un d’autre") % {"name": name},
        lambda: _("Vous ne votez plus en son nom."),
        assembly=row.assembly,
        now=now,
        actor=actor,
    )


def _holder_words(proxy: Proxy) -> str:
    return proxy.holder.name if proxy.holder else _("pouvoir en blanc")
