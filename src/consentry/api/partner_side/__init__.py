"""What a company's program does beside reading: ask a site to be connected, and look where its connections stand."""
