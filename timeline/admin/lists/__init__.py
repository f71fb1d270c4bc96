"""What lists of rows may be narrowed by, and how they are paged."""
