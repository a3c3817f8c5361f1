"""The sentences of the secret ballot: why a text of the protocol is refused, what the auditor says of an
archive. The script that anyone runs without the house is given the same, in French and in English."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.engines.ballots.faults import Fault

# One sentence for each fault: said to a voter or a scrutineer who is refused, and by the auditor.
FAULTS = {
    Fault.NOT_CANONICAL: _("Le texte n’est pas écrit de la seule façon que le protocole admet."),
    Fault.TOO_BIG: _("Le texte est plus long qu’aucun texte valable."),
    Fault.SHAPE_WRONG: _("Une partie manque, est de trop ou n’est pas du type attendu."),
    Fault.POINT_INVALID: _("Un nombre chiffré n’appartient pas au groupe du protocole."),
    Fault.NEUTRAL_POINT: _(
        "Une clé ou un chiffré est l’élément neutre, dont tout le monde connaît le secret."
    ),
    Fault.SCALAR_INVALID: _("Un nombre est mal écrit, ou trop grand."),
    Fault.PROOF_WRONG: _("Une preuve est fausse."),
    Fault.VERSION_WRONG: _("Ce n’est pas la version 1 du protocole."),
    Fault.GROUP_WRONG: _("Ce n’est pas le groupe Ed25519."),
    Fault.UUID_WRONG: _("L’identifiant de l’élection n’est pas celui attendu."),
    Fault.BOUNDS_WRONG: _("Les nombres de réponses permis par une question sont impossibles."),
    Fault.CODE_MALFORMED: _(
        "Ce code de vote est mal écrit : il a 22 lettres et chiffres, sans 0, I, O ni l."
    ),
    Fault.CREDENTIAL_TWICE: _("Un code de vote figure deux fois sur la liste."),
    Fault.WRONG_ELECTION: _("Ce bulletin est celui d’une autre élection."),
    Fault.CREDENTIAL_UNKNOWN: _("Ce bulletin est signé d’un code de vote qui n’est pas sur la liste."),
    Fault.HASH_WRONG: _("L’empreinte que ce bulletin porte n’est pas la sienne."),
    Fault.SIGNATURE_WRONG: _("La signature est fausse."),
    Fault.SEEN_BEFORE: _("Ce bulletin est déjà dans l’urne."),
    Fault.CHOICE_INVALID: _("Ces choix ne font pas un bulletin valable."),
    Fault.THRESHOLD_WRONG: _("Le seuil du groupe de scrutateurs est impossible ou n’est pas celui annoncé."),
    Fault.CERTIFICATE_WRONG: _("Le certificat d’un scrutateur n’est pas valable."),
    Fault.KEY_TWICE: _("Une même clé sert deux fois."),
    Fault.COMMITMENT_WRONG: _("Le message n’est pas celui dont l’empreinte avait été publiée."),
    Fault.POLYNOMIAL_WRONG: _("Le polynôme d’un scrutateur n’est pas valable."),
    Fault.SECRET_WRONG: _("Le secret remis par un scrutateur ne correspond pas à ce qu’il a publié."),
    Fault.CHANNEL_WRONG: _("Un message chiffré ne s’ouvre pas, ou était destiné à quelqu’un d’autre."),
    Fault.VERIFICATION_KEY_WRONG: _("La clé de vérification d’un scrutateur n’est pas la sienne."),
    Fault.ELECTION_KEY_WRONG: _("La clé de l’élection n’est pas la somme des clés de ses scrutateurs."),
    Fault.OWNER_WRONG: _("Cette part de dépouillement n’est d’aucun scrutateur, ou le même en a donné deux."),
    Fault.SHARE_WRONG: _("Cette part de dépouillement est fausse."),
    Fault.SHARE_MISSING: _("Il manque des parts pour dépouiller."),
    Fault.STRICT_PROOF_MISSING: _("Les preuves renforcées des parts de dépouillement n’ont pas été données."),
    Fault.STRICT_PROOF_WRONG: _("La preuve renforcée d’une part de dépouillement est fausse."),
    Fault.TALLY_WRONG: _("Les sommes chiffrées ne sont pas celles des bulletins."),
    Fault.COUNT_WRONG: _("Le nombre de bulletins comptés n’est pas celui qui est annoncé."),
    Fault.RESULT_NOT_FOUND: _("Une somme ne s’ouvre sur aucun nombre de voix possible."),
    Fault.RESULT_IMPLAUSIBLE: _(
        "Le résultat compte plus ou moins de voix que les bulletins n’en permettent."
    ),
    Fault.RESULT_WRONG: _("Le résultat n’est pas celui que donnent les parts de dépouillement."),
    Fault.CONTAINER_WRONG: _("L’archive est coupée, ou des octets n’y sont pas à leur place."),
    Fault.NAME_WRONG: _("Le nom d’un élément n’est pas l’empreinte de son contenu."),
    Fault.CHAIN_WRONG: _("La chaîne des événements est rompue."),
    Fault.ORDER_WRONG: _("Un événement n’est pas à son tour."),
    Fault.STRAY_DATA: _("Un élément manque, est de trop ou n’est pas celui que son événement annonce."),
    Fault.EARLIER_DIFFERS: _("Le début de l’archive n’est plus celui qui avait été enregistré."),
    Fault.HEAD_WRONG: _("La tête de la chaîne n’est pas celle qui a été annoncée."),
    Fault.FINGERPRINT_WRONG: _("L’empreinte de l’élection n’est pas celle qui a été annoncée."),
    Fault.UNFINISHED: _("L’archive s’arrête avant le résultat."),
    Fault.ROLL_WRONG: _("L’empreinte de la liste n’est pas celle qui a été arrêtée avant l’ouverture."),
    Fault.VOTERS_WRONG: _(
        "Le nombre de bulletins comptés n’est pas celui des signatures de la liste d’émargement."
    ),
    Fault.TRACKER_UNKNOWN: _("Ce numéro de suivi n’est pas dans l’urne."),
    Fault.TRACKER_REPLACED: _(
        "Ce bulletin est dans l’urne, mais un bulletin déposé plus tard avec le même code l’a remplacé. Si ce"
        " n’est pas vous, prévenez le bureau."
    ),
}

_REPORT = {
    "election": _("%(name)s (élection %(uuid)s)"),
    "step": _("%(number)s. %(step)s : %(verdict)s"),
    "step_container": _("Intégrité du fichier"),
    "step_chain": _("Chaîne des événements"),
    "step_continuity": _("Accord avec ce qui a été annoncé"),
    "step_setup": _("Élection, scrutateurs et liste"),
    "step_ballots": _("Bulletins, un par un"),
    "step_tally": _("Sommes chiffrées"),
    "step_shares": _("Parts de dépouillement"),
    "step_result": _("Résultat"),
    "verdict_holds": _("vérifié"),
    "verdict_fails": _("FAUX"),
    "verdict_not_reached": _("non vérifié, car une étape précédente est fausse"),
    "verdict_not_yet": _("pas encore"),
    "verdict_not_asked": _("rien à comparer n’a été donné"),
    "fault": _("%(place)s : %(sentence)s"),
    "place_tracker": _("bulletin %(tracker)s"),
    "place_owner": _("part n° %(owner)s"),
    "place_member": _("membre n° %(member)s du groupe"),
    "place_height": _("événement %(height)s"),
    "place_offset": _("octet %(offset)s"),
    "fact_fingerprint": _("Empreinte de l’élection : %(fingerprint)s"),
    "fact_roll": _("Empreinte de la liste : %(roll)s"),
    "fact_credentials": _("Codes de vote sur la liste : %(credentials)s"),
    "fact_head": _("Tête de la chaîne : %(head)s"),
    "fact_ballots": _("Bulletins reçus : %(ballots)s"),
    "fact_kept": _("Bulletins comptés, le dernier de chaque code de vote : %(kept)s"),
    "blank": _("Blanc"),
    "count": _("%(answer)s : %(count)s"),
    "strict_held": _("Preuves renforcées des parts : vérifiées."),
    "strict_absent": _(
        "Preuves renforcées des parts : absentes. Un scrutateur de mèche avec l’auteur du dernier bulletin"
        " a pu fausser le résultat sans que rien d’autre le montre."
    ),
    "unasked_head": _("Non comparée : la tête de la chaîne (--head), lue dans le procès-verbal."),
    "unasked_fingerprint": _(
        "Non comparée : l’empreinte de l’élection (--fingerprint), lue avant l’ouverture du vote."
    ),
    "unasked_roll_fingerprint": _(
        "Non comparée : l’empreinte de la liste (--roll), lue avant l’ouverture du vote."
    ),
    "unasked_uuid": _("Non comparé : l’identifiant de l’élection, que le nom de ce fichier ne donne pas."),
    "unasked_voters": _("Non comparé : le nombre de signatures de la liste d’émargement (--voters)."),
    "unasked_trackers": _("Non cherché : votre numéro de suivi (--tracker)."),
    "sound": _("Tout ce qui a été demandé est vérifié."),
    "unsound": _("Anomalies : %(count)s. Cette archive ne prouve pas son résultat."),
}

_COMMAND = {
    "help": _("Vérifie l’archive publique d’un vote secret, sans faire confiance à qui l’a donnée."),
    "help_archive": _("l’archive .bel"),
    "help_strict": _("les preuves renforcées des parts de dépouillement"),
    "help_head": _("la tête de la chaîne, lue à l’écran de la séance ou dans le procès-verbal"),
    "help_fingerprint": _("l’empreinte de l’élection, annoncée avant l’ouverture"),
    "help_roll": _("l’empreinte de la liste, annoncée avant l’ouverture"),
    "help_voters": _("le nombre de signatures de la liste d’émargement"),
    "help_earlier": _("une archive enregistrée plus tôt, dont celle-ci doit être la suite"),
    "help_tracker": _("votre numéro de suivi ; peut être donné plusieurs fois"),
    "help_open": _("l’urne est encore ouverte, ou le dépouillement en cours : l’archive n’a pas de fin"),
    "help_foreign": _("l’archive vient d’un autre logiciel, qui ne fait pas de preuves renforcées"),
    "help_lang": _("langue du rapport"),
    "unreadable": _("Ce fichier ne peut pas être lu : %(path)s"),
    "progress": _("Bulletins vérifiés : %(done)s sur %(total)s"),
}


def fault_sentence(code: Fault) -> str:
    """Why a text of the protocol is refused, in the language of the reader."""
    return str(FAULTS[code])


def auditor_words() -> dict[str, str]:
    """All that the auditor may say, in the language now active."""
    faults = {f"fault_{code}": str(sentence) for code, sentence in FAULTS.items()}
    return faults | {name: str(sentence) for name, sentence in (_REPORT | _COMMAND).items()}
