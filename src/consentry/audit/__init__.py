"""The one door through which anything changes, and the append-only log of events."""
