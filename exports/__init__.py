"""Plain dataclasses in, bytes out: the papers a meeting leaves behind. No Flask, no ORM."""
