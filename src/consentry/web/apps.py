"""The pages as a Django application: templates and static files, no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the pages with Django."""

    name = "consentry.web"
