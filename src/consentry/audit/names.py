"""Every event that can happen, in one grammar: <area>.<past participle>."""

from enum import StrEnum


class EventName(StrEnum):
    """What happened; the value is what is stored and shown to programs."""

    SITE_ADDED = "site.added"
    USER_ADDED = "user.added"
    ROLE_ADDED = "role.added"
    ROLE_ASSIGNED = "role.assigned"
    NOTIFICATION_READ = "notification.read"
    NOTIFICATION_MAILED = "notification.mailed"
    RECORDS_LOADED = "records.loaded"
    FILE_IMPORTED = "file.imported"
    COMPANY_ADDED = "company.added"
    APP_REGISTERED = "app.registered"
    APP_SUSPENDED = "app.suspended"
    APP_RESUMED = "app.resumed"
    APP_WENT_LIVE = "app.gone_live"
    APP_TAKEN_BACK = "app.taken_back"
    VERSION_PUBLISHED = "version.published"
    SECRET_ISSUED = "secret.issued"  # noqa: S105 - the name of an event
    SECRET_REVOKED = "secret.revoked"  # noqa: S105 - the name of an event
    CONNECTION_REQUESTED = "connection.requested"
    CONNECTION_APPROVED = "connection.approved"
    CONNECTION_REJECTED = "connection.rejected"
    ACCESS_SEALED = "access.sealed"
