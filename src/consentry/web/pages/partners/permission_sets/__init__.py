"""The pages on which a company writes, previews and publishes what its app asks of every school."""
