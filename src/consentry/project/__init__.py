"""The wiring: configuration, settings, addresses, command line, servers."""
