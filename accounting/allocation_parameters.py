"""Dated parameters of the allocation of a result: what interest may bear, what is kept back of each part."""

from django.utils.translation import gettext_lazy as _

from accounting.states.allocation import INTEREST_CEILING, INTEREST_KEPT_BACK, LABOUR_KEPT_BACK
from cae.core.parameters import register_setting


def register_allocation_parameters() -> None:
    """Called once, when the room starts."""
    for code, default, label, told, source in (
        (
            INTEREST_CEILING,
            "0",
            _("Résultat : taux plafond de l’intérêt aux parts"),
            _(
                "La moyenne sur trois ans du taux des obligations des sociétés privées, plus deux points : "
                "0,045 pour 4,5 %. Rien n’est versé aux parts tant que ce taux n’est pas dit."
            ),
            "loi 47-1775 art. 14",
        ),
        (
            INTEREST_KEPT_BACK,
            "0.314",
            _("Résultat : retenue sur l’intérêt aux parts"),
            _("Impôt et prélèvements sociaux que la coopérative garde en payant : 0,314 pour 31,4 %."),
            "CGI art. 117 quater ; CSS L136-7",
        ),
        (
            LABOUR_KEPT_BACK,
            "0.097",
            _("Résultat : retenue sur la part travail"),
            _("CSG et CRDS que la coopérative garde en payant : 0,097 pour 9,7 %."),
            "CSS L136-8",
        ),
    ):
        register_setting(
            code, kind="rate", default=default, label=label, help=told, source=source, to_confirm=True
        )
