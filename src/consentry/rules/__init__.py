"""Decisions in plain Python: facts in, an answer with its reason out. No Django, no clock, no database."""
