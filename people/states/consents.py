"""What a person may agree to, purpose by purpose (PEO-37): nothing of it is done without."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentPurpose(models.TextChoices):
    DIRECTORY = "directory", _("Figurer dans l’annuaire de la coopérative")
    PHOTO = "photo", _("Publication de ma photo")
    PRESCRIBER = "prescriber", _("Suivi par l’organisme qui m’a orienté·e")
    PUBLIC_PAGE = "public_page", _("Page publique de mon activité")
    NAMED_FIGURES = "named_figures", _("Chiffres publiés avec mon nom")
    EXPENSES = "expenses", _("Saisie de mes dépenses par quelqu’un d’autre")


# What each purpose means, said beside its button.
MEANINGS: dict[str, object] = {
    ConsentPurpose.DIRECTORY: _("Nom, métier, territoire et coordonnées, lus par les autres membres."),
    ConsentPurpose.PHOTO: _("Sur le site, les documents et les réseaux de la coopérative."),
    ConsentPurpose.PRESCRIBER: _("L’organisme sait où en est le parcours : étape, contrat, sortie."),
    ConsentPurpose.PUBLIC_PAGE: _("Une page lue par tout le monde, avec ce que vous y mettez."),
    ConsentPurpose.NAMED_FIGURES: _("Dans les bilans remis aux associé·es et aux financeurs."),
    ConsentPurpose.EXPENSES: _(
        "Par la comptabilité, votre conseiller·ère ou vos collègues d’activité ; vous en êtes averti·e."
    ),
}
