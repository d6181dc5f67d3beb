"""Adding a constraint to a model while it is being made, so that migrations see it as one of its own."""

import zlib

from django.db import models
from django.db.models.constraints import BaseConstraint

_LONGEST_INDEX_NAME = 30


def add_constraint(model: type[models.Model], constraint: BaseConstraint) -> None:
    """Append to the model's constraints, as if its Meta had named it."""
    constraints = [*model._meta.constraints, constraint]
    model._meta.constraints = constraints
    model._meta.original_attrs["constraints"] = constraints


def add_index(model: type[models.Model], index: models.Index) -> None:
    """Append to the model's indexes, as if its Meta had named it."""
    indexes = [*model._meta.indexes, index]
    model._meta.indexes = indexes
    model._meta.original_attrs["indexes"] = indexes


def short_name(name: str) -> str:
    """An index name within Django's 30 characters, the same every time."""
    return name if len(name) <= _LONGEST_INDEX_NAME else f"{name[:21]}_{zlib.crc32(name.encode()):08x}"
