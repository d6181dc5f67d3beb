"""OAuth 2: tokens for apps, by client credentials (RFC 6749 4.4)."""
