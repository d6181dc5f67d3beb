"""Questions about records as a whole."""
