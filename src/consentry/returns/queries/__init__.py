"""What is asked about collectors, consent and submissions."""
