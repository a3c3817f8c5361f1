"""Addresses of the cooperative: a module a subject."""

from governance.urls import (
    assemblies,
    ballots,
    bodies,
    minutes,
    register,
    representation,
    room,
    rules,
    secret,
    shares,
    trustees,
    votes,
)

app_name = "governance"

urlpatterns = [
    *register.urlpatterns,
    *shares.urlpatterns,
    *rules.urlpatterns,
    *bodies.urlpatterns,
    *assemblies.urlpatterns,
    *representation.urlpatterns,
    *votes.urlpatterns,
    *secret.urlpatterns,
    *ballots.urlpatterns,
    *trustees.urlpatterns,
    *room.urlpatterns,
    *minutes.urlpatterns,
]
