"""Addresses of joint and internal sales."""

from django.urls import path

from invoicing.views import internal_sales, joint

_ONE = "ventes/internes/<int:pk>/"

_SHARES = "ventes/devis/<int:pk>/repartition/"

urlpatterns = [
    path(_SHARES, joint.quote_shares, name="quote_shares"),
    path(f"{_SHARES}accords/", joint.quote_shares_ask, name="quote_shares_ask"),
    path(f"{_SHARES}<int:share>/accord/", joint.quote_share_agree, name="quote_share_agree"),
    path(f"{_SHARES}<int:share>/reprise/", joint.quote_share_withdraw, name="quote_share_withdraw"),
    path("ventes/internes/", internal_sales.internal_list, name="internal_list"),
    path("ventes/internes/nouvelle/", internal_sales.internal_new, name="internal_new"),
    path(_ONE, internal_sales.internal_detail, name="internal_detail"),
    path(f"{_ONE}modifier/", internal_sales.internal_edit, name="internal_edit"),
    path(f"{_ONE}proposer/", internal_sales.internal_offer, name="internal_offer"),
    path(f"{_ONE}reprendre/", internal_sales.internal_take_back, name="internal_take_back"),
    path(f"{_ONE}accepter/", internal_sales.internal_accept, name="internal_accept"),
    path(f"{_ONE}refuser/", internal_sales.internal_decline, name="internal_decline"),
    path(f"{_ONE}facturer/", internal_sales.internal_invoice, name="internal_invoice"),
    path(f"{_ONE}abandonner/", internal_sales.internal_discard, name="internal_discard"),
    path(f"{_ONE}devis/", internal_sales.internal_preview, name="internal_preview"),
    path(f"{_ONE}avoir/", internal_sales.internal_credit, name="internal_credit"),
]
