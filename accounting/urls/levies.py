"""Addresses of levies of the cooperative’s own, trial of a scheme."""

from django.urls import URLPattern, path

from accounting.views import contribution_year, levies, scale_trials

urlpatterns: list[URLPattern] = [
    path("compta/prelevements/", levies.levy_list, name="levy_list"),
    path("compta/prelevements/nouveau/", levies.levy_add, name="levy_add"),
    path("compta/prelevements/<int:pk>/", levies.levy_detail, name="levy_detail"),
    path("compta/prelevements/<int:pk>/pris/", levies.levy_taking_list, name="levy_taking_list"),
    path("compta/prelevements/<int:pk>/arreter/", levies.levy_end, name="levy_end"),
    path("compta/prelevements/<int:pk>/activites/", levies.levy_term_add, name="levy_term_add"),
    path("compta/prelevements/activites/<int:pk>/arreter/", levies.levy_term_end, name="levy_term_end"),
    path("prelevements/<int:pk>/", levies.levy_taking, name="levy_taking"),
    path("prelevements/<int:pk>/annuler/", levies.levy_taking_undo, name="levy_taking_undo"),
    path("compta/contributions/annee/", contribution_year.year_preview, name="year_preview"),
    path("compta/contributions/annee/passer/", contribution_year.year_close, name="year_close"),
    path("compta/essais/", scale_trials.trial_list, name="trial_list"),
    path("compta/essais/<int:pk>/", scale_trials.trial_detail, name="trial_detail"),
    path("compta/essais/<int:pk>/calculer/", scale_trials.trial_again, name="trial_again"),
]
