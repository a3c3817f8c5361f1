"""Addresses of the places: a module a subject."""

from coworking.urls import (
    billing,
    bookings,
    days,
    events,
    members,
    places,
    premises,
    training,
)

app_name = "coworking"

urlpatterns = [
    *places.urlpatterns,
    *premises.urlpatterns,
    *members.urlpatterns,
    *billing.urlpatterns,
    *bookings.urlpatterns,
    *days.urlpatterns,
    *events.urlpatterns,
    *training.urlpatterns,
]
