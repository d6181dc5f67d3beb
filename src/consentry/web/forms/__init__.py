"""What people send: read into typed values."""
