"""What the owner of the machine watches: whether the site is well, in words and as numbers."""
