"""The « fichier des écritures comptables » (LPF, art. A47 A-1): its shape, its text, its proof."""
