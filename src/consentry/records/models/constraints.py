"""Constraints that many data types share, written in one way."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint, Value
from django.db.models.constraints import BaseConstraint
from django.db.models.functions import Replace

_SAFE_IN_ADDRESSES = r"^(?!\.{1,2}$|rest-v2$)[^/?#%\\[:cntrl:]]+$"


def in_order(start: str, end: str) -> CheckConstraint:
    """A period never ends before it starts; a period without a start or an end passes."""
    return CheckConstraint(condition=Q(**{f"{end}__gte": F(start)}), name=f"%(class)s_{end}_after_{start}")


def one_per_school(*columns: str, name: str, condition: Q | None = None) -> UniqueConstraint:
    """No two rows of one school hold the same values in these columns (of a reference: its `…_id`)."""
    return UniqueConstraint(fields=["school", *columns], name=f"%(class)s_{name}", condition=condition)


def addressable(column: str = "code") -> list[BaseConstraint]:
    """No two codes of one school share an address (spaces are written `_` there), and each can stand in one."""
    address = Replace(column, Value(" "), Value("_"))
    return [
        one_per_school(column, name=column),
        UniqueConstraint(F("school"), address, name="%(class)s_address"),
        CheckConstraint(
            condition=Q(**{f"{column}__regex": _SAFE_IN_ADDRESSES}), name=f"%(class)s_{column}_addressable"
        ),
    ]


def between(column: str, least: int, most: int) -> CheckConstraint:
    """A number within these bounds; NaN, which numeric columns can hold and JSON cannot say, is above every number."""
    return CheckConstraint(condition=Q(**{f"{column}__range": (least, most)}), name=f"%(class)s_{column}_in_range")
