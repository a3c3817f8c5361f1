"""The words of the conventions of a rule set: their titles, the choices of each, the sections of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.states.rules import DecisionKind

CALLS: tuple[int, ...] = (1, 2)
CALL_WORDS: dict[int, Any] = {1: _("première convocation"), 2: _("deuxième convocation")}

LABELS: dict[str, Any] = {
    "blank_ballots": _("Bulletins blancs et nuls"),
    "quorum_base": _("Base du quorum"),
    "quorum_moment": _("Moment du quorum"),
    "proxy_cap": _("Pouvoirs par mandataire, au plus"),
    "proxy_holders": _("Qui peut recevoir un pouvoir"),
    "proxy_later": _("Pouvoir donné après un autre"),
    "blank_proxy": _("Pouvoir sans nom de mandataire"),
    "college_weights": _("Poids des collèges"),
    "college_report": _("Report du vote d’un collège"),
    "empty_college": _("Collège sans suffrage exprimé"),
    "college_abstentions": _("Abstentions dans un collège"),
    "tie": _("Égalité dans une élection"),
    "casting_vote": _("Voix prépondérante"),
    "median": _("Jugement majoritaire, nombre pair de votes"),
    "schulze_strength": _("Schulze, force d’un duel"),
    "consent_minimum": _("Consentement, participation minimale"),
    "ballot_final": _("Bulletin qui compte"),
    "correspondence": _("Vote par correspondance"),
    "correspondence_days": _("Réception des formulaires de vote par correspondance"),
    "remote": _("Présence à distance"),
    "notice_days": _("Délai de convocation"),
    "notice_form": _("Forme de la convocation"),
    "additions_threshold": _("Associé·es pour inscrire une résolution"),
    "additions_open_days": _("Demandes d’inscription, au plus tôt"),
    "additions_close_days": _("Demandes d’inscription, au plus tard"),
    "manager_electorate": _("Qui élit la gérance"),
    "manager_ballot": _("Scrutin de la gérance"),
    "manager_term_months": _("Durée du mandat de gérance"),
    "manager_terms_most": _("Mandats de gérance de suite, au plus"),
    "suspension_days": _("De la mise en demeure à la suspension du vote"),
    "refund_years": _("Délai de remboursement des parts"),
    "capital_floor": _("Capital minimum, en part du plus haut atteint"),
    "admission_route": _("Admission des associé·es"),
}

CHOICES: dict[str, dict[str, Any]] = {
    "blank_ballots": {
        "outside": _("hors des suffrages exprimés"),
        "counted": _("comptés dans les suffrages exprimés"),
    },
    "quorum_base": {
        "voting": _("associé·es qui ont le droit de vote"),
        "all": _("tous les associé·es, droits suspendus compris"),
    },
    "quorum_moment": {
        "each_vote": _("vérifié à chaque vote"),
        "opening": _("vérifié une fois, à l’ouverture de la séance"),
    },
    "proxy_holders": {
        "associates": _("tout autre associé·e"),
        "same_college": _("un·e associé·e du même collège"),
    },
    "proxy_later": {
        "replaces": _("remplace le précédent"),
        "refused": _("refusé tant que le précédent n’est pas retiré"),
    },
    "blank_proxy": {
        "by_support": _("pour les résolutions soutenues par la gérance, contre les autres"),
        "refused": _("refusé"),
    },
    "college_report": {
        "proportional": _("proportionnel aux voix du collège"),
        "winner_takes_college": _("tout le poids du collège va à sa majorité"),
    },
    "empty_college": {
        "lost": _("son poids est perdu"),
        "shared": _("son poids est réparti entre les autres"),
    },
    "college_abstentions": {
        "outside": _("hors de la base du collège"),
        "inside": _("dans la base du collège"),
    },
    "tie": {
        "age": _("la personne la plus âgée l’emporte"),
        "seniority": _("l’associé·e de plus longue date l’emporte"),
        "draw": _("tirage au sort public, graine publiée"),
    },
    "casting_vote": {
        "none": _("aucune : à égalité, la résolution n’est pas adoptée"),
        "chair": _("celle de qui préside départage"),
    },
    "median": {
        "lower": _("médiane basse (Balinski et Laraki)"),
        "upper": _("médiane haute"),
    },
    "schulze_strength": {
        "winning_votes": _("voix gagnantes, puis voix perdantes"),
        "margins": _("écart entre les voix"),
    },
    "ballot_final": {
        "last": _("le dernier reçu avant la clôture"),
        "first": _("le premier : on ne vote qu’une fois"),
    },
    "correspondence": {"allowed": _("permis"), "refused": _("non prévu")},
    "remote": {
        "counted": _("comptée dans le quorum, la personne étant identifiée"),
        "refused": _("non comptée"),
    },
    "notice_form": {
        "mail": _("par e-mail"),
        "letter": _("par lettre"),
        "either": _("par e-mail ou par lettre"),
    },
    "manager_electorate": {
        "associates": _("les associé·es"),
        "entrepreneurs": _("les entrepreneur·es"),
        "all": _("associé·es et entrepreneur·es"),
    },
    "manager_ballot": {"secret": _("secret"), "open": _("par nom")},
    "admission_route": {
        "vote": _("par un vote de l’assemblée"),
        "by_rule": _("de plein droit, aux conditions des statuts"),
    },
}

BASE_WORDS: dict[str, Any] = {
    "expressed": _("les suffrages exprimés"),
    "present_or_represented": _("les associé·es présent·es ou représenté·es"),
    "all_members": _("le total des associé·es"),
}

# What does not hold together in a set, by the code of the doubt.
DOUBTS: dict[str, Any] = {
    "window_reversed": _("La fin des demandes d’inscription précède leur début."),
    "correspondence_without_days": _("Dites quand les formulaires de vote doivent être reçus."),
    "second_call_harder": _("La deuxième convocation demande un quorum plus élevé que la première."),
    "second_call_stricter": _("La deuxième convocation demande une majorité plus forte que la première."),
    "out_of_reach": _("Personne ne peut réunir plus de la totalité des voix : choisissez « au moins »."),
    "short_notice": _("La loi demande au moins %(least)d jours entre la convocation et l’assemblée."),
    "below_majority": _("La majorité demandée est inférieure à plus de la moitié."),
    "long_term": _("Un mandat de gérance dure au plus %(most)d mois (loi, à confirmer)."),
    "college_twice": _("Un collège est écrit deux fois."),
    "colleges_differ": _("Les poids ne sont pas ceux des collèges en service."),
    "fewer_than_3_colleges": _("Une SCIC a au moins %(least)d collèges (art. 19 octies, à confirmer)."),
    "below_10": _("Un collège pèse au moins 10 %% des voix (art. 19 octies, à confirmer)."),
    "above_50": _("Un collège pèse au plus 50 %% des voix (art. 19 octies, à confirmer)."),
    "sum_not_100": _("Les poids des collèges font %(total)d en tout : ils doivent faire 100."),
}

# What follows a title on the page of a set: how the value is typed.
HELP: dict[str, Any] = {
    "notice_days": _("Jours entre l’envoi et l’assemblée."),
    "correspondence_days": _("Jours avant l’assemblée, au plus tard."),
    "additions_open_days": _("Jours avant l’assemblée ; au-delà, la demande est trop tôt."),
    "additions_close_days": _("Jours avant l’assemblée ; en deçà, la demande est trop tard."),
    "additions_threshold": _("Part des associé·es, écrite comme 1/20."),
    "capital_floor": _("Part du capital le plus haut, écrite comme 1/4."),
    "manager_term_months": _("En mois."),
    "suspension_days": _("En jours."),
    "refund_years": _("En années."),
    "consent_minimum": _("Nombre de personnes ; en deçà, rien n’est décidé."),
}

DECISION_CODES: tuple[str, ...] = tuple(
    f"decision.{kind}.{call}" for kind in DecisionKind.values for call in CALLS
)
# The page of a set, in the order in which one reads statutes.
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Quorums et majorités"), DECISION_CODES),
    (
        _("Compter les voix"),
        ("blank_ballots", "quorum_base", "quorum_moment", "casting_vote", "ballot_final"),
    ),
    (_("Pouvoirs"), ("proxy_cap", "proxy_holders", "proxy_later", "blank_proxy")),
    (
        _("Collèges"),
        ("college_weights", "college_report", "empty_college", "college_abstentions"),
    ),
    (_("Méthodes de vote"), ("tie", "median", "schulze_strength", "consent_minimum")),
    (
        _("Convocation et participation à distance"),
        (
            "notice_days",
            "notice_form",
            "additions_threshold",
            "additions_open_days",
            "additions_close_days",
            "correspondence",
            "correspondence_days",
            "remote",
        ),
    ),
    (
        _("Gérance"),
        ("manager_electorate", "manager_ballot", "manager_term_months", "manager_terms_most"),
    ),
    (
        _("Registre et capital"),
        ("admission_route", "suspension_days", "refund_years", "capital_floor"),
    ),
)


def decision_label(kind: str, call: int) -> Any:
    """« Décision ordinaire, première convocation »."""
    return _("%(kind)s, %(call)s") % {"kind": DecisionKind(kind).label, "call": CALL_WORDS[call]}


def label_of(key: str) -> Any:
    """The title of a convention."""
    if key.startswith("decision."):
        _word, kind, call = key.split(".")
        return decision_label(kind, int(call))
    return LABELS[key]
