"""Every number of the program, defined once: page, REST, file and goal read it (MET-6.a)."""
