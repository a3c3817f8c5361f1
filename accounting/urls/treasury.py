"""Addresses of cash to come, floors and alerts."""

from django.urls import URLPattern, path

from accounting.views import forecast_scenarios, forecasts, treasury

_ONE = "activites/<int:activity_id>/previsions"
_HOUSE = "compta/previsions"

urlpatterns: list[URLPattern] = [
    path(f"{_ONE}/", forecasts.forecast, name="forecast"),
    path(f"{_ONE}/scenarios/garder/", forecast_scenarios.scenario_keep, name="scenario_keep"),
    path(
        f"{_ONE}/scenarios/<int:scenario>/supprimer/", forecast_scenarios.scenario_drop, name="scenario_drop"
    ),
    path(f"{_ONE}/<slug:month>/", forecasts.forecast_month, name="forecast_month"),
    path(f"{_HOUSE}/", forecasts.house, name="house_forecast"),
    path(f"{_HOUSE}/flux/", treasury.cash_plan_list, name="cash_plan_list"),
    path(f"{_HOUSE}/flux/nouveau/", treasury.cash_plan_add, name="cash_plan_add"),
    path(f"{_HOUSE}/flux/<int:pk>/arreter/", treasury.cash_plan_end, name="cash_plan_end"),
    path(f"{_HOUSE}/scenarios/garder/", forecast_scenarios.house_scenario_keep, name="house_scenario_keep"),
    path(
        f"{_HOUSE}/scenarios/<int:pk>/supprimer/",
        forecast_scenarios.house_scenario_drop,
        name="house_scenario_drop",
    ),
    path(f"{_HOUSE}/mois/<slug:month>/", forecasts.house_month, name="house_month"),
    path("compta/planchers/", treasury.floor_list, name="floor_list"),
    path("compta/planchers/nouveau/", treasury.floor_set, name="floor_set"),
    path("compta/planchers/<int:pk>/arreter/", treasury.floor_end, name="floor_end"),
    path("compta/planchers/depassements/", treasury.excess_list, name="excess_list"),
    path("compta/planchers/depassements/nouveau/", treasury.excess_allow, name="excess_allow"),
    path("compta/planchers/depassements/<int:pk>/arreter/", treasury.excess_end, name="excess_end"),
]
