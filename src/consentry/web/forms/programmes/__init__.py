"""What the pages under Programmes are asked for and sent."""
