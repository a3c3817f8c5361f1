"""Addresses of the check of claims and mileage."""

from django.urls import URLPattern, URLResolver, include, path

from invoicing.views import advances, claim_queue, claim_refunds, mileage_scales, recharging, trips, vehicles

_queue = [
    path("", claim_queue.claim_queue, name="claim_queue"),
    path("approuver/", claim_queue.claims_approve, name="claims_approve"),
    path("<int:pk>/", claim_queue.claim_check, name="claim_check"),
]
_trips = [
    path("", trips.trip_list, name="trip_list"),
    path("nouveau/", trips.trip_new, name="trip_new"),
    path("registre/", mileage_scales.mileage_log, name="mileage_log"),
    path("montant/", trips.trip_live, name="trip_live"),
    path("favoris/<int:pk>/retirer/", trips.favourite_trip_drop, name="favourite_trip_drop"),
    path("<int:pk>/", trips.trip_detail, name="trip_detail"),
    path("<int:pk>/modifier/", trips.trip_edit, name="trip_edit"),
    path("<int:pk>/retirer/", trips.trip_remove, name="trip_remove"),
]
_vehicles = [
    path("", vehicles.vehicle_list, name="vehicle_list"),
    path("nouveau/", vehicles.vehicle_new, name="vehicle_new"),
    path("<int:pk>/", vehicles.vehicle_detail, name="vehicle_detail"),
    path("<int:pk>/modifier/", vehicles.vehicle_edit, name="vehicle_edit"),
    path("<int:pk>/papier/", vehicles.paper_new, name="vehicle_paper_new"),
    path("<int:pk>/ranger/", vehicles.vehicle_archive, name="vehicle_archive"),
]
_advances = [
    path("", advances.advance_list, name="advance_list"),
    path("nouvelle/", advances.advance_new, name="advance_new"),
    path("<int:pk>/", advances.advance_detail, name="advance_detail"),
    path("<int:pk>/accorder/", advances.advance_grant, name="advance_grant"),
    path("<int:pk>/refuser/", advances.advance_refuse, name="advance_refuse"),
    path("<int:pk>/rendre/", advances.advance_return, name="advance_return"),
]
_refunds = [
    path("<int:pk>/rembourser/", claim_refunds.claim_order, name="claim_order"),
    path("<int:pk>/annuler-approbation/", claim_refunds.claim_reverse, name="claim_reverse"),
    path("<int:pk>/abandonner/", claim_refunds.claim_waive, name="claim_waive"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("depenses/a-verifier/", include(_queue)),
    path("depenses/trajets/", include(_trips)),
    path("ventes/factures/<int:pk>/frais/", recharging.recharge_new, name="recharge_new"),
    path("ventes/frais/<int:pk>/retirer/", recharging.recharge_undo, name="recharge_undo"),
    path("reglages/baremes-kilometriques/", mileage_scales.scale_list, name="mileage_scale_list"),
    path(
        "reglages/baremes-kilometriques/<int:pk>/reprendre/",
        mileage_scales.scale_new,
        name="mileage_scale_new",
    ),
    path("depenses/avances/", include(_advances)),
    path("depenses/notes/", include(_refunds)),
    path("depenses/vehicules/", include(_vehicles)),
]
