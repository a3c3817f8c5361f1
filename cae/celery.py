"""The worker's application: configured by Django's settings, tasks found by name in each room."""

import os

from celery import Celery
from django.utils.module_loading import autodiscover_modules

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cae.settings.local")

app = Celery("alveole")
app.config_from_object("django.conf:settings", namespace="CELERY")


def load_tasks() -> None:
    """Does: imports every `tasks.py`, so that an unknown job name fails at once (architecture 7)."""
    autodiscover_modules("tasks")
