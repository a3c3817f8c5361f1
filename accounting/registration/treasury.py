"""What the room declares of cash to come, floors and alerts when it starts."""

from django.utils.translation import gettext_lazy as _

from accounting.selectors.treasury_desk import plan_sources
from accounting.services.forecast_alerts import register_forecast_notices
from cae.core import facts, menu


def register_treasury() -> None:
    """Called once, when models are ready."""
    register_forecast_notices()
    facts.provide_source("accounting.cashplan", plan_sources)
    menu.register_entry(
        group="accounting",
        label=_("Trésorerie"),
        url_name="accounting:house_forecast",
        right="accounting.view_house_forecast",
        icon="wallet2",
        order=22,
    )
    menu.register_pages("accounting:house_forecast", "/compta/planchers/")
