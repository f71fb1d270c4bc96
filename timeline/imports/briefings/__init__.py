"""Documents of others, read from files, stored as briefings: nothing is taken for what it does not say it is."""
