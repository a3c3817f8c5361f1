"""What the house writes about the agreement of a collective: a turn to sign, an outcome (ENT-44)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.notices import notify
from entrepreneurs.models import Agreement, AgreementShare
from entrepreneurs.selectors.agreements import managers_to_countersign, members_of_agreement
from entrepreneurs.selectors.signing import account_of
from entrepreneurs.signing_mails import close_links, mail_personal_link
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
    _mail(
        share,
        subject=lambda: _to_sign(share.agreement),
        said=lambda: (
            _(
                "La convention du collectif « %(name)s » attend votre signature. Vous pouvez la lire en"
                " entier, avec la clé de partage, puis la signer ou dire pourquoi vous ne la signez pas."
            )
            % {"name": share.agreement.activity.name}
        ),
        button=lambda: _("Lire et signer"),
        cause="entrepreneurs.agreement.sign",
        actor=actor,
        at=at,
    )


def close_agreement_links(shares: Iterable[AgreementShare], *, actor: Any, at: datetime) -> None:
    """Does: withdraws the personal links of these lines. Refuses: nothing. Leaves behind: dead links."""
    for share in shares:
        close_links(share, AGREEMENT_LINK, actor=actor, at=at)


def tell_house(agreement: Agreement, *, actor: Any, at: datetime) -> None:
    """Does: tells those who sign for the cooperative that every member has. Refuses: nothing. Leaves behind:
    notices."""
    users = managers_to_countersign(agreement, timezone.localdate(at))
    url = reverse("entrepreneurs:agreement_countersign", args=[agreement.pk])
    _notify(users, TO_SIGN, agreement, _to_sign, _everybody_signed, url=url, actor=actor)


def tell_signed(agreement: Agreement, *, actor: Any, at: datetime) -> None:
    """Does: tells every member, and who wrote it, that the version is signed, and from when it is in force.
    Refuses: nothing. Leaves behind: notices; a mail with their copy to each member without account."""
    _notify(_concerned(agreement), SIGNED, agreement, _signed, _in_force, actor=actor)
    for share in agreement.shares.select_related("person", "agreement__activity"):
        if account_of(share.person) is None and share.person.email:
            _mail_copy(share, actor=actor, at=at)


def _mail_copy(share: AgreementShare, *, actor: Any, at: datetime) -> None:
    """Each party has its copy of what all signed (C. civ. art. 1375)."""
    _mail(
        share,
        subject=lambda: _signed(share.agreement),
        said=lambda: (
            _(
                "Tout le monde a signé la convention du collectif « %(name)s ». Votre exemplaire vous attend"
                " ici, avec sa preuve de signature ; gardez-le."
            )
            % {"name": share.agreement.activity.name}
        ),
        button=lambda: _("Prendre mon exemplaire"),
        cause="entrepreneurs.agreement.signed",
        actor=actor,
        at=at,
    )


def tell_undone(agreement: Agreement, *, reason: str, actor: Any) -> None:
    """Does: tells the members, and who wrote it, that it waits for no signature any more, and why. Refuses:
    nothing. Leaves behind: notices."""
    told = _concerned(agreement)
    _notify(told, UNDONE, agreement, _undone, lambda _one: reason or _counts_no_more(), actor=actor)


def _concerned(agreement: Agreement) -> list[User]:
    """The members who have an account, and who wrote it, once each."""
    writer = [agreement.created_by] if agreement.created_by else []
    return list({user.pk: user for user in [*members_of_agreement(agreement), *writer]}.values())


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


def _mail(share: AgreementShare, **told: Any) -> None:
    mail_personal_link(
        share,
        share.person,
        purpose=AGREEMENT_LINK,
        page="entrepreneurs:agreement_by_link",
        why=lambda: _("Vous recevez cet e-mail parce que cette convention porte votre nom."),
        **told,
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
