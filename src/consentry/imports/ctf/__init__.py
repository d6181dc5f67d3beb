"""Common transfer files (CTF XML 24.0 and 25.0), which carry pupils between schools of England."""
