"""Who: users, persons, organisations, territories, roles; the base every other room stands on."""
