"""The reference collector."""
