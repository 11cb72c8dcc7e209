"""A request for disclosure: what exists about one person, and who saw it."""
