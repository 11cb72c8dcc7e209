"""Personal links for people without an account: to their own roles of one meeting, and nothing else."""
