"""A review that was asked for in, its cards put before a person out: in the terminal, in a note, on a page."""
