"""Papers: what is printed for people, read across the slices. Nothing calls it."""
