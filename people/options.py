"""The option lists of the room and their first words; the cooperative edits them in its settings (PEO-14)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cae.core.options import register_options
from people.states.statuses import StatusKind

STATUSES = "people.statuses"
GLOSSARY = "people.glossary"
CIVILITIES = "people.civilities"
ZONES = "people.address_zones"
STUDY_LEVELS = "people.study_levels"
SOCIAL_STATUSES = "people.social_statuses"
FAMILY_STATUSES = "people.family_statuses"
JOB_KINDS = "people.outside_job_kinds"
SKILL_LEVELS = "people.skill_levels"

# France Ruralités took the place of the ZRR: law 2023-1322 of 29 December 2023, article 73.
FRR_SINCE, ZRR_UNTIL = date(2024, 7, 1), date(2024, 6, 30)

_DEFINITIONS: dict[str, Any] = {
    StatusKind.CANDIDATE: _(
        "A envoyé une candidature et suit l’accueil : entretien, grille de sens, comité. Ni contrat ni"
        " activité."
    ),
    StatusKind.COMMUNITY_MEMBER: _(
        "Participe à la vie de la coopérative sans contrat ni activité, avant l’entrée ou à côté."
    ),
    StatusKind.PROJECT_HOLDER: _(
        "Teste son activité sous convention d’accompagnement ou sous CAPE (contrat d’appui au projet"
        " d’entreprise), sans contrat de travail et en gardant ses droits sociaux."
    ),
    StatusKind.ENTREPRENEUR: _(
        "A signé un CESA (contrat d’entrepreneur salarié associé) : un contrat de travail, avec des objectifs"
        " d’activité et un accompagnement. Devient associé·e dans les trois ans."
    ),
    StatusKind.ASSOCIATE: _("Détient des parts sociales : une personne, une voix à l’assemblée générale."),
    StatusKind.STAFF: _(
        "Salarié·e des services partagés, payé·e sur le budget commun : accompagnement, comptabilité, vie"
        " coopérative. On peut l’être en plus d’une activité."
    ),
    StatusKind.COWORKER: _("Travaille dans un des lieux de la coopérative avec une formule d’accès."),
    StatusKind.LEAVER: _("A quitté la coopérative ; son dossier reste le temps que la loi demande."),
}

_WORDS = (
    (
        "aee",
        _("AEE"),
        _("Activité économique exercée dans la coopérative : ce que vend une personne ou un collectif."),
    ),
    (
        "cae",
        _("CAE"),
        _("Coopérative d’activité et d’emploi : on y crée son activité en commun, avec un contrat."),
    ),
    (
        "cape",
        _("CAPE"),
        _("Contrat d’appui au projet d’entreprise : douze mois au plus, renouvelable deux fois."),
    ),
    ("cesa", _("CESA"), _("Contrat d’entrepreneur salarié associé : contrat de travail propre aux CAE.")),
    (
        "scop",
        _("SCOP"),
        _("Société coopérative de production : les salarié·es y ont la majorité du capital et des voix."),
    ),
    (
        "scic",
        _("SCIC"),
        _("Société coopérative d’intérêt collectif : salarié·es, bénéficiaires et collectivités y siègent."),
    ),
)

_LISTS: tuple[dict[str, Any], ...] = (
    {
        "code": STATUSES,
        "label": _("Statuts d’une personne"),
        "defaults": [(kind.value, kind.label, _DEFINITIONS[kind]) for kind in StatusKind],
        "rule": _("La définition se lit à côté du statut, partout où il est écrit."),
        "is_closed": True,
    },
    {
        "code": GLOSSARY,
        "label": _("Mots de la coopérative"),
        "defaults": _WORDS,
        "rule": _("Une phrase par mot, comme on l’expliquerait à une personne qui arrive."),
    },
    {
        "code": CIVILITIES,
        "label": _("Civilités"),
        "defaults": [("mrs", _("Madame")), ("mr", _("Monsieur")), ("none", _("Sans civilité"))],
    },
    {
        "code": ZONES,
        "label": _("Zones d’une adresse"),
        "defaults": [
            ("qpv", _("Quartier prioritaire (QPV)"), _("Contour de 2024, décret 2023-1314.")),
            ("frr", _("France Ruralités (FRR)"), _("Depuis le 1er juillet 2024."), FRR_SINCE),
            ("frr_plus", _("France Ruralités « plus » (FRR+)"), "", FRR_SINCE),
            ("none", _("Hors zone")),
            ("zrr", _("Zone de revitalisation rurale (ZRR)"), _("Remplacée par FRR."), None, ZRR_UNTIL),
        ],
        "rule": _("Vérifier l’adresse sur le site du géoportail ; elle se note dans la fiche protégée."),
    },
    {
        "code": STUDY_LEVELS,
        "label": _("Niveaux d’études"),
        # Decree 2019-14 of 8 January 2019: levels 3 to 8.
        "defaults": [
            ("none", _("Sans diplôme")),
            ("level_3", _("Niveau 3 : CAP, BEP")),
            ("level_4", _("Niveau 4 : baccalauréat")),
            ("level_5", _("Niveau 5 : bac + 2")),
            ("level_6", _("Niveau 6 : licence, bac + 3 ou 4")),
            ("level_7", _("Niveau 7 : master, bac + 5")),
            ("level_8", _("Niveau 8 : doctorat")),
        ],
        "rule": _("Le plus haut diplôme obtenu, non le plus récent."),
    },
    {
        "code": SOCIAL_STATUSES,
        "label": _("Situations sociales"),
        "defaults": [
            ("jobseeker_paid", _("Demandeur·se d’emploi indemnisé·e (ARE)")),
            ("jobseeker_solidarity", _("Demandeur·se d’emploi, solidarité (ASS)")),
            ("jobseeker_unpaid", _("Demandeur·se d’emploi non indemnisé·e")),
            ("employee", _("Salarié·e ailleurs")),
            ("civil_servant", _("Agent·e public·que")),
            ("self_employed", _("Indépendant·e ailleurs")),
            ("student", _("En études ou en formation")),
            ("parental_leave", _("En congé parental")),
            ("retired", _("Retraité·e")),
            ("other", _("Autre situation")),
        ],
        "rule": _("Plusieurs à la fois si besoin. AAH et RSA se notent dans le dossier protégé, jamais ici."),
    },
    {
        "code": FAMILY_STATUSES,
        "label": _("Situations familiales"),
        "defaults": [
            ("single", _("Célibataire")),
            ("couple", _("En couple, concubinage")),
            ("civil_union", _("Pacsé·e")),
            ("married", _("Marié·e")),
            ("separated", _("Séparé·e ou divorcé·e")),
            ("widowed", _("Veuf·ve")),
        ],
    },
    {
        "code": JOB_KINDS,
        "label": _("Emplois hors de la coopérative"),
        "defaults": [
            ("permanent", _("Salarié·e en CDI")),
            ("fixed_term", _("Salarié·e en CDD ou intérim")),
            ("public", _("Fonction publique")),
            ("self_employed", _("Travail indépendant")),
            ("other", _("Autre")),
        ],
    },
    {
        "code": SKILL_LEVELS,
        "label": _("Niveaux d’une compétence"),
        "defaults": [
            ("basics", _("Notions")),
            ("autonomous", _("Autonome")),
            ("confirmed", _("Confirmé·e")),
            ("expert", _("Peut transmettre")),
        ],
    },
)


def register_lists() -> None:
    """Declares the lists of the room."""
    for one in _LISTS:
        register_options(**one)
