"""What is measured, on a database of its own that is thrown away: pages, issuing, printing."""
