"""The books: what the room registers at start-up stands in registration/."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounting.acts import ACTS
from cae.core import events, permissions
from cae.core.acts import name_acts


class AccountingConfig(AppConfig):
    name = "accounting"
    verbose_name = _("Comptabilité")

    def ready(self) -> None:
        # Models are ready only now.
        from accounting.permissions import PERMISSIONS
        from accounting.registration import register_all
        from accounting.subscribers import on_activity_opened, on_member_joined
        from entrepreneurs.events import ActivityOpened, MemberJoined

        permissions.register("accounting", PERMISSIONS)
        name_acts(ACTS)
        events.subscribe(ActivityOpened, on_activity_opened)
        events.subscribe(MemberJoined, on_member_joined)
        register_all()
