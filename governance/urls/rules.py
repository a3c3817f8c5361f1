"""Addresses of rules."""

from django.urls import path

from governance.views import founding_texts, rules

urlpatterns = [
    path("regles/", rules.rule_set_list, name="rule_set_list"),
    path("regles/preparer/", rules.rule_set_draft, name="rule_set_draft"),
    path("regles/<int:pk>/", rules.rule_set_detail, name="rule_set_detail"),
    path("regles/<int:pk>/modifier/", rules.rule_set_change, name="rule_set_change"),
    path("regles/<int:pk>/faire/", rules.rule_set_act, name="rule_set_act"),
    path("regles/ligne/<int:pk>/", rules.rule_line, name="rule_line"),
    path("regles/textes/", founding_texts.founding_text_list, name="founding_text_list"),
    path("regles/textes/deposer/", founding_texts.founding_text_file, name="founding_text_file"),
]
