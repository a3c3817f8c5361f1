"""An assembly: its kinds and states, how one is called, present, represented (governance.md §3 and 4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class AssemblyKind(models.TextChoices):
    ORDINARY = "ordinary", _("Assemblée générale ordinaire")
    EXTRAORDINARY = "extraordinary", _("Assemblée générale extraordinaire")
    MIXED = "mixed", _("Assemblée générale mixte")


class AssemblyMode(models.TextChoices):
    ROOM = "room", _("En salle")
    REMOTE = "remote", _("À distance")
    BOTH = "both", _("En salle et à distance")


class AssemblyState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    CONVENED = "convened", _("Convoquée")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Close, procès-verbal à signer")
    SIGNED = "signed", _("Procès-verbal signé")
    PUBLISHED = "published", _("Publiée")
    CANCELLED = "cancelled", _("Annulée")


class BureauRole(models.TextChoices):
    CHAIR = "chair", _("Président·e de séance")
    SECRETARY = "secretary", _("Secrétaire")
    SCRUTINEER = "scrutineer", _("Scrutateur·rice")


class SignerRole(models.TextChoices):
    """Why one signs the minutes: one’s function in the bureau, or the management when the chair cannot."""

    CHAIR = BureauRole.CHAIR.value, BureauRole.CHAIR.label
    SECRETARY = BureauRole.SECRETARY.value, BureauRole.SECRETARY.label
    SCRUTINEER = BureauRole.SCRUTINEER.value, BureauRole.SCRUTINEER.label
    MANAGER = "manager", _("Gérance")


class Channel(models.TextChoices):
    MAIL = "mail", _("E-mail")
    LETTER = "letter", _("Courrier")


class ItemKind(models.TextChoices):
    INFORMATION = "information", _("Information")
    DEBATE = "debate", _("Débat")
    DECISION = "decision", _("Décision")


class ResolutionState(models.TextChoices):
    """A resolution of members is proposed until the convener finds it within the delay and the threshold."""

    PROPOSED = "proposed", _("Proposée par des associé·es")
    ON_AGENDA = "on_agenda", _("À l’ordre du jour")
    REFUSED = "refused", _("Non inscrite")
    WITHDRAWN = "withdrawn", _("Retirée")


class AmendmentKind(models.TextChoices):
    REPLACE = "replace", _("Remplacer le paragraphe")
    DELETE = "delete", _("Supprimer le paragraphe")
    INSERT = "insert", _("Ajouter après le paragraphe")


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("À voter")
    ADOPTED = "adopted", _("Adopté")
    REJECTED = "rejected", _("Rejeté")
    # Another one of the same paragraph was adopted before.
    FALLEN = "fallen", _("Sans objet")
    WITHDRAWN = "withdrawn", _("Retiré")


class ProxyState(models.TextChoices):
    GIVEN = "given", _("Donné")
    REFUSED = "refused", _("Refusé")
    REPLACED = "replaced", _("Remplacé")
    REVOKED = "revoked", _("Retiré")


class ProxyOrigin(models.TextChoices):
    ACCOUNT = "account", _("Par son compte")
    PAPER = "paper", _("Sur papier, saisi par le bureau")


class Presence(models.TextChoices):
    """What an event of attendance says; the fold of events says who is there at an instant."""

    ARRIVAL = "arrival", _("Arrivée")
    DEPARTURE = "departure", _("Départ")
    CONNECTED = "connected", _("Connexion à distance")
    DISCONNECTED = "disconnected", _("Déconnexion")


class PresenceWay(models.TextChoices):
    DESK = "desk", _("Noté par le bureau")
    QR = "qr", _("Code QR de la salle")
    TABLET = "tablet", _("Tablette à l’entrée")
    ACCOUNT = "account", _("Par son compte")


class Turn(models.TextChoices):
    """Why one asks to speak."""

    SPEECH = "speech", _("Prise de parole")
    ORDER = "order", _("Point d’ordre")


class TurnState(models.TextChoices):
    WAITING = "waiting", _("En attente")
    SPEAKING = "speaking", _("Parle")
    DONE = "done", _("A parlé")
    WITHDRAWN = "withdrawn", _("Retirée")


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("À relire")
    TO_SIGN = "to_sign", _("À signer")
    SIGNED = "signed", _("Signé")


# Mail and room: people’s presence in these is presence in the assembly.
# What may still be prepared or led; what is called and not yet over; what was held to its end.
UNDER_WAY: tuple[str, ...] = (AssemblyState.DRAFT, AssemblyState.CONVENED, AssemblyState.OPEN)
CALLED: tuple[str, ...] = (AssemblyState.CONVENED, AssemblyState.OPEN)
HELD: tuple[str, ...] = (AssemblyState.CLOSED, AssemblyState.SIGNED, AssemblyState.PUBLISHED)
COMING: frozenset[str] = frozenset({Presence.ARRIVAL, Presence.CONNECTED})

ASSEMBLY_SHAPES: dict[str, tuple[str, str]] = {
    AssemblyState.DRAFT: ("neutral", "◇"),
    AssemblyState.CONVENED: ("info", "●"),
    AssemblyState.OPEN: ("warning", "▲"),
    AssemblyState.CLOSED: ("warning", "▲"),
    AssemblyState.SIGNED: ("success", "✔"),
    AssemblyState.PUBLISHED: ("success", "✔"),
    AssemblyState.CANCELLED: ("neutral", "✕"),
}
PROXY_SHAPES: dict[str, tuple[str, str]] = {
    ProxyState.GIVEN: ("success", "✔"),
    ProxyState.REFUSED: ("danger", "✕"),
    ProxyState.REPLACED: ("neutral", "✕"),
    ProxyState.REVOKED: ("neutral", "✕"),
}
MINUTES_SHAPES: dict[str, tuple[str, str]] = {
    MinutesState.DRAFT: ("neutral", "◇"),
    MinutesState.TO_SIGN: ("warning", "▲"),
    MinutesState.SIGNED: ("success", "✔"),
}

_DRAFT, _TO_SIGN = MinutesState.DRAFT.value, MinutesState.TO_SIGN.value
MINUTES_FLOW = Workflow(
    "governance.Minutes",
    (
        Move("hand_over", (_DRAFT,), _TO_SIGN, "governance.write_minutes", _("Donner à signer")),
        Move("take_back", (_TO_SIGN,), _DRAFT, "governance.write_minutes", _("Reprendre")),
        # Done by the last signature of the bureau.
        Move("conclude", (_TO_SIGN,), MinutesState.SIGNED.value, "governance.sign_minutes", _("Signer")),
    ),
)

_S = AssemblyState
_ORGANISE, _RUN = "governance.organise_assembly", "governance.run_assembly"
ASSEMBLY_FLOW = Workflow(
    "governance.Assembly",
    (
        Move("convene", (_S.DRAFT.value,), _S.CONVENED.value, _ORGANISE, _("Convoquer")),
        Move("open", (_S.CONVENED.value,), _S.OPEN.value, _RUN, _("Ouvrir la séance")),
        Move("close", (_S.OPEN.value,), _S.CLOSED.value, _RUN, _("Lever la séance")),
        # Done by the last signature of the minutes.
        Move("conclude", (_S.CLOSED.value,), _S.SIGNED.value, "governance.sign_minutes", _("Signer")),
        Move("publish", (_S.SIGNED.value,), _S.PUBLISHED.value, _ORGANISE, _("Publier")),
        Move("cancel", (_S.DRAFT.value, _S.CONVENED.value), _S.CANCELLED.value, _ORGANISE, _("Annuler")),
    ),
)
