"""What the acts on premises shared, keys and badges are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "coworking.AccessLoan.give_back": _("Clé, badge ou code rendu"),
    "coworking.access.refund": _("Caution gardée d’une clé rendue"),
    "coworking.AccessLoan.lose": _("Clé, badge ou code perdu"),
    "coworking.access.add": _("Clé, badge ou code ajouté"),
    "coworking.access.lend": _("Clé, badge ou code prêté"),
    "coworking.access.withdraw": _("Clé, badge ou code retiré"),
    "coworking.cost.share": _("Coût de locaux réparti"),
    "coworking.cost.take_back": _("Coût de locaux repris"),
    "coworking.tenancy.begin": _("Occupation de locaux commencée"),
    "coworking.tenancy.end": _("Occupation de locaux finie"),
}
