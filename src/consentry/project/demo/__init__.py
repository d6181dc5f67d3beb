"""The demo: two schools of one trust, companies and their apps, a running server, and the main job played through it."""
