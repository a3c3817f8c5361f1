"""Addresses of places, their hours and what is booked there."""

from django.urls import URLPattern, path

from coworking.views import agreement_use, agreements, faults, hours, places, public_places, resources

urlpatterns: list[URLPattern] = [
    path("lieux/", public_places.places_page, name="public_places"),
    path("lieux/<slug:slug>/", public_places.place_page, name="public_place"),
    path("lieux/<slug:slug>/photos/<int:pk>/", public_places.place_photo, name="place_photo"),
    path("panne/<str:key>/", faults.fault_tell, name="fault_tell"),
    path("espaces/", places.place_list, name="place_list"),
    path("espaces/inscrire/", places.place_enter, name="place_enter"),
    path("espaces/<int:pk>/", places.place, name="place"),
    path("espaces/<int:pk>/modifier/", places.place_change, name="place_change"),
    path("espaces/<int:pk>/ouvrir/", places.place_open, name="place_open"),
    path("espaces/<int:pk>/fermer/", places.place_close, name="place_close"),
    path("espaces/<int:pk>/horaires/", hours.hours, name="hours"),
    path("espaces/<int:pk>/horaires/fixer/", hours.week_set, name="week_set"),
    path("espaces/<int:pk>/fermetures/inscrire/", hours.closure_set, name="closure_set"),
    path("espaces/fermetures/<int:pk>/lever/", hours.closure_lift, name="closure_lift"),
    path("espaces/<int:pk>/ressources/", resources.resource_list, name="resources"),
    path("espaces/<int:pk>/ressources/ajouter/", resources.resource_add, name="resource_add"),
    path("espaces/ressources/<int:pk>/", resources.resource, name="resource"),
    path("espaces/ressources/<int:pk>/modifier/", resources.resource_change, name="resource_change"),
    path("espaces/ressources/<int:pk>/faire/", resources.resource_act, name="resource_act"),
    path("espaces/ressources/<int:pk>/unites/", resources.unit_add, name="unit_add"),
    path("espaces/ressources/<int:pk>/tarif/", resources.tariff_set, name="tariff_set"),
    path("espaces/ressources/<int:pk>/habiliter/", resources.clearance_give, name="clearance_give"),
    path("espaces/habilitations/<int:pk>/finir/", resources.clearance_end, name="clearance_end"),
    path("espaces/pannes/<int:pk>/faire/", faults.fault_act, name="fault_act"),
    path("espaces/<int:pk>/photos/", agreements.photo_list, name="photos"),
    path("espaces/photos/<int:pk>/faire/", agreements.photo_act, name="photo_act"),
    path("espaces/<int:pk>/conventions/", agreements.agreement_list, name="agreements"),
    path("espaces/<int:pk>/conventions/inscrire/", agreements.agreement_sign, name="agreement_sign"),
    path("espaces/conventions/<int:pk>/modifier/", agreements.agreement_change, name="agreement_change"),
    path("espaces/conventions/<int:pk>/releve/", agreement_use.agreement_use, name="agreement_use"),
    path(
        "espaces/conventions/<int:pk>/releve/export/",
        agreement_use.agreement_use_table,
        name="agreement_use_table",
    ),
    path(
        "espaces/conventions/<int:pk>/releve.pdf",
        agreement_use.agreement_use_paper,
        name="agreement_use_paper",
    ),
]
