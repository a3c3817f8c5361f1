"""Addresses of the proofs of the books."""

from django.urls import URLPattern, path

from accounting.views import audit

urlpatterns: list[URLPattern] = [
    path("compta/audit/", audit.audit_home, name="audit_home"),
    path("compta/audit/produire/", audit.audit_make, name="audit_make"),
    path("compta/audit/<slug:proof>/", audit.audit_proof, name="audit_proof"),
]
