"""Request in, page out. No lookup stands here: views build the filter and ask named questions."""
