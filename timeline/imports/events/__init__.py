"""Events by the file: read, checked, compared with what is stored, and written all or not at all."""
