"""The weekly look, and the entry in the user's scheduler that calls it."""
