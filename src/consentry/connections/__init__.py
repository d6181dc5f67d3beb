"""One app at one site: request, approve, reject; reading through the door; the record of every access."""
