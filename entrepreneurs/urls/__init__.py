"""Addresses of the path: a module a subject."""

from entrepreneurs.urls import absences, activities, applications, coaching, contracts, welcome, members, trades

app_name = "entrepreneurs"

urlpatterns = [
    *absences.urlpatterns,
    *activities.urlpatterns,
    *applications.urlpatterns,
    *coaching.urlpatterns,
    *contracts.urlpatterns,
    *welcome.urlpatterns,
    *members.urlpatterns,
    *trades.urlpatterns,
]
