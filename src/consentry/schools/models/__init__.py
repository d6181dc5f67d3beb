"""Sites, the terms and conditions of using them, and the calendar of each school."""

from consentry.schools.models.calendar import CalendarDays
from consentry.schools.models.sites import Life, Site, SiteKind, Terms

__all__ = ["CalendarDays", "Life", "Site", "SiteKind", "Terms"]
