"""The audit application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the event log with Django."""

    name = "consentry.audit"
    default_auto_field = "django.db.models.BigAutoField"
