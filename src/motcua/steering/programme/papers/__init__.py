"""Papers of a programme: letters of reminder. The first look sets one, every other serves the same bytes."""
