"""OAuth 2: tokens for apps, by client credentials."""
