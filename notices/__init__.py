"""What people are told: in the app always, by mail where there is one, never with a word of a case."""
