"""What the agenda of the demonstration says: breakfasts, meetings, a seminar, an inverted conference."""

from __future__ import annotations

from decimal import Decimal

from coworking.states.events import Attendance, CostKey, NextStep, OptionKind, PaperFor

# Place by its slug, hour, title, sentence.
BREAKFASTS: tuple[tuple[str, str, str, str], ...] = (
    (
        "le-rucher-hagetmau",
        "08:30",
        "Café des abeilles",
        "On pose son café, on dit ce qu’on cherche.",
    ),
    (
        "la-halte-la-reole",
        "08:45",
        "Le premier train",
        "Un petit-déjeuner avant que les postes se remplissent.",
    ),
    (
        "le-comptoir-begles",
        "09:00",
        "Tartines et devis",
        "Une tartine, une question de métier, dix réponses.",
    ),
)
# Who came to the last information meeting: name, what was said, what follows, whether they came.
ATTENDEES: tuple[tuple[str, str, str, str], ...] = (
    ("Louane Dufau", "Maraîchère sur petite surface, vend déjà sur deux marchés.", NextStep.APPLY,
     Attendance.PRESENT),
    ("Yanis Belkacem", "Réparer des vélos à domicile ; veut tester avant de quitter son emploi.",
     NextStep.CALL, Attendance.PRESENT),
    ("Maïté Etcheverry", "Traductrice du basque, cherche surtout un cadre et des collègues.",
     NextStep.APPLY, Attendance.PRESENT),
    ("Hugo Lartigue", "Projet de food-truck, financement à monter : vers la chambre de métiers.",
     NextStep.ELSEWHERE, Attendance.PRESENT),
    ("Inès Caumont", "Sophrologue, veut comparer avec la micro-entreprise.", NextStep.THINK,
     Attendance.PRESENT),
    ("Bastien Dubernet", "", "", Attendance.EXCUSED),
    ("Clara Vignau", "", "", Attendance.ABSENT),
)  # fmt: skip
COMING: tuple[str, ...] = ("Salomé Pouységur", "Théo Cazenave", "Awa Diarra", "Rémi Tauziède")
# Day, from, to, title, with whom, places.
PARTS: tuple[tuple[int, str, str, str, str, int | None], ...] = (
    (0, "10:00", "12:00", "D’où l’on vient, où l’on va", "La cogérance", None),
    (0, "14:00", "16:00", "Fixer ses prix sans rougir", "Deux entrepreneur·es du bâtiment", 12),
    (0, "14:00", "16:00", "Lire son compte de résultat", "La comptable", 15),
    (0, "14:00", "16:00", "Travailler à plusieurs sur un chantier", "Le collectif du bois", 10),
    (
        1,
        "09:30",
        "12:00",
        "La loi de 1947, et ce que nous en faisons",
        "Un conseiller du réseau",
        None,
    ),
    (1, "14:00", "16:00", "Décider de la suite", "Toutes et tous", None),
)
OPTIONS: tuple[tuple[str, str, int | None], ...] = (
    (OptionKind.MEAL, "Déjeuner du premier jour", None),
    (OptionKind.MEAL, "Dîner au village", 40),
    (OptionKind.LODGING, "Nuit en chambre double", 16),
    (OptionKind.RIDE, "Place dans une voiture depuis Bordeaux", 8),
)
# Paper of the seminar, for whom it is.
PAPERS: tuple[tuple[str, str], ...] = (
    ("Programme détaillé", PaperFor.ANYBODY),
    ("Venir et dormir au domaine", PaperFor.REGISTERED),
    ("Kit d’animation des ateliers", PaperFor.TEAM),
)
# Cost of the seminar, euros excl. tax, how it is shared, who paid.
COSTS: tuple[tuple[str, Decimal, str, str], ...] = (
    ("Salle et repas du premier jour", Decimal("486.50"), CostKey.SEATS, ""),
    ("Chambres du domaine", Decimal("320.00"), CostKey.NIGHTS, "La coopérative"),
)
# Question, whether it is shown, how many want it answered.
QUESTIONS: tuple[tuple[str, bool, int], ...] = (
    ("Que se passe-t-il pour ma trésorerie le jour où je quitte la coopérative ?", True, 5),
    ("Comment une SCOP de cent personnes prend-elle une décision en une semaine ?", True, 3),
    ("Vos indicateurs de richesse vont-ils au-delà du chiffre d’affaires ?", True, 2),
    ("Faut-il avoir peur de grandir ?", False, 0),
)
