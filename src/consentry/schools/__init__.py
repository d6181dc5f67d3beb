"""Trusts and sites (the tenants)."""
