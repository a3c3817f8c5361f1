"""What a secret ballot tells: its scrutineers, of a key to make or a share to give; the bureau, of a box that
is no longer what it was (GOV-26, GOV-33)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.notices import notify
from governance.models import BureauSeat, SecretVote
from people.models import User

KEY_ASKED, SHARE_ASKED, UNSOUND = (
    "governance.secret_key_asked",
    "governance.secret_share_asked",
    "governance.secret_unsound",
)


def ask_for_keys(vote: SecretVote, *, actor: User) -> None:
    """Does: asks each scrutineer to make a key. Refuses: nothing. Leaves behind: notices and their mails."""
    notify(
        _scrutineers(vote),
        KEY_ASKED,
        subject=lambda: _("Une clé à faire : le scrutin secret « %(title)s »") % {"title": vote.title},
        text=lambda: _(
            "Vous gardez une des clés de ce scrutin. Votre navigateur la fait ; gardez le fichier et la"
            " feuille imprimée jusqu’au dépouillement."
        ),
        url=reverse("governance:secret_key", args=[vote.pk]),
        about=vote,
        actor=actor,
    )


def ask_for_shares(vote: SecretVote, *, actor: User) -> None:
    """Does: asks each scrutineer for a share. Refuses: nothing. Leaves behind: notices and their mails."""
    notify(
        _scrutineers(vote),
        SHARE_ASKED,
        subject=lambda: _("Une part à donner : le scrutin secret « %(title)s »") % {"title": vote.title},
        text=lambda: _("Le scrutin est clos : votre clé ouvre une part des totaux."),
        url=reverse("governance:secret_key", args=[vote.pk]),
        about=vote,
        actor=actor,
    )


def tell_unsound(vote: SecretVote) -> None:
    """Does: alerts the bureau and the scrutineers, at once, whatever each chose. Refuses: nothing. Leaves
    behind: notices and their mails."""
    seats = BureauSeat.objects.filter(assembly=vote.assembly_id).order_by().values("person")
    bureau = User.objects.filter(person__in=seats, is_active=True)
    notify(
        [*bureau, *_scrutineers(vote)],
        UNSOUND,
        subject=lambda: _("Alerte : une urne du scrutin « %(title)s » est altérée") % {"title": vote.title},
        text=lambda: _(
            "Le contrôle ne retrouve pas ce qui a été reçu. Gardez l’archive. Le bureau suspend le scrutin"
            " s’il est ouvert, et ne proclame rien avant d’en connaître la cause."
        ),
        url=reverse("governance:secret_watch", args=[vote.pk]),
        about=vote,
    )


def _scrutineers(vote: SecretVote) -> list[User]:
    return list(User.objects.filter(person__in=vote.trustees.order_by().values("person"), is_active=True))
