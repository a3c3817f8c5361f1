"""What the house writes about the agreement of a collective: a turn to sign, a code, an outcome (ENT-44)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import links
from cae.core.errors import Code, Refused
from cae.core.mail import queue_email
from cae.core.notices import notify
from cae.core.settings import value_of
from entrepreneurs.contract_mails import CODE_MINUTES
from entrepreneurs.models import Agreement, AgreementShare
from entrepreneurs.selectors.agreements import managers_to_countersign, members_of_agreement
from entrepreneurs.selectors.signing import LINK_DAYS, account_of
from people.models import User

AGREEMENT_LINK = "entrepreneurs.agreement"
TO_SIGN, SIGNED, UNDONE = (
    "entrepreneurs.agreement_to_sign",
    "entrepreneurs.agreement_signed",
    "entrepreneurs.agreement_undone",
)


def tell_member(share: AgreementShare, *, actor: Any, at: datetime) -> None:
    """Does: asks a member to sign: under the bell for who has an account, by a personal link otherwise.
    Refuses: nothing; whoever has neither account nor address is named on the page. Leaves behind: the notice,
    or the link and its mail; the instant."""
    account = account_of(share.person)
    if account is not None:
        url = reverse("entrepreneurs:agreement_sign", args=[share.agreement_id])
        _notify([account], TO_SIGN, share.agreement, _to_sign, _read_it, url=url, actor=actor)
    elif share.person.email:
        mail_agreement_link(share, actor=actor, at=at)
    else:
        return
    share.told_at = at
    share.save(update_fields=["told_at"])


def mail_agreement_link(share: AgreementShare, *, actor: Any, at: datetime) -> None:
    """Does: mails a personal link to read and sign; those before it die. Refuses: a person without e-mail
    address. Leaves behind: the link, its mail."""
    if not share.person.email:
        raise Refused(
            Code.VALUE_MISSING,
            _("%(name)s n’a ni compte ni adresse e-mail : ajoutez-en une sur sa fiche.")
            % {"name": share.person},
        )
    close_agreement_links([share], actor=actor, at=at)
    ends_at = at + timedelta(days=int(value_of(LINK_DAYS, on=timezone.localdate(at))))
    _link, token = links.create_link(share, purpose=AGREEMENT_LINK, ends_at=ends_at, actor=actor)
    url = settings.SITE_URL + reverse("entrepreneurs:agreement_by_link", args=[token])
    name = share.agreement.activity.name
    queue_email(
        to=share.person.email,
        subject=_("À signer : la convention de %(name)s") % {"name": name},
        context={
            "paragraphs": [
                _("Bonjour %(name)s,") % {"name": share.person.first_name},
                _("La convention du collectif « %(name)s » attend votre signature. Vous pouvez la lire en"
                  " entier, avec la clé de partage, puis la signer ou dire pourquoi vous ne la signez pas.")
                % {"name": name},
                _("Ce lien est personnel et vaut jusqu’au %(day)s.")
                % {"day": date_format(timezone.localdate(ends_at), "j F Y")},
            ],
            "button": _("Lire et signer"),
            "url": url,
            "why": _("Vous recevez cet e-mail parce que cette convention porte votre nom."),
        },
        cause="entrepreneurs.agreement.sign",
        about=share,
        actor=actor,
        secret=url,
    )  # fmt: skip


def close_agreement_links(shares: Iterable[AgreementShare], *, actor: Any, at: datetime) -> None:
    """Does: withdraws the personal links of these lines. Refuses: nothing. Leaves behind: dead links."""
    for share in shares:
        for link in links.live_links_of(share, AGREEMENT_LINK):
            links.withdraw_link(link, actor=actor, at=at)


def mail_agreement_code(
    about: Agreement | AgreementShare, code: str, *, to: str, language: str, actor: Any
) -> None:
    """Does: mails the code that one types to sign. Refuses: nothing. Leaves behind: the mail, its code
    unreadable once sent."""
    agreement = about.agreement if isinstance(about, AgreementShare) else about
    with override(language):
        queue_email(
            to=to,
            subject=_("Votre code pour signer"),
            context={
                "paragraphs": [
                    _("Code : %(code)s") % {"code": code},
                    _("Tapez-le sur la page de signature. Il vaut %(minutes)d minutes et sert une fois.")
                    % {"minutes": CODE_MINUTES},
                ],
                "button": _("Voir la convention"),
                "url": settings.SITE_URL + agreement.get_absolute_url(),
                "why": _("Vous recevez cet e-mail parce que quelqu’un a demandé ce code pour signer."),
            },
            cause="entrepreneurs.agreement.code",
            about=about,
            actor=actor,
            secret=code,
        )


def tell_house(agreement: Agreement, *, actor: Any, at: datetime) -> None:
    """Does: tells those who sign for the cooperative that every member has. Refuses: nothing. Leaves behind:
    notices."""
    users = managers_to_countersign(agreement, timezone.localdate(at))
    url = reverse("entrepreneurs:agreement_countersign", args=[agreement.pk])
    _notify(users, TO_SIGN, agreement, _to_sign, _everybody_signed, url=url, actor=actor)


def tell_signed(agreement: Agreement, *, actor: Any) -> None:
    """Does: tells every member that the version is signed, and from when it is in force. Refuses: nothing.
    Leaves behind: notices."""
    _notify(members_of_agreement(agreement), SIGNED, agreement, _signed, _in_force, actor=actor)


def tell_undone(agreement: Agreement, *, reason: str, actor: Any) -> None:
    """Does: tells the members, and who wrote it, that it waits for no signature any more, and why. Refuses:
    nothing. Leaves behind: notices."""
    writer = [agreement.created_by] if agreement.created_by else []
    users = {user.pk: user for user in [*members_of_agreement(agreement), *writer]}
    _notify(users.values(), UNDONE, agreement, _undone, lambda _one: reason or _counts_no_more(), actor=actor)


def _notify(
    users: Iterable[User],
    kind: str,
    agreement: Agreement,
    subject: Any,
    text: Any,
    *,
    url: str = "",
    actor: Any,
) -> None:
    notify(
        users,
        kind,
        subject=lambda: subject(agreement),
        text=lambda: text(agreement),
        url=url or agreement.get_absolute_url(),
        about=agreement,
        actor=actor,
    )


def _to_sign(one: Agreement) -> str:
    return _("À signer : la convention de %(name)s") % {"name": one.activity.name}


def _read_it(_one: Agreement) -> str:
    return _("Lisez-la en entier, puis signez ou dites pourquoi vous ne signez pas.")


def _everybody_signed(_one: Agreement) -> str:
    return _("Tous les membres l’ont signée : elle attend la signature de la coopérative.")


def _signed(one: Agreement) -> str:
    return _("Signée : la convention de %(name)s") % {"name": one.activity.name}


def _in_force(one: Agreement) -> str:
    return _("En vigueur à partir du %(day)s.") % {"day": f"{one.starts_on:%d/%m/%Y}"}


def _undone(one: Agreement) -> str:
    return _("Reprise pour être modifiée : la convention de %(name)s") % {"name": one.activity.name}


def _counts_no_more() -> str:
    return _("Les signatures déjà données ne comptent plus ; elle vous sera proposée de nouveau.")
