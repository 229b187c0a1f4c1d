"""Plans that were asked for in, plans shown, agreed to, carried out and told out; and what waits to be done."""
