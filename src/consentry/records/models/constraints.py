"""Constraints that many data types share, written in one way."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint


def in_order(start: str, end: str) -> CheckConstraint:
    """A period never ends before it starts; a period without a start or an end passes."""
    return CheckConstraint(condition=Q(**{f"{end}__gte": F(start)}), name=f"%(class)s_{end}_after_{start}")


def one_per_school(*columns: str, name: str, condition: Q | None = None) -> UniqueConstraint:
    """No two rows of one school hold the same values in these columns (of a reference: its `…_id`)."""
    return UniqueConstraint(fields=["school", *columns], name=f"%(class)s_{name}", condition=condition)
