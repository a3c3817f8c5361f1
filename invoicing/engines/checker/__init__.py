"""The schematron engine in a process of its own, and how to talk to it."""
