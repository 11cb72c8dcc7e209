"""How long records are kept, what stops their end, and how they end."""
