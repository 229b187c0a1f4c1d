"""One file for each command: its options in, the steps that answer it called out. Nothing is worked out here."""
