"""The path of entrepreneurs: for now, their activities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cae.core import menu, permissions
from cae.core.acts import name_acts
from entrepreneurs.acts import ACTS


class EntrepreneursConfig(AppConfig):
    name = "entrepreneurs"
    verbose_name = _("Parcours")

    def ready(self) -> None:
        from cae.core.search import provide_search  # models are ready only now
        from entrepreneurs.permissions import PERMISSIONS
        from entrepreneurs.registration.applications import register_applications
        from entrepreneurs.registration.coaching import register_coaching
        from entrepreneurs.registration.contracts import register_contracts
        from entrepreneurs.registration.desk import register_desk
        from entrepreneurs.registration.personal_data import register_personal_data
        from entrepreneurs.registration.trades import register_trades
        from entrepreneurs.registration.welcome import register_welcome
        from entrepreneurs.selectors.search import find_activities

        permissions.register("entrepreneurs", PERMISSIONS)
        provide_search(find_activities)
        name_acts(ACTS)
        register_applications()
        register_coaching()
        register_contracts()
        register_desk()
        register_personal_data()
        register_trades()
        register_welcome()
        menu.register_entry(
            group="path",
            label=_("Activités"),
            url_name="entrepreneurs:activity_list",
            right="entrepreneurs.view_activities",
            icon="briefcase",
            order=10,
        )
