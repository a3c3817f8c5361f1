"""The handbook: what the help page says, topic by topic, and what the search finds in it (CAE-11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.search import Hit, named
from people.selectors.guide import published_pages


@dataclass(frozen=True)
class Topic:
    """One question of the handbook: its anchor, its title, its steps or its sentences."""

    anchor: str
    title: Any
    sentences: Sequence[Any]
    are_steps: bool = False


TOPICS: tuple[Topic, ...] = (
    Topic(
        "devis",
        _("Faire un devis"),
        (
            _("Choisissez le client, ou créez-le : son numéro SIREN est vérifié, un particulier n’en a pas."),
            _("Écrivez les lignes, ou prenez-les au catalogue. Les totaux et l’aperçu suivent."),
            _("Validez-le, ou remettez-le à l’équipe, qui le relit."),
            _("Envoyez-le : le client lit, accepte ou refuse par son lien, sans compte."),
        ),
        are_steps=True,
    ),
    Topic(
        "facture",
        _("Faire une facture"),
        (
            _("Partez du devis accepté, ou d’une page vide."),
            _("Écrivez les lignes : quantité, prix hors taxes, taux de TVA, remise. Les totaux suivent."),
            _("Vérifiez et émettez : la facture reçoit son numéro et ne change plus."),
            _("Enregistrez chaque règlement, même partiel, quand l’argent est arrivé."),
        ),
        are_steps=True,
    ),
    Topic(
        "avoir",
        _("Corriger une facture émise"),
        (
            _(
                "Une facture émise ne se modifie pas et ne s’efface pas. Faites un avoir, en tout ou en"
                " partie, puis une nouvelle facture si besoin."
            ),
        ),
    ),
    Topic(
        "relecture",
        _("Qui relit mes documents ?"),
        (
            _("L’équipe, sauf si elle vous a confié de valider jusqu’à un montant : « Mon compte » le dit."),
            _("Un document dit toujours qui l’a entre les mains, et depuis quand."),
        ),
    ),
    Topic(
        "contribution",
        _("D’où vient la contribution ?"),
        (
            _("Votre barème dit quand et comment elle se calcule : à chaque document, ou chaque mois."),
            _("Le relevé de votre activité montre chaque calcul : base, taux, montant."),
        ),
    ),
    Topic(
        "import",
        _("Importer mes clients ou mon catalogue"),
        (
            _("Un fichier CSV ou XLSX : un essai dit le sort de chaque ligne sans rien écrire."),
            _("Vient ensuite l’import, que l’on peut annuler."),
        ),
    ),
    Topic(
        "listes",
        _("Retrouver une liste"),
        (
            _("Les filtres restent dans l’adresse : gardez-la, ou donnez un nom à la vue."),
            _("Les colonnes choisies restent ; l’export donne ce qui est affiché."),
        ),
    ),
    Topic(
        "avis",
        _("Choisir mes e-mails"),
        (
            _("Tout arrive sous la cloche. « Mes avis et e-mails » choisit ce qui vous est aussi envoyé."),
            _("Ce que la loi ou votre sécurité demande part toujours."),
        ),
    ),
    Topic(
        "compte",
        _("Protéger mon compte"),
        (
            _("Une clé d’accès ou une application d’authentification s’ajoute dans « Mon compte »."),
            _("« Mes appareils » montre les sessions ouvertes, et les ferme."),
        ),
    ),
    Topic(
        "intervention",
        _("Quelqu’un peut-il agir pour moi ?"),
        (
            _("À votre demande seulement, une heure au plus, avec un motif et un bandeau qui le rappelle."),
            _("Vous en êtes prévenu·e ; « Mon compte » garde tout ce qui a été fait."),
        ),
    ),
    Topic(
        "clavier",
        _("Au clavier"),
        (_("La touche « ? » montre les raccourcis ; on peut les couper dans « Mon compte »."),),
    ),
)


def find_help(_user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """Gives the topics whose title the words name; else, those whose text does; then the pages that the
    cooperative added."""
    topics = [*TOPICS, *(Topic(f"page-{one.pk}", one.title, (one.text,)) for one in published_pages())]
    titled = [one for one in topics if named(one.title, terms)]
    told = titled or [one for one in topics if named(" ".join(map(str, one.sentences)), terms)]
    url = reverse("portal:help")
    for topic in told[:limit]:
        yield Hit(_("Aide"), topic.title, "", f"{url}#{topic.anchor}", "question-circle")
