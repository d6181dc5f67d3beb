"""Surfaces for programs: each translates its protocol to one Ask and the answer back, and decides nothing."""
