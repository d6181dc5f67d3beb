"""The reference collector: an HTTPS server that stands where a government's collector stands.

It judges what it is sent by its own schema and its own checks, and imports nothing else of this project: so what is
sent is looked at by something that does not share the sender's mistakes.
"""
