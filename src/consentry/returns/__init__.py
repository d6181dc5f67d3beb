"""Attendance submissions to a government collector. Nothing is sent yet: the domain is not built."""
