"""What the pages of a secret ballot say of each act, and the word that its address bears (GOV-26)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# What scrutineers do between two moves of the scrutin.
KEYS, SHARES = "keys", "shares"

# What the act to come does, told to whoever waits for it.
NEXT_WORDS: dict[str, Any] = {
    "freeze_roll": _(
        "La liste des voix s’arrête à cet instant : qui est là, qui est représenté·e, et par qui. Elle ne"
        " change plus."
    ),
    KEYS: _(
        "Chaque gardien·ne fait sa clé dans son navigateur, la garde dans un fichier, puis l’essaie. Le"
        " serveur ne voit jamais une clé."
    ),
    "ready_keys": _(
        "Toutes les clés sont faites et essayées. Sceller fige chaque urne : ses questions, ses codes, ses"
        " clés."
    ),
    "rehearse": _(
        "Des bulletins d’essai sont déposés et dépouillés avec des clés jetables, sur les mêmes questions,"
        " puis détruits."
    ),
    "open": _("Lisez les empreintes à voix haute, puis ouvrez : les bulletins entrent dès cet instant."),
    "close": _("Le vote est en cours. Clore est définitif : un scrutin clos ne se rouvre pas."),
    "resume": _("Le scrutin est suspendu : aucun bulletin n’entre."),
    "tally": _(
        "Le serveur additionne les bulletins sans en ouvrir un seul, puis publie les sommes chiffrées."
    ),
    SHARES: _(
        "Chaque gardien·ne vérifie l’archive, puis donne sa part. La dernière qui manque ouvre les totaux."
    ),
    "verify": _(
        "Les totaux sont ouverts. Chaque preuve de chaque bulletin est vérifiée avant qu’un résultat soit"
        " montré."
    ),
    "proclaim": _("Le résultat est vérifié. La présidence le proclame, question par question."),
    "record": _("L’archive devient publique : chacun·e vérifie le scrutin, sans compte et sans nous."),
    "purge": _(
        "L’archive est publique. Le détail des émargements sera détruit par le serveur quand le délai de"
        " recours sera passé."
    ),
}

# Acts that ask something, or say what follows, on a page of their own; the others are a button.
ASKED: dict[str, str] = {
    "freeze_roll": "arreter",
    "open": "ouvrir",
    "pause": "suspendre",
    "resume": "reprendre",
    "extend": "prolonger",
    "close": "clore",
    "renew": "codes",
    "restart": "cles",
    "proclaim": "proclamer",
    "record": "publier",
    "cancel": "annuler",
}
