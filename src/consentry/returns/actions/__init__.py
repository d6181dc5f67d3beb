"""What can be done about collectors, consent and submissions."""
