"""The views: each reads its input, asks one question or takes one action, and answers."""
