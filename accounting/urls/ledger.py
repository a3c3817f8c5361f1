"""Addresses of years and periods, entries by hand, closing of a month, the desk of the accountant."""

from django.urls import URLPattern, path

from accounting.views import entry_models, manual, months

urlpatterns: list[URLPattern] = [
    path("compta/mois/", months.month_list, name="month_list"),
    path("compta/mois/<slug:month>/", months.month_detail, name="month_detail"),
    path("compta/mois/<slug:month>/clore/", months.month_close, name="month_close"),
    path("compta/mois/<slug:month>/rouvrir/", months.month_reopen, name="month_reopen"),
    path("compta/mois/<slug:month>/verrouiller/", months.month_lock, name="month_lock"),
    path("compta/saisie/", manual.manual_list, name="manual_list"),
    path("compta/saisie/nouvelle/", manual.manual_new, name="manual_new"),
    path("compta/saisie/<int:pk>/", manual.manual_detail, name="manual_detail"),
    path("compta/saisie/<int:pk>/modifier/", manual.manual_edit, name="manual_edit"),
    path("compta/saisie/<int:pk>/joindre/", manual.manual_attach, name="manual_attach"),
    path("compta/saisie/<int:pk>/valider/", manual.manual_validate, name="manual_validate"),
    path("compta/saisie/<int:pk>/abandonner/", manual.manual_discard, name="manual_discard"),
    path("compta/modeles/", entry_models.model_list, name="model_list"),
    path("compta/modeles/nouveau/", entry_models.model_new, name="model_new"),
    path("compta/modeles/<int:pk>/", entry_models.model_detail, name="model_detail"),
    path("compta/modeles/<int:pk>/modifier/", entry_models.model_edit, name="model_edit"),
    path("compta/modeles/<int:pk>/retirer/", entry_models.model_withdraw, name="model_withdraw"),
    path("compta/abonnements/", entry_models.recurring_list, name="recurring_list"),
    path("compta/abonnements/nouveau/", entry_models.recurring_new, name="recurring_new"),
    path("compta/abonnements/<int:pk>/", entry_models.recurring_detail, name="recurring_detail"),
    path("compta/abonnements/<int:pk>/sauter/", entry_models.recurring_skip, name="recurring_skip"),
    path("compta/abonnements/<int:pk>/<slug:verb>/", entry_models.recurring_act, name="recurring_act"),
    path("compta/contre-passations/", entry_models.planned_list, name="planned_list"),
    path("compta/contre-passations/<int:pk>/abandonner/", entry_models.planned_drop, name="planned_drop"),
    path("compta/ecritures/<int:pk>/contre-passer/", entry_models.entry_reverse, name="entry_reverse"),
    path("compta/exercices/nouveau/", months.year_open, name="fiscal_year_open"),
    path("compta/exercices/<slug:month>/clore/", months.year_close, name="fiscal_year_close"),
]
