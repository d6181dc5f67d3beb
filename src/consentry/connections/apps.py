"""The connections application."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """Registers the connections domain with Django."""

    name = "consentry.connections"
    default_auto_field = "django.db.models.BigAutoField"
