"""Numbers that must not be mixed up, as types of their own."""

from typing import NewType

SchoolId = NewType("SchoolId", int)
"""The id of a site (a school's or a trust's): made by schools.queries alone, so that it names a site that exists."""

PLATFORM = SchoolId(0)
"""Stands for no site: companies, apps and users belong to the platform."""
