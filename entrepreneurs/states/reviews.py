"""The grid of meaning: its marks, and the criteria a cooperative begins with (ENT-09)."""

# A mark goes from nought to this.
BEST_MARK = 4

# code, label, what is looked at, weight
FIRST_CRITERIA: tuple[tuple[str, str, str, int], ...] = (
    (
        "social_transformation",
        "Transformation sociale",
        "Ce que l’activité change pour les personnes : conditions de travail, accès, coopération.",
        3,
    ),
    (
        "local_roots",
        "Ancrage local",
        "Ce que l’activité apporte au territoire : clients, fournisseurs, réseaux, lieux.",
        2,
    ),
    (
        "emerging_values",
        "Valeurs émergentes",
        "Ce que l’activité essaie de neuf : communs, sobriété, nouvelles façons de travailler.",
        2,
    ),
    (
        "transitions",
        "Transitions sociale, civique et écologique",
        "Ce que l’activité fait avancer, et ce qu’elle évite d’abîmer.",
        3,
    ),
)
