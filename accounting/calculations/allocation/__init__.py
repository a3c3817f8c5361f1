"""How the result of a year is shared: parts within the law, then what each person receives (ACC-47)."""
