"""Who is who: registers the rights, parameters and menu entries of the room."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu, permissions
from cae.core.acts import name_acts
from cae.core.parameters import register_setting
from people.acts import ACTS
from people.checks import account_safety
from people.states import ALWAYS_SECOND_FACTOR, SECOND_FACTOR_KINDS, RoleKind


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("Personnes")

    def ready(self) -> None:
        from cae.core.search import provide_search
        from people.desk import register_desk
        from people.emails import register_mails  # models are ready only now
        from people.notices import register_notices
        from people.options import register_lists
        from people.permissions import PERMISSIONS
        from people.person_files import register as register_person_files
        from people.personal_data import register as register_personal_data
        from people.selectors.search import find_organisations, find_persons
        from people.selectors.todo import AWAITED

        permissions.register("people", PERMISSIONS)
        facts.provide_awaited(AWAITED)
        provide_search(find_persons)
        provide_search(find_organisations)
        name_acts(ACTS)
        register_notices()
        register_mails()
        register_lists()
        register_desk()
        register_personal_data()
        register_person_files()
        checks.register(account_safety, checks.Tags.security, deploy=True)
        register_setting(
            "people.invitation_days",
            kind="integer",
            default="14",
            within=(1, 90),
            label=_("Durée d’une invitation (jours)"),
            help=_("Passé ce délai, le lien qui ouvre un compte ne sert plus ; on peut en renvoyer un."),
            source=_("Choix de la coopérative"),
        )
        register_setting(
            "people.second_factor_roles",
            kind="choices",
            default=",".join(sorted(SECOND_FACTOR_KINDS - ALWAYS_SECOND_FACTOR)),
            choices=[(kind.value, kind.label) for kind in RoleKind if kind.value not in ALWAYS_SECOND_FACTOR],
            label=_("Rôles qui demandent un second facteur"),
            help=_(
                "Sans application d’authentification ni clé, ces personnes ne peuvent rien ouvrir d’autre que"
                " la page qui en installe une. L’administration en a toujours besoin."
            ),
            source=_("Choix de la coopérative"),
        )
        for label, url_name, right, icon, order in (
            (_("Personnes"), "people:person_list", "people.view_persons", "people", 10),
            (_("Organismes"), "people:organisation_list", "people.view_organisations", "building", 20),
        ):
            menu.register_entry(
                group="people", label=label, url_name=url_name, right=right, icon=icon, order=order
            )
        menu.register_entry(
            group="settings",
            label=_("Territoires"),
            url_name="people:territory_list",
            right="people.view_territories",
            icon="geo-alt",
            order=40,
        )
        menu.register_pages("people:territory_list", "/reglages/portefeuilles/")
        menu.register_pages("people:person_list", "/effectifs/", "/mots/")
