"""Addresses of years and periods, entries by hand, closing of a month, the desk of the accountant."""

from django.urls import URLPattern, path

from accounting.views import months

urlpatterns: list[URLPattern] = [
    path("compta/mois/", months.month_list, name="month_list"),
    path("compta/mois/<slug:month>/", months.month_detail, name="month_detail"),
    path("compta/mois/<slug:month>/clore/", months.month_close, name="month_close"),
    path("compta/mois/<slug:month>/rouvrir/", months.month_reopen, name="month_reopen"),
    path("compta/mois/<slug:month>/verrouiller/", months.month_lock, name="month_lock"),
    path("compta/exercices/nouveau/", months.year_open, name="year_open"),
    path("compta/exercices/<slug:month>/clore/", months.year_close, name="year_close"),
]
