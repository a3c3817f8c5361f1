"""Addresses of trades, covers and claims."""

from django.urls import path

from entrepreneurs.views import claims, covers, trades

urlpatterns = [
    path("metiers/", trades.trade_list, name="trade_list"),
    path("metiers/ajouter/", trades.trade_add, name="trade_add"),
    path("metiers/<int:pk>/", trades.trade_detail, name="trade_detail"),
    path("metiers/<int:pk>/modifier/", trades.trade_change, name="trade_change"),
    path("metiers/<int:pk>/fermer/", trades.trade_close, name="trade_close"),
    path("assurances/", covers.cover_list, name="cover_list"),
    path("assurances/noter/", covers.house_cover_add, name="house_cover_add"),
    path("assurances/<int:pk>/arreter/", covers.cover_end, name="cover_end"),
    path("activites/<int:pk>/assurance/", covers.activity_covers, name="activity_covers"),
    path("activites/<int:pk>/assurance/noter/", covers.cover_add, name="cover_add"),
    path("activites/<int:pk>/sinistre/", claims.claim_declare, name="claim_declare"),
    path("sinistres/<int:pk>/", claims.claim_detail, name="claim_detail"),
    path("sinistres/<int:pk>/<slug:move>/", claims.claim_move, name="claim_move"),
]
