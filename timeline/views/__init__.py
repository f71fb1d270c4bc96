"""Request in, page out. No lookup is here: views build the filter and ask named questions."""
