"""The demo: two schools of one trust, companies and their apps, and the main job played on a running server."""
