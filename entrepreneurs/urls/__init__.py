"""Addresses of the path: a module a subject."""

from entrepreneurs.urls import (
    absences,
    activities,
    applications,
    coaching,
    contracts,
    exits,
    members,
    register,
    trades,
    welcome,
)

app_name = "entrepreneurs"

urlpatterns = [
    *exits.urlpatterns,
    *register.urlpatterns,
    *absences.urlpatterns,
    *activities.urlpatterns,
    *applications.urlpatterns,
    *coaching.urlpatterns,
    *contracts.urlpatterns,
    *welcome.urlpatterns,
    *members.urlpatterns,
    *trades.urlpatterns,
]
