"""Addresses of simulation of pay and price."""

from django.urls import URLPattern, path

from accounting.views import affordable, pay_rules, pay_simulation

urlpatterns: list[URLPattern] = [
    path("paie/simuler/", pay_simulation.simulate_pay, name="simulate_pay"),
    path("paie/regles/", pay_rules.pay_rules, name="pay_rules"),
    path("paie/regles/<int:pk>/mettre-en-vigueur/", pay_rules.ruleset_start, name="ruleset_start"),
    path("paie/regles/corrections/<int:pk>/arreter/", pay_rules.override_end, name="override_end"),
    path("activites/<int:activity_id>/me-verser/", affordable.affordable_pay, name="affordable_pay"),
    path("activites/<int:activity_id>/prix/", affordable.price, name="price"),
]
