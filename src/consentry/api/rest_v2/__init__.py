"""REST v2, as existing partner apps speak it: reading listings and single records."""
