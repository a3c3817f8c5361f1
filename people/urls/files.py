"""Addresses of files, accounts, roles, organisations and territories."""

from django.urls import path

from people.views import (
    accounts,
    assistance,
    invitations,
    organisations,
    persons,
    roles,
    sessions,
    territories,
)

urlpatterns = [
    path("personnes/", persons.person_list, name="person_list"),
    path("personnes/inviter/", invitations.person_invite, name="person_invite"),
    path("personnes/<int:pk>/", persons.person_detail, name="person_detail"),
    path("personnes/<int:pk>/modifier/", persons.person_edit, name="person_edit"),
    path("personnes/<int:pk>/inviter/", invitations.invitation_send, name="invitation_send"),
    path(
        "personnes/<int:pk>/invitation/retirer/", invitations.invitation_withdraw, name="invitation_withdraw"
    ),
    path("personnes/<int:pk>/roles/donner/", roles.role_give, name="role_give"),
    path("personnes/roles/<int:pk>/arreter/", roles.role_end, name="role_end"),
    path("personnes/<int:pk>/compte/fermer/", accounts.account_close, name="account_close"),
    path("personnes/<int:pk>/compte/rouvrir/", accounts.account_reopen, name="account_reopen"),
    path(
        "personnes/<int:pk>/compte/fermeture-prevue/",
        accounts.account_plan_closing,
        name="account_plan_closing",
    ),
    path(
        "personnes/<int:pk>/compte/second-facteur/",
        accounts.account_reset_factor,
        name="account_reset_factor",
    ),
    path("personnes/<int:pk>/agir/", assistance.assistance_start, name="assistance_start"),
    path("invitation/<str:token>/", invitations.invitation_accept, name="accept_invitation"),
    path("mon-compte/", accounts.account, name="account"),
    path("mon-compte/appareils/", sessions.session_list, name="session_list"),
    path("mon-compte/appareils/autres/fermer/", sessions.session_close_others, name="session_close_others"),
    path("mon-compte/appareils/<int:pk>/fermer/", sessions.session_close, name="session_close"),
    path("mon-compte/interventions/", assistance.assistance_list, name="assistance_list"),
    path("agir-pour/arreter/", assistance.assistance_stop, name="assistance_stop"),
    path("organismes/", organisations.organisation_list, name="organisation_list"),
    path("organismes/nouveau/", organisations.organisation_create, name="organisation_create"),
    path("organismes/archiver/", organisations.organisation_archive, name="organisation_archive"),
    path("organismes/<int:pk>/", organisations.organisation_detail, name="organisation_detail"),
    path("organismes/<int:pk>/modifier/", organisations.organisation_edit, name="organisation_edit"),
    path("reglages/territoires/", territories.territory_list, name="territory_list"),
    path("reglages/territoires/nouveau/", territories.territory_create, name="territory_create"),
    path("reglages/territoires/<int:pk>/", territories.territory_edit, name="territory_edit"),
    path("reglages/territoires/<int:pk>/population/", territories.territory_count, name="territory_count"),
    path("reglages/portefeuilles/nouveau/", territories.portfolio_create, name="portfolio_create"),
    path("reglages/portefeuilles/<int:pk>/", territories.portfolio_edit, name="portfolio_edit"),
]
