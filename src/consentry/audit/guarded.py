"""Rows that can be written only inside `change(...)`, so that no write goes without an event."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from consentry.audit.change import require_open_change

M = TypeVar("M", bound=models.Model)


class GuardedQuerySet(models.QuerySet[M]):
    """A queryset whose writes need an open change. Raw SQL goes round it: the database's triggers stand behind."""

    def update(self, **values: Any) -> int:
        """As Django's; raises OutsideChangeError outside `change(...)`."""
        require_open_change()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's; raises OutsideChangeError outside `change(...)`."""
        require_open_change()
        return super().delete()

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        """As Django's; raises OutsideChangeError outside `change(...)`."""
        require_open_change()
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, objs: Iterable[M], *args: Any, **options: Any) -> int:
        """As Django's; raises OutsideChangeError outside `change(...)`."""
        require_open_change()
        return super().bulk_update(objs, *args, **options)


class Guarded(models.Model):
    """A model whose rows are saved and deleted inside an open change only."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Save; raises OutsideChangeError outside `change(...)`."""
        require_open_change()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete; raises OutsideChangeError outside `change(...)`."""
        require_open_change()
        return super().delete(*args, **options)
