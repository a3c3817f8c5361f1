"""What is done to assemblies, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.Assembly.cancel": _("Assemblée annulée"),
    "governance.Assembly.convene": _("Assemblée convoquée"),
    "governance.Assembly.publish": _("Assemblée publiée"),
    "governance.amendment.propose": _("Amendement déposé"),
    "governance.amendment.withdraw": _("Amendement retiré"),
    "governance.assembly.bureau": _("Bureau de séance désigné"),
    "governance.assembly.call_newcomers": _("Nouveaux associé·es convoqué·es"),
    "governance.assembly.change": _("Assemblée modifiée"),
    "governance.assembly.create": _("Assemblée préparée"),
    "governance.assembly.move": _("Lieu ou lien de l’assemblée changé"),
    "governance.assembly.second_call": _("Seconde convocation préparée"),
    "governance.candidate.add": _("Candidature à une élection reçue"),
    "governance.candidate.change": _("Candidature à une élection modifiée"),
    "governance.candidate.draw": _("Ordre des candidatures tiré au sort"),
    "governance.candidate.withdraw": _("Candidature à une élection retirée"),
    "governance.convocation.letter_instead": _("Convocation revenue, lettre demandée"),
    "governance.convocation.post": _("Lettres de convocation postées"),
    "governance.convocation.prove": _("Preuve de convocation déposée"),
    "governance.item.add": _("Point mis à l’ordre du jour"),
    "governance.item.change": _("Point de l’ordre du jour modifié"),
    "governance.item.move": _("Point de l’ordre du jour déplacé"),
    "governance.item.remove": _("Point retiré de l’ordre du jour"),
    "governance.paper.add": _("Document d’assemblée joint"),
    "governance.paper.remove": _("Document d’assemblée retiré"),
    "governance.question.answer": _("Réponse donnée à une question d’associé·e"),
    "governance.question.ask": _("Question d’associé·e reçue"),
    "governance.resolution.accept": _("Résolution d’associé·es inscrite"),
    "governance.resolution.add": _("Résolution mise à l’ordre du jour"),
    "governance.resolution.change": _("Résolution modifiée"),
    "governance.resolution.propose": _("Résolution proposée par un·e associé·e"),
    "governance.resolution.refuse": _("Résolution d’associé·es non inscrite"),
    "governance.resolution.support": _("Résolution soutenue"),
    "governance.resolution.unsupport": _("Soutien à une résolution retiré"),
    "governance.resolution.withdraw": _("Résolution retirée"),
    "governance.resolution.write": _("Version d’une résolution écrite"),
}
