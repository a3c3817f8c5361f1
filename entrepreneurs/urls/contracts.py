"""Addresses of contracts, letters and the path."""

from django.urls import path

from entrepreneurs.views import clauses, contract_acts, contract_signing, contracts, letters
from entrepreneurs.views import path as paths

urlpatterns = [
    path("contrats/", contracts.contract_list, name="contract_list"),
    path("contrats/preparer/", contracts.contract_new, name="contract_new"),
    path("contrats/<int:pk>/", contracts.contract_detail, name="contract_detail"),
    path("contrats/<int:pk>/dates/", contracts.contract_days, name="contract_days"),
    path("contrats/<int:pk>/avenant/", contracts.contract_amend, name="contract_amend"),
    path("contrats/<int:pk>/comparer/", contracts.contract_compare, name="contract_compare"),
    path("contrats/<int:pk>/renouveler/", contract_acts.contract_renew, name="contract_renew"),
    path("contrats/<int:pk>/fin/", contract_acts.contract_end, name="contract_end"),
    path("contrats/<int:pk>/plein-droit/", contract_acts.contract_end_by_law, name="contract_end_by_law"),
    path("contrats/clauses/<int:pk>/", clauses.terms_write, name="terms_write"),
    path("contrats/clauses/<int:pk>/apercu/", contract_acts.terms_preview, name="terms_preview"),
    path("contrats/clauses/<int:pk>/mettre-a-la-signature/", contract_acts.terms_send, name="terms_send"),
    path("contrats/clauses/<int:pk>/reprendre/", contract_acts.terms_take_back, name="terms_take_back"),
    path("contrats/clauses/<int:pk>/annuler/", contract_acts.terms_cancel, name="terms_cancel"),
    path("contrats/clauses/<int:pk>/papier/", contract_acts.terms_paper, name="terms_paper"),
    path("contrats/clauses/<int:pk>/signer/", contract_signing.terms_sign, name="terms_sign"),
    path("contrats/clauses/<int:pk>/refuser/", contract_signing.terms_decline, name="terms_decline"),
    path("contrats/clauses/<int:pk>/code/", contract_signing.terms_code, name="terms_code"),
    path("contrats/declarations/<int:pk>/", contract_acts.declaration_record, name="declaration_record"),
    path("signer/<str:token>/", contract_signing.sign_by_link, name="sign_by_link"),
    path("signer/<str:token>/refuser/", contract_signing.decline_by_link, name="decline_by_link"),
    path("signer/<str:token>/code/", contract_signing.code_by_link, name="code_by_link"),
    path("signer/<str:token>/document/", contract_signing.file_by_link, name="file_by_link"),
    path("signer/<str:token>/nouveau-lien/", contract_signing.renew_link, name="renew_sign_link"),
    path("courriers/", letters.letter_list, name="letter_list"),
    path("courriers/faire/", letters.letter_make, name="letter_make"),
    path("courriers/modeles/", letters.letter_text_list, name="letter_text_list"),
    path("courriers/modeles/nouveau/", letters.letter_text_new, name="letter_text_new"),
    path("courriers/modeles/<slug:code>/", letters.letter_text_edit, name="letter_text_edit"),
    path("courriers/modeles/<slug:code>/apercu/", letters.letter_text_preview, name="letter_text_preview"),
    path("mon-parcours/", paths.own_path, name="own_path"),
    path("parcours/<int:pk>/", paths.person_path, name="person_path"),
    path("parcours/<int:pk>/passage/", paths.passage_decide, name="passage_decide"),
]
