"""Addresses of bodies, mandates and decisions."""

from django.urls import path

from governance.views import bodies, decisions, governance, mandates

urlpatterns = [
    path("gouvernance/", governance.governance_page, name="governance_page"),
    path("gouvernance/organes/", bodies.body_list, name="body_list"),
    path("gouvernance/organes/ajouter/", bodies.body_open, name="body_open"),
    path("gouvernance/organes/<int:pk>/", bodies.body_detail, name="body_detail"),
    path("gouvernance/organes/<int:pk>/modifier/", bodies.body_change, name="body_change"),
    path("gouvernance/organes/<int:pk>/faire/", bodies.body_act, name="body_act"),
    path("gouvernance/organes/<int:pk>/mandats/ouvrir/", mandates.mandate_open, name="mandate_open"),
    path("gouvernance/mandats/", mandates.mandate_list, name="mandate_list"),
    path("gouvernance/mandats/calendrier/", mandates.mandate_calendar, name="mandate_calendar"),
    path("gouvernance/mandats/<int:pk>/modifier/", mandates.mandate_change, name="mandate_change"),
    path("gouvernance/mandats/<int:pk>/finir/", mandates.mandate_end_page, name="mandate_end"),
    path("gouvernance/mandats/<int:pk>/reprendre/", mandates.mandate_resume, name="mandate_resume"),
    path("gouvernance/elections/<int:pk>/mandats/", mandates.election_seat, name="election_seat"),
    path("gouvernance/decisions/", decisions.decision_list, name="decision_list"),
    path("gouvernance/decisions/inscrire/", decisions.decision_write, name="decision_write"),
    path("gouvernance/decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("gouvernance/decisions/<int:pk>/modifier/", decisions.decision_change, name="decision_change"),
    path("gouvernance/decisions/<int:pk>/confier/", decisions.decision_entrust, name="decision_entrust"),
    path("gouvernance/decisions/<int:pk>/faire/", decisions.decision_act, name="decision_act"),
]
