"""Action items: who does what by when, and the person's own answer to it."""
