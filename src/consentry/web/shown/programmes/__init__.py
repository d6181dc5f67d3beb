"""What the pages under Programmes show."""
