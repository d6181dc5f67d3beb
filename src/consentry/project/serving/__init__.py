"""The running service: web workers, the job worker, and what keeps them together."""
