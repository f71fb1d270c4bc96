"""Words whose date depends on the day on which they are said."""
