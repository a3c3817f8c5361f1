"""Personal links without account: made, found and withdrawn; only the hash of the secret is kept."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.models import PersonalLink


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def create_link(
    obj: models.Model, *, purpose: str, ends_at: datetime, actor: Any
) -> tuple[PersonalLink, str]:
    """Does: makes a link to `obj`. Refuses: nothing. Leaves behind: its row; gives it with its secret,
    which is shown once and can't be read back."""
    token = secrets.token_urlsafe(32)
    link = PersonalLink.objects.create(
        token_hash=_hash(token), purpose=purpose, ends_at=ends_at, created_by=actor, **audit.about(obj)
    )
    return link, token


def find_link(token: str, purpose: str, *, lock: bool = False) -> PersonalLink:
    """Gives the live link of this secret.

    Raises Refused: link_unknown, link_withdrawn, link_expired, already_done."""
    rows = PersonalLink.objects.select_for_update() if lock else PersonalLink.objects
    link = rows.filter(token_hash=_hash(token), purpose=purpose).first()
    if link is None:
        raise Refused(
            Code.LINK_UNKNOWN, _("Ce lien n’existe pas : vérifiez que vous l’avez recopié en entier.")
        )
    if link.withdrawn_at:
        raise Refused(Code.LINK_WITHDRAWN, _("Ce lien a été retiré. Demandez-en un nouveau."))
    if link.used_at:
        raise Refused(Code.ALREADY_DONE, _("Ce lien a déjà servi."))
    if link.ends_at < timezone.now():
        raise Refused(Code.LINK_EXPIRED, _("Ce lien n’est plus valable. Demandez-en un nouveau."))
    return link


def link_of(token: str) -> PersonalLink | None:
    """Gives the link of this secret, dead or alive: what became of it is said to who holds it."""
    return PersonalLink.objects.filter(token_hash=_hash(token)).first()


def require_over(link: PersonalLink, *, at: datetime) -> None:
    """Raises Refused unless the link came to its end by itself: one withdrawn was so for a reason (whoever
    holds it may no longer be whom it was for), one used is done with, one alive serves."""
    if link.withdrawn_at:
        raise Refused(Code.LINK_WITHDRAWN, _("Ce lien a été retiré. Demandez-en un nouveau."))
    if link.used_at:
        raise Refused(Code.ALREADY_DONE, _("Ce lien a déjà servi."))
    if link.ends_at >= at:
        raise Refused(Code.NOT_ALLOWED, _("Ce lien vaut encore : servez-vous-en."))


def use_link(link: PersonalLink, *, at: datetime) -> None:
    """Does: marks a link that serves once. Leaves behind: the instant."""
    link.used_at = at
    link.save(update_fields=["used_at"])


def withdraw_link(link: PersonalLink, *, actor: Any, at: datetime) -> None:
    """Does: withdraws the link, at once. Refuses: nothing; twice is once.
    Leaves behind: the instant, audit."""
    with transaction.atomic():
        row = PersonalLink.objects.select_for_update().get(pk=link.pk)
        if row.withdrawn_at is None:
            row.withdrawn_at = at
            row.save(update_fields=["withdrawn_at"])
            audit.record(actor, "core.link.withdraw", row)


def live_links_of(obj: models.Model, purpose: str) -> models.QuerySet[PersonalLink]:
    """Gives the links to `obj` that still open."""
    return PersonalLink.objects.filter(
        purpose=purpose, withdrawn_at=None, used_at=None, ends_at__gte=timezone.now(), **audit.about(obj)
    ).order_by("-created_at")
