"""Answers of queries as the contexts that the templates describe: small values, never rows to wander through."""
