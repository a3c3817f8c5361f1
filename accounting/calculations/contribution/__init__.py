"""The contribution to the shared services: its rule as data, what it gives, and how it is found again."""
