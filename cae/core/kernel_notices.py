"""What the kernel itself tells people, and the parameters of quiet hours."""

from django.utils.translation import gettext_lazy as _

from cae.core import jobs, sending, threads
from cae.core.backup import telling
from cae.core.notices import register_notice
from cae.core.parameters import register_setting


def register() -> None:
    """Declares the kinds of notice of the kernel and its quiet hours."""
    register_notice(threads.NOTICE, label=_("Message sur un dossier que je suis"))
    # Whoever asked for a job is often there when it ends: the bell says it, a mail only by choice.
    register_notice(jobs.ENDED, label=_("Travail terminé"), default="none")
    register_notice(jobs.FAILED, label=_("Travail terminé avec des échecs"))
    register_notice(sending.RETURNED, label=_("Un e-mail que j’ai envoyé n’est pas arrivé"))
    register_notice(sending.GIVEN_UP, label=_("Un e-mail de la coopérative n’est pas parti"), default="daily")
    register_notice(telling.FAILED, label=_("Sauvegarde de la nuit en échec"), mutable=False)
    choice = _("Choix de la coopérative")
    register_setting(
        "core.quiet_evening",
        kind="integer",
        default="20",
        within=(12, 24),
        label=_("Heures calmes : le soir, à partir de (heure)"),
        help=_("Passé cette heure, les avis attendent le matin ; 24 : aucune heure calme le soir."),
        source=choice,
    )
    register_setting(
        "core.quiet_morning",
        kind="integer",
        default="8",
        within=(0, 12),
        label=_("Heures calmes : le matin, jusqu’à (heure)"),
        help=_("Les avis de la nuit partent à cette heure, avec les résumés du jour et du lundi."),
        source=choice,
    )
    register_setting(
        "core.quiet_sunday",
        kind="choice",
        default="yes",
        choices=(("yes", _("Oui")), ("no", _("Non"))),
        label=_("Aucun avis le dimanche"),
        help=_("La sécurité des comptes et les visiteurs à l’accueil passent toujours."),
        source=choice,
    )
