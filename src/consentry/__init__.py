"""Consentry: the gate in front of a school's data."""
