"""The map of the house: each room has its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("demo/", include("cae.demonstration.urls")),
    path("", include("coworking.urls")),
    path("", include("governance.urls")),
    path("", include("invoicing.urls")),
    path("", include("entrepreneurs.urls")),
    path("", include("accounting.urls")),
    path("", include("people.urls")),
    path("", include("cae.core.urls")),
    path("", include("cae.portal.urls")),
]

handler400 = "cae.core.views.errors.bad_request"
handler403 = "cae.core.views.errors.permission_denied"
handler404 = "cae.core.views.errors.not_found"
