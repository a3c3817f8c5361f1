"""The words of the minutes: what the facts of a vote are called, and what their codes say."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.states.votes import GRADES, Answer, BallotWay, Consent, CountKind

# Keys of the facts of a result, of a quorum or of a rule; a key that is not here is said as it is written.
KEYS: dict[str, Any] = {
    "absent": _("Absent·es"),
    "adopted": _("Adoptée"),
    "ballots": _("Bulletins"),
    "base": _("Base"),
    "blank": _("Blancs"),
    "by_college": _("Par collège"),
    "by_door": _("Par voie"),
    "cast": _("Voix reçues"),
    "casting_vote": _("Voix prépondérante"),
    "colleges": _("Collèges"),
    "comparison": _("Comparaison"),
    "correspondence": _("Par correspondance"),
    "counts": _("Décompte"),
    "declared": _("Décomptes déclarés"),
    "doors": _("Par voie"),
    "draw_seed": _("Graine du tirage"),
    "elected": _("Élu·es"),
    "expressed": _("Suffrages exprimés"),
    "fraction": _("Part demandée"),
    "have": _("Réuni"),
    "median": _("Médiane"),
    "met": _("Atteint"),
    "need": _("Il faut"),
    "needed": _("Il faut"),
    "not_cast": _("Voix sans bulletin"),
    "null": _("Nuls"),
    "present": _("Présent·es"),
    "quorum": _("Quorum"),
    "rank": _("Rang"),
    "remote": _("À distance"),
    "represented": _("Représenté·es"),
    "roll": _("Voix inscrites"),
    "round": _("Tour"),
    "rule": _("Règle"),
    "score": _("Total"),
    "seats": _("Sièges"),
    "strict": _("Plus que la part demandée"),
    "text_sha256": _("Empreinte du texte"),
    "threshold": _("Part demandée"),
    "tie": _("Égalité"),
    "total": _("Total"),
    "verdict": _("Issue"),
    "voices": _("Voix"),
    "warnings": _("Avertissements"),
    "weight": _("Poids"),
    "weights": _("Poids"),
    "weighted": _("Total pondéré"),
    "winner": _("Élu·e"),
}
# Codes that stand as a value or as a key: answers, grades, doors.
CODES: dict[str, Any] = {
    **{str(value): label for value, label in Answer.choices},
    **{str(value): label for value, label in Consent.choices},
    **{str(value): label for value, label in BallotWay.choices},
    **{str(value): label for value, label in CountKind.choices},
    **{str(value): label for value, label in GRADES},
    "all_members": _("Total des associé·es"),
    "at_least": _("au moins"),
    "expressed": _("Suffrages exprimés"),
    "present_or_represented": _("Présent·es et représenté·es"),
    "strict": _("plus de"),
}
VERDICTS: dict[str, Any] = {
    "adopted": _("Adoptée"),
    "rejected": _("Rejetée"),
    "no_vote": _("Aucun suffrage exprimé"),
    "no_votes": _("Aucun suffrage exprimé"),
    "no_vote_expressed": _("Aucun suffrage exprimé"),
    "tie": _("Égalité"),
    "elected": _("Élection acquise"),
    "second_round": _("Second tour"),
    "consent": _("Consentement donné"),
    "objection": _("Objection"),
}
