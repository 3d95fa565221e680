"""Home: the first page of everybody. It reads across everything and is called by nobody."""
