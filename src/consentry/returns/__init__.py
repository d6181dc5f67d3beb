"""Collectors, the consent of schools, and the submissions of attendance that are sent while it is in force."""
