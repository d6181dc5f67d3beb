"""A school year of a school's calendar, as calendar/year.html shows it."""
