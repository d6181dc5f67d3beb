"""Reading through the door: one statement authorises the call, reads the page, and records who saw what."""
