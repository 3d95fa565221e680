"""The work list: everything that waits for those who work here. Nobody calls this floor."""
