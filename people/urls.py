"""The addresses of the room."""

from django.urls import path

from people.views import accounts, invitations, organisations, persons, roles, territories

app_name = "people"

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
    path("invitation/<str:token>/", invitations.invitation_accept, name="accept_invitation"),
    path("mon-compte/", accounts.account, name="account"),
    path("organismes/", organisations.organisation_list, name="organisation_list"),
    path("organismes/nouveau/", organisations.organisation_create, name="organisation_create"),
    path("organismes/archiver/", organisations.organisation_archive, name="organisation_archive"),
    path("organismes/<int:pk>/", organisations.organisation_detail, name="organisation_detail"),
    path("organismes/<int:pk>/modifier/", organisations.organisation_edit, name="organisation_edit"),
    path("reglages/territoires/", territories.territory_list, name="territory_list"),
    path("reglages/territoires/nouveau/", territories.territory_create, name="territory_create"),
    path("reglages/territoires/<int:pk>/", territories.territory_edit, name="territory_edit"),
    path("reglages/portefeuilles/nouveau/", territories.portfolio_create, name="portfolio_create"),
    path("reglages/portefeuilles/<int:pk>/", territories.portfolio_edit, name="portfolio_edit"),
]
